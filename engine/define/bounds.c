/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of a low and a high number. */
#include "define/define.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

bool rift_bounds_read(const rift_source *source, const rift_yaml *node,
                      const char *what, rift_goalposts inside, rift_goalposts *out)
{
    const rift_field field[] = {
        RIFT_KEY_RANGE("low", NUMBER, rift_goalposts, low, inside.low, inside.high),
        RIFT_KEY_RANGE("high", NUMBER, rift_goalposts, high, inside.low, inside.high),
    };
    rift_goalposts read = *out;
    if (!rift_yaml_fields(source, node, field, 2, what, &read)) {
        return false;
    }
    if (read.low > read.high) {
        return rift_yaml_error(source, node,
                               "the low end %g of %s is above the high %g", read.low,
                               what, read.high);
    }
    *out = read;
    return true;
}

bool rift_target_read(const rift_source *source, const rift_yaml *node,
                      rift_goalposts *out)
{
    static const rift_goalposts anywhere = {0, 0};
    if (node->kind == RIFT_YAML_MAP) {
        rift_goalposts band = {NAN, NAN};
        bool good = rift_bounds_read(source, node, "'target'", anywhere, &band);
        if (good && (isnan(band.low) || isnan(band.high))) {
            good =
                rift_yaml_error(source, node, "'target' needs both 'low' and 'high'");
        }
        *out = band;
        return good;
    }
    double x;
    if (node->kind != RIFT_YAML_SCALAR ||
        !rift_number_read(node->text, strlen(node->text), &x)) {
        return rift_yaml_error(source, node,
                               "'target' must be a number, or {low, high}");
    }
    if (!rift_value_fits(x)) {
        return rift_yaml_error(source, node, "the target '%s' is %s", node->text,
                               rift_value_misfit(x));
    }
    *out = (rift_goalposts){x, x};
    return true;
}
