/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of people within a country: sex, area, age, income, education. */
#ifndef RIFT_READ_SUBGROUP_H
#define RIFT_READ_SUBGROUP_H

#include <stdbool.h>
#include <stddef.h>

/** The kind of group that a column of this name gives ("Sex" is "sex"), or NULL. */
const char *rift_subgroup_dimension(const char *name);

/** Whether a text is one of a kind of group that providers use: "F" of "sex". */
bool rift_subgroup_knows(const char *dimension, const char *text);

/** Whether a text stands for everybody: Total, T, _T, All, both sexes. */
bool rift_subgroup_is_total(const char *text, size_t n);

/**
 * Append "sex=female" for dimension "sex" and "F", with a comma before where there is
 * something already; nothing for a total. At most `size` bytes with the NUL are used.
 */
void rift_subgroup_add(char *out, size_t size, const char *dimension, const char *text,
                       size_t n);

#endif
