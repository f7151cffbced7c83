/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder changed name by name, yet as one: the private folder is renamed to
   `.rift-commit` when it is complete and synced. From then on the change counts as
   made; whoever finds it makes the moves that are still to be made. Each can be made
   again without harm: of a file a rename, of a folder an exchange with the earlier one,
   of which the inode says whether it was made already. */
#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"
#include "core/replace.h"
#include "core/temporary.h"
#include "run/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLD ".rift-old."

enum { FILE_LIMIT = 0x7fffffff };

/* A journal and the folder it is for, open; and what its file of moves says. */
typedef struct journal {
    const char *real;
    const rift_lock *lock;
    rift_diag *diag;
    int at, in;
    char *moves;
    size_t n_made;
} journal;

static rift_status wrong(const journal *j, const char *name)
{
    int why = errno;
    char *path = rift_path_join(j->real, name);
    errno = why;
    rift_status status =
        path ? rift_diag_system(
                   j->diag, path,
                   "cannot put in place what is finished in " RIFT_JOURNAL_NAME)
             : rift_diag_memory(j->diag);
    free(path);
    return status;
}

/* Inode and time of birth, which the file system alone gives; the device, whose number
   changes as disks are attached anew, only where there is no such time. */
bool rift_journal_mark(int in, rift_text *out)
{
    struct statx info = {0};
    bool known = statx(in, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &info) == 0 &&
                 (info.stx_mask & STATX_INO);
    if (known && (info.stx_mask & STATX_BTIME)) {
        rift_text_format(out, "journal %llu %lld.%09u\n",
                         (unsigned long long)info.stx_ino,
                         (long long)info.stx_btime.tv_sec, info.stx_btime.tv_nsec);
    } else if (known) {
        rift_text_format(out, "journal %llu on %u:%u\n",
                         (unsigned long long)info.stx_ino, info.stx_dev_major,
                         info.stx_dev_minor);
    }
    return known && !out->failed;
}

/* Whether the file of moves was written for the very folder that it lies in. */
static bool is_marked(const journal *j)
{
    rift_text mark = {0};
    bool is = rift_journal_mark(j->in, &mark) && j->moves &&
              strncmp(j->moves, mark.data, mark.n) == 0;
    rift_text_free(&mark);
    return is;
}

/* The inode that a folder has in the file of moves, 0: none. */
static unsigned long long inode_of(const journal *j, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = j->moves; at && *at;) {
        char *end;
        unsigned long long inode = strtoull(at, &end, 10);
        size_t line = strcspn(at, "\n");
        if (*end == ' ' && end + 1 + n == at + line && strncmp(end + 1, name, n) == 0) {
            return inode;
        }
        at += line + (at[line] == '\n');
    }
    return 0;
}

/* Where a folder is to stand: there, or where a link of this user's there leads; new.
 */
