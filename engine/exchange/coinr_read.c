/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading iData and iMeta, with everything that can be wrong with them. */
#include "exchange/coinr_read.h"

#include "core/diag.h"
#include "core/number.h"
#include "read/name/country.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const rift_coinr_kind_name[] = {"Indicator", "Aggregate", "Group",
                                            "Denominator", "Other"};

const char *const rift_coinr_known[] = {"Level",       "iCode",     "iName",  "Parent",
                                        "Type",        "Direction", "Weight", "Unit",
                                        "Denominator", "Target"};

/* By whether cells are as they stand. */
static const rift_sheet_settings form[] = {
    {.what = "an import", .limit = 1024 * 1024 * 1024, .ragged = true},
    {.what = "an import", .limit = 1024 * 1024 * 1024, .ragged = true, .exact = true}};

bool rift_coinr_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0;
}

static const rift_coinr_entry *find(const rift_coinr_tables *job, const char *code)
{
    for (size_t i = 0; i < job->meta.n_row; i++) {
        if (strcmp(job->entry[i].code, code) == 0) {
            return &job->entry[i];
        }
    }
    return NULL;
}

static bool read_number(rift_coinr_tables *job, rift_sheet_cell cell, const char *what,
                        double standard, double *out)
{
    *out = standard;
    return rift_coinr_missing(cell.text) ||
           (rift_number_read(cell.text, strlen(cell.text), out) && isfinite(*out)) ||
           rift_sheet_error(&job->meta, &cell,
                            "'%s' is not a number for %s; write one, or NA", cell.text,
                            what);
}

static bool read_kind(rift_coinr_tables *job, rift_sheet_cell cell,
                      rift_coinr_kind *out)
{
    for (size_t i = 0; i < RIFT_COINR_KINDS; i++) {
        if (strcmp(rift_coinr_kind_name[i], cell.text) == 0) {
            *out = (rift_coinr_kind)i;
            return true;
        }
    }
    return rift_sheet_error(
        &job->meta, &cell,
        "'%s' is not a Type; COINr knows Indicator, Aggregate, Group, "
        "Denominator and Other",
        cell.text);
}

static bool read_entry(rift_coinr_tables *job, size_t row)
{
    rift_sheet_cell cell[RIFT_COINR_KNOWN];
    rift_coinr_entry *e = &job->entry[row];
    for (size_t i = 0; i < RIFT_COINR_KNOWN; i++) {
        cell[i] = rift_sheet_at(&job->meta, row,
                                rift_sheet_column(&job->meta, rift_coinr_known[i]));
        cell[i].text = rift_coinr_missing(cell[i].text) ? "" : cell[i].text;
    }
    *e = (rift_coinr_entry){.code = cell[1].text,
                            .name = cell[2].text,
                            .parent = cell[3].text,
                            .unit = cell[7].text,
                            .denominator = cell[8].text,
                            .target = cell[9].text};
    bool good = read_kind(job, cell[4], &e->kind);
    good &= read_number(job, cell[5], "Direction", 1, &e->direction);
    good &= read_number(job, cell[6], "Weight", 1, &e->weight);
    if (good && fabs(e->direction) != 1) {
        good = rift_sheet_error(&job->meta, &cell[5], "Direction is 1 or -1, found %s",
                                cell[5].text);
    }
    if (good && e->weight < 0) {
        good = rift_sheet_error(&job->meta, &cell[6],
                                "a weight cannot be negative, found %s", cell[6].text);
    }
    if (!*e->target) {
        cell[9] = rift_sheet_at(&job->meta, row,
                                rift_sheet_column(&job->meta, "target_some"));
        e->target = rift_coinr_missing(cell[9].text) ? "" : cell[9].text;
    }
    if (!strcmp(e->unit, RIFT_COINR_NO_UNIT)) {
        e->unit = "";
    }
    double target;
    good &= read_number(job, cell[9], "Target", 0, &target);
    e->scale = (rift_coinr_scale){.best = 100};
    good = good && rift_coinr_read_scale(job, row);
    for (size_t i = 0; i < row; i++) {
        if (strcmp(job->entry[i].code, e->code) == 0) {
            good = rift_sheet_error(&job->meta, &cell[1],
                                    "the iCode '%s' appears twice; keep one", e->code);
        }
    }
    e->column = rift_sheet_column(&job->data, e->code);
    if (e->column < 0 && e->kind != RIFT_COINR_AGGREGATE) {
        good = rift_sheet_error(&job->meta, &cell[1],
                                "iData has no column '%s'; add it, or drop the row",
                                e->code);
    }
    return *e->code
               ? good
               : rift_sheet_error(&job->meta, &cell[1], "the iCode is empty; give it");
}

