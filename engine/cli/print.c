/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings on stderr, tables on stdout, progress on a terminal. */
#include "cli/cli.h"

#include "core/array.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

bool cli_colored(const cli *cli, int stream)
{
    if (strcmp(cli->color, "auto") != 0) {
        return strcmp(cli->color, "always") == 0;
    }
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(none && none[0]) && !(term && !strcmp(term, "dumb")) && isatty(stream);
}

/* False when memory runs out. */
static bool print_finding(const cli *cli, const rift_finding *finding)
{
    static const char *const word[] = {"error", "warning", "note"};
    static const char *const paint[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    bool color = cli_colored(cli, 2);
    if (finding->file) {
        rift_text name = {0}; /* a name may hold control sequences */
        rift_text_printable(&name, finding->file, strlen(finding->file));
        if (name.failed) {
            rift_text_free(&name);
            return false;
        }
        fprintf(stderr, "%s:", rift_text_string(&name));
        rift_text_free(&name);
        if (finding->line > 0) {
            fprintf(stderr, "%zu:%zu:", finding->line, finding->column);
        }
        fprintf(stderr, " ");
    }
    fprintf(stderr, "%s%s:%s %s\n", color ? paint[finding->severity] : "",
            word[finding->severity], color ? "\033[0m" : "", finding->message);
    if (finding->source) {
        fprintf(stderr, "  %s\n  ", finding->source);
        for (size_t i = 1; i < finding->column; i++) {
            fputc(' ', stderr);
        }
        fprintf(stderr, "%s^", color ? "\033[1;32m" : "");
        for (size_t i = 1; i < finding->length && i < 80; i++) {
            fputc('~', stderr);
        }
        fprintf(stderr, "%s\n", color ? "\033[0m" : "");
    }
    return true;
}

static bool same_file(const rift_finding *a, const rift_finding *b)
{
    return a->file == b->file || (a->file && b->file && strcmp(a->file, b->file) == 0);
}

/* A finding, when its file was first met, and where it stood, for a sort that keeps the
   order of equals. */
typedef struct placed {
    rift_finding finding;
    int file;
    size_t at;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->file != y->file) {
        return x->file < y->file ? -1 : 1;
    }
    if (x->finding.line != y->finding.line) {
        return x->finding.line < y->finding.line ? -1 : 1;
    }
    if (x->finding.column != y->finding.column) {
        return x->finding.column < y->finding.column ? -1 : 1;
    }
    return x->at < y->at ? -1 : 1;
}

/* Findings of a file in the order of their lines; files in the order they were met. */
static void sort_findings(rift_diag *diag)
{
    placed *all = calloc(diag->n_finding + 1, sizeof *all);
    rift_string_table files = {0};
    bool good = all;
    for (size_t i = 0; good && i < diag->n_finding; i++) {
        const char *file = diag->finding[i].file ? diag->finding[i].file : "";
        all[i] = (placed){diag->finding[i],
                          rift_string_table_add(&files, file, strlen(file)), i};
        good = good && all[i].file >= 0;
    }
    diag->out_of_memory = diag->out_of_memory || !good;
    if (good) {
        qsort(all, diag->n_finding, sizeof *all, compare_placed);
        for (size_t i = 0; i < diag->n_finding; i++) {
            diag->finding[i] = all[i].finding;
        }
    }
    rift_string_table_free(&files);
    free(all);
}

/* Of a file's errors, and of its warnings or notes, so many are printed without
   --verbose. */
enum { SHOWN_ERRORS = 200, SHOWN = 12 };

static size_t most_shown(int severity)
{
    return severity == RIFT_ERROR ? SHOWN_ERRORS : SHOWN;
}

static void tell_hidden(const cli *cli, const size_t *n)
{
    static const char *const what[] = {"errors", "warnings", "notes"};
    for (int k = RIFT_ERROR; k <= RIFT_NOTE && !cli->verbose; k++) {
        if (n[k] > most_shown(k) && (k == RIFT_ERROR || !cli->quiet)) {
            fprintf(stderr, "  and %zu more %s of this file; --verbose shows them\n",
                    n[k] - most_shown(k), what[k]);
        }
    }
}

