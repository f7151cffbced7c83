/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report: one HTML file with findings, the main table, charts, method, coverage and
   provenance. It loads nothing and its policy allows nothing but its own style, script
   and pictures. */
#include "report/html.h"
#include "report/pivot.h"

#include "core/asset.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_LIMIT = 64 * 1024 * 1024 };

typedef struct page {
    const rift_result *result;
    const char *folder;
    rift_diag *diag;
    rift_text out;
    size_t year; /* latest with ranks */
    size_t n_ranked;
    rift_status status;
} page;

static void begin_page(page *page)
{
    const char *style = rift_asset_text("report.css"),
               *code = rift_asset_text("report.js");
    char style_hash[48] = "", code_hash[48] = "";
    if (!style || !code ||
        rift_sha256_base64(style, strlen(style), style_hash) != RIFT_OK ||
        rift_sha256_base64(code, strlen(code), code_hash) != RIFT_OK) {
        page->status = RIFT_ERR_SYSTEM;
        return;
    }
    rift_text *out = &page->out;
    rift_text_format(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; img-src data:; style-src 'sha256-%s'; script-src 'sha256-%s'; "
        "base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
        style_hash, code_hash);
    rift_html_text(out, page->result->title);
    rift_text_format(
        out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>%s</style>\n",
        style);
    rift_text_format(out, "</head>\n<body>\n");
}

static void end_page(page *page)
{
    rift_text_put(&page->out, "<footer><p>");
    rift_html_format(&page->out,
                     "Made by Rift %s from the files listed under Provenance.",
                     page->result->provenance.version);
    rift_text_format(&page->out,
                     "</p></footer>\n<script>%s</script>\n</body>\n</html>\n",
                     rift_asset_text("report.js"));
}

static void put_heading(page *page)
{
    rift_text *out = &page->out;
    rift_text_put(out, "<header><h1>");
    rift_html_text(out, page->result->title);
    rift_text_put(out, "</h1>\n<p class=\"sub\">");
    rift_html_format(out, "%s; study '%s'", page->result->index_name,
                     page->result->study);
    rift_text_put(out, "</p>\n<nav aria-label=\"Contents\"><ul>");
    static const char *const part[][2] = {
        {"findings", "Findings"},    {"ranking", "Ranking"}, {"charts", "Charts"},
        {"divide", "Divide"},        {"method", "Method"},   {"coverage", "Coverage"},
        {"provenance", "Provenance"}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        rift_text_format(out, "<li><a href=\"#%s\">%s</a></li>", part[i][0],
                         part[i][1]);
    }
    rift_text_put(out, "</ul></nav></header>\n<main>\n");
}

static void begin_part(page *page, const char *code, const char *title)
{
    rift_text_format(&page->out, "<section id=\"%s\">\n<h2>%s</h2>\n", code, title);
}

static void end_part(page *page)
{
    rift_text_put(&page->out, "</section>\n");
}

static void finish_table(page *page, rift_table *table, const char *caption,
                         bool sortable)
{
    rift_text text = {0};
    rift_text_format(&text, caption, page->result->panel.year[page->year]);
    if (table->n_row > 0) {
        rift_html_table(&page->out, table, rift_text_string(&text), sortable);
    }
    page->out.failed = page->out.failed || table->failed || text.failed;
    rift_text_free(&text);
    rift_table_free(table);
}

/* A table of the result for this page's year, which the caption may name with %d. */
static void put_table(page *page, const char *name, const char *caption, bool sortable)
{
    rift_table_choice choice = {.year = (int)page->year};
    for (size_t i = 0; i < rift_n_tables; i++) {
        if (strcmp(rift_tables[i].name, name) == 0) {
            rift_table table = {0};
            rift_tables[i].make(page->result, &choice, &table);
            finish_table(page, &table, caption, sortable);
        }
    }
}

/* Country with the best (or the last) rank of a year, SIZE_MAX for none. */
static size_t extreme(const page *page, bool best)
{
    const rift_result *r = page->result;
    const int32_t *rank = r->scores.rank + rift_result_at(r, 0, page->year);
    size_t found = SIZE_MAX;
    for (size_t c = 0; c < r->panel.n_country; c++) {
        if (rank[c] > 0 && (found == SIZE_MAX ||
                            (best ? rank[c] < rank[found] : rank[c] > rank[found]))) {
            found = c;
        }
    }
    return found;
}

static double total_of(const page *page, size_t country)
{
    return page->result->scores
        .score[rift_result_at(page->result, 0, page->year) + country];
}

