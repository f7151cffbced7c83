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

/* Lines of a text, each a paragraph. */
static void put_lines(rift_page *page, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (n > 0) {
            rift_text_put(&page->out, "<p>");
            rift_html_format(&page->out, "%.*s", (int)n, text);
            rift_text_put(&page->out, "</p>\n");
        }
        text += n + (text[n] == '\n');
    }
}

/* Columns of the view of the story. */
enum { NODE, NAME, TOPIC, SENTENCE, N_STORY };

static const char *story_word(const rift_table *story, size_t row, int column)
{
    static const char *const name[N_STORY] = {"node", "name", "topic", "sentence"};
    int found = rift_table_find(story, name[column]);
    return found < 0 ? "" : rift_table_word_at(story, row, (size_t)found);
}

/* One point a topic, its sentences in a row. */
static void put_stories(rift_page *page)
{
    rift_table story;
    rift_status status =
        rift_view_make(rift_view_find("story"), page->result, NULL, &story);
    rift_text *out = &page->out;
    const char *node = "", *topic = "";
    for (size_t r = 0; r < story.n_row; r++) {
        bool other = strcmp(story_word(&story, r, NODE), node) != 0;
        if (other) {
            rift_text_put(out, node[0] ? "</li>\n</ul>\n<h3>" : "<h3>");
            rift_html_text(out, story_word(&story, r, NAME));
            rift_text_put(out, "</h3>\n<ul>\n");
            node = story_word(&story, r, NODE);
        }
        if (other || strcmp(story_word(&story, r, TOPIC), topic) != 0) {
            rift_text_put(out, other ? "<li><b>" : "</li>\n<li><b>");
            put_sentence(out, story_word(&story, r, TOPIC));
            rift_text_put(out, ".</b>");
            topic = story_word(&story, r, TOPIC);
        }
        rift_text_put(out, " ");
        put_sentence(out, story_word(&story, r, SENTENCE));
    }
    rift_text_put(out, node[0] ? "</li>\n</ul>\n" : "");
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
        put_lines(page, paradox->info.summary);
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
    put_lines(page, info->summary);
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
