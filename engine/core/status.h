/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two outcomes counts. */
#ifndef RIFT_CORE_STATUS_H
#define RIFT_CORE_STATUS_H

#include "rift.h"

/**
 * The worse of two outcomes, of a loop that goes on after a failure so that all errors
 * of a run are reported: what is done, what is wrong in the data or a definition, wrong
 * usage, what a method refuses, a failing system, no memory, being stopped.
 */
rift_status rift_status_worse(rift_status a, rift_status b);

#endif
