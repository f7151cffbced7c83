/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of methods, with the value that they refuse. */
#include "index/refuse.h"

#include "core/diag.h"
#include "core/text.h"
#include "panel/panel.h"

#include <math.h>

enum { COUNTRIES_TOLD = 5 };

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

/* Whether a country was screened out of a year of the block in which it has a value. */
static bool lost_one(const rift_work *w, const rift_refusal *refusal, size_t series,
                     size_t country)
{
    size_t start = refusal->block ? refusal->block->start : 0;
    size_t n = refusal->block ? refusal->block->n : w->n_cell;
    const double *raw = w->panel->value + rift_panel_at(w->panel, series, 0);
    bool lost = false;
    for (size_t i = start + country; i < start + n; i += w->out->n_country) {
        lost = lost || (w->out->exclusion[i] >= RIFT_SCREENED && !isnan(raw[i]));
    }
    return lost;
}

/* Which countries screening took from values that are constant without them. */
static void put_screened(const rift_work *w, const rift_refusal *refusal,
                         rift_text *out)
{
    const char *code = refusal->child ? refusal->child : refusal->code;
    int row = w->panel ? rift_panel_indicator(w->panel, code) : -1;
    size_t lost = 0;
    for (size_t c = 0; row >= 0 && c < w->out->n_country; c++) {
        if (lost_one(w, refusal, (size_t)row, c)) {
            lost++;
            rift_text_put(out, lost == 1 ? " once screening has excluded "
                               : lost <= COUNTRIES_TOLD ? ", "
                                                        : "");
            rift_text_put(out, lost <= COUNTRIES_TOLD ? w->panel->country[c] : "");
        }
    }
    if (lost > COUNTRIES_TOLD) {
        rift_text_format(out, " and %zu more", lost - COUNTRIES_TOLD);
    }
}

/* "no value is worse than the target 30: the worst is 40, of KEN in 2018" */
static void put_worst(const rift_work *w, const rift_refusal *refusal, size_t cell,
                      rift_text *out)
{
    rift_text_format(out, "no value is worse than %s: the worst is %.6g, of %s in %d",
                     refusal->goal ? refusal->goal : "the best", refusal->value[cell],
                     rift_cell_country(w, cell), rift_cell_year(w, cell));
}

/* What is wrong with all values, or with none in particular. */
static void put_of_all(const rift_work *w, const rift_refusal *refusal,
                       rift_fault fault, rift_text *out)
{
    if (refusal->child) {
        rift_text_format(out, "'%s': ", refusal->child);
    }
    if (fault.status == RIFT_ERR_REFERENCE && refusal->goal) {
        rift_text_format(out, "%s has no value", refusal->goal);
        return;
    }
    rift_text_put(out, rift_status_text(fault.status));
    if (fault.status == RIFT_ERR_CONSTANT) {
        put_screened(w, refusal, out);
    }
}

/* "KEN has -3 in 2014, which it does not take", or what is wrong with all of them. */
static void put_why(const rift_work *w, const rift_refusal *refusal, rift_fault fault,
                    rift_text *out)
{
    if (fault.at == RIFT_NOWHERE) {
        put_of_all(w, refusal, fault, out);
        return;
    }
    size_t cell = fault.at + (refusal->block ? refusal->block->start : 0);
    if (fault.status == RIFT_ERR_WORST) {
        put_worst(w, refusal, cell, out);
        return;
    }
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
    rift_diag_text_free(w->diag, &when);
    rift_diag_text_free(w->diag, &why);
    return RIFT_ERR_DATA;
}
