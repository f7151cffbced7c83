/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SDMX-CSV 1.0 (DATAFLOW first) and 2.0 (STRUCTURE, STRUCTURE_ID, perhaps ACTION), with
   codes, with "code: label" in cells and headers, or with labels in columns of their
   own. Columns before OBS_VALUE are dimensions, those behind it attributes. SDMX-CSV
   Field Guide 1.0 and 2.0. OECD.Stat's export with codes and labels is alike. */
#include "core/array.h"
#include "read/format.h"
#include "read/heading.h"
#include "read/twin.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { COLUMN_LIMIT = 256, HEADER_ROWS = 20, NAME = 128 };

/* What the columns of a header are, by the first of these names that fits. */
typedef enum part {
    DIMENSION,
    STRUCTURE,
    STRUCTURE_ID,
    ACTION,
    AREA,
    TIME,
    VALUE,
    FREQUENCY,
    STATUS,
    UNIT,
    POWER,
    ATTRIBUTE
} part;

static const char *const structure[] = {"structure", "structure name", NULL};
static const char *const structure_id[] = {"structure id", "dataflow", NULL};
static const char *const action[] = {"action", NULL};
static const char *const area[] = {"ref area", "geo", "location",       "country",
                                   "area",     "cou", "reference area", NULL};
static const char *const time_of[] = {"time period", "time", NULL};
static const char *const value_of[] = {"obs value", NULL};
static const char *const frequency[] = {"freq", "frequency", NULL};
static const char *const status[] = {"obs status", "obs flag", "flag code",
                                     "flag codes", NULL};
static const char *const unit[] = {"unit measure", "unit", "unit code", "measure unit",
                                   NULL};
static const char *const power[] = {"unit mult", "power code code", "power code",
                                    "unit multiplier", NULL};
static const char *const attribute[] = {"obs comment",
                                        "obs conf",
                                        "conf status",
                                        "decimals",
                                        "time format",
                                        "base per",
                                        "base period",
                                        "reference period",
                                        "note",
                                        "notes",
                                        "comment",
                                        "comment ts",
                                        "comment obs",
                                        "comment dset",
                                        "title",
                                        "title compl",
                                        "source",
                                        "data source",
                                        "source detail",
                                        "source detail code",
                                        "obs footnote",
                                        "series footnote",
                                        "collection",
                                        "coll method",
                                        "compiling org",
                                        "embargo time",
                                        "last update",
                                        "pre break value",
                                        "obs pre break",
                                        "ref period detail",
                                        "upper bound",
                                        "lower bound",
                                        "reference period code",
                                        "nature",
                                        "geo info url",
                                        "geo info type",
                                        NULL};

static const struct {
    part part;
    const char *const *names;
} known[] = {{STRUCTURE, structure}, {STRUCTURE_ID, structure_id},
             {ACTION, action},       {AREA, area},
             {TIME, time_of},        {VALUE, value_of},
             {FREQUENCY, frequency}, {STATUS, status},
             {UNIT, unit},           {POWER, power},
             {ATTRIBUTE, attribute}};

/* A header row: what each column is, and whose label. */
typedef struct header {
    size_t row, n;
    part part[COLUMN_LIMIT];
    int label_of[COLUMN_LIMIT];
    const char *name[COLUMN_LIMIT]; /* without ": label" */
    int at[ATTRIBUTE + 1];          /* first column of each part, or -1 */
    bool labelled;                  /* cells are "code: label" */
} header;

static part find_part(const char *name)
{
    char plain[NAME];
    rift_heading_plain(name, plain, sizeof plain);
    for (size_t i = 0; i < RIFT_COUNT_OF(known); i++) {
        for (const char *const *at = known[i].names; *at; at++) {
            if (strcmp(plain, *at) == 0) {
                return known[i].part;
            }
        }
    }
    return DIMENSION;
}

/* "REF_AREA: Reference area" is REF_AREA. */
static const char *code_of(rift_layout *layout, const char *text)
{
    const char *colon = strchr(text, ':');
    size_t n = colon ? (size_t)(colon - text) : strlen(text);
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    return colon ? rift_arena_copy(layout->arena, text, n) : text;
}

static bool is_label(const char *name)
{
    for (; *name; name++) {
        if (*name == ' ' || islower((unsigned char)*name)) {
            return true;
        }
    }
    return false;
}

/* Names in columns of their own: each column has its label behind it, those of time and
   value too. */
static void find_labels(const rift_preview *head, header *h)
{
    const rift_preview_row *row = &head->row[h->row];
    rift_twins_find(head, h->row, h->label_of);
    size_t first = 0;
    while (first < h->n && (h->part[first] == STRUCTURE || h->part[first] == ACTION ||
                            h->part[first] == STRUCTURE_ID)) {
        h->label_of[first++] = -1;
    }
    int time = h->at[TIME], value = h->at[VALUE];
    bool all = time >= 0 && value >= 0 && (size_t)value + 1 < h->n &&
               (time - (int)first) % 2 == 0 && (value - (int)first) % 2 == 0 &&
               time + 1 != value && is_label(row->cell[time + 1]) &&
               is_label(row->cell[value + 1]);
    for (size_t i = first; all && i < h->n; i++) {
        bool label = (i - first) % 2 == 1 && rift_twins_agree(head, h->row, i - 1, i);
        h->label_of[i] = label ? (int)i - 1 : -1;
    }
}

