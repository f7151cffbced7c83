/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results: everything a run found, and the file that keeps it. Part of rift.h. */
#ifndef RIFT_RESULT_H
#define RIFT_RESULT_H

#include "rift/divide.h"
#include "rift/method.h"
#include "rift/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rift_provenance {
    char *command, *version, *libraries, *date; /**< date may be "" */
    rift_inputs inputs;                         /**< data files */
} rift_provenance;

/** Country outlines for the map; rings are closed and cut at 180 degrees. */
typedef struct rift_outlines {
    size_t n_ring, n_point;
    char **ring_country; /**< [ring] code; "" where none */
    uint32_t *start;     /**< [ring + 1] first point */
    double *longitude, *latitude;
    char *disclaimer;
} rift_outlines;

RIFT_API void rift_outlines_free(rift_outlines *outlines);

/** One named series or node, as results keep it. */
typedef struct rift_label {
    char *code, *name, *unit, *layer, *department;
} rift_label;

/** A table that stands in the file as an audit or an inquiry made it. */
typedef struct rift_kept {
    char *group, *name, *summary;
    rift_table *table;
} rift_kept;

/** All that a run found; what the result file holds and every table is made from. */
typedef struct rift_result {
    rift_study study; /**< as its definition files say; without files where data were
                           read alone, and the index has no node then */
    rift_panel panel;
    rift_label *indicator_label; /**< [panel.n_indicator] */
    size_t n_node, n_series;
    rift_label *node; /**< [n_node] leaves carry the series code */
    int32_t *parent;  /**< [n_node] */
    int32_t *leaf;    /**< [n_node] row among series, or -1 */
    double *weight;   /**< [n_node] as given; as used it stands in the scores */
    rift_scores scores;
    rift_index_info info; /**< how they came about */
    rift_groups groups;
    rift_divide divide;
    rift_outlines outlines;
    int32_t population, income; /**< rows of the panel, or -1 */
    rift_provenance provenance;
    rift_reports reports; /**< what rift_ingest found in each file */
    rift_diag findings;   /**< and every finding of it */
    size_t n_kept;
    rift_kept *kept;
} rift_result;

RIFT_API void rift_result_free(rift_result *result);

/**
 * Read, score and measure everything a study asks for. The result keeps the texts of
 * the study's definition and what they say; what a caller changed in `study` since it
 * was loaded takes part in this run only.
 */
RIFT_API RIFT_CHECKED rift_status rift_study_run(const rift_study *study,
                                                 const rift_watch *watch,
                                                 rift_diag *diag, rift_result *result);

/**
 * Read files, archives and folders into a result that holds a panel, no index and no
 * scores, with a report of each file and every finding.
 *
 * @param diag  gets the findings too; RIFT_ERR_DATA where any is an error
 */
RIFT_API RIFT_CHECKED rift_status rift_ingest(const rift_read_settings *settings,
                                              rift_diag *diag, rift_result *result);

/** Write a result as HDF5 that opens as netCDF-4. The old file stays until it is whole.
 */
RIFT_API RIFT_CHECKED rift_status rift_store_write(const rift_result *result,
                                                   const char *path, rift_diag *diag);
/** Read a result that Rift wrote. Anything else is refused with the reason. */
RIFT_API RIFT_CHECKED rift_status rift_store_read(const char *path, rift_diag *diag,
                                                  rift_result *result);

#ifdef __cplusplus
}
#endif
#endif
