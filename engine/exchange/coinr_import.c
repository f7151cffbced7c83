/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COINr's iData and iMeta become the files of a study. */
#include "core/array.h"
#include "core/csv.h"
#include "core/diag.h"
#include "core/json.h"
#include "core/number.h"
#include "define/define.h"
#include "exchange/coinr_read.h"

#include <stdlib.h>
#include <string.h>

static void pair(rift_text *out, const char *lead, const char *key, const char *text)
{
    rift_text_format(out, "%s%s: ", lead, key);
    rift_json_string(out, text);
}

/* A number shortest, as a weight or a target. */
static void number_pair(rift_text *out, const char *key, double x)
{
    char text[RIFT_NUMBER_SIZE];
    rift_number_format(x, text);
    rift_text_format(out, ", %s: %s", key, text);
}

/* A target has no effect on what is scored between goalposts. */
static bool has_target(const rift_coinr_entry *e)
{
    bool posts = e->scale.method && !strcmp(e->scale.method, "goalposts");
    return *e->target && !posts;
}

static void put_series(rift_coinr_tables *job, const rift_coinr_scale *standard,
                       rift_text *out)
{
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        if (!rift_coinr_is_series(e)) {
            continue;
        }
        pair(out, "  - {", "code", e->code);
        pair(out, ", ", "name", *e->name ? e->name : e->code);
        if (*e->unit) {
            pair(out, ", ", "unit", e->unit);
        }
        if (e->kind != RIFT_COINR_INDICATOR) {
            rift_text_put(out, ", layer: context");
        }
        if (e->direction < 0) {
            rift_text_put(out, ", polarity: lower-is-better");
        }
        if (*e->denominator) {
            pair(out, ", ", "denominator", e->denominator);
        }
        if (has_target(e)) {
            double target;
            (void)!rift_number_read(e->target, strlen(e->target), &target);
            number_pair(out, "target", target);
        }
        if (e->kind == RIFT_COINR_INDICATOR) {
            rift_coinr_put_keys(e, standard, out);
        }
        rift_text_put(out, "}\n");
    }
}

static void put_node(rift_coinr_tables *job, const rift_coinr_entry *e, rift_text *out)
{
    pair(out, "  - ", "code", e->code);
    pair(out, "\n    ", "name", *e->name ? e->name : e->code);
    rift_text_put(
        out, "\n    minimum_coverage: 0\n"); /* COINr's mean uses non-missing values */
    if (e->direction < 0) {
        rift_text_put(out, "    polarity: lower-is-better\n");
    }
    rift_text_put(out, "    children:\n");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *child = &job->entry[i];
        bool in_tree =
            child->kind == RIFT_COINR_INDICATOR || child->kind == RIFT_COINR_AGGREGATE;
        if (in_tree && strcmp(child->parent, e->code) == 0) {
            pair(out, "      - {",
                 child->kind == RIFT_COINR_INDICATOR ? "series" : "node", child->code);
            number_pair(out, "weight", child->weight);
            rift_text_put(out, "}\n");
        }
    }
}

static void put_list(rift_text *out, const char *key, const rift_sheet *sheet)
{
    rift_text_format(out, "  %s: [", key);
    for (size_t i = 0; i < sheet->n_column; i++) {
        rift_text_put(out, i > 0 ? ", " : "");
        rift_json_string(out, sheet->header[i].text);
    }
    rift_text_put(out, "]\n");
}

/* Whether the export finds a column of an entry in the result itself. */
static bool is_said(const rift_coinr_entry *e, const char *column)
{
    if (!strcmp(column, "iCode") || !strcmp(column, "Type")) {
        return true;
    }
    bool found = false;
    for (size_t k = 0; k < RIFT_COINR_KNOWN; k++) {
        found = found || !strcmp(column, rift_coinr_known[k]);
    }
    bool of_series = !strcmp(column, "Unit") || !strcmp(column, "Denominator") ||
                     !strcmp(column, "Target");
    bool unnamed = !strcmp(column, "iName") && !strcmp(e->name, e->code);
    bool target = !strcmp(column, "Target") || !strcmp(column, "target_some");
    if (rift_coinr_scale_used(e, column) || (target && has_target(e))) {
        return true;
    }
    return found && !target && rift_coinr_in_tree(e) && !unnamed &&
           !(of_series && e->kind == RIFT_COINR_AGGREGATE);
}

