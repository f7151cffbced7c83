/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a file is read. read FILE MODE [threads] [repeats] prints, for the best of
   the repeats, "MODE seconds MB/s peak-MiB values digest"; the digest is of every value
   with its series, country and year, and must be the same in all modes that read
   everything. rows      libcsv alone with empty callbacks: the grammar's own cost
     libcsv    libcsv, every row through it
     fast      the row scan in front of libcsv
     some      30 series of those in the file */
#include "read/file.h"

#include <csv.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void on_cell(void *text, size_t n, void *data)
{
    (void)text;
    *(size_t *)data += n;
}

static void on_row(int last, void *data)
{
    (void)last;
    ++*(size_t *)data;
}

static double libcsv_alone(const char *path)
{
    static char block[65536];
    struct csv_parser parser;
    size_t sum = 0;
    int fd = open(path, O_RDONLY);
    double start = now();
    csv_init(&parser, 0);
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) {
        csv_parse(&parser, block, (size_t)n, on_cell, on_row, &sum);
    }
    csv_fini(&parser, on_cell, on_row, &sum);
    csv_free(&parser);
    close(fd);
    return now() - start;
}

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    return rift_document_read(data, document, bytes);
}

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* A sum over values, so that it does not matter how they lie in strips. */
static uint64_t digest(const rift_observations *seen, uint64_t *n)
{
    uint64_t sum = 0;
    *n = 0;
    for (size_t i = 0; i < seen->n_strip; i++) {
        const rift_strip *strip = &seen->strip[i];
        for (size_t k = 0; k < strip->n; k++) {
            uint64_t bits;
            memcpy(&bits, &strip->value[k], sizeof bits);
            if (!isnan(strip->value[k])) {
                uint64_t line = strip->line + k * (uint64_t)strip->line_step;
                sum +=
                    mix(bits ^
                        mix(strip->series ^
                            mix(strip->country ^
                                mix((uint64_t)rift_strip_year(strip, k) ^ mix(line)))));
                ++*n;
            }
        }
    }
    return sum;
}

static long peak_mib(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("read FILE rows|libcsv|fast|some [threads] [repeats]\n", stderr);
        return 2;
    }
    const char *path = argv[1], *mode = argv[2];
    int threads = argc > 3 ? atoi(argv[3]) : 1, repeats = argc > 4 ? atoi(argv[4]) : 3;
    struct stat info;
    if (stat(path, &info) != 0) {
        return 1;
    }
    char code[30][32];
    const char *series[30];
    static const char *const topic[] = {"IT.NET", "IT.CEL", "SE.SEC",
                                        "NY.GDP", "EG.ELC", "SP.POP"};
    for (int k = 0; k < 30; k++) {
        int i = 50 * k + k % 6;
        snprintf(code[k], sizeof code[k], "%s.%04d.%s", topic[i % 6], i,
                 i % 3 ? "ZS" : "P2");
        series[k] = code[k];
    }
    double best = 1e9;
    uint64_t n = 0, sum = 0;
    for (int r = 0; r < repeats; r++) {
        double seconds;
        if (strcmp(mode, "rows") == 0) {
            seconds = libcsv_alone(path);
        } else {
            rift_diag diag = {0};
            rift_observations seen = {0};
            rift_read_settings how = {.threads = threads,
                                      .libcsv_only = strcmp(mode, "libcsv") == 0,
                                      .n_series = strcmp(mode, "some") ? 0 : 30,
                                      .series = series};
            rift_reading reading = {
                .settings = &how, .path = path, .diag = &diag, .out = &seen};
            double start = now();
            if (rift_documents_open(path, true, &diag, visit, &reading)) {
                fprintf(stderr, "%s\n", diag.n_finding ? diag.finding[0].message : "?");
                return 1;
            }
            seconds = now() - start;
            sum = digest(&seen, &n);
            rift_reports_free(&reading.reports);
            rift_observations_free(&seen);
            rift_diag_free(&diag);
        }
        best = seconds < best ? seconds : best;
    }
    printf("%s %.4f %.0f %ld %llu %016llx\n", mode, best,
           (double)info.st_size / best / 1e6, peak_mib(), (unsigned long long)n,
           (unsigned long long)sum);
    return 0;
}
