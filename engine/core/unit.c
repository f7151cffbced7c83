/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/unit.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

int rift_unit_power(const char *unit)
{
    char *end = NULL;
    long power = strncmp(unit, "1e", 2) == 0 ? strtol(unit + 2, &end, 10) : 0;
    bool is =
        end && (*end == ' ' || *end == '\0') && labs(power) >= 60 && labs(power) < 400;
    return is ? (int)power : 0;
}

char *rift_unit_in_power(int power, const char *unit)
{
    rift_text text = {0};
    rift_text_format(&text, "1e%d%s%s", power, *unit ? " " : "", unit);
    return rift_text_take(&text);
}
