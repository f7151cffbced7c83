/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the divide moved, in sentences; and what every analysis found, with its table
   where that is short. */
#include "report/page.h"

#include "result/answers.h"

#include <ctype.h>
#include <string.h>

enum { SHORT_TABLE = 40 };

/* A sentence that begins with a capital. */
static void put_sentence(rift_text *out, const char *text)
{
    rift_html_format(out, "%c%s", toupper((unsigned char)text[0]),
                     text[0] ? text + 1 : "");
}

/* Lines of a text, each a paragraph; small ones of what statisticians read. */
static void put_lines(rift_page *page, const char *text, bool small)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (n > 0) {
            rift_text_put(&page->out, small ? "<p class=\"sub\">" : "<p>");
            rift_html_format(&page->out, "%.*s", (int)n, text);
            rift_text_put(&page->out, "</p>\n");
        }
        text += n + (text[n] == '\n');
    }
}

/* A claim: its topic, the sentence, and the numbers behind it. */
static void put_claim(rift_page *page, const rift_table *story, size_t row)
{
    rift_text *out = &page->out;
    rift_text_put(out, "<li><b>");
    put_sentence(out, rift_kept_text(story, row, "topic"));
    rift_text_put(out, ".</b> ");
    rift_html_text(out, rift_kept_text(story, row, "sentence"));
    const char *numbers = rift_kept_text(story, row, "numbers");
    if (numbers[0]) {
        rift_text_put(out, "\n<p class=\"sub\">");
        rift_html_text(out, numbers);
        rift_text_put(out, "</p>");
    }
    rift_text_put(out, "</li>\n");
}

/* One list a variable. */
static void put_stories(rift_page *page)
{
    rift_table story;
    rift_status status =
        rift_view_make(rift_view_find("story"), page->result, NULL, &story);
    rift_text *out = &page->out;
    const char *node = NULL;
    for (size_t r = 0; r < story.n_row; r++) {
        if (!node || !rift_kept_is(&story, r, "node", node)) {
            rift_text_put(out, node ? "</ul>\n<h3>" : "<h3>");
            rift_html_text(out, rift_kept_text(&story, r, "name"));
            rift_text_put(out, "</h3>\n<ul class=\"claims\">\n");
            node = rift_kept_text(&story, r, "node");
        }
        put_claim(page, &story, r);
    }
    rift_text_put(out, node ? "</ul>\n" : "");
    out->failed = out->failed || status != RIFT_OK;
    rift_table_free(&story);
}

/* The commands whose tables are shown, and under which title. */
static const struct {
    const char *group, *title;
} section[] = {{"divide", "Answers: how far apart"},
               {"converge", "Answers: coming closer"},
               {"forecast", "Answers: when"},
               {"paradox", "Answers: at home and abroad"},
               {"audit", "Answers: is the index sound"}};
enum { N_SECTION = sizeof section / sizeof *section };

bool rift_page_has_answers(const rift_page *page)
{
    const rift_answers *answers = &page->result->answers;
    for (size_t i = 0; i < answers->n; i++) {
        for (size_t k = 0; k < N_SECTION; k++) {
            if (strcmp(answers->kept[i].info.group, section[k].group) == 0) {
                return true;
            }
        }
    }
    return false;
}

void rift_page_story(rift_page *page)
{
    rift_page_begin(page, "story", "How the divide moved");
    put_stories(page);
    const rift_kept *paradox = rift_result_kept(page->result, "paradox", "paradox");
    if (paradox) {
        rift_text_put(&page->out, "<h3>At home and abroad</h3>\n");
        put_lines(page, paradox->info.summary, false);
    }
    rift_page_end(page);
}

static void put_answer(rift_page *page, const rift_kept *kept)
{
    const rift_kept_info *info = &kept->info;
    rift_text caption = {0};
    rift_text_put(&page->out, "<h3>");
    put_sentence(&page->out, info->help[0] ? info->help : info->name);
    rift_text_put(&page->out, "</h3>\n");
    put_lines(page, info->summary, true);
    if (kept->table->n_row > 0 && kept->table->n_row <= SHORT_TABLE) {
        rift_text_format(&caption, "%s. %s", info->name, info->reference);
        rift_html_table(&page->out, kept->table, rift_text_string(&caption), true);
    } else if (kept->table->n_row > 0) {
        rift_text_put(&page->out, "<p class=\"sub\">");
        rift_html_format(&page->out,
                         "%zu rows, in the result file: rift export RESULT %s",
                         kept->table->n_row, info->name);
        rift_text_put(&page->out, "</p>\n");
    }
    page->out.failed = page->out.failed || caption.failed;
    rift_text_free(&caption);
}

void rift_page_answers(rift_page *page)
{
    rift_page_begin(page, "answers", "Answers");
    for (size_t k = 0; k < N_SECTION; k++) {
        bool any = false;
        for (size_t i = 0; i < page->result->answers.n; i++) {
            const rift_kept *kept = &page->result->answers.kept[i];
            if (strcmp(kept->info.group, section[k].group) != 0) {
                continue;
            }
            if (!any) {
                rift_text_format(&page->out, "<h2>%s</h2>\n", section[k].title);
                any = true;
            }
            put_answer(page, kept);
        }
    }
    rift_page_end(page);
}
