/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expat does the grammar; here are the limits, names without prefixes, and errors that
   say part and line. */
#include "decode/workbook/xml.h"

#include "core/diag.h"
#include "core/text.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    BLOCK = 65536,
    DEPTH_LIMIT = 64,
    TOKEN_BYTES = 8 * 1024 * 1024, /* of a tag, a comment and the like */
    MARK = '\f'                    /* between namespace and name: no character of XML */
};

#define OPEN_DOCUMENT "urn:oasis:names:tc:opendocument:xmlns:"

void rift_xml_fail(rift_xml *xml, rift_status status)
{
    xml->status = xml->status == RIFT_OK ? status : xml->status;
    XML_StopParser(xml->parser, XML_FALSE);
}

void rift_xml_wrong(rift_xml *xml, const char *format, ...)
{
    if (xml->status != RIFT_OK) {
        return;
    }
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_location location = rift_location_file(xml->file);
    rift_diag_at(xml->diag, RIFT_ERROR, &location, "its part %s, line %lu: %s",
                 xml->part, (unsigned long)XML_GetCurrentLineNumber(xml->parser),
                 rift_text_string(&message));
    rift_diag_text_free(xml->diag, &message);
    rift_xml_fail(xml, RIFT_ERR_DATA);
}

/* The name of an element as rift_xml describes it; NULL for one of another namespace.
 */
static const char *name_of(rift_xml *xml, const char *full)
{
    const char *mark = strrchr(full, MARK);
    if (!mark) {
        return full;
    }
    static const char *const own[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships"};
    size_t n = (size_t)(mark - full);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strlen(own[i]) == n && memcmp(own[i], full, n) == 0) {
            return mark + 1;
        }
    }
    size_t start = sizeof OPEN_DOCUMENT - 1;
    if (n > start && memcmp(full, OPEN_DOCUMENT, start) == 0) {
        size_t prefix = strcspn(full + start, ":\f");
        snprintf(xml->name, sizeof xml->name, "%.*s:%s", (int)prefix, full + start,
                 mark + 1);
        return xml->name;
    }
    return NULL;
}

/* Expat still calls for the tag in which it was stopped. */
static bool is_over(const rift_xml *xml)
{
    return xml->status != RIFT_OK || xml->ended;
}

static void XMLCALL on_start(void *data, const char *full, const char **attribute)
{
    rift_xml *xml = data;
    if (is_over(xml)) {
        return;
    }
    if (++xml->depth > DEPTH_LIMIT) {
        rift_xml_wrong(xml, "elements are more than %d deep; this is no spreadsheet",
                       DEPTH_LIMIT);
        return;
    }
    const char *name = xml->foreign ? NULL : name_of(xml, full);
    if (!name && !xml->foreign) {
        xml->foreign = xml->depth;
    }
    if (name) {
        xml->start(xml->data, name, attribute);
    }
}

static void XMLCALL on_end(void *data, const char *full)
{
    rift_xml *xml = data;
    if (is_over(xml)) {
        return;
    }
    if (!xml->foreign) {
        xml->end(xml->data, name_of(xml, full));
    } else if (xml->foreign == xml->depth) {
        xml->foreign = 0;
    }
    xml->depth--;
}

static void XMLCALL on_text(void *data, const char *text, int n)
{
    rift_xml *xml = data;
    if (!is_over(xml) && !xml->foreign && xml->text) {
        xml->text(xml->data, text, (size_t)n);
    }
}

static void XMLCALL on_doctype(void *data, const char *name, const char *system,
                               const char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    rift_xml_wrong(data, "has a DOCTYPE, with which entities are declared; it is not "
                         "read, for spreadsheet programs write none");
}

rift_status rift_xml_open(rift_xml *xml)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, MARK);
    if (!parser) {
        return rift_diag_memory(xml->diag);
    }
    XML_SetUserData(parser, xml);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    xml->parser = parser;
    return RIFT_OK;
}

