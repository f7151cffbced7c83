/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strips grow at the end of a chunk of values: a row of years, or a run of lines. */
#include "read/observe.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CHUNK = 32768, LARGE_CHUNK = 1024 * 1024, GAP_LIMIT = 256 };

struct rift_chunk {
    struct rift_chunk *next;
    double *value; /* [capacity], then the statuses: pages that stay untouched until one
                      is set */
    uint8_t *obs_status;
    size_t n, capacity, n_mapped;
};

static void free_chunk(struct rift_chunk *chunk)
{
    if (chunk->n_mapped > 0) {
        munmap(chunk->value, chunk->n_mapped);
    } else {
        free(chunk->value);
    }
    free(chunk);
}

void rift_observations_free(rift_observations *observations)
{
    for (struct rift_chunk *chunk = observations->chunk; chunk;) {
        struct rift_chunk *next = chunk->next;
        free_chunk(chunk);
        chunk = next;
    }
    rift_string_table_free(&observations->country);
    rift_string_table_free(&observations->aggregate);
    rift_string_table_free(&observations->series);
    rift_arena_free(&observations->words);
    free(observations->seen);
    free(observations->file);
    free(observations->strip);
    *observations = (rift_observations){0};
}

static inline bool push(rift_observations *out, rift_strip *strip, double value,
                        uint8_t obs_status)
{
    struct rift_chunk *chunk = out->chunk;
    chunk->value[chunk->n++] = value;
    if (obs_status) {
        strip->obs_status[strip->n] = obs_status;
    }
    strip->n++;
    return true;
}

/* How many years on the new value lies in this strip, or 0 where it belongs in none. */
static inline int extends(const rift_strip *strip, const rift_strip *at)
{
    if (strip->series != at->series || strip->country != at->country ||
        strip->file != at->file || strip->n >= RIFT_STRIP_LIMIT - GAP_LIMIT) {
        return 0;
    }
    int last = strip->n - 1;
    if (strip->n == 1) {
        int years = at->year - strip->year;
        int64_t lines = (int64_t)(at->line - strip->line);
        int64_t cells = (int64_t)at->cell - (int64_t)strip->cell;
        bool below =
            (years == 1 || years == -1) && lines > 0 && lines < 1000000 && cells == 0;
        bool beside = years > 0 && years < GAP_LIMIT && lines == 0 && cells == years;
        return below ? 1 : beside ? years : 0;
    }
    if (strip->line_step == 0) {
        int years = at->year - strip->year - last;
        return at->line == strip->line && years > 0 && years < GAP_LIMIT &&
                       at->cell == strip->cell + (uint32_t)(last + years)
                   ? years
                   : 0;
    }
    return at->year == strip->year + (last + 1) * strip->year_step &&
                   at->cell == strip->cell &&
                   at->line ==
                       strip->line + (uint64_t)(last + 1) * (uint64_t)strip->line_step
               ? 1
               : 0;
}

/* Zeroed memory. After the first chunk there will be many: then large pages save most
   of the time that the kernel takes to hand them over. */