bool cli_findings(cli *cli)
{
    sort_findings(&cli->diag);
    size_t seen[3] = {0};
    for (size_t i = 0; i < cli->diag.n_finding; i++) {
        const rift_finding *finding = &cli->diag.finding[i];
        bool error = finding->severity == RIFT_ERROR;
        bool shown = ++seen[finding->severity] <= most_shown((int)finding->severity) ||
                     cli->verbose;
        if (shown && (error || !cli->quiet) && !print_finding(cli, finding)) {
            cli->diag.out_of_memory = true;
        }
        if (i + 1 == cli->diag.n_finding ||
            !same_file(finding, &cli->diag.finding[i + 1])) {
            tell_hidden(cli, seen);
            memset(seen, 0, sizeof seen);
        }
    }
    bool memory = cli->diag.out_of_memory;
    if (memory) {
        fprintf(stderr, "rift: memory ran out; findings may be missing\n");
    }
    if (cli->diag.n_dropped > 0) {
        fprintf(stderr, "and %zu more findings\n", cli->diag.n_dropped);
    }
    rift_diag_free(&cli->diag);
    return !memory;
}

int cli_finish(cli *cli, rift_status status)
{
    cli_progress_end(cli);
    size_t errors = cli->diag.n_error;
    bool failed = cli->diag.system_failed;
    cli->diag.out_of_memory = cli->diag.out_of_memory || status == RIFT_ERR_MEMORY;
    failed = !cli_findings(cli) || failed;
    if (errors > 1 && !cli->quiet) {
        fprintf(stderr, "%zu errors\n", errors);
    }
    if (failed) {
        return EXIT_SYSTEM;
    }
    if (errors == 0 && status != RIFT_OK && status != RIFT_ERR_USAGE &&
        status != RIFT_ERR_STOPPED) { /* nothing fails without a word */
        fprintf(stderr, "rift: %s\n", rift_status_text(status));
    }
    switch (status) {
    case RIFT_OK:
        return EXIT_DONE;
    case RIFT_ERR_SYSTEM:
    case RIFT_ERR_MEMORY:
        return EXIT_SYSTEM;
    case RIFT_ERR_USAGE:
        return EXIT_USAGE;
    default:
        return EXIT_WRONG;
    }
}

/* Takes the text over. */
int cli_print(const rift_text *text)
{
    rift_text own = *text;
    bool whole = !own.failed &&
                 fwrite(rift_text_string(&own), 1, own.n, stdout) == own.n &&
                 fflush(stdout) == 0;
    if (own.failed) {
        fprintf(stderr, "rift: out of memory; free some and run again\n");
    } else if (!whole && errno == EPIPE) {
        cli_stop = SIGPIPE; /* who read has enough: no error to tell */
    } else if (!whole) {
        fprintf(stderr, "rift: cannot write to standard output: %s\n", strerror(errno));
    }
    rift_text_free(&own);
    return whole ? EXIT_DONE : EXIT_SYSTEM;
}

void cli_put_lines(rift_text *out, const char *text)
{
    for (size_t n = strcspn(text, "\n"); *text; n = strcspn(text, "\n")) {
        rift_text_printable(out, text, n);
        rift_text_put(out, text[n] ? "\n" : "");
        text += n + (text[n] != '\0');
    }
}

int cli_print_lines(const rift_text *text)
{
    rift_text own = *text, lines = {.failed = text->failed};
    cli_put_lines(&lines, rift_text_string(&own));
    rift_text_free(&own);
    return cli_print(&lines);
}

static void cell_for_people(const rift_table *table, size_t row, size_t column,
                            rift_text *out)
{
    double number = rift_table_number_at(table, row, column);
    if (rift_column_has_words(&table->column[column])) {
        const char *word = rift_table_word_at(table, row, column);
        rift_text_printable(out, word, strlen(word));
    } else if (isfinite(number)) {
        rift_text_format(out, "%.*f",
                         rift_column_decimals(&table->column[column], number), number);
    }
}

/* Columns that a column needs on a terminal. */
static size_t width_of(const rift_table *table, size_t n_row, size_t column,
                       rift_text *out)
{
    size_t most = rift_text_width(table->column[column].info.name);
    for (size_t r = 0; r < n_row; r++) {
        rift_text cell = {0};
        cell_for_people(table, r, column, &cell);
        size_t w = rift_text_width(rift_text_string(&cell));
        most = w > most ? w : most;
        out->failed = out->failed || cell.failed;
        rift_text_free(&cell);
    }
    return most;
}

