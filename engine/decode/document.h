/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files behind the paths of a run: folders are walked, archives are opened and read
   where they are; nothing is ever unpacked to disk. */
#ifndef RIFT_DECODE_DOCUMENT_H
#define RIFT_DECODE_DOCUMENT_H

#include "core/array.h"
#include "core/file.h"
#include "decode/bytes.h"

struct rift_sheet_facts; /* decode/workbook/workbook.h */

/** A file, a member of an archive, or a sheet of a spreadsheet. */
typedef struct rift_document {
    const char *name; /**< path, path:member or path:sheet */
    int fd;           /**< of a plain file, which may be read at any offset; or -1 */
    uint64_t size;    /**< of a plain file */
    bool named;       /**< named by the user, not found in a folder or an archive */
    /** Of a sheet, whose bytes are UTF-8 with commas between cells and a line a row;
        else NULL. What it says is known once a byte was read. */
    const struct rift_sheet_facts *sheet;
    const char *title; /**< what a series is called that has no name in it; or NULL:
                            as the file is */
} rift_document;

/** Called for each document; anything but RIFT_OK and RIFT_ERR_DATA ends the walk. */
typedef rift_status (*rift_document_function)(void *data, const rift_document *document,
                                              rift_bytes *bytes);

/**
 * The files of a path, sorted by name: itself, or those in a folder and its folders, at
 * most 100,000. Hidden files are ignored; of folders that were seen already, and of
 * pipes and the like, a warning says that they are not read. What Rift wrote into a
 * folder, by the record that a run leaves there, and HDF5 files are left out, which a
 * note counts. What cannot be looked at,
 * as a link that leads nowhere, is an error, and the others are listed all the same.
 */
RIFT_CHECKED rift_status rift_documents_list(const char *path, rift_diag *diag,
                                             char ***file, size_t *n_file);

/**
 * Hand over what is in an open file: itself, each sheet of a spreadsheet (see
 * decode/workbook/workbook.h), or each member of a zip, tar or compressed file, at most
 * 10,000. Members that unpack to more than 250 times their size, or together to more
 * than 16 GiB, are refused; links in archives are not followed, and archives in
 * archives are not opened, but spreadsheets in them are.
 *
 * @param sheet  name or number of the only sheet to hand over; NULL: each of them
 */
RIFT_CHECKED rift_status rift_documents_read(const rift_opened *file, bool named,
                                             const char *sheet, rift_diag *diag,
                                             rift_document_function visit, void *data);

/** The same of a path, and of all sheets. */
RIFT_CHECKED rift_status rift_documents_open(const char *path, bool named,
                                             rift_diag *diag,
                                             rift_document_function visit, void *data);

#endif