static char *place_of(const journal *j, const char *name)
{
    struct stat there;
    if (fstatat(j->at, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(there.st_mode) && there.st_uid != geteuid()) {
        errno = EPERM;
        return NULL;
    }
    char *path = rift_path_join(j->real, name);
    char *real = path ? realpath(path, NULL) : NULL;
    if (!real && errno == ENOENT) {
        return path;
    }
    free(path);
    return real;
}

/* Where the file system knows no exchange: the earlier one goes into the journal. */
static int move_folder_twice(journal *j, const char *name, const char *place)
{
    char old[300];
    snprintf(old, sizeof old, OLD "%.255s", name);
    if (renameat(AT_FDCWD, place, j->in, old) == 0) {
        j->n_made++;
    } else if (errno != ENOENT) {
        return -1;
    }
    return renameat(j->in, name, AT_FDCWD, place);
}

static int move_folder(journal *j, const char *name, const struct stat *info)
{
    char *place = place_of(j, name);
    struct stat there;
    if (!place) {
        return -1;
    }
    unsigned long long new = inode_of(j, name);
    int failed;
    if (new != 0 && new != info->st_ino) {
        failed = 0; /* this is the earlier one: the exchange was made */
    } else if (lstat(place, &there) != 0) {
        failed = renameat(j->in, name, AT_FDCWD, place);
    } else {
        failed = rift_rename(j->in, name, AT_FDCWD, place, true) != 0 &&
                 move_folder_twice(j, name, place) != 0;
    }
    free(place);
    return failed;
}

/* What is no plain file is written through, or into what the link leads to. */
static rift_status write_over(const journal *j, const char *name)
{
    char *to = rift_path_join(j->real, name), *data = NULL;
    char *from = rift_path_join(j->real, RIFT_JOURNAL_NAME);
    char *file = from ? rift_path_join(from, name) : NULL;
    size_t n = 0;
    rift_status status = to && file
                             ? rift_file_read(file, FILE_LIMIT, j->diag, &data, &n)
                             : rift_diag_memory(j->diag);
    if (status == RIFT_OK) {
        status = rift_file_replace(to, data, n, j->diag);
    }
    if (status == RIFT_OK && unlinkat(j->in, name, 0) != 0) {
        status = wrong(j, name);
    }
    free(to);
    free(from);
    free(file);
    free(data);
    return status;
}

static rift_status put_record(const journal *j)
{
    int fd = openat(j->in, RIFT_LOCK_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    char *record = fd >= 0 ? rift_record_read(fd) : NULL;
    bool good = record && rift_record_write(j->lock->fd, record) == 0 &&
                unlinkat(j->in, RIFT_LOCK_NAME, 0) == 0;
    rift_status status = good ? RIFT_OK : wrong(j, RIFT_LOCK_NAME);
    free(record);
    if (fd >= 0) {
        close(fd);
    }
    return status;
}

static rift_status move_one(journal *j, const char *name)
{
    struct stat info, there;
    int failed = fstatat(j->in, name, &info, AT_SYMLINK_NOFOLLOW);
    if (!failed && S_ISDIR(info.st_mode)) {
        failed = move_folder(j, name, &info);
    } else if (!failed && !S_ISREG(info.st_mode)) {
        errno = EPERM; /* no journal has such */
        failed = -1;
    } else if (!failed) {
        bool other = fstatat(j->at, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
                     !S_ISREG(there.st_mode);
        if (other && (!S_ISLNK(there.st_mode) || there.st_uid == geteuid())) {
            return write_over(j, name);
        }
        errno = EPERM;
        failed = other ? -1 : renameat(j->in, name, j->at, name);
    }
    j->n_made += !failed;
    return failed ? wrong(j, name) : RIFT_OK;
}

static bool is_moved(const char *name)
{
    return strcmp(name, RIFT_MOVES_NAME) != 0 && strcmp(name, RIFT_LOCK_NAME) != 0 &&
           strncmp(name, OLD, strlen(OLD)) != 0;
}

/* What is left is the earlier folders: once it has no longer the name of a journal, it
   may be removed step by step. */
static rift_status end_journal(const journal *j)
{
    char name[RIFT_TEMPORARY_SIZE];
    (void)!fsync(j->at);
    int spare = rift_temporary_folder(j->at, name);
    if (spare < 0 || renameat(j->at, RIFT_JOURNAL_NAME, j->at, name) != 0) {
        rift_status status = wrong(j, RIFT_JOURNAL_NAME);
        if (spare >= 0) {
            (void)!unlinkat(j->at, name, AT_REMOVEDIR);
            close(spare);
        }
        return status;
    }
    if (rift_tree_remove(j->at, name) != 0) {
        rift_location place = rift_location_file(j->real);
        rift_diag_at(j->diag, RIFT_WARNING, &place,
                     "what was replaced could not all be removed, and is in %s: %s",
                     name, strerror(errno));
    }
    close(spare);
    return RIFT_OK;
}

static rift_status make_moves(journal *j)
{
    rift_listing names = {0};
    rift_status status =
        rift_listing_take(j->in, &names) == 0 ? RIFT_OK : wrong(j, RIFT_JOURNAL_NAME);
    for (size_t i = 0; status == RIFT_OK && i < names.n; i++) {
        status = is_moved(names.name[i]) ? move_one(j, names.name[i]) : RIFT_OK;
    }
    if (status == RIFT_OK && rift_listing_has(&names, RIFT_LOCK_NAME)) {
        status = put_record(j);
    }
    status = status == RIFT_OK ? end_journal(j) : status;
    rift_listing_free(&names);
    return status;
}

/* The file of moves, as no link leads to it; a journal without one has no moves. */
static rift_status read_moves(journal *j)
{
    int fd =
        openat(j->in, RIFT_MOVES_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    j->moves = fd >= 0 ? rift_record_read(fd) : rift_text_copy("");
    if (fd >= 0) {
        close(fd);
    }
    return j->moves ? RIFT_OK : rift_diag_memory(j->diag);
}

static rift_status open_journal(journal *j, bool *there)
{
    *there = false;
    j->at = open(j->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    j->in = -1;
    if (j->at < 0) {
        /* whoever needs to read one that is not there, or closed, says so */
        bool other = errno != EACCES && errno != ENOENT && errno != ENOTDIR;
        return other ? rift_diag_system(j->diag, j->real, "cannot look into the folder")
                     : RIFT_OK;
    }
    j->in = openat(j->at, RIFT_JOURNAL_NAME,
                   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (j->in < 0) {
        bool none = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
        /* another user's, which only they may open, is told of by its owner */
        *there = !none && errno == EACCES;
        return none || *there
                   ? RIFT_OK
                   : rift_diag_system(j->diag, j->real, "cannot look into the folder");
    }
    *there = true;
    return read_moves(j);
}

/* Whether it is this user's own, and no copy; the one that this process made is. */
static bool is_own(const journal *j, const struct stat *made)
{
    struct stat info;
    if (made && j->in >= 0 && fstat(j->in, &info) == 0 && info.st_ino == made->st_ino &&
        info.st_dev == made->st_dev) {
        return true;
    }
    return j->in >= 0 && fstat(j->in, &info) == 0 && info.st_uid == geteuid() &&
           is_marked(j);
}

static rift_status tell_other(const journal *j, bool needed)
{
    rift_location place = rift_location_file(j->real);
    rift_diag_at(j->diag, needed ? RIFT_ERROR : RIFT_WARNING, &place,
                 "holds " RIFT_JOURNAL_NAME
                 " of another user, or copied from elsewhere, which is not put in "
                 "place; let whoever made it run Rift there, or look at what is in it "
                 "and move it away");
    return needed ? RIFT_ERR_SYSTEM : RIFT_OK;
}

static void close_journal(const journal *j)
{
    if (j->in >= 0) {
        close(j->in);
    }
    if (j->at >= 0) {
        close(j->at);
    }
}

rift_status rift_journal_look(const char *real, rift_diag *diag, bool *own)
{
    journal j = {.real = real, .diag = diag};
    bool there;
    rift_status status = open_journal(&j, &there);
    *own = status == RIFT_OK && there && is_own(&j, NULL);
    if (status == RIFT_OK && there && !*own) {
        status = tell_other(&j, false);
    }
    close_journal(&j);
    free(j.moves);
    return status;
}

rift_status rift_journal_complete(const char *real, const rift_lock *lock, bool needed,
                                  const struct stat *made, rift_diag *diag,
                                  size_t *n_made)
{
    journal j = {.real = real, .lock = lock, .diag = diag};
    bool there;
    rift_status status = open_journal(&j, &there);
    if (status == RIFT_OK && there) {
        status = is_own(&j, made) ? make_moves(&j) : tell_other(&j, needed);
    }
    if (n_made) {
        *n_made = j.n_made;
    }
    close_journal(&j);
    free(j.moves);
    return status;
}
