/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/signature.h"

#include "core/diag.h"
#include "core/file.h"
#include "run/gpg.h"
#include "run/program.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIGNATURE_LIMIT = 1 << 20 };

rift_status rift_signature_no_program(const char *program, rift_diag *diag)
{
    return rift_diag_system(diag, program,
                            "cannot run it to check the signature; install it");
}

/* A path that is no option, and that no program looks up in a folder of its own. */
static char *plain_path(const char *path)
{
    rift_text text = {0};
    rift_text_format(&text, "%s%s", path[0] == '/' ? "" : "./", path);
    return rift_text_take(&text);
}

/* That the key is there before a program is given it, which might make it. */
static rift_status look_at_key(const char *key, rift_diag *diag)
{
    rift_opened file;
    int fd = open(key, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return rift_diag_system(diag, key, "cannot open");
    }
    close(fd);
    rift_status status = rift_file_open(key, diag, &file);
    if (status == RIFT_OK) {
        rift_opened_close(&file);
    }
    return status;
}

static rift_status ask_minisign(const rift_signature *of, rift_diag *diag, bool *valid,
                                rift_text *detail)
{
    if (!of->key) { /* minisign would take the one that lies in the current folder */
        rift_location place = rift_location_file(of->signature);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "is a signature of minisign, which is checked by a key that is "
                     "named: add --key FILE");
        return RIFT_ERR_USAGE;
    }
    char *const argument[] = {
        "minisign",      "-Vqm", (char *)of->file, "-x", (char *)of->signature, "-p",
        (char *)of->key, NULL};
    int code = rift_program_run(argument, NULL, NULL);
    if (code < 0) {
        return rift_signature_no_program(argument[0], diag);
    }
    *valid = code == 0;
    rift_text_put(detail, argument[0]);
    return RIFT_OK;
}

rift_status rift_signature_check(const rift_signature *signature, rift_diag *diag,
                                 bool *valid, rift_text *detail)
{
    static const char minisign_begins[] = "untrusted comment:";
    const char *key = signature->key;
    char *text = NULL;
    size_t n = 0;
    rift_status status =
        rift_file_read(signature->signature, SIGNATURE_LIMIT, diag, &text, &n);
    if (status == RIFT_OK && key) {
        status = look_at_key(key, diag);
    }
    if (status != RIFT_OK) {
        free(text);
        return status;
    }
    bool minisign = strncmp(text, minisign_begins, strlen(minisign_begins)) == 0;
    free(text);
    char *own_file = plain_path(signature->file),
         *own_signature = plain_path(signature->signature),
         *own_key = key ? plain_path(key) : NULL;
    const rift_signature own = {own_file, own_signature, own_key};
    if (!own_file || !own_signature || (key && !own_key)) {
        status = rift_diag_memory(diag);
    } else {
        status = minisign ? ask_minisign(&own, diag, valid, detail)
                          : rift_gpg_check(&own, diag, valid, detail);
    }
    free(own_file);
    free(own_signature);
    free(own_key);
    return status;
}
