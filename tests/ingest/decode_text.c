/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the documents in a file as they are handed to whoever reads tables: a line
   "== NAME", then its bytes. What was found goes to standard error. */
#include "decode/document.h"

#include "core/diag.h"

#include <stdio.h>

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    char block[997]; /* of no size that anything else has */
    ptrdiff_t got;
    (void)data;
    printf("== %s\n", document->name);
    while ((got = bytes->read(bytes->data, block, sizeof block)) > 0) {
        fwrite(block, 1, (size_t)got, stdout);
    }
    return got < 0 ? RIFT_ERR_SYSTEM : RIFT_OK;
}

int main(int argc, char **argv)
{
    rift_diag diag = {0};
    rift_opened file;
    if (argc < 2 || rift_file_open(argv[1], &diag, &file) != RIFT_OK) {
        return 2;
    }
    rift_status status =
        rift_documents_read(&file, true, argc > 2 ? argv[2] : NULL, &diag, visit, NULL);
    for (size_t i = 0; i < diag.n_finding; i++) {
        const rift_finding *finding = &diag.finding[i];
        fprintf(stderr, "%s:%zu: %s\n", finding->file ? finding->file : "",
                finding->line, finding->message);
    }
    rift_opened_close(&file);
    rift_diag_free(&diag);
    return (int)status;
}
