/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report: one HTML file with findings, the main table, charts, method, coverage and
   provenance. It loads nothing and its policy allows nothing but its own style, script
   and pictures. */
#include "report/page.h"
#include "view/pivot.h"

#include "core/asset.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/replace.h"
#include "rift/method.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_LIMIT = 64 * 1024 * 1024 };

static void begin_page(rift_page *page)
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
    rift_html_text(out, page->result->study.title);
    rift_text_format(
        out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>%s</style>\n",
        style);
    rift_text_format(out, "</head>\n<body>\n");
}

static void end_page(rift_page *page)
{
    rift_text_put(&page->out, "<footer><p>");
    rift_html_format(&page->out,
                     "Made by Rift %s from the files listed under Provenance.",
                     page->result->provenance.version);
    rift_text_format(&page->out,
                     "</p></footer>\n<script>%s</script>\n</body>\n</html>\n",
                     rift_asset_text("report.js"));
}

static void put_heading(rift_page *page)
{
    rift_text *out = &page->out;
    rift_text_put(out, "<header><h1>");
    rift_html_text(out, page->result->study.title);
    rift_text_put(out, "</h1>\n<p class=\"sub\">");
    rift_html_format(out, "%s; study '%s'", page->result->study.index.name,
                     page->result->study.code);
    rift_text edition = {0};
    rift_result_tell_edition(page->result, &edition);
    if (edition.n > 0 && rift_page_has_answers(page)) { /* which tell the rest */
        rift_html_format(out, "</p>\n<p class=\"sub\">Edition %d",
                         page->result->panel.year[page->year]);
    } else if (edition.n > 0) {
        rift_text_put(out, "</p>\n<p class=\"sub\">");
        rift_html_text(out, rift_text_string(&edition));
    }
    out->failed = out->failed || edition.failed;
    rift_text_free(&edition);
    rift_text_put(out, "</p>\n<nav aria-label=\"Contents\"><ul>");
    static const char *const part[][2] = {
        {"findings", "Findings"},    {"story", "How it moved"},
        {"ranking", "Ranking"},      {"charts", "Charts"},
        {"divide", "Divide"},        {"answers", "Answers"},
        {"method", "Method"},        {"coverage", "Coverage"},
        {"provenance", "Provenance"}};
    bool answers = rift_page_has_answers(page);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (!answers &&
            (!strcmp(part[i][0], "story") || !strcmp(part[i][0], "answers"))) {
            continue;
        }
        rift_text_format(out, "<li><a href=\"#%s\">%s</a></li>", part[i][0],
                         part[i][1]);
    }
    rift_text_put(out, "</ul></nav></header>\n<main>\n");
}

static void finish_table(rift_page *page, rift_table *table, const char *caption,
                         bool sortable)
{
    rift_text text = {0};
    rift_text_format(&text, caption, page->result->panel.year[page->year]);
    if (table->n_row > 0) {
        rift_html_table(&page->out, table, rift_text_string(&text), sortable);
    }
    page->out.failed =
        page->out.failed || rift_table_status(table) != RIFT_OK || text.failed;
    rift_text_free(&text);
    rift_table_free(table);
}

/* A table of the result for this page's year, which the caption may name with %d. */
static void put_table(rift_page *page, const char *name, const char *caption,
                      bool sortable)
{
    rift_view_choice choice = {.year = (int)page->year};
    rift_table table;
    if (rift_view_make(rift_view_find(name), page->result, &choice, &table) !=
        RIFT_OK) {
        page->out.failed = true;
    }
    finish_table(page, &table, caption, sortable);
}

static void put_chart(rift_page *page, const rift_chart *chart)
{
    rift_text name = {0};
    rift_text_format(&name, "%s/%s.svg", page->folder, chart->name);
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
    rift_page_alternative(page, chart);
    rift_text_put(out, "\" src=\"data:image/svg+xml;base64,");
    rift_html_base64(out, data, n);
    rift_text_put(out, "\">\n<figcaption>");
    const char *help = chart->help;
    rift_html_format(out, "%c%s.", toupper((unsigned char)help[0]), help + 1);
    rift_text_put(out, "</figcaption></figure>\n");
    free(data);
}

