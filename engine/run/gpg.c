/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gpg ends well for signatures of keys that were revoked or have expired, so that its
   status lines count and not its exit status alone. Keys that are named are imported
   into a home folder of their own, which is removed afterwards: there gpg knows no
   others, and the user's keep as they are. */
#include "run/gpg.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/temporary.h"
#include "core/visible.h"
#include "run/program.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_LIMIT = 64 << 20, SIGNERS = 8, ARGUMENTS = 24 };

/* What the status lines said so far. */
typedef struct heard {
    size_t n_good, n_valid, n_key;
    const char *why; /* not valid; NULL while nothing is against it */
    rift_text user, signer;
    size_t n_signer;
} heard;

/* Words of status lines that speak against a signature. */
static const struct {
    const char *word, *why;
    bool names; /* a key and a user id follow */
} against[] = {
    {"BADSIG", "it is bad: of another file, or damaged", true},
    {"REVKEYSIG", "its key is revoked", true},
    {"EXPKEYSIG", "its key has expired", true},
    {"EXPSIG", "it has expired", true},
    {"NO_PUBKEY", "there is no such key", false},
    {"ERRSIG", "it cannot be checked", false},
    {"NODATA", "it is no signature", false},
    {"PLAINTEXT", "it holds a text of its own and is no detached signature", false},
};

/* The line behind a word, NULL where it begins with another. */
static const char *behind(const char *line, const char *word)
{
    size_t n = strlen(word);
    return strncmp(line, word, n) != 0 ? NULL
           : line[n] == ' '            ? line + n + 1
           : line[n] == '\0'           ? line + n
                                       : NULL;
}

/* A user id, whose escapes (%25) are those of gpg, without what is not shown. */
static void put_user(rift_text *out, const char *user)
{
    rift_text plain = {0}, shown = {0};
    for (const char *at = user; *at; at++) {
        const char hex[] = {at[0] == '%' ? at[1] : '\0', at[0] == '%' ? at[2] : '\0',
                            '\0'};
        char *end = NULL;
        long byte = isxdigit((unsigned char)hex[0]) ? strtol(hex, &end, 16) : 0;
        bool escape = end == hex + 2 && byte > 0;
        char one = escape ? (char)byte : *at;
        rift_text_add(&plain, one == '\n' || one == '\t' ? " " : &one, 1);
        at += escape ? 2 : 0;
    }
    rift_visible_put(&shown, rift_text_string(&plain));
    rift_text_printable(out, rift_text_string(&shown), shown.n);
    out->failed = out->failed || plain.failed || shown.failed;
    rift_text_free(&plain);
    rift_text_free(&shown);
}

/* "KEY USER" as the user of the next VALIDSIG. */
static void hear_user(heard *h, const char *rest)
{
    const char *blank = strchr(rest, ' ');
    rift_text_free(&h->user);
    put_user(&h->user, blank ? blank + 1 : "");
}

static void add_signer(heard *h, const char *key)
{
    if (++h->n_signer <= SIGNERS) {
        rift_text_put(&h->signer, h->n_signer > 1 ? ", " : "");
        rift_text_printable(&h->signer, key, strcspn(key, " "));
        rift_text_format(&h->signer, "%s%s", h->user.n > 0 ? " " : "",
                         rift_text_string(&h->user));
    }
}

static void hear(void *to, const char *line)
{
    heard *h = to;
    const char *said = behind(line, "[GNUPG:]"), *rest;
    if (!said) {
        return;
    }
    if ((rest = behind(said, "GOODSIG"))) {
        h->n_good++;
        hear_user(h, rest);
    } else if ((rest = behind(said, "VALIDSIG"))) {
        h->n_valid++;
        add_signer(h, rest);
    } else if (behind(said, "IMPORT_OK")) {
        h->n_key++;
    }
    for (size_t i = 0; i < RIFT_COUNT_OF(against); i++) {
        if ((rest = behind(said, against[i].word))) {
            bool first = !h->why || strcmp(against[i].word, "NO_PUBKEY") == 0;
            h->why = first ? against[i].why : h->why;
            if (against[i].names) {
                hear_user(h, rest);
            }
            if (strcmp(against[i].word, "BADSIG") == 0 ||
                strcmp(against[i].word, "NO_PUBKEY") == 0) {
                add_signer(h, rest);
            }
        }
    }
}

static void forget(heard *h)
{
    rift_text_free(&h->user);
    rift_text_free(&h->signer);
}

