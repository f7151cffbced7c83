/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over the files of a folder, where no libFuzzer is at hand. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int replay(const char *path)
{
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    size_t n = fread(data, 1, sizeof data, file);
    fclose(file);
    uint8_t *exact = malloc(n + !n); /* so that a sanitizer sees a read past its end */
    for (size_t i = 0; exact && i < n; i++) {
        exact[i] = data[i];
    }
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 0;
}

int main(int argc, char **argv)
{
    DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
    int n = 0, failed = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        if (entry->d_name[0] != '.') {
            failed += replay(path);
            n++;
        }
    }
    if (folder) {
        closedir(folder);
    }
    printf("%d passed, %d failed\n", n - failed, failed);
    return n == 0 || failed;
}
