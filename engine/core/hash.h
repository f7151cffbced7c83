/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256, by OpenSSL. */
#ifndef RIFT_CORE_HASH_H
#define RIFT_CORE_HASH_H

#include "core/file.h"

/** SHA-256 of n bytes as 64 lower-case hexadecimal digits, or base64 (44 characters).
 */
RIFT_CHECKED rift_status rift_sha256_hex(const void *data, size_t n, char out[65]);
RIFT_CHECKED rift_status rift_sha256_base64(const void *data, size_t n, char out[48]);

/** SHA-256 of bytes that come in turn. `{0}` is empty; once `failed` is set nothing is
    added. */
typedef struct rift_sha256 {
    void *context;
    bool failed;
} rift_sha256;

void rift_sha256_add(rift_sha256 *sum, const void *data, size_t n);
/** The sum of all that was added; frees what it held, also after a failure, of memory
   or of OpenSSL. */
RIFT_CHECKED rift_status rift_sha256_end(rift_sha256 *sum, char out[65]);

/** SHA-256 and size of a file, read in blocks. */
RIFT_CHECKED rift_status rift_sha256_opened(const rift_opened *file, rift_diag *diag,
                                            char out[65], uint64_t *size);
RIFT_CHECKED rift_status rift_sha256_file(const char *path, rift_diag *diag,
                                          char out[65], uint64_t *size);

#endif
