/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result comes from: command, versions, definitions, what was asked. */
#include "run/study.h"

#include "core/array.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/number.h"
#include "core/text.h"

#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>
#include <yaml.h>

char *rift_library_versions(void)
{
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    rift_text text = {0};
    rift_text_format(&text, "GSL %s; HDF5 %u.%u.%u; libyaml %s; utf8proc %s; %s",
                     gsl_version, major, minor, release, yaml_get_version_string(),
                     utf8proc_version(), OpenSSL_version(OPENSSL_VERSION));
    return text.data;
}

/* No clock: a date only where SOURCE_DATE_EPOCH gives one, so that bytes repeat. */
char *rift_build_date(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char text[40] = "";
    double seconds;
    if (epoch && rift_number_read(epoch, strlen(epoch), &seconds) && seconds >= 0) {
        time_t when = (time_t)seconds;
        struct tm parts;
        if (gmtime_r(&when, &parts)) {
            strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
        }
    }
    return rift_text_copy(text);
}

static bool record_definitions(const rift_study *study, rift_provenance *out)
{
    size_t n = study->n_definition;
    out->definition_text = rift_array_zero(n, 1, 1, sizeof(char *));
    out->definitions.input = rift_array_zero(n, 1, 1, sizeof(rift_input));
    if (!out->definition_text || !out->definitions.input) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = study->definition[i].text;
        rift_input *input = &out->definitions.input[i];
        out->definition_text[i] = rift_text_copy(text);
        input->name = rift_text_copy(study->definition[i].name);
        input->size = strlen(text);
        out->definitions.n_input++;
        if (!out->definition_text[i] || !input->name ||
            rift_sha256_hex(text, strlen(text), input->sha256) != RIFT_OK) {
            return false;
        }
    }
    return true;
}

/* What the study says of itself, then what its index says. */
static char *join_notes(const char *study, const char *index)
{
    rift_text text = {0};
    rift_text_format(&text, "%s%s%s", study, study[0] && index[0] ? " " : "", index);
    if (text.failed) {
        rift_text_free(&text);
    }
    return text.data;
}

/* The questions of the study, so that commands on the result ask the same. */
static bool record_questions(const rift_study *study, rift_result *out)
{
    size_t n = study->n_asked;
    out->asked = rift_array_zero(n, 1, 1, sizeof(char *));
    out->asked_value = rift_array_zero(n, 1, 1, sizeof(char *));
    for (size_t i = 0; out->asked && out->asked_value && i < n; i++) {
        out->asked[i] = rift_text_copy(study->asked[i].key);
        out->asked_value[i] = rift_text_copy(study->asked[i].value);
        out->n_asked++;
        if (!out->asked[i] || !out->asked_value[i]) {
            return false;
        }
    }
    return out->asked && out->asked_value;
}

bool rift_provenance_record(const rift_study *study, rift_result *out)
{
    rift_text command = {0};
    rift_text_format(&command, "rift run %s", rift_path_name(study->file));
    out->provenance.command = command.data;
    out->provenance.version = rift_text_copy(rift_version());
    out->provenance.libraries = rift_library_versions();
    out->provenance.date = rift_build_date();
    out->study = rift_text_copy(study->code);
    out->title = rift_text_copy(study->title);
    out->notes = join_notes(study->notes, study->index.notes);
    out->index_code = rift_text_copy(study->index.code);
    out->index_name = rift_text_copy(study->index.name);
    out->partners = rift_text_copy(study->partners);
    out->partners_member = rift_text_copy(study->partners_member);
    return out->provenance.command && out->provenance.version &&
           out->provenance.libraries && out->provenance.date && out->study &&
           out->title && out->notes && out->index_code && out->index_name &&
           out->partners && out->partners_member &&
           record_definitions(study, &out->provenance) && record_questions(study, out);
}