/* The first column of each part, which is no label. */
static void find_places(header *h)
{
    for (size_t k = 0; k <= ATTRIBUTE; k++) {
        h->at[k] = -1;
    }
    for (size_t i = 0; i < h->n; i++) {
        if (h->label_of[i] < 0 && h->at[h->part[i]] < 0) {
            h->at[h->part[i]] = (int)i;
        }
    }
}

static bool read_header(const rift_preview *head, size_t r, rift_layout *layout,
                        header *h)
{
    const rift_preview_row *row = &head->row[r];
    *h = (header){.row = r, .n = row->n_cell};
    if (row->n_cell > COLUMN_LIMIT || row->n_cell < 3) {
        return false;
    }
    for (size_t i = 0; i < h->n; i++) {
        h->label_of[i] = -1;
        h->name[i] = code_of(layout, row->cell[i]);
        if (!h->name[i]) {
            return false;
        }
        h->labelled = h->labelled || strcmp(h->name[i], row->cell[i]) != 0;
        h->part[i] = find_part(h->name[i]);
    }
    find_places(h);
    find_labels(head, h);
    find_places(h);
    return true;
}

static int label_column(const header *h, int column)
{
    return column >= 0 && (size_t)column + 1 < h->n && h->label_of[column + 1] == column
               ? column + 1
               : -1;
}

/* The dimension that names what is measured: its label is the name of the series. */
static int find_subject(const header *h)
{
    static const char *const name[] = {"indicator", "ind",      "measure", "series",
                                       "subject",   "variable", NULL};
    for (const char *const *at = name; *at; at++) {
        for (size_t i = 0; i < h->n; i++) {
            if (h->part[i] == DIMENSION && strcasecmp(h->name[i], *at) == 0) {
                return (int)i;
            }
        }
    }
    return -1;
}

/* Whether a column tells rows apart: a dimension, of SDMX-CSV a unit too. */
static bool is_dimension(const header *h, size_t i, int value, bool sdmx)
{
    bool one = h->part[i] == DIMENSION || (h->part[i] == UNIT && sdmx) ||
               (h->part[i] == AREA && (int)i != h->at[AREA]);
    return one && (int)i != value && h->label_of[i] < 0 &&
           (!sdmx || (int)i < h->at[VALUE]);
}

static bool fill(const rift_preview *head, const header *h, int value, bool sdmx,
                 rift_layout *layout)
{
    layout->header = h->row;
    layout->n_cell = h->n;
    layout->country_code = h->at[AREA];
    layout->country_name = label_column(h, h->at[AREA]);
    layout->year = h->at[TIME];
    layout->frequency = h->at[FREQUENCY];
    layout->unit = h->at[UNIT];
    layout->power = h->at[POWER];
    layout->action = h->at[ACTION];
    layout->partial_rows = sdmx;
    layout->series_name = label_column(h, find_subject(h));
    layout->labelled_codes = h->labelled || sdmx;
    for (size_t i = 0; i < h->n; i++) {
        bool good = true;
        if (is_dimension(h, i, value, sdmx)) {
            good = rift_layout_add_dimension(layout, i, h->name[i]);
        } else if ((int)i != value && h->part[i] != UNIT) {
            good = rift_layout_know(layout, i);
        }
        if (!good) {
            return false;
        }
    }
    (void)head;
    rift_value_column *column = rift_layout_add_value(layout, (size_t)value, 0);
    if (column) {
        column->obs_status = h->at[STATUS];
    }
    return column != NULL;
}

/* "ESTAT:ISOC_E_DII(1.0)" is ISOC_E_DII. */
static const char *dataflow_code(rift_layout *layout, const char *id)
{
    const char *colon = strchr(id, ':');
    const char *start = colon && colon[1] != ' ' ? colon + 1 : id;
    return rift_arena_copy(layout->arena, start, strcspn(start, "(: "));
}

static bool recognise(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < HEADER_ROWS; r++) {
        rift_layout made = rift_layout_empty(head);
        header h;
        if (!read_header(head, r, &made, &h) || h.at[STRUCTURE_ID] < 0 ||
            h.at[TIME] < 0 || h.at[VALUE] < 0 || h.at[AREA] < 0) {
            continue;
        }
        static const char *const missing[] = {":", "NaN", NULL};
        made.missing = missing;
        made.series = dataflow_code(
            &made, rift_preview_cell(head, r + 1, (size_t)h.at[STRUCTURE_ID]));
        if (!made.series || !*made.series ||
            !fill(head, &h, h.at[VALUE], true, &made)) {
            return false;
        }
        *layout = made;
        return true;
    }
    return false;
}

const rift_format rift_format_sdmx = {
    "sdmx-csv", "SDMX-CSV 1.0 and 2.0, of Eurostat, OECD, ILO, UNICEF and others",
    recognise, NULL};

static int find_value(const rift_preview_row *row)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        if (strcasecmp(row->cell[i], "Value") == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool recognise_coded(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < HEADER_ROWS; r++) {
        rift_layout made = rift_layout_empty(head);
        header h;
        int value = find_value(&head->row[r]);
        if (value < 0 || !read_header(head, r, &made, &h) || h.at[TIME] < 0 ||
            h.at[AREA] < 0 || label_column(&h, h.at[AREA]) < 0 ||
            (h.at[STATUS] < 0 && h.at[POWER] < 0)) {
            continue;
        }
        if (!fill(head, &h, value, false, &made)) {
            return false;
        }
        *layout = made;
        return true;
    }
    return false;
}

const rift_format rift_format_oecd_coded = {
    "oecd-stat-codes",
    "OECD.Stat with codes and labels: LOCATION, Country, TIME, Value", recognise_coded,
    NULL};
