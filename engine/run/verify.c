/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result claims of itself, checked: its digest and definition, the files that it
   was made from, and the whole study again. */
#include "run/verify.h"
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "rift.h"
#include "run/signature.h"
#include "store/compare.h"

#include <stdlib.h>
#include <string.h>

static const rift_column_info column[] = {
    {"check", RIFT_KIND_WORD, 0, "",
     "what is checked: digest, signature, definition, input, recomputation"},
    {"subject", RIFT_KIND_WORD, 0, "", "file that it is checked of"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "right, as stored, the same; or changed, missing, new, not the same, not valid"},
    {"detail", RIFT_KIND_WORD, 0, "", "SHA-256 found, what differs, or who signed"},
};

void rift_verify_row(rift_verifying *v, bool good, const char *const cell[4])
{
    for (int i = 0; i < 4; i++) {
        rift_table_word(v->table, cell[i]);
    }
    rift_table_end_row(v->table);
    v->n_bad += !good;
    v->n_row++;
}

static void check_digest(rift_verifying *v)
{
    const rift_provenance *from = &v->result.provenance;
    bool there = *from->digest;
    rift_verify_row(v, true,
                    (const char *[]){"digest", rift_path_name(v->settings->result),
                                     there ? "right" : "none in format 2",
                                     from->digest});
}

static rift_status check_signature(rift_verifying *v)
{
    const rift_verify_settings *s = v->settings;
    const rift_signature signature = {s->result, s->signature, s->key};
    bool valid = false;
    rift_text detail = {0};
    rift_status status = rift_signature_check(&signature, v->diag, &valid, &detail);
    if (status == RIFT_OK) {
        rift_verify_row(v, valid,
                        (const char *[]){"signature", rift_path_name(s->signature),
                                         valid ? "valid" : "not valid",
                                         rift_text_string(&detail)});
        status = detail.failed ? rift_diag_memory(v->diag) : RIFT_OK;
    }
    rift_text_free(&detail);
    return status;
}

/* Made by another version of Rift or its libraries, the same numbers are expected and
   not the same texts that name these. */
static bool take_names(const rift_result *stored, rift_result *made)
{
    const rift_provenance *from = &stored->provenance;
    rift_provenance *to = &made->provenance;
    free(to->version);
    free(to->libraries);
    free(to->date);
    to->version = rift_text_copy(from->version);
    to->libraries = rift_text_copy(from->libraries);
    to->date = rift_text_copy(from->date);
    return to->version && to->libraries && to->date;
}

static rift_status compare(rift_verifying *v, const rift_result *made)
{
    rift_store_difference found = {0};
    rift_status status = rift_store_compare(made, v->settings->result, v->diag, &found);
    if (status != RIFT_OK) {
        return status;
    }
    rift_text detail = {0};
    bool same = found.n_differ == 0;
    rift_text_format(&detail, "%zu arrays", found.n_array);
    if (!same) {
        rift_text_format(&detail, "; %zu differ: %s", found.n_differ,
                         rift_text_string(&found.differ));
    }
    if (found.n_later > 0) {
        rift_text_put(&detail, "; tables that --store added later are not recomputed");
    }
    const char *conclusion = found.same_bytes ? "the same, byte for byte"
                             : same           ? "the same"
                                              : "not the same";
    rift_verify_row(v, same,
                    (const char *[]){"recomputation",
                                     rift_path_name(v->settings->result), conclusion,
                                     rift_text_string(&detail)});
    status = detail.failed ? rift_diag_memory(v->diag) : RIFT_OK;
    rift_text_free(&detail);
    rift_text_free(&found.differ);
    return status;
}

static rift_status recompute(rift_verifying *v)
{
    if (v->n_bad > 0) {
        rift_verify_row(
            v, false,
            (const char *[]){"recomputation", rift_path_name(v->settings->result),
                             "not made", "what it would be made from has changed"});
        return RIFT_OK;
    }
    rift_result made = {0};
    rift_status status = rift_study_run(&v->source, v->watch, v->diag, &made);
    if (status == RIFT_OK) {
        status = rift_analyse_all(&made, v->watch, v->diag);
    }
    if (status == RIFT_OK && !take_names(&v->result, &made)) {
        status = rift_diag_memory(v->diag);
    }
    status = status == RIFT_OK ? compare(v, &made) : status;
    rift_result_free(&made);
    return status;
}

static rift_status check_all(rift_verifying *v)
{
    const rift_verify_settings *s = v->settings;
    rift_status status = rift_store_read(s->result, v->diag, &v->result);
    if (status != RIFT_OK) {
        return status;
    }
    check_digest(v);
    status = s->signature ? check_signature(v) : RIFT_OK;
    if (status == RIFT_OK && (s->inputs || s->recompute)) {
        status = rift_verify_sources(v);
    }
    if (status == RIFT_OK && s->recompute) {
        status = recompute(v);
    }
    return status;
}

rift_status rift_verify(const rift_verify_settings *settings, const rift_watch *watch,
                        rift_diag *diag, rift_table *table)
{
    rift_verifying v = {
        .settings = settings, .watch = watch, .diag = diag, .table = table};
    rift_table_add_columns(table, column, RIFT_COUNT_OF(column));
    rift_status status = check_all(&v);
    if (status == RIFT_OK && rift_table_status(table) != RIFT_OK) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK && v.n_bad > 0) {
        rift_location place = rift_location_file(settings->result);
        rift_diag_at(diag, RIFT_ERROR, &place, "%zu of %zu checks failed", v.n_bad,
                     v.n_row);
        status = RIFT_ERR_DATA;
    }
    rift_result_free(&v.result);
    rift_study_free(&v.source);
    free(v.study);
    return status;
}
