/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page: layers, departments, and the few numbers to remember. */
#include "report/page.h"

#include "divide/divide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void rift_page_begin(rift_page *page, const char *code, const char *title)
{
    rift_text_format(&page->out, "<section id=\"%s\">\n<h2>%s</h2>\n", code, title);
}

void rift_page_end(rift_page *page)
{
    rift_text_put(&page->out, "</section>\n");
}

/* Country with the best (or the last) rank of a year, SIZE_MAX for none. */
static size_t extreme(const rift_page *page, bool best)
{
    const rift_result *r = page->result;
    const double *rank = r->scores.rank + rift_result_at(r, 0, page->year);
    size_t found = SIZE_MAX;
    for (size_t c = 0; c < r->panel.n_country; c++) {
        if (rank[c] > 0 && (found == SIZE_MAX ||
                            (best ? rank[c] < rank[found] : rank[c] > rank[found]))) {
            found = c;
        }
    }
    return found;
}

static double total_of(const rift_page *page, size_t country)
{
    return page->result->scores
        .score[rift_result_at(page->result, 0, page->year) + country];
}

/* Takes both texts over; they are empty then. */
static void put_fact(rift_page *page, rift_text *number, rift_text *text)
{
    rift_text_put(&page->out, "<li><b>");
    rift_html_text(&page->out, rift_text_string(number));
    rift_text_put(&page->out, "</b>");
    rift_html_text(&page->out, rift_text_string(text));
    rift_text_put(&page->out, "</li>\n");
    page->out.failed = page->out.failed || number->failed || text->failed;
    rift_text_free(number);
    rift_text_free(text);
}

static void put_extreme(rift_page *page, bool best)
{
    size_t c = extreme(page, best);
    if (c == SIZE_MAX) {
        return;
    }
    rift_text number = {0}, text = {0};
    rift_text_format(&number, "%.1f", total_of(page, c));
    rift_text_format(&text, "%s score: %s", best ? "highest" : "lowest",
                     rift_result_name(page->result, c));
    put_fact(page, &number, &text);
}

/* The leaf series under a node, as a sentence. */
static void put_series_of(rift_page *page, size_t layer)
{
    const rift_result *r = page->result;
    size_t n = 0;
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (rift_result_is_under(r, i, layer) && r->study.index.node[i].series >= 0) {
            rift_html_format(&page->out, "%s%s", n++ ? "; " : "",
                             r->study.index.node[i].name);
        }
    }
}

/* The departments of a layer's series, each once, in words. */
static void put_departments(rift_page *page, size_t layer)
{
    const rift_result *r = page->result;
    size_t n = 0;
    for (size_t i = layer; i < r->study.index.n_node; i++) {
        const char *department = r->study.index.node[i].department;
        bool known = !department[0] || !rift_result_is_under(r, i, layer);
        for (size_t k = layer; !known && k < i; k++) {
            known = rift_result_is_under(r, k, layer) &&
                    !strcmp(r->study.index.node[k].department, department);
        }
        if (!known) {
            rift_text_put(&page->out, n++ ? ", " : ". Acted on by: ");
            for (const char *at = department; *at; at++) {
                rift_html_format(&page->out, "%c", *at == '-' ? ' ' : *at);
            }
        }
    }
    rift_text_put(&page->out, ".");
}

/* Each layer, what it rests on, and the departments that act on it. */
static void put_layers(rift_page *page)
{
    const rift_result *r = page->result;
    rift_text_put(&page->out, "<dl>\n");
    for (size_t v = 1; v < r->study.index.n_node; v++) {
        if (!rift_result_is_layer(r, v)) {
            continue;
        }
        rift_text_put(&page->out, "<dt>");
        rift_html_text(&page->out, r->study.index.node[v].name);
        rift_text_put(&page->out, "</dt><dd>");
        put_series_of(page, v);
        put_departments(page, v);
        rift_text_put(&page->out, "</dd>\n");
    }
    rift_text_put(&page->out, "</dl>\n");
}

void rift_page_findings(rift_page *page)
{
    const rift_result *r = page->result;
    rift_page_begin(page, "findings", "What was measured, and what was found");
    rift_text_put(&page->out, "<p>");
    char *notes = rift_result_notes(r);
    page->out.failed = page->out.failed || !notes;
    rift_html_text(&page->out, notes ? notes : "");
    free(notes);
    rift_text_put(&page->out, "</p>\n");
    put_layers(page);
    rift_text_put(&page->out, "<ul class=\"facts\">\n");
    rift_text number = {0}, text = {0};
    rift_text_format(&number, "%zu of %zu", page->n_ranked, r->panel.n_country);
    rift_text_format(
        &text, "%s ranked in %d%s", rift_result_units(r), r->panel.year[page->year],
        page->n_ranked < r->panel.n_country ? "; the others lack data and are listed"
                                            : "");
    put_fact(page, &number, &text);
    put_extreme(page, true);
    put_extreme(page, false);
    int measure = rift_divide_measure(&r->divide, "gini");
    for (int how = 0; measure >= 0 && how < 2; how++) {
        double gini = r->divide.value[rift_divide_at(
            &r->divide, (size_t)measure, (rift_unit_weight)how, 0, page->year)];
        if (!isnan(gini)) {
            rift_text_format(&number, "%.3f", gini);
            rift_text_format(&text, "Gini coefficient of the index in %d, %s",
                             r->panel.year[page->year],
                             how ? "countries weighted by people"
                                 : "each country counting once");
            put_fact(page, &number, &text);
        }
    }
    rift_text_put(&page->out, "</ul>\n");
    rift_page_end(page);
}

/* What a chart shows, for those who cannot see it. */
void rift_page_alternative(rift_page *page, const rift_chart *chart)
{
    const rift_result *r = page->result;
    rift_text *out = &page->out;
    rift_html_format(out, "Chart: %s. ", chart->help);
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
