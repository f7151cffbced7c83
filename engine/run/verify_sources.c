/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files behind a result. A result keeps the text of its definition and the SHA-256
   of its inputs, and no place on any disk: the study is the file of its name with its
   text, and the inputs are what that names. */
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "decode/document.h"
#include "run/verify.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is at a path: its mode, or 0 where nothing that can be read is. What cannot be
   looked at is no missing file. */
static rift_status look(const rift_verifying *v, const char *path, mode_t *mode)
{
    struct stat info = {0};
    const char *why = NULL;
    rift_status status = rift_file_look(path, &info, &why);
    *mode = status == RIFT_OK ? info.st_mode : 0;
    return status == RIFT_ERR_SYSTEM ? rift_diag_file(v->diag, path, why) : RIFT_OK;
}

/* Whether a file holds the text that the result keeps as its study. */
static rift_status holds_study(const rift_verifying *v, const char *path, bool *holds)
{
    const char *text = v->result.study.definition[0].text;
    char *data = NULL;
    size_t n = 0;
    mode_t mode;
    *holds = false;
    rift_status status = look(v, path, &mode);
    if (status != RIFT_OK || !S_ISREG(mode)) {
        return status;
    }
    status = rift_file_read(path, SIZE_MAX / 2, v->diag, &data, &n);
    *holds = status == RIFT_OK && n == strlen(text) && memcmp(data, text, n) == 0;
    free(data);
    return status == RIFT_ERR_DATA ? RIFT_OK : status;
}

/* Look for the study in a folder, and in its indicators/studies. */
static rift_status look_in(rift_verifying *v, const char *folder)
{
    static const char *const below[] = {"", "studies/", "indicators/studies/"};
    const char *name = rift_path_name(v->result.study.definition[0].name);
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && !v->study && i < RIFT_COUNT_OF(below);
         i++) {
        rift_text path = {0};
        bool holds = false;
        rift_text_format(&path, "%s/%s%s", folder, below[i], name);
        status = path.failed ? rift_diag_memory(v->diag)
                             : holds_study(v, rift_text_string(&path), &holds);
        if (holds) {
            v->study = rift_text_take(&path);
        }
        rift_text_free(&path);
    }
    return status;
}

/* Look in the folder of the result and in all above it. */
static rift_status look_upwards(rift_verifying *v)
{
    char *path = realpath(v->settings->result, NULL);
    rift_status status = RIFT_OK;
    for (char *slash;
         status == RIFT_OK && !v->study && path && (slash = strrchr(path, '/'));) {
        *slash = '\0';
        status = look_in(v, *path ? path : "/.");
    }
    free(path);
    return status;
}

static rift_status find_study(rift_verifying *v)
{
    const char *said = v->settings->study;
    rift_location place = rift_location_file(v->settings->result);
    mode_t mode = 0;
    rift_status status = said ? look(v, said, &mode) : RIFT_OK;
    if (status == RIFT_OK && said && !S_ISDIR(mode)) {
        v->study = rift_text_copy(said);
        return v->study ? RIFT_OK : rift_diag_memory(v->diag);
    }
    status = status == RIFT_OK ? look_in(v, said ? said : ".") : status;
    if (status == RIFT_OK && !said && !v->study) {
        status = look_upwards(v);
    }
    if (status == RIFT_OK && !v->study) {
        rift_diag_at(
            v->diag, RIFT_ERROR, &place,
            "its study '%s' was not found with the text that the result keeps%s; "
            "name it, as in 'rift verify RESULT STUDY --inputs'",
            rift_path_name(v->result.study.definition[0].name),
            said ? ""
                 : ", neither in this folder nor in that of the result or "
                   "those above it");
        status = RIFT_ERR_DATA;
    }
    return status;
}

/* A row of a file that should have a sum: as stored, changed, or missing. */
static rift_status compare_file(rift_verifying *v, const char *check, const char *name,
                                const char *path, const char *sum)
{
    char found[65] = "";
    uint64_t size = 0;
    mode_t mode;
    rift_status status = look(v, path, &mode);
    bool there = S_ISREG(mode);
    if (status == RIFT_OK && there) {
        status = rift_sha256_file(path, v->diag, found, &size);
    }
    bool same = there && strcmp(found, sum) == 0;
    if (status == RIFT_OK) {
        rift_verify_row(v, same,
                        (const char *[]){check, name,
                                         !there ? "missing"
                                         : same ? "as stored"
                                                : "changed",
                                         there ? found : path});
    }
    return status;
}

