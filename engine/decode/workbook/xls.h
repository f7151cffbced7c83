/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of an old workbook. */
#ifndef RIFT_DECODE_WORKBOOK_XLS_H
#define RIFT_DECODE_WORKBOOK_XLS_H

#include "decode/workbook/book.h"

RIFT_CHECKED rift_status rift_xls_open(rift_book *book, size_t offset, rift_grid *grid,
                                       void **walk);
bool rift_xls_step(void *walk);
void rift_xls_close(void *walk);

#endif
