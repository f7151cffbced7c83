/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page being written, and its parts. */
#ifndef RIFT_REPORT_PAGE_H
#define RIFT_REPORT_PAGE_H

#include "report/html.h"

typedef struct rift_page {
    const rift_result *result;
    const char *folder;
    rift_diag *diag;
    rift_text out;
    size_t year; /* the edition */
    size_t n_ranked;
    rift_status status;
} rift_page;

void rift_page_begin(rift_page *page, const char *code, const char *title);
void rift_page_end(rift_page *page);

/** What was measured, and the few numbers to remember. */
void rift_page_findings(rift_page *page);

/** Whether the result holds tables of analyses. */
bool rift_page_has_answers(const rift_page *page);
/** How each series that was asked about moved, in sentences. */
void rift_page_story(rift_page *page);
/** Every answer: what it comes to, and its table where that is short. */
void rift_page_answers(rift_page *page);

/** What a chart shows, for those who cannot see it. */
void rift_page_alternative(rift_page *page, const rift_chart *chart);

#endif