/* What Rift has no word for: order of columns and rows, types, further columns. */
static void put_rest(rift_coinr_tables *job, rift_text *out)
{
    rift_text_put(out, "\n# What COINr needs on the way back; Rift ignores it.\n"
                       "x-coinr:\n");
    put_list(out, "data", &job->data);
    put_list(out, "meta", &job->meta);
    rift_text_put(out, "  rows:\n");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        pair(out, "    - {", "iCode", e->code);
        pair(out, ", ", "Type", rift_coinr_kind_name[e->kind]);
        for (size_t c = 0; c < job->meta.n_column; c++) {
            const char *text = rift_sheet_at(&job->meta, i, (int)c).text;
            if (!is_said(e, job->meta.header[c].text) && !rift_coinr_missing(text)) {
                rift_text_put(out, ", ");
                rift_json_string(out, job->meta.header[c].text);
                rift_text_put(out, ": ");
                rift_json_string(out, text);
            }
        }
        rift_text_put(out, "}\n");
    }
}

/* How all series are scored that say nothing else. */
static void put_methods(const rift_coinr_scale *scale, rift_text *out)
{
    const char *method = scale->method ? scale->method : "min-max";
    rift_text_put(out, scale->method
                           ? "# As the columns of iMeta say it for every indicator.\n"
                           : "# COINr's own standard; 'rift list methods' names the "
                             "others.\n");
    if (!strcmp(method, "scaled-z-score")) {
        rift_text_put(out, "normalisation: {method: scaled-z-score, mean: ");
        rift_text_number(out, scale->low);
        rift_text_put(out, ", sd: ");
        rift_text_number(out, scale->high);
        rift_text_put(out, ", sample: true}\n");
    } else {
        rift_text_format(out, "normalisation: %s\nworst_score: ", method);
        rift_text_number(out, scale->worst);
        rift_text_put(out, "\nbest_score: ");
        rift_text_number(out, scale->best);
        rift_text_put(out, scale->clip ? "\nclip: true\n" : "\nclip: false\n");
    }
    rift_text_put(out, "aggregation: arithmetic\n\nseries:\n");
}

static void put_index(rift_coinr_tables *job, rift_text *out)
{
    rift_coinr_scale standard = rift_coinr_scale_of_all(job);
    rift_text_put(out, "# Made from COINr's iData and iMeta by 'rift import coinr'.\n");
    pair(out, "", "code", job->paths->name);
    rift_text_format(out, "\nentities: %s\n", job->country ? "country" : "any");
    put_methods(&standard, out);
    put_series(job, &standard, out);
    rift_text_put(out, "\nnodes:\n");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        if (job->entry[i].kind == RIFT_COINR_AGGREGATE) {
            put_node(job, &job->entry[i], out);
        }
    }
    put_rest(job, out);
}

static void put_data(rift_coinr_tables *job, rift_text *out)
{
    rift_text_put(out, "country,year,indicator,value\n");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        for (size_t r = 0; rift_coinr_is_series(e) && r < job->data.n_row; r++) {
            const char *value = rift_sheet_at(&job->data, r, e->column).text;
            int year = 0;
            (void)rift_coinr_year(job, r, &year);
            if (!rift_coinr_missing(value)) {
                rift_csv_cell(out, rift_sheet_at(&job->data, r, job->code).text);
                rift_text_format(out, ",%d,", year);
                rift_csv_cell(out, e->code);
                rift_text_format(out, ",%s\n", value);
            }
        }
    }
}

/* A unit's groups and texts; where it was met before they must be the same. */
static bool put_unit(rift_coinr_tables *job, size_t row, size_t first, rift_text *out)
{
    bool good = true, met = first != row;
    const char *code = rift_sheet_at(&job->data, row, job->code).text;
    if (!met) {
        rift_csv_cell(out, code);
        rift_text_put(out, ",");
        rift_csv_cell(out, rift_sheet_at(&job->data, row, job->name).text);
    }
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        rift_sheet_cell cell = rift_sheet_at(&job->data, row, e->column);
        rift_sheet_cell before = rift_sheet_at(&job->data, first, e->column);
        if (e->column < 0 || rift_coinr_is_series(e)) {
            continue;
        }
        if (!met) {
            rift_text_put(out, ",");
            rift_csv_cell(out, rift_coinr_missing(cell.text) ? "" : cell.text);
        } else if (strcmp(before.text, cell.text) != 0) {
            good = rift_sheet_error(&job->data, &cell,
                                    "'%s' of %s is '%s' here and '%s' in line %zu; a "
                                    "unit's group cannot change with time",
                                    e->code, code, cell.text, before.text,
                                    (size_t)before.line);
        }
    }
    rift_text_put(out, met ? "" : "\n");
    return good;
}