void cli_table_text(const cli *cli, const rift_table *table, size_t most,
                    rift_text *out)
{
    size_t n_row = most > 0 && most < table->n_row ? most : table->n_row;
    bool bold = cli_colored(cli, 1);
    size_t *width = calloc(table->n_column + 1, sizeof *width);
    out->failed = out->failed || rift_table_status(table) != RIFT_OK || !width;
    if (out->failed) {
        free(width);
        return;
    }
    for (size_t c = 0; c < table->n_column; c++) {
        width[c] = width_of(table, n_row, c, out);
    }
    for (size_t r = 0; r <= n_row; r++) {
        rift_text_put(out, r == 0 && bold ? "\033[1m" : "");
        for (size_t c = 0; c < table->n_column; c++) {
            rift_text cell = {0};
            if (r == 0) {
                cli_put_lines(&cell, table->column[c].info.name);
            } else {
                cell_for_people(table, r - 1, c, &cell);
            }
            const char *text = rift_text_string(&cell);
            out->failed = out->failed || cell.failed;
            int pad = (int)(width[c] - rift_text_width(text));
            bool right = !rift_column_has_words(&table->column[c]),
                 last = c + 1 == table->n_column;
            rift_text_format(out, "%*s%s%*s", right ? pad : 0, "", text,
                             right || last ? 0 : pad, "");
            rift_text_put(out, last ? "" : "  ");
            rift_text_free(&cell);
        }
        rift_text_put(out, r == 0 && bold ? "\033[0m\n" : "\n");
    }
    free(width);
}

rift_status cli_table_form(const cli *cli, const rift_table *table, const char *name,
                           bool json, char **text)
{
    return json         ? rift_table_json(table, name, text)
           : cli->exact ? rift_table_csv_exact(table, text)
                        : rift_table_csv(table, text);
}

int cli_table_data(const cli *cli, const rift_table *table, const char *name, bool json)
{
    char *data = NULL;
    rift_status status = cli_table_form(cli, table, name, json, &data);
    rift_text out = {.failed = status != RIFT_OK};
    rift_text_put(&out, data ? data : "");
    free(data);
    return cli_print(&out);
}

int cli_table(const cli *cli, const rift_table *table, const char *name)
{
    if (cli->json) {
        return cli_table_data(cli, table, name, true);
    }
    if (cli_is_prose(table)) {
        return cli_prose(table);
    }
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    cli_table_text(cli, table, 0, &out);
    return cli_print(&out);
}

static struct timespec last_progress;
static bool progress_shown;

static double seconds_since(struct timespec then, struct timespec now)
{
    return (double)(now.tv_sec - then.tv_sec) +
           1e-9 * (double)(now.tv_nsec - then.tv_nsec);
}

static void on_progress(void *data, const char *stage, size_t done, size_t total)
{
    static const char *last_stage = "";
    const cli *cli = data;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bool soon = seconds_since(last_progress, now) < 0.2;
    bool same = strcmp(stage, last_stage) == 0;
    if (cli->quiet || (soon && (same || !cli->verbose)) ||
        !(cli->verbose || isatty(2))) {
        return;
    }
    last_stage = stage; /* stages are constants of the library */
    last_progress = now;
    if (cli->verbose && !cli->quiet) {
        struct timespec used;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        cli_tell(cli, "%s, %zu of %zu (%.3f s of processor time)", stage, done, total,
                 (double)used.tv_sec + 1e-9 * (double)used.tv_nsec);
    } else {
        progress_shown = true;
        fprintf(stderr, "\r\033[K%s %zu/%zu", stage, done, total);
        fflush(stderr);
    }
}

rift_watch cli_watch(cli *cli)
{
    return (rift_watch){.progress = on_progress,
                        .data = cli,
                        .stop = &cli_stop,
                        .may_end = cli_may_end};
}

void cli_complain(const char *before, const char *format, va_list list)
{
    rift_text text = {0}, lines = {0};
    rift_text_vformat(&text, format, list);
    cli_put_lines(&lines, rift_text_string(&text));
    fprintf(stderr, "%s%s\n", before, rift_text_string(&lines));
    rift_text_free(&text);
    rift_text_free(&lines);
}

void cli_tell(const cli *cli, const char *format, ...)
{
    va_list list;
    if (cli->verbose && !cli->quiet) {
        va_start(list, format);
        cli_complain("rift: ", format, list);
        va_end(list);
    }
}

void cli_progress_end(cli *cli)
{
    (void)cli;
    if (progress_shown) {
        fprintf(stderr, "\r\033[K");
        progress_shown = false;
    }
}