/* Parents must be aggregates, denominators columns; one node alone stands on top. */
static bool check_tree(rift_coinr_tables *job)
{
    bool good = true;
    size_t n_top = 0;
    int parent = rift_sheet_column(&job->meta, "Parent");
    int below = rift_sheet_column(&job->meta, "Denominator");
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i], *up = find(job, e->parent);
        bool in_tree =
            e->kind == RIFT_COINR_INDICATOR || e->kind == RIFT_COINR_AGGREGATE;
        rift_sheet_cell at = rift_sheet_at(&job->meta, i, parent);
        if (in_tree && *e->parent && (!up || up->kind != RIFT_COINR_AGGREGATE)) {
            good = rift_sheet_error(&job->meta, &at,
                                    "the Parent '%s' is not an Aggregate of iMeta",
                                    e->parent);
        }
        n_top += in_tree && !*e->parent;
        if (in_tree && !*e->parent && n_top > 1) {
            good = rift_sheet_error(&job->meta, &at,
                                    "'%s' has no Parent, and it is not the only one; "
                                    "give all but one a Parent",
                                    e->code);
        }
        at = rift_sheet_at(&job->meta, i, below);
        if (*e->denominator && !find(job, e->denominator)) {
            good = rift_sheet_error(&job->meta, &at,
                                    "the Denominator '%s' is not a row of iMeta",
                                    e->denominator);
        }
    }
    return good;
}

static bool check_columns(rift_coinr_tables *job)
{
    bool good = true;
    static const char *const needed[] = {"Level",     "iCode",  "Parent",
                                         "Direction", "Weight", "Type"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (rift_sheet_column(&job->meta, needed[i]) < 0) {
            good = rift_sheet_error(
                &job->meta, NULL, "the column '%s' is missing; COINr's iMeta needs it",
                needed[i]);
        }
    }
    job->code = rift_sheet_column(&job->data, "uCode");
    job->name = rift_sheet_column(&job->data, "uName");
    job->time = rift_sheet_column(&job->data, "Time");
    if (job->code < 0) {
        good = rift_sheet_error(
            &job->data, NULL, "the column 'uCode' is missing; COINr's iData needs it");
    }
    return good;
}

/* Columns of iData that iMeta does not know would be lost. */
static bool check_described(rift_coinr_tables *job)
{
    bool good = true;
    for (size_t i = 0; i < job->data.n_column; i++) {
        bool own = (int)i == job->code || (int)i == job->name || (int)i == job->time;
        if (!own && !find(job, job->data.header[i].text)) {
            good = rift_sheet_error(&job->data, NULL,
                                    "iMeta has no row for the column '%s'; add one (of "
                                    "Type Other, if it is neither indicator nor group)",
                                    job->data.header[i].text);
        }
    }
    return good;
}

bool rift_coinr_year(rift_coinr_tables *job, size_t row, int *year)
{
    rift_sheet_cell cell = rift_sheet_at(&job->data, row, job->time);
    double x = job->paths->year;
    bool read = job->time < 0 || rift_number_read(cell.text, strlen(cell.text), &x);
    *year = read && x >= 1000 && x < 3000 ? (int)x : 0;
    return (*year > 0 && *year == x) ||
           rift_sheet_error(&job->data, &cell,
                            "the Time '%s' is not a year from 1000 to 2999", cell.text);
}