static double divide_of(const page *page, const char *measure, int how, size_t year)
{
    const rift_divide *d = &page->result->divide;
    for (size_t k = 0; k < d->n_measure; k++) {
        if (strcmp(d->measure[k], measure) == 0) {
            return d->value[(2 * k + (size_t)how) * d->n_variable * d->n_year + year];
        }
    }
    return NAN;
}

static void put_fact(page *page, const char *number, const char *text)
{
    rift_text_put(&page->out, "<li><b>");
    rift_html_text(&page->out, number);
    rift_text_put(&page->out, "</b>");
    rift_html_text(&page->out, text);
    rift_text_put(&page->out, "</li>\n");
}

static void put_extreme(page *page, bool best)
{
    size_t c = extreme(page, best);
    if (c == SIZE_MAX) {
        return;
    }
    rift_text number = {0}, text = {0};
    rift_text_format(&number, "%.1f", total_of(page, c));
    rift_text_format(&text, "%s score: %s", best ? "highest" : "lowest",
                     rift_result_name(page->result, c));
    put_fact(page, rift_text_string(&number), rift_text_string(&text));
    rift_text_free(&number);
    rift_text_free(&text);
}

static void put_findings(page *page)
{
    const rift_result *r = page->result;
    begin_part(page, "findings", "What was measured, and what was found");
    rift_text_put(&page->out, "<p>");
    rift_html_text(&page->out, r->notes);
    rift_text_put(&page->out, "</p>\n<ul class=\"facts\">\n");
    rift_text number = {0}, text = {0};
    rift_text_format(&number, "%zu of %zu", page->n_ranked, r->panel.n_country);
    rift_text_format(&text,
                     "economies ranked in %d; the others lack data and are listed",
                     r->panel.year[page->year]);
    put_fact(page, rift_text_string(&number), rift_text_string(&text));
    put_extreme(page, true);
    put_extreme(page, false);
    for (int how = 0; how < 2; how++) {
        double gini = divide_of(page, "gini", how, page->year);
        if (!isnan(gini)) {
            rift_text_free(&number);
            rift_text_free(&text);
            rift_text_format(&number, "%.3f", gini);
            rift_text_format(&text, "Gini of the index in %d, each %s counting once",
                             r->panel.year[page->year], how ? "person" : "country");
            put_fact(page, rift_text_string(&number), rift_text_string(&text));
        }
    }
    rift_text_free(&number);
    rift_text_free(&text);
    rift_text_put(&page->out, "</ul>\n");
    end_part(page);
}

/* What a chart shows, for those who cannot see it. */
static void put_alternative(page *page, int chart)
{
    const rift_result *r = page->result;
    rift_text *out = &page->out;
    rift_html_format(out, "Chart: %s. ", rift_charts[chart].help);
    size_t first = extreme(page, true), last = extreme(page, false);
    if (first != SIZE_MAX) {
        rift_html_format(
            out, "In %d %zu economies have a score, from %.1f (%s) to %.1f (%s). ",
            r->panel.year[page->year], page->n_ranked, total_of(page, last),
            rift_result_name(r, last), total_of(page, first),
            rift_result_name(r, first));
    }
    rift_text_put(out, "The numbers are in the tables of this report.");
}

static void put_chart(page *page, int chart)
{
    rift_text name = {0};
    rift_text_format(&name, "%s/%s.svg", page->folder, rift_charts[chart].name);
    char *data = NULL;
    size_t n = 0;
    rift_status status =
        name.failed ? RIFT_ERR_MEMORY
                    : rift_file_read(name.data, CHART_LIMIT, page->diag, &data, &n);
    rift_text_free(&name);
    if (status != RIFT_OK) {
        page->status = status;
        return;
    }
    rift_text *out = &page->out;
    rift_text_put(out, "<figure><img alt=\"");
    put_alternative(page, chart);
    rift_text_put(out, "\" src=\"data:image/svg+xml;base64,");
    rift_html_base64(out, data, n);
    rift_text_put(out, "\">\n<figcaption>");
    const char *help = rift_charts[chart].help;
    rift_html_format(out, "%c%s.", toupper((unsigned char)help[0]), help + 1);
    rift_text_put(out, "</figcaption></figure>\n");
    free(data);
}

static void put_charts(page *page, const int *chart, size_t n_chart)
{
    begin_part(page, "charts", "Charts");
    if (n_chart == 0) {
        rift_text_put(&page->out, "<p>No charts were drawn in this run.</p>\n");
    }
    for (size_t i = 0; i < n_chart && page->status == RIFT_OK; i++) {
        put_chart(page, chart[i]);
    }
    end_part(page);
}