static struct rift_chunk *new_chunk(bool many)
{
    struct rift_chunk *chunk = calloc(1, sizeof *chunk);
    if (!chunk) {
        return NULL;
    }
    chunk->capacity = many ? LARGE_CHUNK : CHUNK;
    size_t size = chunk->capacity * (sizeof *chunk->value + 1);
    if (many) {
        chunk->value = mmap(NULL, size, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        chunk->n_mapped = size;
    } else {
        chunk->value = calloc(1, size);
    }
    if (!chunk->value || (many && chunk->value == MAP_FAILED)) {
        free(chunk);
        return NULL;
    }
    chunk->obs_status = (uint8_t *)(chunk->value + chunk->capacity);
    return chunk;
}

static bool begin_strip(rift_observations *out, const rift_strip *at)
{
    if (!rift_array_grow((void **)&out->strip, out->n_strip, &out->capacity,
                         sizeof *out->strip)) {
        return false;
    }
    struct rift_chunk *chunk = out->chunk;
    if (!chunk || chunk->n + RIFT_STRIP_LIMIT > chunk->capacity) {
        chunk = new_chunk(chunk != NULL);
        if (!chunk) {
            return false;
        }
        chunk->next = out->chunk;
        out->chunk = chunk;
    }
    rift_strip *strip = &out->strip[out->n_strip++];
    *strip = *at;
    strip->n = 0;
    strip->year_step = 1;
    strip->cell_step = 0;
    strip->line_step = 0;
    strip->value = chunk->value + chunk->n;
    strip->obs_status = chunk->obs_status + chunk->n;
    return true;
}

bool rift_observe(rift_observations *out, const rift_strip *at, double value,
                  uint8_t obs_status)
{
    rift_strip *strip = out->n_strip ? &out->strip[out->n_strip - 1] : NULL;
    out->n_value++;
    int years = strip ? extends(strip, at) : 0;
    if (years == 0) {
        return begin_strip(out, at) &&
               push(out, &out->strip[out->n_strip - 1], value, obs_status);
    }
    if (strip->n == 1) {
        strip->year_step = at->year > strip->year ? 1 : -1;
        strip->line_step = (int32_t)(at->line - strip->line);
        strip->cell_step = strip->line_step == 0;
    }
    for (int i = 1; i < years; i++) {
        push(out, strip, NAN, 0);
    }
    return push(out, strip, value, obs_status);
}

bool rift_observe_row(rift_observations *out, const rift_strip *at, const double *value,
                      size_t n)
{
    size_t first = 0;
    while (first < n && isnan(value[first])) {
        first++;
    }
    while (n > first && isnan(value[n - 1])) {
        n--;
    }
    if (first == n) {
        return true;
    }
    rift_strip from = *at;
    from.year += (int32_t)first;
    from.cell += (uint32_t)first;
    if (!begin_strip(out, &from)) {
        return false;
    }
    rift_strip *strip = &out->strip[out->n_strip - 1];
    strip->n = (uint16_t)(n - first);
    strip->cell_step = 1;
    memcpy(strip->value, value + first, (n - first) * sizeof *value);
    out->chunk->n += n - first;
    size_t n_value = 0;
    for (size_t i = first; i < n; i++) {
        n_value += !isnan(value[i]);
    }
    out->n_value += n_value;
    return true;
}

int rift_observations_series(rift_observations *out, const rift_series_seen *series)
{
    rift_text key = {0};
    rift_text_put(&key, series->code);
    if (*series->subgroup) {
        rift_text_format(&key, "[%s]", series->subgroup);
    }
    size_t known = out->series.n_word;
    int row = key.failed ? -1
                         : rift_string_table_add(&out->series, key.data ? key.data : "",
                                                 key.n);
    rift_text_free(&key);
    if (row < 0 || (size_t)row < known) {
        return row;
    }
    if (!rift_array_grow((void **)&out->seen, known, &out->seen_capacity,
                         sizeof *out->seen)) {
        return -1;
    }
    rift_series_seen copy = {rift_arena_text(&out->words, series->code),
                             rift_arena_text(&out->words, series->subgroup),
                             rift_arena_text(&out->words, series->name),
                             rift_arena_text(&out->words, series->unit), series->file};
    if (!copy.code || !copy.subgroup || !copy.name || !copy.unit) {
        return -1;
    }
    out->seen[row] = copy;
    return row;
}

int rift_observations_file(rift_observations *out, const rift_file_seen *file)
{
    rift_file_seen copy = *file;
    copy.name = rift_arena_text(&out->words, file->name);
    copy.path = rift_arena_text(&out->words, file->path);
    copy.vintage = rift_arena_text(&out->words, file->vintage);
    if (!copy.name || !copy.path || !copy.vintage ||
        !rift_array_grow((void **)&out->file, out->n_file, &out->file_capacity,
                         sizeof *out->file)) {
        return -1;
    }
    out->file[out->n_file] = copy;
    return (int)out->n_file++;
}

bool rift_observations_order(const rift_observations *seen, size_t **start,
                             size_t **order)
{
    size_t n = seen->series.n_word;
    size_t *at = calloc(n + 3, sizeof *at);
    size_t *list = malloc((seen->n_strip + 1) * sizeof *list);
    if (!at || !list) {
        free(at);
        free(list);
        return false;
    }
    /* counted two places on, so that filling moves each start to where it belongs */
    for (size_t i = 0; i < seen->n_strip; i++) {
        at[seen->strip[i].series + 2]++;
    }
    for (size_t i = 2; i < n + 3; i++) {
        at[i] += at[i - 1];
    }
    for (size_t i = 0; i < seen->n_strip; i++) {
        list[at[seen->strip[i].series + 1]++] = i;
    }
    *start = at;
    *order = list;
    return true;
}

bool rift_observations_take(rift_observations *to, rift_observations *from)
{
    while (to->capacity < to->n_strip + from->n_strip) {
        if (!rift_array_grow((void **)&to->strip, to->capacity, &to->capacity,
                             sizeof *to->strip)) {
            return false;
        }
    }
    if (from->n_strip > 0) {
        memcpy(to->strip + to->n_strip, from->strip,
               from->n_strip * sizeof *from->strip);
    }
    to->n_strip += from->n_strip;
    to->n_value += from->n_value;
    from->n_strip = 0;
    from->n_value = 0;
    struct rift_chunk **last = &from->chunk;
    while (*last) {
        last = &(*last)->next;
    }
    *last = to->chunk;
    to->chunk = from->chunk;
    from->chunk = NULL;
    return true;
}
