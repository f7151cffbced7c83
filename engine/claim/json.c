/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger as JSON: each claim with its readings. */
#include "core/json.h"
#include "claim/claim.h"
#include "result/answers.h"

#include <stdlib.h>

static void put_readings(const rift_table *readings, double claim, rift_text *out)
{
    bool any = false;
    for (size_t row = 0; readings && row < readings->n_row; row++) {
        if (rift_kept_number(readings, row, "claim") == claim) {
            rift_text_put(out, any ? ",\n    {" : "\n    {");
            rift_table_put_json_row(readings, row, out);
            rift_text_put(out, "}");
            any = true;
        }
    }
}

rift_status rift_claims_json(const rift_result *result, char **text)
{
    const rift_kept *claims = rift_result_kept(result, "claims", "claims");
    const rift_kept *readings = rift_result_kept(result, "claims", "readings");
    const rift_panel *panel = &result->panel;
    rift_text out = {0};
    rift_text_put(&out, "{\"study\": ");
    rift_json_string(&out, result->study.code ? result->study.code : "");
    if (panel->n_year > 0) {
        rift_text_format(&out, ", \"edition\": %d",
                         panel->year[rift_result_edition(result)]);
    }
    rift_text_put(&out, ", \"claims\": [");
    for (size_t row = 0; claims && row < claims->table->n_row; row++) {
        rift_text_put(&out, row ? ",\n  {" : "\n  {");
        rift_table_put_json_row(claims->table, row, &out);
        rift_text_put(&out, ", \"readings\": [");
        put_readings(readings ? readings->table : NULL,
                     rift_kept_number(claims->table, row, "claim"), &out);
        rift_text_put(&out, "]}");
    }
    rift_text_put(&out, "\n]}\n");
    *text = rift_text_take(&out);
    return *text ? RIFT_OK : RIFT_ERR_MEMORY;
}
