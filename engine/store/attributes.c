/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes of the result file as a whole: what readers of netCDF look for, and what
   the study says of itself. All but the format follow from the rest of the file. */
#include "core/text.h"
#include "result/lookup.h"
#include "store/schema.h"

#define TEXT_OF(what, expression)                                                      \
    static RIFT_MADE(what)                                                             \
    {                                                                                  \
        (void)i;                                                                       \
        (void)result;                                                                  \
        value->text = expression;                                                      \
    }
#define NUMBER_OF(what, expression)                                                    \
    static RIFT_MADE(what)                                                             \
    {                                                                                  \
        (void)i;                                                                       \
        value->number = expression;                                                    \
    }

static RIFT_MADE(notes)
{
    (void)i;
    value->text = value->owned = rift_result_notes(result);
    value->no_memory = !value->owned;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

TEXT_OF(conventions, "CF-1.8, ACDD-1.3")
TEXT_OF(title, result->study.title)
TEXT_OF(summary, "Digital divide between countries: panel, index, ranks and inequality")
TEXT_OF(source, "Rift")
TEXT_OF(version, result->provenance.version)
TEXT_OF(history, result->provenance.command)
TEXT_OF(keywords, "digital divide, composite index, inequality")
TEXT_OF(study, result->study.code)
TEXT_OF(format, RIFT_RESULT_FORMAT)
TEXT_OF(definition_format, result->study.format_2 ? "2" : RIFT_RESULT_FORMAT)
TEXT_OF(index_code, result->study.index.code)
TEXT_OF(index_name, result->study.index.name)
TEXT_OF(highlight, or_empty(result->study.highlight))
TEXT_OF(highlight_group, or_empty(result->study.highlight_group))
TEXT_OF(date, result->provenance.date[0] ? result->provenance.date : NULL)
NUMBER_OF(worst_score, result->study.index.worst_score)
NUMBER_OF(best_score, result->study.index.best_score)
NUMBER_OF(open_ended, rift_result_open_ended(result))
NUMBER_OF(minimum_coverage, result->study.index.minimum_coverage)
NUMBER_OF(population, rift_result_population(result))
NUMBER_OF(income, rift_result_income(result))

const rift_schema_attribute rift_schema_attributes[] = {
    {"Conventions", "conventions for metadata", false, rift_made_conventions},
    {"title", "title of the study", false, rift_made_title},
    {"summary", "what such a file holds", false, rift_made_summary},
    {"source", "program", false, rift_made_source},
    {"product_version", "version of Rift", false, rift_made_version},
    {"history", "command that made it", false, rift_made_history},
    {"keywords", "keywords", false, rift_made_keywords},
    {"id", "code of the study", false, rift_made_study},
    {"rift_format", "version of this layout", false, rift_made_format},
    {"rift_definition_format", "that of the definition's texts", false,
     rift_made_definition_format},
    {"rift_version", "version of Rift", false, rift_made_version},
    {"rift_study", "code of the study", false, rift_made_study},
    {"rift_index", "code of the index", false, rift_made_index_code},
    {"rift_index_name", "its name", false, rift_made_index_name},
    {"rift_notes", "notes of the study and of the index", false, rift_made_notes},
    {"rift_highlight", "grouping of the chart of partners", false, rift_made_highlight},
    {"rift_highlight_group", "group of it that is shown", false,
     rift_made_highlight_group},
    {"date_created", "only where SOURCE_DATE_EPOCH gave one", false, rift_made_date},
    {"rift_worst_score", "score of the worst", true, rift_made_worst_score},
    {"rift_best_score", "score of the best", true, rift_made_best_score},
    {"rift_open_ended", "1: some scores have no best", true, rift_made_open_ended},
    {"rift_minimum_coverage", "share of series that a country needs for a rank", true,
     rift_made_minimum_coverage},
    {"rift_population", "row of the series that weighs people, or -1", true,
     rift_made_population},
    {"rift_gdp_per_head", "row of the series of GDP per head, or -1", true,
     rift_made_income},
    {RIFT_DIGEST_NAME, "SHA-256 of all else that the file says", false, NULL},
};
const size_t rift_n_schema_attributes =
    sizeof rift_schema_attributes / sizeof *rift_schema_attributes;
