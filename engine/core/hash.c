/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of inputs, definitions and the report's own script. */
#include "core/hash.h"

#include "core/diag.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <unistd.h>

static rift_status digest(const void *data, size_t n, unsigned char out[32])
{
    unsigned int size = 0;
    if (EVP_Digest(data, n, out, &size, EVP_sha256(), NULL) != 1 || size != 32) {
        return RIFT_ERR_SYSTEM;
    }
    return RIFT_OK;
}

static void write_hex(const unsigned char raw[32], char out[65])
{
    for (int i = 0; i < 32; i++) {
        snprintf(out + 2 * i, 3, "%02x", raw[i]);
    }
}

rift_status rift_sha256_hex(const void *data, size_t n, char out[65])
{
    unsigned char raw[32];
    rift_status status = digest(data, n, raw);
    if (status == RIFT_OK) {
        write_hex(raw, out);
    }
    return status;
}

rift_status rift_sha256_base64(const void *data, size_t n, char out[48])
{
    unsigned char raw[32];
    rift_status status = digest(data, n, raw);
    if (status == RIFT_OK) {
        EVP_EncodeBlock((unsigned char *)out, raw, 32);
    }
    return status;
}

void rift_sha256_add(rift_sha256 *sum, const void *data, size_t n)
{
    if (!sum->context && !sum->failed) {
        sum->context = EVP_MD_CTX_new();
        sum->failed =
            !sum->context || EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL) != 1;
    }
    sum->failed = sum->failed || EVP_DigestUpdate(sum->context, data, n) != 1;
}

rift_status rift_sha256_end(rift_sha256 *sum, char out[65])
{
    unsigned char raw[32];
    unsigned int n = 0;
    rift_sha256_add(sum, "", 0);
    bool good = !sum->failed && EVP_DigestFinal_ex(sum->context, raw, &n) == 1;
    EVP_MD_CTX_free(sum->context);
    *sum = (rift_sha256){0};
    if (!good) {
        return RIFT_ERR_MEMORY;
    }
    write_hex(raw, out);
    return RIFT_OK;
}

rift_status rift_sha256_opened(const rift_opened *file, rift_diag *diag, char out[65],
                               uint64_t *size)
{
    char block[8192]; /* stacks may be small */
    rift_sha256 sum = {0};
    rift_status status = RIFT_OK;
    *size = 0;
    while (status == RIFT_OK && !sum.failed) {
        ssize_t got = pread(file->fd, block, sizeof block, (off_t)*size);
        if (got == 0) {
            break;
        }
        if (got > 0) {
            rift_sha256_add(&sum, block, (size_t)got);
            *size += (uint64_t)got;
        } else if (errno != EINTR) {
            status = rift_diag_system(diag, file->path, "cannot read");
        }
    }
    rift_status ended = rift_sha256_end(&sum, out);
    return status != RIFT_OK  ? status
           : ended != RIFT_OK ? rift_diag_memory(diag)
                              : RIFT_OK;
}

rift_status rift_sha256_file(const char *path, rift_diag *diag, char out[65],
                             uint64_t *size)
{
    rift_opened file;
    rift_status status = rift_file_open(path, diag, &file);
    if (status == RIFT_OK) {
        status = rift_sha256_opened(&file, diag, out, size);
        rift_opened_close(&file);
    }
    return status;
}
