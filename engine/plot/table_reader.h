/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that analyses left in a result, as charts read them. */
#ifndef RIFT_PLOT_TABLE_READER_H
#define RIFT_PLOT_TABLE_READER_H

#include "plot/drawing.h"
#include "result/answers.h"

enum { RIFT_PANELS = 4 };

/** The table of an analysis. NULL after an error that says how to get it; where it has
   no rows too, after a warning, and then the chart says that in place of itself. */
const rift_table *rift_kept_view(rift_drawing *drawing, const char *command,
                                 const char *name);

/** Warn that there is nothing to show, and let the chart say so; RIFT_OK. */
rift_status rift_kept_empty(rift_drawing *drawing, const char *name,
                            const char *command);

/** What to return where there is no table. */
rift_status rift_kept_missing(const rift_drawing *drawing);

/** Different words of a column, of a node's rows or (NULL) of all, in order of
    appearance, at most `most`; their number. `all`: how many there are; 0 also when
   memory runs out, for a table has a row. */
size_t rift_kept_words(const rift_table *table, const char *column, const char *node,
                       const char **word, size_t most, size_t *all);

/** The nodes and series that there are panels for, at most RIFT_PANELS; the chart says
    how many more the table `name` has. */
size_t rift_kept_nodes(rift_drawing *drawing, const rift_table *table, const char *name,
                       const char **node);

/** "population" where the table has such rows, else "unweighted". */
const char *rift_kept_weighting(const rift_table *table);

/** The name of a node or series by its code. */
const char *rift_kept_name(const rift_drawing *drawing, const char *code);

/** Whether years of a node or series do not compare, each edition being scored against
    its own best. */
bool rift_kept_by_edition(const rift_drawing *drawing, const char *code);
/** Set panel_%zu to that name, which says so where a chart has years. */
void rift_kept_panel_of_years(rift_drawing *drawing, size_t number, const char *code);

/** Set n_panel, n_row and the size of a chart of so many panels in two columns. */
void rift_kept_panels(rift_drawing *drawing, size_t n);

/** Set a variable with a number in its name: "panel_%zu". */
void rift_kept_label(rift_drawing *drawing, const char *stem, size_t number,
                     const char *text);

#endif
