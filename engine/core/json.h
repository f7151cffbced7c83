/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON: strings escaped, numbers at full precision, NaN as null. */
#ifndef RIFT_CORE_JSON_H
#define RIFT_CORE_JSON_H

#include "core/text.h"

/** A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void rift_json_string(rift_text *out, const char *string);
/** A JSON number, or null where x is not finite. */
void rift_json_number(rift_text *out, double x);

#endif
