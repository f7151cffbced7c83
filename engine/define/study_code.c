/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the code of a study may be: files and folders are named by it, on any system. */
#include "core/array.h"
#include "core/visible.h"
#include "define/study.h"

#include <string.h>
#include <strings.h>

/* Of a name's 255 bytes, so many are left when ".h5.tmp.PID" and the like are added. */
enum { CODE_LIMIT = 200 };

/* Names that Windows keeps for devices, with any ending. */
static bool is_device(const char *code)
{
    static const char *const device[] = {"con",    "prn",    "aux",    "nul",
                                         "clock$", "conin$", "conout$"};
    size_t n = strcspn(code, ".");
    bool found = n == 4 && code[3] >= '0' && code[3] <= '9' &&
                 (!strncasecmp(code, "com", 3) || !strncasecmp(code, "lpt", 3));
    for (size_t i = 0; !found && i < RIFT_COUNT_OF(device); i++) {
        found = n == strlen(device[i]) && !strncasecmp(code, device[i], n);
    }
    return found;
}

const char *rift_study_code_fault(const char *code)
{
    size_t n = strlen(code);
    return n == 0 ? "it is empty; give it letters and digits"
           : n > CODE_LIMIT
               ? "it has more than 200 bytes, and file names are made of it; shorten it"
           : *code == '-' || *code == '.' ? "files named by it would be taken for an "
                                            "option or be hidden; begin it "
                                            "with a letter or a digit"
           : strpbrk(code, "/\\")
               ? "files named by it would lie in other folders; write '-' for '/'"
           : *code == ' ' || code[n - 1] == ' ' || code[n - 1] == '.'
               ? "it begins or ends with a blank or ends with a dot, which file "
                 "systems "
                 "drop; remove it"
           : !rift_is_visible(code, n) || strpbrk(code, "\t\n")
               ? "it holds characters that are not shown; type it anew, without them"
           : is_device(code) ? "Windows keeps the name for a device; choose another"
                             : NULL;
}
