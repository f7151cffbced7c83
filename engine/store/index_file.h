/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index in the result file: its tree, its rules, and what every step left. */
#ifndef RIFT_STORE_INDEX_FILE_H
#define RIFT_STORE_INDEX_FILE_H

#include "rift.h"
#include "store/h5.h"

/** Codes of labels as an array of strings, borrowed; NULL when memory is short. */
const char **rift_store_codes(const rift_label *label, size_t n);

/** Names, units, layers and departments along an axis. */
void rift_store_put_labels(rift_h5_writer *writer, const char *axis,
                           const rift_label *label, size_t n);
void rift_store_take_labels(rift_h5_reader *reader, const char *axis,
                            rift_label **label, size_t n);

/** Axes that only this part of the file has. */
void rift_store_put_chain_axes(rift_h5_writer *writer, const rift_result *result);
void rift_store_put_chain(rift_h5_writer *writer, const rift_result *result);
void rift_store_take_chain(rift_h5_reader *reader, rift_result *result);

#endif