/* Run gpg on its last arguments, which NULL ends; `home` NULL is the user's own. */
static int ask(const char *home, const char *const *last, heard *h)
{
    static const char *const always[] = {"gpg",         "--batch",
                                         "--no-tty",    "--no-auto-key-retrieve",
                                         "--status-fd", RIFT_PROGRAM_LINES};
    static const char *const apart[] = {"--no-options", "--no-autostart", "--homedir"};
    const char *argument[ARGUMENTS] = {0};
    size_t n = RIFT_COUNT_OF(always);
    memcpy(argument, always, sizeof always);
    if (home) {
        memcpy(argument + n, apart, sizeof apart);
        n += RIFT_COUNT_OF(apart);
        argument[n++] = home;
    }
    for (size_t i = 0; last[i]; i++) {
        argument[n++] = last[i];
    }
    return rift_program_run((char *const *)argument, hear, h);
}

static rift_status verify(const char *home, const rift_signature *of, rift_diag *diag,
                          bool *valid, rift_text *detail)
{
    heard h = {0};
    int code =
        ask(home,
            (const char *const[]){"--verify", "--", of->signature, of->file, NULL}, &h);
    if (code < 0) {
        forget(&h);
        return rift_signature_no_program("gpg", diag);
    }
    *valid = code == 0 && !h.why && h.n_good > 0 && h.n_valid == h.n_good;
    const char *why = *valid ? NULL : h.why ? h.why : "gpg could not check it";
    rift_text_format(detail, "gpg%s%s%s%s", why ? ": " : "", why ? why : "",
                     h.signer.n == 0 ? ""
                     : why           ? "; key "
                                     : "; signed by ",
                     rift_text_string(&h.signer));
    detail->failed = detail->failed || h.signer.failed || h.user.failed;
    forget(&h);
    return RIFT_OK;
}

/* The keys of a file in a home folder: a keybox as it is, others as gpg reads them. */
static rift_status import(const char *home, const char *key, rift_diag *diag)
{
    static const char keybox[] = "KBXf";
    enum { KEYBOX_AT = 8 };
    char *data = NULL, *own = NULL;
    size_t n = 0;
    heard h = {0};
    rift_status status = rift_file_read(key, KEY_LIMIT, diag, &data, &n);
    if (status != RIFT_OK) {
        return status;
    }
    if (n >= KEYBOX_AT + 4 && memcmp(data + KEYBOX_AT, keybox, 4) == 0) {
        own = rift_path_join(home, "pubring.kbx");
        status = own ? rift_file_write(own, data, n, diag) : rift_diag_memory(diag);
    } else if (ask(home, (const char *const[]){"--import", "--", key, NULL}, &h) < 0) {
        status = rift_signature_no_program("gpg", diag);
    } else if (h.n_key == 0) {
        rift_location place = rift_location_file(key);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "holds no public key that gpg can read; make it by gpg --export");
        status = RIFT_ERR_DATA;
    }
    forget(&h);
    free(own);
    free(data);
    return status;
}

/* By the keys of a file alone. */
static rift_status verify_apart(const rift_signature *of, rift_diag *diag, bool *valid,
                                rift_text *detail)
{
    const char *named = getenv("TMPDIR");
    named = named && *named ? named : "/tmp";
    char *above = realpath(named, NULL), *home = NULL;
    char name[RIFT_TEMPORARY_SIZE];
    if (above) { /* what a run that was killed left */
        rift_temporary_sweep(above);
    }
    int in = above ? open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int held = in >= 0 ? rift_temporary_folder(in, name) : -1;
    rift_status status = RIFT_OK;
    if (held < 0) {
        status = rift_diag_system(diag, above ? above : named,
                                  "cannot make a folder for gpg there");
    } else {
        home = rift_path_join(above, name);
        status = home ? import(home, of->key, diag) : rift_diag_memory(diag);
    }
    if (status == RIFT_OK) {
        status = verify(home, of, diag, valid, detail);
    }
    if (held >= 0) {
        if (rift_tree_remove(in, name) != 0) {
            status = rift_diag_system(diag, home ? home : above,
                                      "cannot remove gpg's folder");
        }
        close(held);
    }
    if (in >= 0) {
        close(in);
    }
    free(home);
    free(above);
    return status;
}

rift_status rift_gpg_check(const rift_signature *signature, rift_diag *diag,
                           bool *valid, rift_text *detail)
{
    return signature->key ? verify_apart(signature, diag, valid, detail)
                          : verify(NULL, signature, diag, valid, detail);
}
