/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a run's inputs. */
#include "panel/input.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

#include <stdlib.h>

void rift_inputs_free(rift_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n_input; i++) {
        free(inputs->input[i].name);
    }
    free(inputs->input);
    *inputs = (rift_inputs){0};
}

bool rift_inputs_add(rift_inputs *inputs, const char *path, const char *text, size_t n)
{
    rift_input input = {.name = rift_text_copy(rift_path_name(path)), .size = n};
    rift_input *grown =
        realloc(inputs->input, (inputs->n_input + 1) * sizeof *inputs->input);
    inputs->input = grown ? grown : inputs->input;
    if (!input.name || !grown || rift_sha256_hex(text, n, input.sha256) != RIFT_OK) {
        free(input.name);
        return false;
    }
    inputs->input[inputs->n_input++] = input;
    return true;
}