static rift_status check_definition(rift_verifying *v)
{
    const rift_study *study = &v->result.study;
    char *folder = rift_path_folder(v->study);
    rift_status status = folder ? RIFT_OK : rift_diag_memory(v->diag);
    for (size_t i = 0; status == RIFT_OK && i < study->n_definition; i++) {
        const rift_definition *file = &study->definition[i];
        char sum[65], *path = i == 0 ? rift_text_copy(v->study)
                                     : rift_path_join(folder, file->name);
        if (!path || rift_sha256_hex(file->text, strlen(file->text), sum) != RIFT_OK) {
            status = rift_diag_memory(v->diag);
        } else {
            status = compare_file(v, "definition", file->name, path, sum);
        }
        free(path);
    }
    free(folder);
    return status;
}

/* A file that the study reads today. */
typedef struct source {
    char *path;
    char sum[65];
    bool matched;
} source;

typedef struct sources {
    source *source;
    size_t n, room;
} sources;

static rift_status add_file(rift_verifying *v, const char *path, sources *all)
{
    uint64_t size = 0;
    source one = {.path = rift_text_copy(path)};
    if (!one.path || !rift_array_grow((void **)&all->source, all->n, &all->room,
                                      sizeof *all->source)) {
        free(one.path);
        return rift_diag_memory(v->diag);
    }
    rift_status status = rift_sha256_file(path, v->diag, one.sum, &size);
    if (status != RIFT_OK) {
        free(one.path);
        return status;
    }
    all->source[all->n++] = one;
    return RIFT_OK;
}

/* The files of a path that the study names; one that is gone is no error here, for the
   input that it was is told as missing. */
static rift_status add_path(rift_verifying *v, const char *path, sources *all)
{
    char **file = NULL;
    size_t n = 0;
    mode_t mode = 0;
    rift_status status = path ? look(v, path, &mode) : RIFT_OK;
    if (status == RIFT_OK && mode != 0) {
        status = rift_documents_list(path, v->diag, &file, &n);
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        status = add_file(v, file[i], all);
    }
    rift_array_free_texts(file, n);
    return status;
}

static rift_status list_sources(rift_verifying *v, sources *all)
{
    const rift_study *study = &v->source;
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < study->n_source; i++) {
        status = add_path(v, study->source[i], all);
    }
    for (size_t i = 0; status == RIFT_OK && i < study->n_group; i++) {
        status = add_path(v, study->group[i].members, all);
    }
    status = status == RIFT_OK ? add_path(v, study->countries, all) : status;
    return status == RIFT_OK ? add_path(v, study->outlines, all) : status;
}

/* The source of an input: of its name and with its sum, or of its name alone. */
static source *source_of(sources *all, const rift_input *input)
{
    source *named = NULL;
    for (size_t i = 0; i < all->n; i++) {
        source *one = &all->source[i];
        if (one->matched || strcmp(rift_path_name(one->path), input->name) != 0) {
            continue;
        }
        if (strcmp(one->sum, input->sha256) == 0) {
            return one;
        }
        named = named ? named : one;
    }
    return named;
}

static void compare_inputs(rift_verifying *v, bool only_these, sources *all)
{
    const rift_inputs *inputs = &v->result.provenance.inputs;
    for (size_t i = 0; i < inputs->n_input; i++) {
        const rift_input *input = &inputs->input[i];
        source *found = source_of(all, input);
        bool same = found && strcmp(found->sum, input->sha256) == 0;
        const char *is = !found ? "missing" : same ? "as stored" : "changed";
        rift_verify_row(v, same,
                        (const char *[]){"input", input->name, is,
                                         found ? found->sum : "the study names none"});
        if (found) {
            found->matched = true;
        }
    }
    for (size_t i = 0; only_these && i < all->n; i++) {
        if (!all->source[i].matched) {
            rift_verify_row(v, false,
                            (const char *[]){"input",
                                             rift_path_name(all->source[i].path), "new",
                                             all->source[i].sum});
        }
    }
}

/* Sources of a panel that was read from files: those of the folder, or the one, that is
   said; it may hold others too. */
static rift_status list_said(rift_verifying *v, sources *all)
{
    if (!v->settings->study || v->settings->recompute) {
        rift_location place = rift_location_file(v->settings->result);
        rift_diag_at(v->diag, RIFT_ERROR, &place,
                     "was read from files and has no study to compute again; name the "
                     "folder of its files, as in 'rift verify RESULT FOLDER --inputs'");
        return RIFT_ERR_DATA;
    }
    return add_path(v, v->settings->study, all);
}

rift_status rift_verify_sources(rift_verifying *v)
{
    sources all = {0};
    bool has_study = v->result.study.n_definition > 0;
    rift_status status = has_study ? find_study(v) : list_said(v, &all);
    if (status == RIFT_OK && has_study) {
        status = check_definition(v);
        status =
            status == RIFT_OK ? rift_study_load(v->study, v->diag, &v->source) : status;
        status = status == RIFT_OK ? list_sources(v, &all) : status;
    }
    if (status == RIFT_OK) {
        compare_inputs(v, has_study, &all);
    }
    for (size_t i = 0; i < all.n; i++) {
        free(all.source[i].path);
    }
    free(all.source);
    return status;
}
