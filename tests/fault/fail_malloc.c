/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before the C library, this makes one allocation of the main program fail: the
   one whose number FAIL_AT gives, and all after it with FAIL_ALL. Allocations of other
   libraries are left alone. COUNT_FILE gets how many there were. */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);

static long fail_at = -1, count;
static int ready, all;
static unsigned long low, high;

static int find_program(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    for (int i = 0; high == 0 && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X)) {
            low = info->dlpi_addr + part->p_vaddr;
            high = low + part->p_memsz;
        }
    }
    return 1; /* the program itself comes first */
}

static int fails(void *caller)
{
    if (!ready) {
        ready = 1;
        dl_iterate_phdr(find_program, NULL);
        const char *number = getenv("FAIL_AT");
        fail_at = number ? atol(number) : -1;
        all = getenv("FAIL_ALL") != NULL;
    }
    unsigned long at = (unsigned long)caller;
    if (fail_at < 0 || at < low || at >= high) {
        return 0;
    }
    count++;
    return all ? count >= fail_at : count == fail_at;
}

void *malloc(size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, n);
}

char *strdup(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
    return copy ? memcpy(copy, text, n) : NULL;
}

char *strndup(const char *text, size_t limit)
{
    size_t n = strnlen(text, limit);
    char *copy = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n + 1);
    if (copy) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    }
    return copy;
}

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("COUNT_FILE");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", count);
        fclose(file);
    }
}
