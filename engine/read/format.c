/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which format a file is in. Formats are tried in the order of the table, those that
   ask for more before those that ask for less; no decision rests on a file's name. */
#include "read/format.h"

#include "core/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Each stands in the file of its provider. */
extern const rift_format rift_format_worldbank, rift_format_databank, rift_format_wdi,
    rift_format_worldbank_json, rift_format_itu, rift_format_itu_sheet,
    rift_format_itu_groups, rift_format_egov, rift_format_hdr, rift_format_hdr_series,
    rift_format_hdr_long, rift_format_hdr_table, rift_format_uis, rift_format_uis_bulk,
    rift_format_uis_browser, rift_format_eurostat, rift_format_desi, rift_format_sdmx,
    rift_format_oecd, rift_format_oecd_coded, rift_format_oecd_stat,
    rift_format_oecd_toolkit, rift_format_unece, rift_format_unctad, rift_format_b2c,
    rift_format_sdg, rift_format_yearbook, rift_format_undata, rift_format_gho,
    rift_format_owid, rift_format_ddf, rift_format_tidy, rift_format_tidy_years,
    rift_format_tidy_wide, rift_format_tidy_grid, rift_format_tidy_one;

const rift_format *const rift_formats[] = {
    &rift_format_worldbank,    &rift_format_databank,   &rift_format_worldbank_json,
    &rift_format_wdi,          &rift_format_itu,        &rift_format_itu_sheet,
    &rift_format_itu_groups,   &rift_format_egov,       &rift_format_hdr,
    &rift_format_hdr_series,   &rift_format_hdr_long,   &rift_format_hdr_table,
    &rift_format_uis,          &rift_format_uis_bulk,   &rift_format_uis_browser,
    &rift_format_eurostat,     &rift_format_desi,       &rift_format_sdmx,
    &rift_format_oecd,         &rift_format_oecd_coded, &rift_format_oecd_stat,
    &rift_format_oecd_toolkit, &rift_format_unece,      &rift_format_unctad,
    &rift_format_b2c,          &rift_format_sdg,        &rift_format_yearbook,
    &rift_format_undata,       &rift_format_gho,        &rift_format_owid,
    &rift_format_ddf,          &rift_format_tidy,       &rift_format_tidy_years,
    &rift_format_tidy_wide,    &rift_format_tidy_grid,  &rift_format_tidy_one};
const size_t rift_n_formats = sizeof rift_formats / sizeof *rift_formats;

const rift_format *rift_format_find(const char *name)
{
    for (size_t i = 0; i < rift_n_formats; i++) {
        if (strcmp(rift_formats[i]->name, name) == 0) {
            return rift_formats[i];
        }
    }
    return NULL;
}

/* Files that are no text. */
static const char *binary_kind(const rift_preview *head)
{
    static const struct {
        const char *start;
        size_t n;
        const char *what;
    } kind[] = {{"\x89PNG", 4, "a picture (PNG)"},
                {"\xFF\xD8\xFF", 3, "a picture (JPEG)"},
                {"GIF8", 4, "a picture (GIF)"},
                {"%PDF", 4, "a PDF document"},
                {"\x89HDF", 4, "an HDF5 file"},
                {"PK\x03\x04 binary workbook", 20,
                 "a binary workbook (.xlsb); save it as .xlsx"},
                {"PK\x03\x04 office document", 20,
                 "a document of an office program, no spreadsheet"},
                {"PK\x03\x04", 4, "an archive inside an archive; unpack it first"},
                {"<svg", 4, "a picture (SVG)"},
                {"<?xml", 5, "an XML document"},
                {"<!DOCTYPE", 9, "a web page; a download that failed looks like this"},
                {"<html", 5, "a web page; a download that failed looks like this"}};
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        if (head->n >= kind[i].n &&
            strncasecmp(head->text, kind[i].start, kind[i].n) == 0) {
            return kind[i].what;
        }
    }
    return NULL;
}

