/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods and their settings: a name alone, or a map of `method` and settings.
   Which settings a method takes stands in its row; any other would have no effect and
   is an error. */
#include "define/define.h"

#include "core/diag.h"
#include "core/text.h"

#include <string.h>

bool rift_has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[n] == ' ' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

void rift_choice_standard(const rift_choice_form *form, void *choice)
{
    memset(choice, 0, form->size);
    memcpy(choice, &form->method, sizeof form->method);
    for (size_t k = 0; k < form->n_setting; k++) {
        const rift_setting *setting = &form->setting[k];
        void *to = (char *)choice + setting->field.offset;
        switch (setting->field.kind) {
        case RIFT_FIELD_NUMBER:
            *(double *)to = setting->standard[0];
            break;
        case RIFT_FIELD_INTEGER:
        case RIFT_FIELD_CHOICE:
            *(int *)to = (int)setting->standard[0];
            break;
        case RIFT_FIELD_BOOLEAN:
        case RIFT_FIELD_EITHER:
            *(bool *)to = setting->standard[0] != 0;
            break;
        case RIFT_FIELD_BOUNDS:
        case RIFT_FIELD_TARGET:
            *(rift_goalposts *)to =
                (rift_goalposts){setting->standard[0], setting->standard[1]};
            break;
        default:
            break;
        }
    }
}

static bool check_settings(const rift_source *source, const rift_yaml *node,
                           const rift_choice_form *form, const void *choice)
{
    const void *row;
    memcpy(&row, choice, sizeof row);
    const char *takes = form->methods->settings(row);
    const char *name = *(const char *const *)row; /* every row begins with it */
    bool good = true;
    for (size_t i = 0; node->kind == RIFT_YAML_MAP && i + 1 < node->n_item; i += 2) {
        const char *key = node->item[i]->text;
        if (strcmp(key, "method") != 0 && strncmp(key, "x-", 2) != 0 &&
            !rift_has_word(takes, key)) {
            good =
                rift_yaml_error(source, node->item[i], "'%s' has no effect on %s; %s%s",
                                key, name, *takes ? "it takes " : "take it out", takes);
        }
    }
    for (size_t k = 0; k < form->n_setting; k++) {
        const rift_setting *setting = &form->setting[k];
        const char *key = setting->field.key;
        const rift_yaml *said = rift_yaml_get(node, key);
        if (!rift_has_word(takes, key)) {
            continue;
        }
        if (setting->needed && !said) {
            good = rift_yaml_error(source, node,
                                   "%s needs '%s'; write %s: {method: %s, %s: ...}",
                                   name, key, form->key, name, key);
        }
        if (setting->check) {
            good = setting->check(source, said ? said : node, choice) && good;
        }
    }
    return good;
}

/* The fields of a choice: its method, by a key, and, in a map, its settings. */
static rift_field *fields_of(const rift_source *source, const rift_choice_form *form,
                             const char *key)
{
    rift_field *field =
        rift_arena_alloc(source->arena, form->n_setting + 1, sizeof *field);
    if (!field) {
        (void)!rift_diag_memory(source->diag);
        return NULL;
    }
    field[0] = (rift_field){.key = key,
                            .kind = RIFT_FIELD_METHOD,
                            .required = true,
                            .choices = form->methods};
    for (size_t k = 0; k < form->n_setting; k++) {
        field[k + 1] = form->setting[k].field;
    }
    return field;
}

/* Fill `choice`, which is as where nothing is said. */
static bool fill_choice(const rift_source *source, const rift_yaml *node,
                        const rift_choice_form *form, void *choice)
{
    bool map = node->kind == RIFT_YAML_MAP;
    rift_field *field = fields_of(source, form, map ? "method" : form->key);
    if (!field) {
        return false;
    }
    if (map) {
        return rift_yaml_fields(source, node, field, form->n_setting + 1, form->key,
                                choice) &&
               check_settings(source, node, form, choice);
    }
    return rift_yaml_alone(source, node, field, form->key, choice) &&
           check_settings(source, node, form, choice);
}

bool rift_choice_read(const rift_source *source, const rift_yaml *node,
                      const rift_choice_form *form, void *out)
{
    void *choice = rift_arena_alloc(source->arena, 1, form->size);
    if (!choice) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    rift_choice_standard(form, choice);
    bool good = fill_choice(source, node, form, choice);
    if (form->place > 0) {
        *(rift_location *)((char *)choice + form->place) = node->place;
    }
    if (good) {
        memcpy(out, choice, form->size);
    }
    return good;
}

bool rift_impute_read(const rift_source *source, const rift_yaml *node, size_t *n,
                      const rift_impute_choice **out)
{
    bool list = node->kind == RIFT_YAML_LIST, good = true;
    size_t n_step = list ? node->n_item : 1;
    rift_impute_choice *step =
        rift_arena_alloc(source->arena, n_step + 1, sizeof *step);
    if (!step) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < n_step; i++) {
        rift_choice_standard(&rift_impute_form, &step[i]);
        good &= rift_choice_read(source, list ? node->item[i] : node, &rift_impute_form,
                                 &step[i]);
    }
    *n = n_step;
    *out = step;
    return good;
}
