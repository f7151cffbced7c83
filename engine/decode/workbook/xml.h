/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML of spreadsheets, read as it comes by expat and under limits. */
#ifndef RIFT_DECODE_WORKBOOK_XML_H
#define RIFT_DECODE_WORKBOOK_XML_H

#include "decode/bytes.h"

/**
 * A part on its way. Elements come by their names: those of a workbook (.xlsx) and
 * those without a namespace as "row", those of OpenDocument as "table:table-row"
 * whatever the file calls them. Elements of other namespaces are left out with all that
 * is in them. A DOCTYPE is an error, and so nothing outside is ever looked at, and
 * there are no entities.
 */
typedef struct rift_xml {
    /* given */
    void (*start)(void *data, const char *name, const char **attribute);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, size_t n); /**< may be NULL */
    void *data;
    rift_bytes *bytes;
    const char *file; /**< in findings */
    const char *part; /**< in findings */
    rift_diag *diag;
    /* found */
    rift_status status; /**< anything but RIFT_OK was told */
    bool ended;
    size_t depth; /**< of the element at hand; the root is 1 */
    /* private */
    void *parser;
    size_t foreign; /**< depth of one that is left out, 0: none */
    uint64_t n_fed;
    bool held, last;
    char name[128];
} rift_xml;

RIFT_CHECKED rift_status rift_xml_open(rift_xml *xml);
/** Read a block, or go on where the last one was held; sets `ended` or `status`. */
void rift_xml_step(rift_xml *xml);
/** To the end. */
RIFT_CHECKED rift_status rift_xml_run(rift_xml *xml);
/** Within a function above: come back after it; or never. */
void rift_xml_hold(rift_xml *xml);
void rift_xml_stop(rift_xml *xml);
/** Within one: the status, which was told, ends it. */
void rift_xml_fail(rift_xml *xml, rift_status status);
/** Add an error at the line of the part, and end. */
void rift_xml_wrong(rift_xml *xml, const char *format, ...) RIFT_PRINTF(2, 3);
void rift_xml_close(rift_xml *xml);

/** The value of an attribute, "row" or "table:name" or "r:id", or NULL. */
const char *rift_xml_attribute(const char **attribute, const char *name);
/** Its value as a number without a sign; `otherwise` where it is none or too large. */
size_t rift_xml_count(const char **attribute, const char *name, size_t otherwise);
bool rift_xml_true(const char *value);

#endif
