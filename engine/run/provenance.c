/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result comes from: command, versions, date. */
#include "run/study.h"

#include "core/file.h"
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

bool rift_provenance_record(const rift_study *study, rift_result *out)
{
    rift_text command = {0};
    rift_text_format(&command, "rift run %s", rift_path_name(study->file));
    out->provenance.command = command.data;
    out->provenance.version = rift_text_copy(rift_version());
    out->provenance.libraries = rift_library_versions();
    out->provenance.date = rift_build_date();
    return out->provenance.command && out->provenance.version &&
           out->provenance.libraries && out->provenance.date;
}