static void put_charts(rift_page *page, const char *const *chart, size_t n_chart)
{
    rift_page_begin(page, "charts", "Charts");
    if (n_chart == 0) {
        rift_text_put(&page->out, "<p>No charts were drawn in this run.</p>\n");
    }
    for (size_t i = 0; i < n_chart && page->status == RIFT_OK; i++) {
        const rift_chart *one = rift_chart_find(chart[i]);
        if (one) {
            put_chart(page, one);
        }
    }
    rift_page_end(page);
}

static void put_divide(rift_page *page)
{
    static const char *const caption[] = {
        "Inequality in %d, each country counting once",
        "Inequality in %d, countries weighted by people"};
    static const char *const means[] = {
        "Mean scores in %d, each country counting once",
        "Mean scores in %d, countries weighted by people"};
    int n = rift_result_population(page->result) >= 0 ? 2 : 1;
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

static void put_method(rift_page *page)
{
    const rift_ranking *ranking = rift_view_ranks_by(page->result);
    rift_page_begin(page, "method", "Method");
    rift_text_put(&page->out, "<p>Each series is scored between its goalposts, or by "
                              "the method named; a child without a value is ignored "
                              "and the weights of the others are scaled up, as long "
                              "as the coverage rule is met. Scores are compared "
                              "unrounded; ");
    rift_html_text(&page->out, ranking->in_reports);
    rift_text_put(&page->out, ". <em>Effective weight</em> is a node's weight in the "
                              "total.</p>\n");
    put_table(page, "weights", "The tree of the index: weights, methods, goalposts",
              false);
    rift_text_put(
        &page->out,
        "<p>Inequality is measured over countries with a value in the year, once with "
        "each "
        "country counting once (unweighted) and once with each weighted by its people "
        "(population). Nodes of the index are measured by their score, series in their "
        "own "
        "unit. Bounded shares converge mechanically as they near their ceiling; "
        "compare the "
        "layers before concluding that a divide has closed.</p>\n<dl>\n");
    for (size_t k = 0; k < page->result->divide.n_measure; k++) {
        rift_measure_choice choice;
        if (rift_measure_find(page->result->divide.measure[k], &choice)) {
            const rift_measure *measure = choice.method;
            rift_text_put(&page->out, "<dt>");
            rift_html_text(&page->out, choice.name);
            rift_text_put(&page->out, "</dt><dd>");
            rift_html_format(&page->out, "%s. %s.", measure->help, measure->reference);
            rift_text_put(&page->out, "</dd>\n");
        }
    }
    rift_text_put(&page->out, "</dl>\n");
    rift_page_end(page);
}

static void put_body(rift_page *page, const char *const *chart, size_t n_chart)
{
    put_heading(page);
    rift_page_findings(page);
    if (rift_page_has_answers(page)) {
        rift_page_story(page);
    }
    rift_page_begin(page, "ranking", "Ranking");
    put_table(page, "ranking", "Countries by rank, %d; click a column's head to sort",
              true);
    rift_page_end(page);
    put_charts(page, chart, n_chart);
    rift_page_begin(page, "divide", "The divide between countries");
    put_divide(page);
    put_table(page, "convergence",
              "Relative differences: yearly change of the standard deviation of ln x, "
              "a steady trend; p allows for years that go together",
              true);
    rift_page_end(page);
    if (rift_page_has_answers(page)) {
        rift_page_answers(page);
    }
    put_method(page);
    rift_page_begin(page, "coverage", "Data coverage");
    put_table(page, "coverage",
              "Countries with a value for %d, by series; older values are carried "
              "forward within "
              "the series' maximum age",
              true);
    put_table(page, "unranked", "Countries without a total in %d, and why", true);
    rift_page_end(page);
    rift_page_begin(page, "provenance", "Provenance");
    put_table(page, "provenance", "Command, versions, and SHA-256 of every input",
              false);
    if (page->result->outlines.n_ring > 0) {
        rift_text_put(&page->out, "<p>");
        rift_html_text(&page->out, page->result->outlines.disclaimer);
        rift_text_put(&page->out, "</p>\n");
    }
    rift_page_end(page);
    rift_text_put(&page->out, "</main>\n");
}

rift_status rift_report_write(const rift_result *result, const char *const *chart,
                              size_t n_chart, const char *chart_folder,
                              const char *path, rift_diag *diag)
{
    rift_page page = {.result = result,
                      .folder = chart_folder,
                      .diag = diag,
                      .year = rift_result_edition(result)};
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
