/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of inputs, definitions and the report's own script. */
#include "core/hash.h"

#include <openssl/evp.h>
#include <stdio.h>

static rift_status digest(const void *data, size_t n, unsigned char out[32])
{
    unsigned int size = 0;
    if (EVP_Digest(data, n, out, &size, EVP_sha256(), NULL) != 1 || size != 32) {
        return RIFT_ERR_SYSTEM;
    }
    return RIFT_OK;
}

rift_status rift_sha256_hex(const void *data, size_t n, char out[65])
{
    unsigned char raw[32];
    rift_status status = digest(data, n, raw);
    if (status == RIFT_OK) {
        for (int i = 0; i < 32; i++) {
            snprintf(out + 2 * i, 3, "%02x", raw[i]);
        }
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
