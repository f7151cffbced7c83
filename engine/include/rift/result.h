/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results: everything a run found, and the file that keeps it. Part of rift.h. */
#ifndef RIFT_RESULT_H
#define RIFT_RESULT_H

#include "rift/divide.h"
#include "rift/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where a result comes from, and what was found on the way. */
typedef struct rift_provenance {
    char *command, *version, *libraries, *date; /**< date may be "" */
    char digest[65];    /**< of the file that it was read from, where it has one */
    rift_inputs inputs; /**< data files */
    rift_reports files; /**< of rift_ingest: what it found in each file */
    rift_diag findings; /**< and every finding of it */
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

/** What a table that is kept in a result is. */
typedef struct rift_kept_info {
    const char *group;     /**< command whose analysis made it: divide, audit, ... */
    const char *name;      /**< of the table, once in its group */
    const char *help;      /**< what it shows, one line */
    const char *reference; /**< where its method comes from */
    const char *summary;   /**< what it comes to in words */
} rift_kept_info;

/** A table that stands in the result as an analysis made it. */
typedef struct rift_kept {
    rift_kept_info info; /**< texts belong to the result; none is NULL */
    rift_table *table;
} rift_kept;

typedef struct rift_answers {
    size_t n;
    rift_kept *kept;
} rift_answers;

/** All that a run found; what the result file holds and every table is made from. What
    is not repeated here but follows from it, result/lookup.h finds. */
typedef struct rift_result {
    rift_study study; /**< as its definition files say; without files where data were
                           read alone, and the index has no node then */
    rift_panel panel;
    rift_groups groups;
    rift_outlines outlines;
    rift_scores scores;
    rift_index_info info; /**< how the scores came about */
    rift_divide divide;
    rift_answers answers; /**< tables of analyses */
    rift_provenance provenance;
} rift_result;

RIFT_API void rift_result_free(rift_result *result);

RIFT_API void rift_answers_free(rift_answers *answers);

/** The table of an answer as JSON: an object with its name, what it comes to in words
    (`says`, a list of lines), its reference and its rows. The text is new, to be freed.
 */
RIFT_API RIFT_CHECKED rift_status rift_kept_json(const rift_kept *kept, char **text);

/**
 * Row of the year of a result's edition: that which its study names, or else the last
 * one in which values of that year itself make up the study's share (80 %) of the
 * effective weight of the series that ranked countries have. Where no year does, the
 * latest in which any country has a total; 0 where there is none. Later years are
 * provisional.
 */
RIFT_API size_t rift_result_edition(const rift_result *result);
/** Share, by effective weight, of the values behind the ranks of a year that are of the
    year itself; NaN where no country is ranked. */
RIFT_API double rift_result_own_share(const rift_result *result, size_t year);
/** That share in per cent as it is said: rounded, but neither up to the share that an
    edition needs nor up to all of them. */
RIFT_API double rift_result_own_percent(const rift_result *result, double share);

/**
 * Measure the divide of every node of an index, each year, with each country counting
 * once and with each weighted by its people: from a result's panel, scores and groups
 * to its `divide`, which stays empty on failure.
 */
RIFT_API RIFT_CHECKED rift_status rift_divide_compute(const rift_study *study,
                                                      rift_diag *diag,
                                                      rift_result *result);

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
/**
 * Read a result that Rift wrote. Anything else is refused with the reason, and so is a
 * result whose content is not what its digest says: it was damaged, or changed by
 * another program. HDF5 reads it in a process of its own that has no files and no
 * network, and limits by the file's size.
 *
 * @return  RIFT_OK; RIFT_ERR_DATA of what is no result or not as it was written;
 *          RIFT_ERR_SYSTEM where it cannot be read, or no process be started
 */
RIFT_API RIFT_CHECKED rift_status rift_store_read(const char *path, rift_diag *diag,
                                                  rift_result *result);
/** The same without a look at the digest, for results that another program changed on
    purpose; all else is checked. */
RIFT_API RIFT_CHECKED rift_status rift_store_read_unverified(const char *path,
                                                             rift_diag *diag,
                                                             rift_result *result);

#ifdef __cplusplus
}
#endif
#endif
