/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts and data files of charts. All text of a result reaches gnuplot either in a
   data file or through rift_gnuplot_quote; file names are our own. */
#include "plot/drawing.h"

#include "core/asset.h"
#include "core/csv.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/visible.h"
#include "plot/gnuplot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Copy what is shown of a text, each control character and line or paragraph separator
   as a blank. */
static void plain(rift_text *out, const char *text, bool quote)
{
    size_t n = strlen(text);
    rift_seen seen = {0};
    for (size_t i = 0; i < n;) {
        int32_t point;
        bool shown;
        const char *at = text + i;
        size_t step = rift_visible_next(&seen, at, n - i, &point, &shown);
        bool blank = point < 0x20 || (point >= 0x7f && point < 0xa0) ||
                     point == 0x2028 || point == 0x2029;
        if (blank) {
            rift_text_put(out, " ");
        } else if (!shown) {
            rift_text_put(out, "");
        } else if (n - i >= 3 && memcmp(at, "]]>", 3) == 0) {
            rift_text_put(out, "]] >"); /* gnuplot's SVG escapes all but this */
            step = 3;
        } else if (point == '\\') {
            rift_text_put(out, "/"); /* "\n" in a label would break the line */
        } else if (point == '\'' && quote) {
            rift_text_put(out, "\xE2\x80\x99"); /* see rift_gnuplot_quote */
        } else {
            rift_text_add(out, at, step);
        }
        i += step;
    }
}

void rift_gnuplot_quote(rift_text *out, const char *text)
{
    rift_text_put(out, "'");
    plain(out, text, true);
    rift_text_put(out, "'");
}

/* A spreadsheet may open the data files too; `shown` of style.gp takes the guard off.
 */
static void guard(rift_text *out, const char *text)
{
    bool runs = *text == '\'' || rift_csv_runs(text, strlen(text));
    rift_text_put(out, runs ? "'" : "");
}

void rift_drawing_cell(rift_text *out, const char *text)
{
    rift_text guarded = {0};
    rift_csv_put_guarded(&guarded, text, false);
    guard(out, text);
    plain(out, rift_text_string(&guarded), false);
    out->failed = out->failed || guarded.failed;
    rift_text_free(&guarded);
}

/* Bytes of the letters that are no wider than so many columns. */
static size_t bytes_within(const char *text, size_t most)
{
    size_t n = strlen(text), at = 0, width = 0;
    while (at < n) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(n - at), &point);
        width += step < 1 ? 1 : (size_t)utf8proc_charwidth(point);
        if (width > most) {
            break;
        }
        at += step < 1 ? 1 : (size_t)step;
    }
    return at;
}

void rift_drawing_part_name(rift_text *out, const char *name, size_t most)
{
    if (rift_text_width(name) <= most) {
        plain(out, name, false);
        return;
    }
    rift_text start = {0};
    rift_text_add(&start, name, bytes_within(name, most - 1));
    plain(out, rift_text_string(&start), false);
    rift_text_put(out, "\xE2\x80\xA6");
    out->failed = out->failed || start.failed;
    rift_text_free(&start);
}

void rift_drawing_cell_name(rift_text *out, const char *name, size_t most)
{
    rift_text guarded = {0};
    rift_csv_put_guarded(&guarded, name, false);
    guard(out, name);
    rift_drawing_part_name(out, rift_text_string(&guarded), most);
    out->failed = out->failed || guarded.failed;
    rift_text_free(&guarded);
}

void rift_drawing_name(rift_drawing *drawing, const char *variable, const char *name,
                       size_t most, const char *rest, ...)
{
    rift_text text = {0};
    rift_drawing_part_name(&text, name, most);
    va_list list;
    va_start(list, rest);
    rift_text_vformat(&text, rest, list);
    va_end(list);
    drawing->variables.failed = drawing->variables.failed || text.failed;
    rift_drawing_text(drawing, variable, rift_text_string(&text));
    rift_text_free(&text);
}

void rift_drawing_text(rift_drawing *drawing, const char *variable, const char *text)
{
    rift_text_format(&drawing->variables, "%s = ", variable);
    rift_gnuplot_quote(&drawing->variables, text);
    rift_text_put(&drawing->variables, "\n");
}

void rift_drawing_format(rift_drawing *drawing, const char *variable,
                         const char *format, ...)
{
    rift_text text = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&text, format, list);
    va_end(list);
    drawing->variables.failed = drawing->variables.failed || text.failed;
    rift_drawing_text(drawing, variable, rift_text_string(&text));
    rift_text_free(&text);
}

void rift_drawing_number(rift_drawing *drawing, const char *variable, double x)
{
    rift_text_format(&drawing->variables, isnan(x) ? "%s = NaN\n" : "%s = %.10g\n",
                     variable, x);
}

/* A text as lines that fit a small chart: note_1 ... n_note. */
static void put_note(rift_drawing *drawing, const char *note)
{
    enum { LINE = 64 };
    size_t n = 0;
    while (*note) {
        size_t length = strlen(note), end = length;
        for (size_t i = 0; end > LINE && i < LINE; i++) {
            length = note[i] == ' ' ? i : length;
        }
        char name[32];
        snprintf(name, sizeof name, "note_%zu", ++n);
        rift_drawing_format(drawing, name, "%.*s", (int)length, note);
        note += length + (note[length] == ' ');
    }
    rift_drawing_number(drawing, "n_note", (double)n);
}

