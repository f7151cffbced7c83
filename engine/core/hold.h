/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments in which the program must not be ended: while a file stands under a name of
   ours, or files are moved into place. They are short, and everything else may be ended
   at any time, for nothing else is left behind. */
#ifndef RIFT_CORE_HOLD_H
#define RIFT_CORE_HOLD_H

#include <signal.h>

/** Let SIGHUP, SIGINT and SIGTERM wait; `before` is what to release with. */
void rift_signals_hold(sigset_t *before);
void rift_signals_release(const sigset_t *before);

#endif
