/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams of bytes that are always there: memory and plain files. */
#include "decode/bytes.h"

#include "core/diag.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

ptrdiff_t rift_memory_read(void *data, char *to, size_t n)
{
    rift_memory *memory = data;
    n = n < memory->n ? n : memory->n;
    if (n > 0) {
        memcpy(to, memory->text, n);
    }
    memory->text += n;
    memory->n -= n;
    return (ptrdiff_t)n;
}

ptrdiff_t rift_file_part_read(void *data, char *to, size_t n)
{
    rift_file_part *part = data;
    ssize_t got;
    do {
        got = pread(part->fd, to, n, (off_t)part->offset);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        (void)!rift_diag_system(part->diag, part->name, "cannot read");
        return -1;
    }
    part->offset += (uint64_t)got;
    return got;
}

ptrdiff_t rift_replay_read(void *data, char *to, size_t n)
{
    rift_replay *replay = data;
    ptrdiff_t got = rift_memory_read(&replay->held, to, n);
    return got > 0 ? got : replay->rest->read(replay->rest->data, to, n);
}
