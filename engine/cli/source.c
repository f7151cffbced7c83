/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/source.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

/* The texts of a list, in its own memory; new, NULL when memory runs out. */
static const char **texts_of(rift_text *list, size_t *n)
{
    size_t count = 0;
    for (size_t i = 0; i < list->n; i++) {
        count += list->data[i] == 0x1F;
    }
    const char **out = list->failed ? NULL : calloc(count + 1, sizeof *out);
    *n = 0;
    for (char *at = list->data; out && *n < count; (*n)++) {
        char *end = strchr(at, 0x1F);
        *end = '\0';
        out[*n] = at;
        at = end + 1;
    }
    return out;
}

/* "COLUMN=TEXT" becomes a pair; false where one has no '='. */
static bool cut_pairs(const char **text, size_t n, const char *(*pair)[2])
{
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        char *equals = strchr(text[i], '=');
        good = good && equals && equals > text[i];
        if (good) {
            *equals = '\0';
            pair[i][0] = text[i];
            pair[i][1] = equals + 1;
        }
    }
    return good;
}

static bool find_mark(const char *text, const char *marks, char *out)
{
    static const struct {
        const char *word;
        char mark;
    } known[] = {{"point", '.'}, {"comma", ','},     {"tab", '\t'},
                 {"pipe", '|'},  {"semicolon", ';'}, {"\\t", '\t'}};
    if (!text) {
        return true;
    }
    *out = strlen(text) == 1 ? *text : '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        *out = strcmp(text, known[i].word) == 0 ? known[i].mark : *out;
    }
    return *out && (marks ? strchr(marks, *out) != NULL : !strchr("\"\r\n", *out));
}

static bool is_format(const char *name)
{
    rift_item_info info;
    for (size_t i = 0; rift_format_describe(i, &info); i++) {
        if (strcmp(info.name, name) == 0) {
            return true;
        }
    }
    return false;
}

static int check_words(const cli *cli, const source_choice *choice,
                       rift_source_settings *out)
{
    if (!find_mark(choice->decimal, ".,", &out->decimal)) {
        return cli_usage_error(cli, "--decimal takes point or comma, found '%s'",
                               choice->decimal);
    }
    if (!find_mark(choice->delimiter, NULL, &out->delimiter)) {
        return cli_usage_error(cli,
                               "--delimiter takes one character, or comma, semicolon, "
                               "tab or pipe, found '%s'",
                               choice->delimiter);
    }
    if (choice->period && !rift_several_years_find(choice->period, &out->period)) {
        return cli_usage_error(cli, "--period takes first, middle or last, found '%s'",
                               choice->period);
    }
    if (choice->format && !is_format(choice->format)) {
        return cli_usage_error(cli,
                               "'%s' is no format; 'rift list formats' names them all",
                               choice->format);
    }
    return -1;
}

/* The lists, in memory that lives as long as the choice. */
static int take_lists(cli *cli, source_choice *choice, rift_source_settings *out)
{
    size_t n_where;
    choice->dimensions = texts_of(&choice->dimension, &out->n_dimension);
    choice->columns = texts_of(&choice->remarks, &out->n_remarks);
    choice->texts = texts_of(&choice->missing, &out->n_missing);
    const char **where = texts_of(&choice->where, &n_where);
    choice->pairs = calloc(n_where + 1, sizeof *choice->pairs);
    bool good = choice->dimensions && choice->columns && choice->texts && where &&
                choice->pairs;
    bool paired = good && cut_pairs(where, n_where, choice->pairs);
    free(where);
    if (!good) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    if (!paired) {
        return cli_usage_error(cli, "--where takes a column and a text, as in "
                                    "--where 'Sex=Total'");
    }
    out->n_where = n_where;
    out->dimension = choice->dimensions;
    out->remarks = choice->columns;
    out->missing = choice->texts;
    out->where = (const char *const(*)[2])choice->pairs;
    return -1;
}

int cli_source(cli *cli, source_choice *choice, size_t n, rift_source_settings **out)
{
    rift_source_settings settings = {.format = choice->format,
                                     .sheet = choice->sheet,
                                     .year_of_file = choice->year,
                                     .series_of_file = choice->series};
    *out = NULL;
    int code = check_words(cli, choice, &settings);
    code = code < 0 ? take_lists(cli, choice, &settings) : code;
    if (code >= 0) {
        return code;
    }
    *out = calloc(n + 1, sizeof **out);
    if (!*out) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    for (size_t i = 0; i < n; i++) {
        (*out)[i] = settings;
    }
    return -1;
}

void cli_source_free(source_choice *choice, rift_source_settings *settings)
{
    rift_text_free(&choice->dimension);
    rift_text_free(&choice->where);
    rift_text_free(&choice->remarks);
    rift_text_free(&choice->missing);
    free(choice->dimensions);
    free(choice->columns);
    free(choice->texts);
    free(choice->pairs);
    free(settings);
}
