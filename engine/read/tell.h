/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file's columns turn out to mean once all of it was read. */
#ifndef RIFT_READ_TELL_H
#define RIFT_READ_TELL_H

#include "read/reader.h"

/** Add an error for each column that tells rows of one country and series apart, which
    sets reader->mixed, and a warning for each that may. False when memory runs
    out. */
RIFT_CHECKED bool rift_tell_apart(rift_reader *reader);

#endif
