/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The UN's e-government survey as its knowledge base exports it. Up to 2012 states that
   were not ranked are printed with an index of 0, which means no value, not the worst.
   The sub-indices of those states are as good as any. */
#include "read/format.h"

#include <string.h>
#include <strings.h>

static bool recognise(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Survey Year", RIFT_YEAR, true},
                                         {"Country Name", RIFT_COUNTRY_NAME, true},
                                         {"E-Government Rank", RIFT_IGNORED, true}};
    if (!rift_layout_match(head, header, 3, RIFT_OTHERS_ARE_SERIES, layout)) {
        return false;
    }
    for (size_t k = 0; k < layout->n_value; k++) {
        if (!strcasecmp(layout->value[k].series, "E-Government Index")) {
            layout->value[k].zero_is_missing = 2012;
        }
    }
    return true;
}

const rift_format rift_format_egov = {
    "un-egov",
    "UN DESA: e-government survey; an index of 0 up to 2012 means not ranked",
    recognise, NULL};
