/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of methods, with the value that they refuse. */
#include "index/refuse.h"

#include "core/diag.h"
#include "core/text.h"

const char *rift_cell_country(const rift_work *w, size_t cell)
{
    return w->panel ? w->panel->country[cell % w->out->n_country] : "a country";
}

int rift_cell_year(const rift_work *w, size_t cell)
{
    return w->out->first_year + (int)(cell / w->out->n_country);
}

/* "in 2014", or nothing where a value says its own year. */
static void put_when(const rift_work *w, const rift_refusal *refusal, rift_fault fault,
                     rift_text *out)
{
    if (fault.at != RIFT_NOWHERE || !refusal->block) {
        return;
    }
    if (refusal->block->year > 0) {
        rift_text_format(out, " in %d", refusal->block->year);
    } else if (w->out->n_year > 1) {
        rift_text_put(out, " in all years");
    }
}

/* "KEN has -3 in 2014, which it does not take", or what is wrong with all of them. */
static void put_why(const rift_work *w, const rift_refusal *refusal, rift_fault fault,
                    rift_text *out)
{
    if (fault.at == RIFT_NOWHERE) {
        if (refusal->child) {
            rift_text_format(out, "'%s': ", refusal->child);
        }
        rift_text_put(out, rift_status_text(fault.status));
        return;
    }
    size_t cell = fault.at + (refusal->block ? refusal->block->start : 0);
    rift_text_format(out, "%s has %.6g", rift_cell_country(w, cell),
                     refusal->value[cell]);
    if (refusal->child) {
        rift_text_format(out, " of '%s'", refusal->child);
    }
    rift_text_format(out, " in %d, which it does not take", rift_cell_year(w, cell));
    if (refusal->domain) {
        rift_text_format(out, " (it takes %s)", refusal->domain);
    }
}

rift_status rift_refuse(const rift_work *w, const rift_refusal *refusal,
                        rift_fault fault)
{
    if (fault.status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(w->diag);
    }
    rift_text when = {0}, why = {0};
    put_when(w, refusal, fault, &when);
    put_why(w, refusal, fault, &why);
    rift_diag_at(w->diag, RIFT_ERROR, refusal->place,
                 "'%s' cannot be %s by %s%s: %s; %s", refusal->code, refusal->action,
                 refusal->method, rift_text_string(&when), rift_text_string(&why),
                 refusal->advice);
    rift_text_free(&when);
    rift_text_free(&why);
    return RIFT_ERR_DATA;
}
