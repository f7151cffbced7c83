/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text files that are built into the library: chart scripts, the report's style, old
   names. */
#ifndef RIFT_CORE_ASSET_H
#define RIFT_CORE_ASSET_H

#include <stddef.h>

typedef struct rift_asset {
    const char *name, *text;
} rift_asset;

extern const rift_asset rift_assets[];
extern const size_t rift_n_assets;

/** Text of an asset, or NULL. */
const char *rift_asset_text(const char *name);

#endif
