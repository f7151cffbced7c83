/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/signature.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { SIGNATURE_LIMIT = 1 << 20, ARGUMENTS = 12 };

/* Run a program without input or output; its exit status, -1 where it cannot be run. */
static int run_quietly(char *const *argument)
{
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int how = -1;
    int error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        error = posix_spawnp(&child, argument[0], &actions, NULL, argument, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    while (error == 0 && waitpid(child, &how, 0) < 0) {
        error = errno == EINTR ? 0 : errno;
    }
    errno = error;
    return error != 0 ? -1 : WIFEXITED(how) ? WEXITSTATUS(how) : 128;
}

/* A path that no program takes for an option. */
static char *plain_path(const char *path)
{
    rift_text text = {0};
    rift_text_format(&text, "%s%s", path[0] == '-' ? "./" : "", path);
    return rift_text_take(&text);
}

/* The command line for a program; NULL stands after the last argument. */
static void put_arguments(bool minisign, char *file, char *signature, char *key,
                          char **argument)
{
    char *const of_minisign[] = {"minisign",        "-Vqm", file, "-x", signature,
                                 key ? "-p" : NULL, key};
    char *const of_gpg[] = {"gpg", "--batch", "--no-tty", "--verify", signature, file};
    char *const of_ring[] = {"gpg",       "--batch", "--no-tty", "--no-default-keyring",
                             "--keyring", key,       "--verify", signature,
                             file};
    if (minisign) {
        memcpy(argument, of_minisign, sizeof of_minisign);
    } else if (key) {
        memcpy(argument, of_ring, sizeof of_ring);
    } else {
        memcpy(argument, of_gpg, sizeof of_gpg);
    }
}

rift_status rift_signature_check(const char *file, const char *signature,
                                 const char *key, rift_diag *diag, const char **program,
                                 bool *valid)
{
    static const char minisign_begins[] = "untrusted comment:";
    char *text = NULL, *argument[ARGUMENTS] = {0};
    size_t n = 0;
    rift_status status = rift_file_read(signature, SIGNATURE_LIMIT, diag, &text, &n);
    if (status != RIFT_OK) {
        return status;
    }
    bool minisign = strncmp(text, minisign_begins, strlen(minisign_begins)) == 0;
    free(text);
    char *own_file = plain_path(file), *own_signature = plain_path(signature),
         *own_key = key ? plain_path(key) : NULL;
    *program = minisign ? "minisign" : "gpg";
    if (!own_file || !own_signature || (key && !own_key)) {
        status = rift_diag_memory(diag);
    } else {
        put_arguments(minisign, own_file, own_signature, own_key, argument);
        int code = run_quietly(argument);
        *valid = code == 0;
        if (code < 0 || code == 127) {
            errno = code < 0 ? errno : ENOENT;
            status = rift_diag_system(
                diag, *program, "cannot run it to check the signature; install it");
        }
    }
    free(own_file);
    free(own_signature);
    free(own_key);
    return status;
}
