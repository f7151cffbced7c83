/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status, diagnostics, places, and how a run is watched. Part of rift.h. */
#ifndef RIFT_BASE_H
#define RIFT_BASE_H

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RIFT_API __attribute__((visibility("default")))
#define RIFT_CHECKED __attribute__((warn_unused_result))
#define RIFT_PRINTF(text, first) __attribute__((format(printf, text, first)))

typedef enum rift_status {
    RIFT_OK = 0,
    RIFT_ERR_DATA,       /**< a data file is wrong; the diag says where */
    RIFT_ERR_DEFINITION, /**< a definition is wrong; the diag says where */
    RIFT_ERR_USAGE,      /**< an argument of the caller is wrong */
    RIFT_ERR_GOALPOST,   /**< low >= high, or not finite */
    RIFT_ERR_CONSTANT,   /**< constant values, for which the method is undefined */
    RIFT_ERR_DOMAIN,     /**< a value lies outside what the method is defined for */
    RIFT_ERR_OPPOSED,    /**< a child's scores fall where the others' rise */
    RIFT_ERR_REFERENCE,  /**< the country compared with has no value */
    RIFT_ERR_WORST,      /**< what is to be reached is no better than the worst value */
    RIFT_ERR_SYSTEM,     /**< disk, permission, missing program */
    RIFT_ERR_MEMORY,
    RIFT_ERR_STOPPED, /**< the caller asked to stop */
    RIFT_STATUS_END   /**< no status: their number */
} rift_status;

/** A short English name of a status; never NULL. */
RIFT_API const char *rift_status_text(rift_status status);

/* The version of this header; CMakeLists.txt reads it here. Until 1.0 the minor number
   changes with every change that a program has to follow, and so does the soname. */
#define RIFT_VERSION_MAJOR 0
#define RIFT_VERSION_MINOR 1
#define RIFT_VERSION_PATCH 0

/** The version of the library in use, as "0.1.0". */
RIFT_API const char *rift_version(void);

typedef enum rift_severity { RIFT_ERROR, RIFT_WARNING, RIFT_NOTE } rift_severity;

/** One finding. Line and column count from 1; 0 means that there is none. */
typedef struct rift_finding {
    rift_severity severity;
    char *file; /**< may be NULL */
    size_t line, column, length;
    char *message; /**< what is wrong, what was found, what to do */
    char *source;  /**< the line of the file, to print with a caret; may be NULL */
} rift_finding;

/** A file that was opened to be read. */
typedef struct rift_file_read_mark {
    uint64_t device, inode;
    char *path; /**< as it was named */
} rift_file_read_mark;

/** Collects every finding of a run. `{0}` is ready to use. */
typedef struct rift_diag {
    rift_finding *finding;
    size_t n_finding, capacity;
    size_t n_error, n_warning, n_note; /**< counted also where a finding was not kept */
    size_t limit;                      /**< findings to keep; 0: RIFT_DIAG_LIMIT */
    size_t n_dropped;                  /**< findings beyond the limit, counted only */
    bool out_of_memory; /**< some finding, or what led to it, found no memory */
    bool system_failed; /**< some finding is about the system: disk, permission */
    rift_file_read_mark *read; /**< what was read meanwhile: no output goes over it */
    size_t n_read, read_capacity;
} rift_diag;

#define RIFT_DIAG_LIMIT 2000

RIFT_API void rift_diag_free(rift_diag *diag);

/** Lets a caller watch a long run and stop it. All members may be NULL. */
typedef struct rift_watch {
    void (*progress)(void *data, const char *stage, size_t done, size_t total);
    void *data;
    const volatile sig_atomic_t *stop; /**< non-zero: end soon with RIFT_ERR_STOPPED */
    /** From here on, until it is called with NULL, the program may be ended at any
        moment: undo(what), from any thread, removes all that would be left. */
    void (*may_end)(void *data, void (*undo)(void *what), void *what);
} rift_watch;

/** Where in a definition something was said. */
typedef struct rift_location {
    const char *file;
    size_t line, column, length;
    const char *text; /**< whole text of the file, to quote its line; may be NULL */
} rift_location;

#ifdef __cplusplus
}
#endif
#endif
