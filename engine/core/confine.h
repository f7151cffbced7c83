/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on bytes from elsewhere, in a process of its own that can do nothing else. */
#ifndef RIFT_CORE_CONFINE_H
#define RIFT_CORE_CONFINE_H

#include "rift.h"

/** What is to be done, and within which limits. */
typedef struct rift_confined {
    /** The work: it writes to the descriptor `out` and returns whether all went well.
        It may read what memory held when it began, and open nothing. */
    bool (*work)(void *data, int out);
    void *data;
    size_t memory;    /**< bytes beyond what the process has already */
    unsigned seconds; /**< of the processor */
    size_t most_out;  /**< bytes that it may write */
} rift_confined;

typedef enum rift_confined_end {
    RIFT_CONFINED_DONE,
    RIFT_CONFINED_FAILED,  /**< the work said so */
    RIFT_CONFINED_CRASHED, /**< by the signal in `number` */
    RIFT_CONFINED_SLOW,    /**< beyond its seconds */
    RIFT_CONFINED_LARGE    /**< beyond most_out */
} rift_confined_end;

typedef struct rift_confined_outcome {
    rift_confined_end end;
    int number;
    char *out; /**< what was written, new, also where the end was not a good one */
    size_t n;
} rift_confined_outcome;

/**
 * Do work in a child process without files, network or other processes: limits on its
 * memory and time, and on Linux with libseccomp a filter of system calls, which lets it
 * compute and write to `out`. Lower limits that this process has already hold on. It
 * ends when this process does. In builds with sanitizers, which need more, only the
 * time is limited.
 *
 * @return  RIFT_OK however the work ended; RIFT_ERR_SYSTEM with errno where no process
 *          can be started, or this process's own limit of time ends it (ETIME);
 *          RIFT_ERR_MEMORY, also where the system kills it for memory
 */
RIFT_CHECKED rift_status rift_confined_run(const rift_confined *confined,
                                           rift_confined_outcome *outcome);

#endif
