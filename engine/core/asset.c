/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a built-in text. */
#include "core/asset.h"

#include <string.h>

const char *rift_asset_text(const char *name)
{
    for (size_t i = 0; i < rift_n_assets; i++) {
        if (strcmp(rift_assets[i].name, name) == 0) {
            return rift_assets[i].text;
        }
    }
    return NULL;
}
