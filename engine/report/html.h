/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing HTML: every text is escaped on its way in. */
#ifndef RIFT_REPORT_HTML_H
#define RIFT_REPORT_HTML_H

#include "view/view.h"

/** Text, or an attribute's value: & < > " ' are escaped, characters
    that would not be seen (core/visible.h) are dropped. */
void rift_html_text(rift_text *out, const char *text);
void rift_html_format(rift_text *out, const char *format, ...) RIFT_PRINTF(2, 3);

/**
 * A table with caption; sortable ones get buttons in their heads. A column `year` that
 * is the same in every row is omitted: say the year in the caption.
 */
void rift_html_table(rift_text *out, const rift_table *table, const char *caption,
                     bool sortable);

/** n bytes as base64. */
void rift_html_base64(rift_text *out, const void *data, size_t n);

#endif
