/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a result, a year and countries from what the user typed. */
#include "cli/cli.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/suggest.h"
#include "core/unit.h"
#include "run/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool cli_year(cli *cli, const rift_panel *panel, int year, int *row)
{
    *row = -1;
    if (year == 0) {
        return true;
    }
    for (size_t t = 0; t < panel->n_year; t++) {
        if (panel->year[t] == year) {
            *row = (int)t;
            return true;
        }
    }
    if (panel->n_year == 0) {
        rift_diag_at(&cli->diag, RIFT_ERROR, NULL, "there is no data for %d", year);
    } else {
        rift_diag_at(&cli->diag, RIFT_ERROR, NULL,
                     "there is no year %d; the years are %d to %d", year,
                     panel->year[0], panel->year[panel->n_year - 1]);
    }
    return false;
}

bool cli_countries(cli *cli, const rift_panel *panel, const char *list, int32_t **row,
                   size_t *n)
{
    *row = NULL;
    *n = 0;
    if (!list) {
        return true;
    }
    char *copy = rift_text_copy(list), *rest = copy;
    int32_t *out = calloc(strlen(list) + 1, sizeof *out);
    bool good = copy && out;
    for (char *said; copy && out && (said = rift_text_next_word(&rest));) {
        said += strspn(said, " ");
        int found = rift_panel_country_said(panel, said);
        if (found == RIFT_COUNTRY_NO_MEMORY) {
            (void)!rift_diag_memory(&cli->diag);
            good = false;
        } else if (found < 0) {
            rift_panel_country_unknown(panel, said, &cli->diag, NULL,
                                       "use codes such as KEN,CHN, or names");
            good = false;
        } else {
            out[(*n)++] = found;
        }
    }
    free(copy);
    if (!good) {
        free(out);
        return false;
    }
    *row = out;
    return true;
}

char **cli_split(const char *list, size_t *n)
{
    char **out = calloc((list ? strlen(list) : 0) + 1, sizeof *out);
    char *copy = rift_text_copy(list), *rest = copy;
    bool good = out && copy;
    *n = 0;
    for (char *word; good && (word = rift_text_next_word(&rest));) {
        out[*n] = rift_text_copy(word);
        good = out[*n] != NULL;
        *n += good;
    }
    free(copy);
    if (!good) {
        rift_array_free_texts(out, *n);
        *n = 0;
    }
    return good ? out : NULL;
}

/* The only .h5 file of a folder; new, NULL after an error. */
static char *only_result(cli *cli, const char *folder)
{
    DIR *open = opendir(folder);
    char *found = NULL;
    size_t n = 0;
    errno = open ? 0 : errno;
    for (struct dirent *entry; open && (entry = readdir(open)); errno = 0) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] != '.' && length > 3 &&
            strcmp(entry->d_name + length - 3, ".h5") == 0) {
            n++;
            free(found);
            found = rift_path_join(folder, entry->d_name);
        }
    }
    int number = errno;
    if (open) {
        closedir(open);
    }
    if (number != 0) {
        errno = number;
        (void)!rift_diag_system(&cli->diag, folder, "cannot read the folder");
        free(found);
        return NULL;
    }
    if (n == 1 && !found) {
        (void)!rift_diag_memory(&cli->diag);
        return NULL;
    }
    if (n != 1) {
        rift_location place = rift_location_file(folder);
        rift_diag_at(&cli->diag, RIFT_ERROR, &place,
                     "the folder holds %zu result files; name one", n);
        free(found);
        return NULL;
    }
    return found;
}

rift_status cli_settle(cli *cli, const char *const *path, size_t n)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        struct stat info = {0};
        const char *why = NULL;
        if (rift_file_look(path[i], &info, &why) == RIFT_ERR_SYSTEM) {
            return rift_diag_file(&cli->diag, path[i], why);
        }
        status = S_ISDIR(info.st_mode) ? rift_folder_settle(path[i], &cli->diag)
                                       : rift_folder_settle_of(path[i], &cli->diag);
    }
    return status;
}

rift_status cli_result_file(cli *cli, const char *path, char **file)
{
    struct stat info;
    const char *why;
    rift_status settled = cli_settle(cli, &path, 1);
    if (settled != RIFT_OK) {
        return settled;
    }
    rift_status status = rift_file_look(path, &info, &why);
    if (status == RIFT_ERR_SYSTEM) {
        return rift_diag_file(&cli->diag, path, why);
    }
    if (status == RIFT_OK && S_ISDIR(info.st_mode)) {
        *file = only_result(cli, path);
        return *file ? RIFT_OK : rift_diag_worse(&cli->diag, RIFT_ERR_DATA);
    }
    *file = rift_text_copy(path);
    return *file ? RIFT_OK : rift_diag_memory(&cli->diag);
}

/* Tables have no column for units: whoever reads one is told of those that are not what
   the series' definition says. */
static void tell_units(cli *cli, const char *file, const rift_panel *panel)
{
    rift_location place = rift_location_file(file);
    for (size_t i = 0; i < panel->n_indicator; i++) {
        if (rift_unit_power(panel->unit[i]) != 0) {
            rift_diag_at(&cli->diag, RIFT_WARNING, &place,
                         "values of '%s' are in units of %s, targets and levels too",
                         panel->indicator[i], panel->unit[i]);
        }
    }
}

rift_status cli_result(cli *cli, const char *path, rift_result *result)
{
    char *file = NULL;
    rift_status status = cli_result_file(cli, path, &file);
    if (status == RIFT_OK) {
        cli_tell(cli, "reading %s", file);
        status = cli->no_verify ? rift_store_read_unverified(file, &cli->diag, result)
                                : rift_store_read(file, &cli->diag, result);
    }
    if (status == RIFT_OK) {
        tell_units(cli, file, &result->panel);
    }
    free(file);
    return status;
}

bool cli_has_index(cli *cli, const char *path, const rift_result *result)
{
    if (result->study.index.n_node > 0) {
        return true;
    }
    rift_text list = {0};
    for (size_t i = 0; i < rift_n_views; i++) {
        if (rift_views[i]->of_panel) {
            rift_text_format(&list, "%s%s", list.n ? ", " : "", rift_views[i]->name);
        }
    }
    rift_location place = rift_location_file(path);
    rift_diag_at(&cli->diag, RIFT_ERROR, &place,
                 "holds a panel and no scores; its tables are %s",
                 rift_text_string(&list));
    rift_diag_text_free(&cli->diag, &list);
    return false;
}

bool cli_years(const char *text, int *first, int *last)
{
    char *end = NULL;
    long from = strtol(text, &end, 10);
    long to = *end == ':' ? strtol(end + 1, &end, 10) : from;
    *first = (int)from;
    *last = (int)to;
    return *text && *end == '\0' && from >= 1000 && to <= 2999 && from <= to;
}
