/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a result that tells how its files were read. */
#ifndef RIFT_STORE_REPORTS_FILE_H
#define RIFT_STORE_REPORTS_FILE_H

#include "store/h5.h"

void rift_store_put_reading(rift_h5_writer *writer, const rift_result *result);
void rift_store_take_reading(rift_h5_reader *reader, rift_result *result);

#endif
