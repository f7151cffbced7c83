/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file opened: a confined process has HDF5 walk through it and hands its content
   over; this process never lets the library near a file from elsewhere. */
#include "core/confine.h"
#include "core/hash.h"
#include "core/replace.h"
#include "store/h5.h"
#include "store/h5_walk.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Deflate makes at most 1,032 bytes of one, of arrays that differ some 20; what is
   larger by more than these is no result. */
#define LEAST_ROOM ((size_t)128 << 20)
enum { MOST_GROWTH = 256, LEAST_SECONDS = 6, BYTES_A_SECOND = 4 << 20 };

typedef struct image {
    void *data;
    size_t n, most;
} image;

/* Bytes on their way into the pipe, gathered where they are few. */
typedef struct outlet {
    int fd;
    size_t n;
    char block[1 << 16];
} outlet;

static bool flush(outlet *out)
{
    bool good = rift_file_put(out->fd, out->block, out->n) == 0;
    out->n = 0;
    return good;
}

static bool put_out(void *to, const void *data, size_t n)
{
    outlet *out = to;
    if (out->n + n > sizeof out->block && !flush(out)) {
        return false;
    }
    if (n > sizeof out->block) {
        return rift_file_put(out->fd, data, n) == 0;
    }
    memcpy(out->block + out->n, data, n);
    out->n += n;
    return true;
}

static hid_t open_image(const image *image, bool *no_memory)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0); /* a file may name a filter plug-in; none is loaded */
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), file = -1;
    if (access >= 0 && image->n > 0 && H5Pset_fapl_core(access, 1 << 20, 0) >= 0 &&
        H5Pset_file_image(access, image->data, image->n) >= 0) {
        file = H5Fopen(RIFT_H5_NAME, H5F_ACC_RDONLY, access);
    }
    *no_memory = file < 0 && rift_walk_lacks_memory();
    H5Pclose(access);
    return file;
}

/* What the confined process does. Nothing is closed: the process ends. */
static bool hand_over(void *data, int fd)
{
    static outlet held; /* there is always room to say that there is none */
    const image *image = data;
    outlet *out = &held;
    out->fd = fd;
    static rift_h5_axes axes;
    rift_walk walk = {.put = put_out,
                      .to = out,
                      .most = image->most,
                      .axes = &axes,
                      .digest_last = true};
    hid_t file = open_image(image, &walk.no_memory);
    if (file >= 0) {
        rift_h5_walk(&walk, file);
        const char *fault = walk.failed ? NULL : rift_h5_axes_fault(&axes);
        walk.no_memory = walk.no_memory || axes.no_memory;
        walk.failed =
            walk.failed || (fault && !rift_walk_mark(&walk, RIFT_RECORD_AXES, fault));
    } else {
        walk.failed = true;
        rift_text_put(&walk.why, "it is not HDF5, or is cut short");
    }
    char kind = walk.no_memory ? 'm' : walk.failed ? 'e' : 'z';
    return rift_walk_mark(&walk, kind, rift_text_string(&walk.why)) && flush(out);
}

/* Why there is no content where the process did not end as it should. */
static void tell_end(const rift_confined_outcome *outcome, unsigned seconds,
                     rift_text *why)
{
    switch (outcome->end) {
    case RIFT_CONFINED_DONE:
    case RIFT_CONFINED_FAILED:
        break;
    case RIFT_CONFINED_CRASHED:
        rift_text_format(why,
                         "it makes the HDF5 library crash (%s); the file is damaged or "
                         "made to harm",
                         strsignal(outcome->number));
        break;
    case RIFT_CONFINED_SLOW:
        rift_text_format(why,
                         "reading it takes more than the %u seconds that a file of its "
                         "size may; the file is damaged or made to harm",
                         seconds);
        break;
    case RIFT_CONFINED_LARGE:
        rift_text_put(why, "it makes more of itself than its size can hold; the file "
                           "is damaged or made to harm");
        break;
    }
}

static void compare_digest(rift_h5_reader *reader)
{
    const rift_content *content = &reader->content;
    const rift_record *record = rift_content_find(content, 'a', "@" RIFT_DIGEST_NAME);
    if (rift_sha256_hex(content->data, content->n_digested, reader->sha256) !=
        RIFT_OK) {
        reader->failed = reader->no_memory = true;
        return;
    }
    reader->digest = !record ? RIFT_DIGEST_ABSENT : RIFT_DIGEST_WRONG;
    if (record && record->type == 's' && record->n == 1 && record->n_byte == 4 + 64 &&
        memcmp(record->data + 4, reader->sha256, 64) == 0) {
        reader->digest = RIFT_DIGEST_RIGHT;
    }
}

rift_status rift_h5_open(rift_h5_reader *reader, void *data, size_t n, bool verify)
{
    *reader = (rift_h5_reader){0};
    image image = {data, n, LEAST_ROOM + MOST_GROWTH * n};
    unsigned seconds = LEAST_SECONDS + (unsigned)(n / BYTES_A_SECOND);
    const rift_confined confined = {.work = hand_over,
                                    .data = &image,
                                    .memory = 2 * image.most + n + LEAST_ROOM,
                                    .seconds = seconds,
                                    .most_out = image.most + LEAST_ROOM};
    rift_confined_outcome outcome;
    rift_status status = rift_confined_run(&confined, &outcome);
    if (status == RIFT_ERR_SYSTEM) {
        return status;
    }
    if (status == RIFT_OK) {
        tell_end(&outcome, seconds, &reader->why);
    }
    reader->failed = status != RIFT_OK || reader->why.n > 0;
    if (reader->failed) {
        reader->no_memory = status == RIFT_ERR_MEMORY || reader->why.failed;
        free(outcome.out);
        return RIFT_OK;
    }
    status = rift_content_take(outcome.out, outcome.n, &reader->content, &reader->why);
    reader->failed = status != RIFT_OK;
    reader->no_memory = status == RIFT_ERR_MEMORY;
    if (!reader->failed && verify) {
        compare_digest(reader);
    }
    return RIFT_OK;
}

void rift_h5_close(rift_h5_reader *reader)
{
    rift_content_free(&reader->content);
    rift_text_free(&reader->why);
    *reader = (rift_h5_reader){0};
}
