/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The private folder becomes a journal: from its renaming on, all that is in it will
   take its place, by this command or the next. */
#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"
#include "core/replace.h"
#include "core/status.h"
#include "run/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file of moves: which folder it was made in, then inode and name of each folder to
   be moved. */
static rift_status write_moves(const rift_work_folder *folder, int in,
                               const rift_listing *names, rift_diag *diag)
{
    rift_text moves = {0};
    struct stat info;
    if (!rift_journal_mark(in, &moves)) { /* then no later command finishes it */
        rift_text_put(&moves, "\n");
    }
    for (size_t i = 0; i < names->n; i++) {
        if (fstatat(in, names->name[i], &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(info.st_mode)) {
            rift_text_format(&moves, "%llu %s\n", (unsigned long long)info.st_ino,
                             names->name[i]);
        }
    }
    char *path = rift_work_folder_at(folder, RIFT_MOVES_NAME);
    rift_status status =
        path && !moves.failed
            ? rift_file_write(path, rift_text_string(&moves), moves.n, diag)
            : rift_diag_memory(diag);
    free(path);
    rift_text_free(&moves);
    return status;
}

static rift_status refuse(const char *folder, const char *name, const char *why,
                          rift_diag *diag)
{
    char *path = rift_path_join(folder, name);
    rift_location place = rift_location_file(path ? path : folder);
    rift_diag_at(diag, RIFT_ERROR, &place, "%s", why);
    free(path);
    return RIFT_ERR_SYSTEM;
}

/* What would keep a move from being made is found before the first. */
static rift_status check_move(const rift_work_folder *folder, int at, int in,
                              const char *name, rift_diag *diag)
{
    struct stat own, there, led, all;
    char *place = rift_path_join(folder->real, name);
    rift_status status = place ? rift_work_folder_check_name(folder, name, diag)
                               : rift_diag_memory(diag);
    if (status == RIFT_OK && fstatat(in, name, &own, 0) == 0 &&
        fstatat(at, name, &there, AT_SYMLINK_NOFOLLOW) == 0 && fstat(at, &all) == 0) {
        bool dir = S_ISDIR(own.st_mode), link = S_ISLNK(there.st_mode);
        bool known = !link || stat(place, &led) == 0;
        bool sticky = (all.st_mode & S_ISVTX) && geteuid() != 0 &&
                      geteuid() != all.st_uid && geteuid() != there.st_uid;
        if (!dir && S_ISDIR(there.st_mode)) {
            status = refuse(folder->path, name,
                            "is a folder where a file is to stand; "
                            "move it away",
                            diag);
        } else if (dir && link && known && S_ISDIR(led.st_mode) &&
                   led.st_dev != own.st_dev) {
            status = refuse(folder->path, name,
                            "leads to another file system; remove "
                            "the link",
                            diag);
        } else if (dir && (rift_is_mount(place) || (link && !known))) {
            status = refuse(folder->path, name,
                            "cannot be replaced by a folder; move it "
                            "away",
                            diag);
        } else if (link && there.st_uid != geteuid()) {
            status = refuse(folder->path, name,
                            "is a link of another user, which is not followed; remove "
                            "it",
                            diag);
        } else if (sticky) {
            status = refuse(folder->path, name,
                            "belongs to another user, in a folder "
                            "where only its owner may replace it",
                            diag);
        }
    }
    free(place);
    return status;
}

/* The record goes into the journal only where it changes. */
static rift_status stage_record(const rift_work_folder *folder, rift_diag *diag)
{
    char *now = folder->record ? rift_record_read(folder->lock.fd) : NULL;
    rift_status status = RIFT_OK;
    if (folder->record && (!now || strcmp(now, folder->record) != 0)) {
        char *path = rift_work_folder_at(folder, RIFT_LOCK_NAME);
        status =
            path ? rift_file_write(path, folder->record, strlen(folder->record), diag)
                 : rift_diag_memory(diag);
        free(path);
    }
    free(now);
    return status;
}

static rift_status prepare(const rift_work_folder *folder, int at, int in,
                           rift_diag *diag)
{
    rift_listing names = {0};
    bool good = at >= 0 && in >= 0 && rift_listing_take(in, &names) == 0;
    rift_status status =
        good ? RIFT_OK : rift_diag_system(diag, folder->path, "cannot read");
    for (size_t i = 0; i < names.n; i++) {
        rift_status one = check_move(folder, at, in, names.name[i], diag);
        status = rift_status_worse(status, one);
    }
    status = status == RIFT_OK ? write_moves(folder, in, &names, diag) : status;
    status = status == RIFT_OK ? stage_record(folder, diag) : status;
    struct stat own;
    if (status == RIFT_OK && fstat(in, &own) == 0) {
        /* the journal stays this user's, whoever owns the folder that it is for; where
           it cannot, only this command can finish it */
        if (own.st_uid != geteuid()) {
            (void)!fchown(in, geteuid(), (gid_t)-1);
        }
        (void)!fchmod(in, 0700);
    }
    if (status == RIFT_OK && rift_file_sync(in) != 0) {
        status = rift_diag_system(diag, folder->path, "cannot write");
    }
    rift_listing_free(&names);
    return status;
}

/* The promise is given; it is taken back while nothing was moved. What failed among the
   moves is tried once more, and else left to the next command. */
static rift_status keep_promise(rift_work_folder *folder, int at,
                                const struct stat *made, rift_diag *diag)
{
    rift_diag first = {0};
    size_t n_made;
    (void)!fsync(at);
    rift_status status =
        rift_journal_complete(folder->real, &folder->lock, true, made, &first, &n_made);
    bool back = status != RIFT_OK && n_made == 0 &&
                renameat(at, RIFT_JOURNAL_NAME, AT_FDCWD, folder->staging) == 0;
    if (!back) {
        free(folder->staging);
        folder->staging = NULL;
    }
    rift_diag_hand_on(&first, back, diag);
    if (status != RIFT_OK && !back) {
        status =
            rift_journal_complete(folder->real, &folder->lock, true, made, diag, NULL);
    }
    rift_diag_free(&first);
    return status;
}

rift_status rift_put_journal(rift_work_folder *folder, rift_diag *diag)
{
    int at = open(folder->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int in = open(folder->staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat made = {0};
    rift_status status = prepare(folder, at, in, diag);
    if (status == RIFT_OK && fstat(in, &made) != 0) {
        status = rift_diag_system(diag, folder->path, "cannot read");
    }
    if (status == RIFT_OK &&
        renameat(AT_FDCWD, folder->staging, at, RIFT_JOURNAL_NAME) != 0) {
        status = rift_diag_system(diag, folder->path, "cannot put the files in place");
    } else if (status == RIFT_OK) {
        status = keep_promise(folder, at, &made, diag);
    }
    if (in >= 0) {
        close(in);
    }
    if (at >= 0) {
        close(at);
    }
    return status;
}