static bool has_cell(const rift_preview_row *row, const char *name)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        if (strcasecmp(row->cell[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *metadata_kind(const rift_preview *head)
{
    for (size_t i = 0; i < rift_n_metadata_tables; i++) {
        const rift_metadata *table = &rift_metadata_tables[i];
        bool all = head->n_row > 0;
        for (size_t k = 0; all && k < 4 && table->column[k]; k++) {
            all = has_cell(&head->row[0], table->column[k]);
        }
        if (all) {
            return table->what;
        }
    }
    return NULL;
}

static bool all_empty(const rift_preview *head)
{
    for (size_t i = 0; i < head->n; i++) {
        if (!isspace((unsigned char)head->text[i])) {
            return false;
        }
    }
    return true;
}

/* Whether the first row is one of several of its length: then it may be shown. What is
   no table is not quoted, for it may be somebody's secret. */
static bool is_table(const rift_preview *head)
{
    size_t n = 0, length = head->row[0].n_cell;
    for (size_t i = 0; i < head->n_row; i++) {
        n += head->row[i].n_cell == length;
    }
    return length > 1 && n > 1 && 2 * n > head->n_row;
}

static const char *kind_of_text(const rift_preview *head)
{
    size_t odd = 0;
    for (size_t i = 0; i < head->n; i++) {
        unsigned char c = (unsigned char)head->text[i];
        odd += c < ' ' && !isspace(c);
    }
    return 50 * odd > head->n ? "it looks like binary data"
                              : "it looks like plain text";
}

/* What a table without a format lacks. */
static rift_status explain(const rift_preview *head, rift_recognition *out)
{
    static const char *const country[] = {"country", "iso3",   "country name", "code",
                                          "economy", "entity", "country_name"};
    const rift_preview_row *row = &head->row[0];
    bool placed = false;
    for (size_t i = 0; i < sizeof country / sizeof *country; i++) {
        placed = placed || has_cell(row, country[i]);
    }
    if (!is_table(head)) {
        snprintf(out->reason, sizeof out->reason, "no table: %s", kind_of_text(head));
        return RIFT_OK;
    }
    rift_text names = {0};
    for (size_t i = 0; i < row->n_cell && i < 12; i++) {
        rift_text_format(&names, "%s%s", i ? ", " : "", row->cell[i]);
    }
    snprintf(out->reason, sizeof out->reason,
             "a table %s; its first row is: %.240s. Name its columns "
             "(country, year, series, value) in the study, or state a year or series "
             "for all of it",
             placed ? "of countries without a year or an indicator that can be found"
                    : "in which no country and year were found",
             rift_text_string(&names));
    out->line = row->line;
    bool good = !names.failed;
    rift_text_free(&names);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

static bool take(rift_preview *head, const rift_format *format, rift_recognition *out)
{
    if (!format->recognise || !format->recognise(head, &out->layout)) {
        return false;
    }
    out->format = format;
    return true;
}

static void find_format(rift_preview *head, const rift_source_settings *source,
                        rift_recognition *out)
{
    bool named =
        source && (source->country || source->year || source->series || source->value ||
                   source->year_of_file || source->series_of_file);
    if (source && source->format) {
        const rift_format *format = rift_format_find(source->format);
        if (!take(head, format, out)) {
            snprintf(out->reason, sizeof out->reason,
                     "is not in the format '%s' that was stated", source->format);
            return;
        }
    } else if (named) {
        if (!rift_layout_stated(head, source, &out->layout, out->reason,
                                sizeof out->reason)) {
            return;
        }
        out->format = &rift_format_tidy;
    }
    for (size_t i = 0; !out->format && i < rift_n_formats; i++) {
        take(head, rift_formats[i], out);
    }
}

/* Every column that something was stated of must be one of values. */
static bool has_stated_columns(const rift_source_settings *source,
                               rift_recognition *out)
{
    const rift_layout *layout = &out->layout;
    for (size_t i = 0; source && i < source->n_column; i++) {
        bool found = false;
        for (size_t k = 0; !found && k < layout->n_value; k++) {
            found = strcmp(rift_layout_heading(layout, k), source->column[i].name) == 0;
        }
        if (!found) {
            snprintf(out->reason, sizeof out->reason,
                     "no column of values is named '%.60s' as was stated; correct its "
                     "name",
                     source->column[i].name);
            out->line = layout->heading ? layout->heading->line : 0;
            return false;
        }
    }
    return true;
}

/* What the user stated of columns; then which of the others tell rows apart. */
static bool apply_stated(const rift_preview *head, const rift_source_settings *source,
                         rift_recognition *out)
{
    const char *lacking = NULL;
    bool any =
        source && (source->n_dimension + source->n_where + source->n_remarks > 0);
    bool rows = !out->format->read;
    if (any && rows && !rift_layout_state(head, source, &out->layout, &lacking)) {
        return false;
    }
    size_t n_value = 0;
    for (size_t i = 0; i < out->layout.n_value; i++) {
        n_value += !out->layout.value[i].maybe;
    }
    if (any && (!rows || lacking || n_value == 0)) {
        snprintf(out->reason, sizeof out->reason,
                 !rows ? "is no table with columns, of which something was stated%s"
                 : lacking
                     ? "no header has the column '%.80s' that was stated; correct "
                       "its name"
                     : "no column of values is left by what was stated%s",
                 lacking ? lacking : "");
        out->line = rows ? head->row[out->layout.header].line : 0;
        out->format = NULL;
        return true;
    }
    return !rows || rift_layout_spare(head, &out->layout);
}

rift_status rift_format_recognise(rift_preview *head,
                                  const rift_source_settings *source,
                                  rift_recognition *out)
{
    *out = (rift_recognition){.layout = rift_layout_empty(head)};
    const char *dot = strrchr(head->name, '.');
    bool yaml = dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
    const char *binary =
        yaml ? "a definition (YAML); check it by itself" : binary_kind(head);
    const char *about = binary ? NULL : metadata_kind(head);
    bool stated = source && (source->format || source->country || source->year);
    if (binary || (about && !stated)) {
        out->metadata = true;
        out->foreign = binary && !yaml;
        snprintf(out->reason, sizeof out->reason, "%s", binary ? binary : about);
        return RIFT_OK;
    }
    bool json = head->n > 0 && (head->text[0] == '{' || head->text[0] == '[');
    if ((head->n_row == 0 && !json) || all_empty(head)) {
        out->empty = all_empty(head);
        snprintf(out->reason, sizeof out->reason, "%s",
                 out->empty ? "the file is empty" : "no table");
        return RIFT_OK;
    }
    find_format(head, source, out);
    if (out->format && out->layout.problem) {
        snprintf(out->reason, sizeof out->reason, "%s", out->layout.problem);
        out->line = head->row[out->layout.header].line;
        out->format = NULL;
    }
    if (out->format && !apply_stated(head, source, out)) {
        return RIFT_ERR_MEMORY;
    }
    out->layout.heading = head->n_row > 0 ? &head->row[out->layout.header] : NULL;
    if (out->format &&
        (!has_stated_columns(source, out) || !rift_decimal_find(head, source, out))) {
        out->format = NULL;
    }
    if (out->format && source && source->vintage) {
        out->layout.vintage = source->vintage;
    }
    if (!out->format && !*out->reason && json) {
        out->metadata = out->foreign = true;
        snprintf(out->reason, sizeof out->reason,
                 "JSON that is not an answer from the World Bank's API");
    } else if (!out->format && !*out->reason) {
        return explain(head, out);
    }
    return RIFT_OK;
}

bool rift_format_describe(size_t i, rift_item_info *info)
{
    if (i >= rift_n_formats) {
        return false;
    }
    *info = (rift_item_info){rift_formats[i]->name, rift_formats[i]->help};
    return true;
}