/* Groups and texts belong to a unit, whatever the time. */
static rift_status put_countries(rift_coinr_tables *job, rift_text *out)
{
    rift_text_put(out, "country,name");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        if (e->column >= 0 && !rift_coinr_is_series(e)) {
            rift_text_put(out, ",");
            rift_csv_cell(out, e->code);
        }
    }
    rift_text_put(out, "\n");
    rift_string_table seen = {0};
    size_t *first = calloc(job->data.n_row + 1, sizeof *first);
    rift_status status = first ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t r = 0; status != RIFT_ERR_MEMORY && r < job->data.n_row; r++) {
        const char *code = rift_sheet_at(&job->data, r, job->code).text;
        size_t n_before = seen.n_word;
        int at = rift_string_table_add(&seen, code, strlen(code));
        if (at < 0) {
            status = RIFT_ERR_MEMORY;
            break;
        }
        first[at] = seen.n_word > n_before ? r : first[at];
        status = put_unit(job, r, first[at], out) ? status : RIFT_ERR_DATA;
    }
    rift_string_table_free(&seen);
    free(first);
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(job->diag) : status;
}

static void put_study(rift_coinr_tables *job, rift_text *out)
{
    rift_text_put(out, "# Made from COINr's iData and iMeta by 'rift import coinr'.\n");
    pair(out, "", "code", job->paths->name);
    pair(out, "\n", "title", job->paths->name);
    rift_text_format(out,
                     "\nyears: {first: %d, last: %d}\nsources: [data.csv]\n"
                     "countries: {file: countries.csv}\nindex: index.yaml\n"
                     "charts: [ranking]\n",
                     job->first, job->last);
    bool any = false;
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        if (e->column >= 0 && !rift_coinr_is_series(e)) {
            rift_text_put(out, any ? "" : "groups:\n");
            any = true;
            pair(out, "  - {", "code", e->code);
            pair(out, ", ", "name", *e->name ? e->name : e->code);
            pair(out, ", ", "column", e->code);
            rift_text_put(out, "}\n");
        }
    }
}

void rift_coinr_study_free(rift_coinr_study *study)
{
    free(study->study);
    free(study->index);
    free(study->data);
    free(study->countries);
    *study = (rift_coinr_study){0};
}

/* Whether a column of iMeta has a cell that the study follows. */
static bool is_used(const rift_coinr_tables *job, const char *column)
{
    bool used = !strcmp(column, "target_some");
    for (size_t k = 0; !used && k < RIFT_COINR_KNOWN; k++) {
        used = !strcmp(column, rift_coinr_known[k]);
    }
    for (size_t i = 0; !used && i < job->meta.n_row; i++) {
        used = rift_coinr_scale_used(&job->entry[i], column);
    }
    return used;
}

/* Columns that Rift has no word for; of several normalisations, iMeta does not say
   which is meant, and the first goes before. */
static void tell_unused(const rift_coinr_tables *job)
{
    rift_text list = {0};
    for (size_t c = 0; c < job->meta.n_column; c++) {
        const char *column = job->meta.header[c].text;
        if (!is_used(job, column)) {
            rift_text_format(&list, "%s'%s'", list.n ? ", " : "", column);
        }
    }
    if (list.n > 0) {
        rift_location place = rift_location_file(job->paths->meta);
        rift_diag_at(job->diag, RIFT_NOTE, &place,
                     "columns of iMeta that the study does not use, kept for the way "
                     "back: %s",
                     rift_text_string(&list));
    }
    rift_diag_text_free(job->diag, &list);
}

rift_status rift_coinr_import(const rift_coinr_paths *paths, rift_diag *diag,
                              rift_coinr_study *out)
{
    rift_coinr_tables job = {.paths = paths, .diag = diag};
    rift_text study = {0}, index = {0}, data = {0}, countries = {0};
    const char *fault = rift_study_code_fault(paths->name);
    if (fault) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "'%.80s' is no code of a study: %s",
                     paths->name, fault);
    }
    rift_status status = rift_coinr_read(&job) && !fault ? RIFT_OK : RIFT_ERR_DATA;
    if (status == RIFT_OK) {
        tell_unused(&job);
    }
    if (status == RIFT_OK) {
        put_index(&job, &index);
        put_data(&job, &data);
        put_study(&job, &study);
        status = put_countries(&job, &countries);
    }
    rift_coinr_tables_free(&job);
    rift_coinr_study made = {rift_text_take(&study), rift_text_take(&index),
                             rift_text_take(&data), rift_text_take(&countries)};
    if (!made.study || !made.index || !made.data || !made.countries ||
        diag->out_of_memory) {
        status = rift_diag_memory(diag);
    }
    if (status != RIFT_OK) {
        rift_coinr_study_free(&made);
        return status;
    }
    *out = made;
    return RIFT_OK;
}
