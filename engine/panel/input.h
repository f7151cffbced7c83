/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files a run read, with their hashes. */
#ifndef RIFT_PANEL_INPUT_H
#define RIFT_PANEL_INPUT_H

#include "rift.h"

/** Add a file that was read to a list of inputs; false when memory runs out. */
bool rift_inputs_add(rift_inputs *inputs, const char *path, const char *text, size_t n);

#endif