void rift_drawing_empty(rift_drawing *drawing, const char *why)
{
    rift_diag_at(drawing->diag, RIFT_WARNING, NULL,
                 "the chart '%s' has nothing to show: %s", drawing->name, why);
    rift_text note = {0};
    rift_text_format(&note, "Nothing to show: %s.", why);
    put_note(drawing, rift_text_string(&note));
    drawing->variables.failed = drawing->variables.failed || note.failed;
    rift_text_free(&note);
    drawing->script = "empty.gp";
    drawing->width = 640;
    drawing->height = 200;
}

void rift_drawing_data(rift_drawing *drawing, const char *part, rift_text *text)
{
    rift_text name = {0};
    rift_text_format(&name, "%s-%s.tsv", drawing->name, part);
    char *path = name.failed ? NULL : rift_path_join(drawing->folder, name.data);
    if (drawing->status == RIFT_OK) {
        drawing->status =
            !path || text->failed
                ? rift_diag_memory(drawing->diag)
                : rift_file_write(path, rift_text_string(text), text->n, drawing->diag);
    }
    char variable[64];
    snprintf(variable, sizeof variable, "file_%s", part);
    rift_drawing_text(drawing, variable, rift_text_string(&name));
    free(path);
    rift_text_free(&name);
    rift_text_free(text);
}

double rift_drawing_score(const rift_drawing *drawing, size_t node, size_t year,
                          size_t c)
{
    return drawing->result->scores
        .score[rift_result_at(drawing->result, node, year) + c];
}

/* Bounds of open-ended scores of inner nodes, rounded outward. */
static void open_range(const rift_result *result, double *low, double *high)
{
    double least = INFINITY, most = -INFINITY;
    size_t cells = result->panel.n_year * result->panel.n_country;
    for (size_t v = 0; v < result->study.index.n_node; v++) {
        for (size_t i = 0; result->study.index.node[v].series < 0 && i < cells; i++) {
            double x = result->scores.score[v * cells + i];
            least = x < least ? x : least;
            most = x > most ? x : most;
        }
    }
    *low = 0;
    *high = 1;
    if (least < most) {
        double step = pow(10, floor(log10((most - least) / 2)));
        *low = step * floor(least / step);
        *high = step * ceil(most / step);
    }
}

void rift_drawing_range(rift_drawing *drawing)
{
    double low = drawing->result->study.index.worst_score,
           high = drawing->result->study.index.best_score;
    if (rift_result_open_ended(drawing->result)) {
        open_range(drawing->result, &low, &high);
    }
    rift_drawing_number(drawing, "score_low", low);
    rift_drawing_number(drawing, "score_high", high);
}

size_t rift_drawing_layers(rift_drawing *drawing, const char *table, size_t *node,
                           size_t n)
{
    size_t found = 0;
    for (size_t i = 1; i < drawing->result->study.index.n_node; i++) {
        if (rift_result_is_layer(drawing->result, i)) {
            if (found < n) {
                node[found] = i;
            }
            found++;
        }
    }
    n = found < n ? found : n;
    rift_drawing_more(drawing, n, found, "layers", table);
    return n;
}

void rift_drawing_more(rift_drawing *drawing, size_t shown, size_t all,
                       const char *what, const char *table)
{
    if (shown < all) {
        rift_text_format(&drawing->more,
                         "%s%zu of %zu %s are shown; the table %s has all",
                         drawing->more.n > 0 ? "; " : "", shown, all, what, table);
    }
}

rift_status rift_drawing_finish(rift_drawing *drawing, const rift_watch *watch)
{
    rift_text script = {0}, name = {0};
    char file[64];
    snprintf(file, sizeof file, "%s.gp", drawing->name);
    const char *style = rift_asset_text("style.gp"),
               *chart = rift_asset_text(drawing->script ? drawing->script : file);
    rift_text_format(&script,
                     "# Drawn by Rift. To draw again, here: gnuplot -d %s\n"
                     "# and for a PNG: gnuplot -d -e \"format='png'\" %s\n"
                     "if (!exists('format')) format = 'svg'\n"
                     "chart = '%s'\nwidth = %d\nheight = %d\n",
                     file, file, drawing->name, drawing->width, drawing->height);
    if (drawing->more.n > 0) {
        rift_drawing_text(drawing, "more", drawing->more.data);
    }
    drawing->variables.failed = drawing->variables.failed || drawing->more.failed;
    rift_text_put(&script, rift_text_string(&drawing->variables));
    rift_text_put(&script, style ? style : "");
    rift_text_put(&script, chart ? chart : "");
    rift_text_format(&name, "%s/%s", drawing->folder, file);
    rift_status status = drawing->status;
    if (status == RIFT_OK && (script.failed || name.failed ||
                              drawing->variables.failed || !style || !chart)) {
        status = rift_diag_memory(drawing->diag);
    }
    if (status == RIFT_OK) {
        status = rift_file_write(name.data, script.data, script.n, drawing->diag);
    }
    if (status == RIFT_OK) {
        status = rift_gnuplot_run(drawing->folder, drawing->name, watch, drawing->diag);
    }
    rift_text_free(&script);
    rift_text_free(&name);
    rift_text_free(&drawing->variables);
    rift_text_free(&drawing->more);
    return status;
}
