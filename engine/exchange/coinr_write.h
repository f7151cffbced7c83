/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result on its way to COINr: what iData, iMeta and the list of what they cannot hold
   have in common. */
#ifndef RIFT_EXCHANGE_COINR_WRITE_H
#define RIFT_EXCHANGE_COINR_WRITE_H

#include "core/arena.h"
#include "core/csv.h"
#include "define/yaml.h"

/** A code that COINr does not take, and the one in its place. */
typedef struct rift_coinr_renamed {
    const char *from, *to;
    bool unit; /**< of a country, not of a row of iMeta */
} rift_coinr_renamed;

typedef struct rift_coinr_job {
    const rift_result *r;
    rift_index index; /**< with the weights that scores were made with */
    rift_diag *diag;
    bool exact; /**< texts as they are, though a spreadsheet might run them */
    rift_arena arena;
    const rift_yaml *data, *meta, *rows; /**< of x-coinr; NULL where there is none */
    const rift_yaml *
        *root; /**< [r->study.n_definition], NULL of a file that is no YAML */
    size_t n_renamed;
    rift_coinr_renamed *renamed;
    int *level;    /**< [node] from 1 for series up; 0 of what has no value at all */
    bool *empty;   /**< [indicator] of the panel: no value in any year */
    bool any_unit; /**< some series says its unit */
} rift_coinr_job;

/** Fill everything but `r` and `diag`; false when memory runs out. */
bool rift_coinr_prepare(rift_coinr_job *job);

/** What COINr calls a row of iMeta, or a unit of iData. */
const char *rift_coinr_code(const rift_coinr_job *job, const char *code);
const char *rift_coinr_unit(const rift_coinr_job *job, const char *code);

/** Whether a code is anything's, as it is or by its new name. */
bool rift_coinr_is_taken(const rift_coinr_job *job, const char *code);

/** A text as a cell. */
void rift_coinr_put_text(const rift_coinr_job *job, rift_text *out, const char *text);
/** A text as a cell; NA where it is empty. */
void rift_coinr_put(const rift_coinr_job *job, rift_text *out, const char *text);
/** A cell of an earlier iMeta, of a column that Rift has no word for: where it reads as
    a number it is one. */
void rift_coinr_put_kept(const rift_coinr_job *job, rift_text *out, const char *text);
/** A number as a cell; NA for NaN. */
void rift_coinr_put_number(rift_text *out, double x);

/** What x-coinr has of a row in a column; "" for nothing. */
const char *rift_coinr_kept(const rift_yaml *row, const char *column);
/** The row of x-coinr that is of a code, or NULL. */
const rift_yaml *rift_coinr_row(const rift_coinr_job *job, const char *code);

/** Row of a node or a series of the index by its code, -1 where it is none. */
int rift_coinr_node(const rift_coinr_job *job, const char *code);

/** The choice of a leaf's normalisation; NULL of an inner node. */
const rift_normalise_choice *rift_coinr_choice(const rift_coinr_job *job, size_t node);

/** Whether a column of iMeta says how a series is normalised, as goalpost_lower. */
bool rift_coinr_is_scale(const char *column);
/** The columns that say how a node is normalised, ended by NULL; none of a node whose
    method iMeta has no columns for. */
const char *const *rift_coinr_scale_columns(const rift_coinr_job *job, size_t node);
/** A cell of these. */
void rift_coinr_put_scale(const rift_coinr_job *job, size_t node, const char *column,
                          rift_text *out);
/** Whether COINr's columns say all of it: method, goalposts, lowest and highest score.
 */
bool rift_coinr_scale_held(const rift_coinr_job *job, size_t node);

void rift_coinr_put_meta(const rift_coinr_job *job, rift_text *out);
void rift_coinr_put_data(const rift_coinr_job *job, rift_text *out);

enum { RIFT_COINR_NAMED = 3 };

/** A setting that the sheets do not hold, of one series or node or of many. */
typedef struct rift_coinr_setting {
    const char *scope, *key;
    bool counts; /**< scores depend on it */
    size_t n;
    const char *code[RIFT_COINR_NAMED]; /**< of the first */
} rift_coinr_setting;

/** Notes on these. */
void rift_coinr_tell(rift_diag *diag, const rift_coinr_setting *setting, size_t n);

/** What of the definition stands in neither, as a CSV file, with a note for each kind
    of thing. */
void rift_coinr_put_rest(rift_coinr_job *job, rift_text *out);

#endif
