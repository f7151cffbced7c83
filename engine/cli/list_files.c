/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of definitions, read from their files. */
#include "cli/list.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_list_row(rift_table *table, const char *const *word, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        rift_table_word(table, word[i]);
    }
    rift_table_end_row(table);
}

static int compare_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Where definitions lie: here, beside the installed program, or where it was built for.
 */
static void definition_folder(const char *kind, rift_text *folder)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (access("indicators", R_OK) == 0) {
        rift_text_format(folder, "indicators/%s", kind);
        return;
    }
    program[n > 0 ? n : 0] = '\0';
    char *beside = rift_path_folder(program);
    rift_text_format(folder, "%s/../share/rift/indicators", beside ? beside : ".");
    folder->failed = folder->failed || !beside;
    free(beside);
    if (!folder->failed && access(rift_text_string(folder), R_OK) != 0) {
        rift_text_free(folder);
        rift_text_put(folder, RIFT_SHARE "/indicators");
    }
    rift_text_format(folder, "/%s", kind);
}

/* The YAML files of a folder of definitions, sorted; new. A folder that is not there
   has none. */
static rift_status definition_files(cli *cli, const char *kind, char ***out, size_t *n)
{
    rift_text folder = {0};
    definition_folder(kind, &folder);
    DIR *open = folder.failed ? NULL : opendir(rift_text_string(&folder));
    bool good = !folder.failed && (open || errno != ENOMEM);
    char **file = NULL;
    size_t capacity = 0;
    *n = 0;
    for (struct dirent *entry; good && open && (entry = readdir(open));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && !strcmp(dot, ".yaml")) {
            good = rift_array_grow((void **)&file, *n, &capacity, sizeof *file) &&
                   (file[*n] = rift_path_join(folder.data, entry->d_name));
            *n += good;
        }
    }
    if (open) {
        closedir(open);
    }
    if (*n > 0) {
        qsort(file, *n, sizeof *file, compare_name);
    }
    rift_text_free(&folder);
    *out = file;
    return good ? RIFT_OK : rift_diag_memory(&cli->diag);
}

rift_status cli_list_series(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "series", &file, &n);
    CLI_COLUMNS(table, CLI_WORD("series", "its code"),
                CLI_WORD("layer", "layer that it is in"),
                CLI_WORD("department", "department that acts on it"),
                CLI_WORD("unit", "unit of its values"), CLI_WORD("name", "its name"));
    for (size_t i = 0; i < n; i++) {
        rift_series_file all = {0};
        rift_status status = rift_series_load(file[i], &cli->diag, &all);
        worst = rift_status_worse(worst, status);
        for (size_t k = 0; k < all.n_series; k++) {
            const rift_series *series = &all.series[k];
            CLI_ROW(table, series->code, series->layer, series->department,
                    series->unit, series->name);
        }
        rift_series_file_free(&all);
    }
    rift_array_free_texts(file, n);
    return worst;
}

rift_status cli_list_indices(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "indices", &file, &n);
    CLI_COLUMNS(table, CLI_WORD("index", "its code"), CLI_WORD("name", "its name"),
                CLI_WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_index_file index = {0};
        rift_status status = rift_index_load(file[i], &cli->diag, &index);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            CLI_ROW(table, index.index.code, index.index.name, file[i]);
        }
        rift_index_file_free(&index);
    }
    rift_array_free_texts(file, n);
    return worst;
}

rift_status cli_list_studies(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "studies", &file, &n);
    CLI_COLUMNS(table, CLI_WORD("study", "its code"), CLI_WORD("title", "its title"),
                CLI_WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_study study = {0};
        rift_status status = rift_study_load(file[i], &cli->diag, &study);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            CLI_ROW(table, study.code, study.title, file[i]);
        }
        rift_study_free(&study);
    }
    rift_array_free_texts(file, n);
    return worst;
}