static void put_divide(page *page)
{
    static const char *const caption[] = {
        "Inequality in %d, each country counting once",
        "Inequality in %d, each person counting once"};
    static const char *const means[] = {"Mean scores in %d, each country counting once",
                                        "Mean scores in %d, each person counting once"};
    int n = page->result->population >= 0 ? 2 : 1;
    rift_text_put(
        &page->out,
        "<p>Nodes of the index are measured by their score, series in their own "
        "unit. <em>% between</em> is the share of Theil T that lies between the "
        "groups; the rest lies within them.</p>\n");
    for (int how = 0; how < n; how++) {
        rift_table table = {0};
        rift_pivot_divide(page->result, (rift_unit_weight)how, page->year, &table);
        finish_table(page, &table, caption[how], true);
    }
    for (int how = 0; how < n && page->result->groups.n_grouping > 0; how++) {
        rift_table table = {0};
        rift_pivot_means(page->result, (rift_unit_weight)how, page->year, &table);
        finish_table(page, &table, means[how], true);
    }
}

static void put_method(page *page)
{
    begin_part(page, "method", "Method");
    rift_text_put(&page->out, "<p>Each series is scored between its goalposts, or by "
                              "the method named; a child "
                              "without a value is left out and the weights of the "
                              "others are scaled up, as long "
                              "as the coverage rule is met. Scores are compared "
                              "unrounded; equal scores share "
                              "the better rank (1-2-2-4). <em>Effective weight</em> is "
                              "a node's weight in the "
                              "total.</p>\n");
    put_table(page, "weights", "The tree of the index: weights, methods, goalposts",
              false);
    rift_text_put(
        &page->out,
        "<p>Inequality is measured over countries with a value in the year, once with "
        "each "
        "country counting once (unweighted) and once with each person counting once "
        "(population). Nodes of the index are measured by their score, series in their "
        "own "
        "unit. Bounded shares converge mechanically as they near their ceiling; "
        "compare the "
        "layers before concluding that a divide has closed.</p>\n<dl>\n");
    for (size_t k = 0; k < page->result->divide.n_measure; k++) {
        for (size_t i = 0; i < rift_n_measures; i++) {
            if (strcmp(rift_measures[i].name, page->result->divide.measure[k]) == 0) {
                rift_text_put(&page->out, "<dt>");
                rift_html_text(&page->out, rift_measures[i].name);
                rift_text_put(&page->out, "</dt><dd>");
                rift_html_format(&page->out, "%s. %s.", rift_measures[i].help,
                                 rift_measures[i].reference);
                rift_text_put(&page->out, "</dd>\n");
            }
        }
    }
    rift_text_put(&page->out, "</dl>\n");
    end_part(page);
}

static void put_body(page *page, const int *chart, size_t n_chart)
{
    put_heading(page);
    put_findings(page);
    begin_part(page, "ranking", "Ranking");
    put_table(page, "ranking", "Countries by rank, %d; click a column's head to sort",
              true);
    end_part(page);
    put_charts(page, chart, n_chart);
    begin_part(page, "divide", "The divide between countries");
    put_divide(page);
    put_table(page, "convergence",
              "Sigma convergence: yearly change of the standard deviation of ln x",
              true);
    end_part(page);
    put_method(page);
    begin_part(page, "coverage", "Data coverage");
    put_table(page, "coverage",
              "Countries with a value for %d, by series; older values are carried "
              "forward within "
              "the series' maximum age",
              true);
    put_table(page, "unranked", "Countries without a total in %d, and why", true);
    end_part(page);
    begin_part(page, "provenance", "Provenance");
    put_table(page, "provenance", "Command, versions, and SHA-256 of every input",
              false);
    if (page->result->outlines.n_ring > 0) {
        rift_text_put(&page->out, "<p>");
        rift_html_text(&page->out, page->result->outlines.disclaimer);
        rift_text_put(&page->out, "</p>\n");
    }
    end_part(page);
    rift_text_put(&page->out, "</main>\n");
}

rift_status rift_report_write(const rift_result *result, const int *chart,
                              size_t n_chart, const char *chart_folder,
                              const char *path, rift_diag *diag)
{
    page page = {.result = result,
                 .folder = chart_folder,
                 .diag = diag,
                 .year = rift_result_latest(result)};
    for (size_t c = 0; c < result->panel.n_country; c++) {
        page.n_ranked +=
            result->scores.rank[rift_result_at(result, 0, page.year) + c] > 0;
    }
    begin_page(&page);
    if (page.status == RIFT_OK) {
        put_body(&page, chart, n_chart);
        end_page(&page);
    }
    rift_status status = page.status;
    if (status == RIFT_OK && page.out.failed) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK) {
        status = rift_file_replace(path, page.out.data, page.out.n, diag);
    }
    rift_text_free(&page.out);
    return status;
}
