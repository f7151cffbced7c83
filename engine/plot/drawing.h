/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart being made: its data files, the variables of its script, its gnuplot run. */
#ifndef RIFT_PLOT_DRAWING_H
#define RIFT_PLOT_DRAWING_H

#include "core/text.h"
#include "result/lookup.h"
#include "table/columns.h"
#include "table/table.h"

/**
 * One chart. The chart's function sets variables and writes data; the script is then
 * variables + style.gp + CHART.gp, and needs nothing but its data files beside it.
 */
typedef struct rift_drawing {
    const rift_result *result;
    const char *folder, *name;
    const char *script; /**< name of its part among plots/, where it is shared */
    rift_diag *diag;
    rift_text variables;
    rift_text more;    /**< what there was no room for, and where it is to be found */
    int width, height; /**< pixels of the SVG; the PNG is 1.6 times as large */
    size_t year;       /**< the latest year with ranks */
    rift_status status;
} rift_drawing;

/** Set a script variable to a text, quoted so that nothing in it can run. */
void rift_drawing_text(rift_drawing *drawing, const char *variable, const char *text);
void rift_drawing_format(rift_drawing *drawing, const char *variable,
                         const char *format, ...) RIFT_PRINTF(3, 4);
void rift_drawing_number(rift_drawing *drawing, const char *variable, double x);
/** Let the chart say that it has nothing to show, and why; with a warning. */
void rift_drawing_empty(rift_drawing *drawing, const char *why);
/** Write CHART-part.tsv and set the variable file_part to its name. Takes text over. */
void rift_drawing_data(rift_drawing *drawing, const char *part, rift_text *text);
/** A cell of a data file: tabs, line ends and control characters become blanks; a '
   stands before what a spreadsheet might run, and before a ' that begins the text, for
   scripts to take off by `shown`. */
void rift_drawing_cell(rift_text *out, const char *text);
/**
 * A text as gnuplot's single-quoted string. An apostrophe becomes U+2019: doubling it
 * is the documented way, but gnuplot 5.4 misreads a string that begins with one.
 */
void rift_gnuplot_quote(rift_text *out, const char *text);

/** Write the script and run gnuplot for SVG and PNG; both are checked to be whole. */
RIFT_CHECKED rift_status rift_drawing_finish(rift_drawing *drawing,
                                             const rift_watch *watch);

/** Lengths that several charts need. */
double rift_drawing_score(const rift_drawing *drawing, size_t node, size_t year,
                          size_t c);
/** Highest score of an axis: the index's scale, or the largest score. */
void rift_drawing_range(rift_drawing *drawing);
/**
 * The layers: inner nodes right under the total, at most n; their number. Where there
 * are more, the chart says so, and that all are in a table.
 */
size_t rift_drawing_layers(rift_drawing *drawing, const char *table, size_t *node,
                           size_t n);
/** Say at the foot of the chart that it shows so many of all, which a table has. */
void rift_drawing_more(rift_drawing *drawing, size_t shown, size_t all,
                       const char *what, const char *table);
/** Set a variable to a name, cut where it is wider than so many letters; then the rest.
 */
void rift_drawing_name(rift_drawing *drawing, const char *variable, const char *name,
                       size_t most, const char *rest, ...) RIFT_PRINTF(5, 6);
/** A name behind what begins a cell, cut likewise. */
void rift_drawing_part_name(rift_text *out, const char *name, size_t most);
/** A name as a cell, cut likewise. */
void rift_drawing_cell_name(rift_text *out, const char *name, size_t most);

/** A chart and how it is drawn: `draw` sets variables and writes data, and the script's
    own part does the rest. Stands beside its function; rift_charts lists them all. */
typedef struct rift_chart_row {
    rift_chart about; /**< first, so that a row is found by it */
    rift_status (*draw)(rift_drawing *drawing);
} rift_chart_row;

#endif