static bool check_cell(rift_coinr_tables *job, size_t row, rift_coinr_entry *e)
{
    rift_sheet_cell cell = rift_sheet_at(&job->data, row, e->column);
    double x;
    if (e->kind == RIFT_COINR_GROUP || rift_coinr_missing(cell.text) ||
        (rift_number_read(cell.text, strlen(cell.text), &x) && isfinite(x))) {
        return true;
    }
    if (e->kind == RIFT_COINR_OTHER) {
        e->numeric = false;
        return true;
    }
    return rift_sheet_error(&job->data, &cell,
                            "'%s' is not a number for '%s'; write one, or NA",
                            cell.text, e->code);
}

typedef struct row_key {
    const char *code;
    int year;
    size_t row;
} row_key;

static int compare_key(const void *a, const void *b)
{
    const row_key *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order                ? order
           : x->year != y->year ? (x->year < y->year ? -1 : 1)
           : x->row < y->row    ? -1
                                : x->row > y->row;
}

static bool check_rows(rift_coinr_tables *job)
{
    bool good = true;
    row_key *key = calloc(job->data.n_row + 1, sizeof *key);
    job->country = job->data.n_row > 0;
    for (size_t r = 0; key && r < job->data.n_row; r++) {
        rift_sheet_cell cell = rift_sheet_at(&job->data, r, job->code);
        const rift_country *country = rift_country_find(cell.text, strlen(cell.text));
        job->country =
            job->country && country && strcmp(country->alpha3, cell.text) == 0;
        key[r] = (row_key){.code = cell.text, .row = r};
        good &= rift_coinr_year(job, r, &key[r].year);
        good &= *cell.text ||
                rift_sheet_error(&job->data, &cell, "the uCode is empty; give it");
        bool first = r == 0 || key[r].year < job->first;
        job->first = first ? key[r].year : job->first;
        job->last = r == 0 || key[r].year > job->last ? key[r].year : job->last;
        for (size_t i = 0; i < job->meta.n_row; i++) {
            good &= job->entry[i].column < 0 || check_cell(job, r, &job->entry[i]);
        }
    }
    if (!key) {
        (void)!rift_diag_memory(job->diag);
        return false;
    }
    qsort(key, job->data.n_row, sizeof *key, compare_key);
    for (size_t r = 1; r < job->data.n_row; r++) {
        if (!strcmp(key[r].code, key[r - 1].code) && key[r].year == key[r - 1].year) {
            rift_sheet_cell cell = rift_sheet_at(&job->data, key[r].row, job->code);
            good = rift_sheet_error(&job->data, &cell,
                                    "'%s' appears twice in %d; keep one row", cell.text,
                                    key[r].year);
        }
    }
    free(key);
    if (job->data.n_row == 0) {
        good = rift_sheet_error(&job->data, NULL, "iData has no rows");
    }
    return good;
}

static bool check_all(rift_coinr_tables *job)
{
    bool good = check_columns(job);
    job->entry = calloc(job->meta.n_row + 1, sizeof *job->entry);
    if (!job->entry) {
        (void)!rift_diag_memory(job->diag);
        return false;
    }
    for (size_t i = 0; good && i < job->meta.n_row; i++) {
        job->entry[i].code = "";
    }
    bool entries = good;
    for (size_t i = 0; good && i < job->meta.n_row; i++) {
        entries &= read_entry(job, i);
        job->entry[i].numeric = true;
    }
    return entries && check_tree(job) && check_described(job) && check_rows(job);
}

bool rift_coinr_read(rift_coinr_tables *job)
{
    const rift_sheet_settings *how = &form[job->paths->exact];
    rift_status meta = rift_sheet_read(job->paths->meta, how, job->diag, &job->meta);
    rift_status data = rift_sheet_read(job->paths->data, how, job->diag, &job->data);
    return meta == RIFT_OK && data == RIFT_OK && check_all(job);
}

void rift_coinr_tables_free(rift_coinr_tables *job)
{
    free(job->entry);
    rift_sheet_free(&job->meta);
    rift_sheet_free(&job->data);
}