static void complain(rift_xml *xml)
{
    enum XML_Error error = XML_GetErrorCode(xml->parser);
    if (xml->status != RIFT_OK || xml->ended || error == XML_ERROR_ABORTED) {
        return;
    }
    if (error == XML_ERROR_NO_MEMORY) {
        rift_xml_fail(xml, rift_diag_memory(xml->diag));
        return;
    }
    rift_xml_wrong(xml,
                   "is not well-formed XML (%s); the file is damaged: save it anew "
                   "with a spreadsheet program",
                   XML_ErrorString(error));
}

/* What expat made of the bytes it has. */
static void judge(rift_xml *xml, enum XML_Status parsed)
{
    XML_ParsingStatus now;
    XML_GetParsingStatus(xml->parser, &now);
    xml->held = parsed == XML_STATUS_SUSPENDED;
    if (parsed == XML_STATUS_ERROR) {
        complain(xml);
    } else if (!xml->held && xml->last) {
        xml->ended = true;
    } else if (!xml->held &&
               xml->n_fed >
                   (uint64_t)XML_GetCurrentByteIndex(xml->parser) + TOKEN_BYTES) {
        /* expat looks through all of it again with each block */
        rift_xml_wrong(xml, "has a tag or a comment of more than 8 MiB; this is no "
                            "spreadsheet");
    }
}

void rift_xml_step(rift_xml *xml)
{
    if (xml->held) {
        judge(xml, XML_ResumeParser(xml->parser));
        return;
    }
    void *block = XML_GetBuffer(xml->parser, BLOCK);
    if (!block) {
        rift_xml_fail(xml, rift_diag_memory(xml->diag));
        return;
    }
    ptrdiff_t got = xml->bytes->read(xml->bytes->data, block, BLOCK);
    if (got < 0) {
        rift_xml_fail(xml, RIFT_ERR_SYSTEM); /* whoever opened the bytes knows better */
        return;
    }
    xml->n_fed += (uint64_t)got;
    xml->last = got == 0;
    judge(xml, XML_ParseBuffer(xml->parser, (int)got, xml->last));
}

rift_status rift_xml_run(rift_xml *xml)
{
    while (!xml->ended && xml->status == RIFT_OK) {
        rift_xml_step(xml);
    }
    return xml->status;
}

void rift_xml_hold(rift_xml *xml)
{
    XML_StopParser(xml->parser, XML_TRUE);
}

void rift_xml_stop(rift_xml *xml)
{
    xml->ended = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

void rift_xml_close(rift_xml *xml)
{
    if (xml->parser) {
        XML_ParserFree(xml->parser);
    }
    xml->parser = NULL;
}

/* Whether a full name is "local", "r:local" of a workbook's relationships or
   "prefix:local" of OpenDocument. */
static bool is_named(const char *full, const char *name)
{
    const char *colon = strchr(name, ':'), *mark = strrchr(full, MARK);
    if (!colon || !mark) {
        return !colon && !mark && strcmp(full, name) == 0;
    }
    if (strcmp(mark + 1, colon + 1) != 0) {
        return false;
    }
    size_t n = (size_t)(mark - full), start = sizeof OPEN_DOCUMENT - 1;
    static const char relation[] = "/relationships";
    if (name[0] == 'r' && colon == name + 1) {
        return n > sizeof relation && memcmp(full + n + 1 - sizeof relation, relation,
                                             sizeof relation - 1) == 0;
    }
    size_t prefix = (size_t)(colon - name);
    return n > start + prefix && memcmp(full, OPEN_DOCUMENT, start) == 0 &&
           memcmp(full + start, name, prefix) == 0 && full[start + prefix] == ':';
}

const char *rift_xml_attribute(const char **attribute, const char *name)
{
    for (; attribute[0]; attribute += 2) {
        if (is_named(attribute[0], name)) {
            return attribute[1];
        }
    }
    return NULL;
}

size_t rift_xml_count(const char **attribute, const char *name, size_t otherwise)
{
    const char *value = rift_xml_attribute(attribute, name);
    size_t n = 0;
    for (const char *c = value; c && *c; c++) {
        if (*c < '0' || *c > '9' || n > 100000000) {
            return otherwise;
        }
        n = 10 * n + (size_t)(*c - '0');
    }
    return value && *value ? n : otherwise;
}

bool rift_xml_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcasecmp(value, "true") == 0);
}
