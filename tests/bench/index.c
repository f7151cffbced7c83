/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times the chain on 217 economies, 30 series and 25 years: processor time without
   reading and storing, the best of some runs, step by step by leaving steps out. Run by
   hand: bench_index. Ratios hold on a noisy machine, milliseconds less so; nothing here
   is a test. For scale, on the machine it was written on, COINr 1.1.14 takes 80 ms for
   one year of 51 units x 49 series, 3.1 s for 20 years of 217 x 49, 38 s for a Copeland
   ranking of 217 x 49 and 4.6 s to remove each of 49 series in turn. */
#include "audit/audit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { N_COUNTRY = 217, N_YEAR = 25, RUNS = 7 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Series grow, spread and lack a fifth of their values, the same in every run. */
static rift_panel make_panel(size_t n_series, size_t n_year)
{
    rift_panel p = {.n_indicator = n_series, .n_year = n_year, .n_country = N_COUNTRY};
    size_t n = n_series * n_year * N_COUNTRY;
    uint64_t state = 1;
    p.indicator = calloc(n_series, sizeof *p.indicator);
    p.country = calloc(N_COUNTRY, sizeof *p.country);
    p.year = calloc(n_year, sizeof *p.year);
    p.value = calloc(n, sizeof *p.value);
    for (size_t i = 0; i < n_series; i++) {
        p.indicator[i] = calloc(24, 1);
        snprintf(p.indicator[i], 24, "s%zu", i);
    }
    for (size_t c = 0; c < N_COUNTRY; c++) {
        p.country[c] = calloc(24, 1);
        snprintf(p.country[c], 24, "c%zu", c);
    }
    for (size_t t = 0; t < n_year; t++) {
        p.year[t] = 2000 + (int)t;
    }
    for (size_t i = 0; i < n; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double u = (double)(state >> 11) / 9007199254740992.0;
        double level = (double)(i % N_COUNTRY) / N_COUNTRY;
        p.value[i] = (state >> 3) % 5 == 0 ? NAN : exp(2 * level + 1.5 * u);
    }
    return p;
}

/* Ten sub-pillars of three series (or as many as there are), three pillars, a total. */
static char *make_index(size_t n_series, const char *head)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "code: bench\nentities: any\n%sseries:\n", head);
    for (size_t i = 0; i < n_series; i++) {
        fprintf(out,
                "  - {code: s%zu, maximum_age: 3, goalposts: {low: 0, high: 30}}\n", i);
    }
    fprintf(out,
            "nodes:\n  - {code: total, minimum_coverage: 0, children: [p0, p1, p2]}\n");
    for (int p = 0; p < 3; p++) {
        fprintf(out,
                "  - {code: p%d, minimum_coverage: 0, children: [q%d, q%d, q%d%s]}\n",
                p, 3 * p, 3 * p + 1, 3 * p + 2, p == 2 ? ", q9" : "");
    }
    for (size_t q = 0; q < 10; q++) {
        fprintf(out, "  - {code: q%zu, minimum_coverage: 0, children: [", q);
        for (size_t i = q, n = 0; i < n_series; i += 10) {
            fprintf(out, "%ss%zu", n++ ? ", " : "", i);
        }
        fprintf(out, "]}\n");
    }
    fclose(out);
    return text;
}

static rift_index_file load(size_t n_series, const char *head)
{
    char path[] = "/tmp/rift-bench-XXXXXX", *text = make_index(n_series, head);
    int file = mkstemp(path);
    rift_diag diag = {0};
    rift_index_file index = {0};
    if (file < 0 || write(file, text, strlen(text)) < 0 ||
        rift_index_load(path, &diag, &index) != RIFT_OK) {
        fprintf(stderr, "bench: %s\n", diag.n_finding ? diag.finding[0].message : path);
        exit(1);
    }
    close(file);
    unlink(path);
    free(text);
    rift_diag_free(&diag);
    return index;
}

/* The least processor time of some runs, in milliseconds. */
static double best(const rift_panel *panel, size_t n_series, const char *head, int runs)
{
    rift_index_file file = load(n_series, head);
    double least = INFINITY;
    for (int k = 0; k < runs; k++) {
        rift_diag diag = {0};
        rift_scores scores = {0};
        double start = seconds();
        rift_status status =
            rift_compute(&(rift_chain){&file.index, panel, NULL}, &diag, &scores, NULL);
        least = fmin(least, seconds() - start);
        if (status != RIFT_OK) {
            fprintf(stderr, "bench: %s\n",
                    diag.n_finding ? diag.finding[0].message : "?");
            exit(1);
        }
        rift_scores_free(&scores);
        rift_diag_free(&diag);
    }
    rift_index_file_free(&file);
    return 1e3 * least;
}

#define CHAIN "normalisation: min-max\nimputation: linear\ntreatment: winsorise\n"

static void time_steps(const rift_panel *panel)
{
    static const struct {
        const char *name, *head;
    } step[] = {
        {"default chain: carry, linear, winsorise, min-max, arithmetic", CHAIN},
        {"  without filling gaps", "normalisation: min-max\ntreatment: winsorise\n"},
        {"  without treatment", "normalisation: min-max\nimputation: linear\n"},
        {"  goalposts in place of min-max",
         "normalisation: goalposts\nimputation: linear\ntreatment: winsorise\n"},
        {"  geometric in place of arithmetic", CHAIN "aggregation: geometric\n"},
        {"  equal weights by the scores' correlations (CRITIC)",
         CHAIN "weighting: critic\n"},
        {"  bare: goalposts and means", "normalisation: goalposts\n"},
    };
    printf("217 economies x 30 series x 25 years\n");
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        printf("%-64s %9.2f ms\n", step[i].name, best(panel, 30, step[i].head, RUNS));
    }
}

static void time_dear(const rift_panel *panel)
{
    static const struct {
        const char *name, *head;
        int runs;
    } method[] = {
        {"Copeland at every node", CHAIN "aggregation: copeland\n", 3},
        {"benefit of the doubt at every node",
         CHAIN "aggregation: benefit-of-the-doubt\n", 1},
        {"gaps by EM", "normalisation: min-max\nimputation: em\n", 1},
        {"gaps by 5 nearest neighbours",
         "normalisation: min-max\nimputation: nearest\n", 1},
    };
    for (size_t i = 0; i < sizeof method / sizeof *method; i++) {
        printf("%-64s %9.2f ms\n", method[i].name,
               best(panel, 30, method[i].head, method[i].runs));
    }
}

/* What COINr's figures are of: 217 economies and 49 series. */
static void time_peer(void)
{
    rift_panel year = make_panel(49, 1), panel = make_panel(49, 20);
    printf("217 economies x 49 series                                      COINr "
           "1.1.14\n");
    printf("%-64s %9.2f ms\n", "one year, all steps                             137 ms",
           best(&year, 49, CHAIN, RUNS));
    printf("%-64s %9.2f ms\n", "20 years, all steps                           3,100 ms",
           best(&panel, 49, CHAIN, RUNS));
    printf("%-64s %9.2f ms\n", "Copeland ranking, one year                   38,000 ms",
           best(&year, 49, CHAIN "aggregation: copeland\n", RUNS));
    rift_index_file file = load(49, CHAIN);
    rift_diag diag = {0};
    rift_scores scores = {0}, again = {0};
    double least = INFINITY;
    const rift_chain chain = {&file.index, &year, NULL};
    if (rift_compute(&chain, &diag, &scores, NULL) != RIFT_OK) {
        exit(1);
    }
    if (rift_scores_year(&scores, 0, &again) != RIFT_OK) {
        exit(1);
    }
    for (int k = 0; k < RUNS; k++) {
        uint8_t screened_out[49] = {0};
        double start = seconds();
        for (size_t s = 0; s < 49; s++) {
            screened_out[s] = 1;
            memcpy(again.screened_out, screened_out, sizeof screened_out);
            if (rift_compute_from(&chain, "aggregate", &diag, &again) != RIFT_OK) {
                exit(1);
            }
            screened_out[s] = 0;
        }
        least = fmin(least, seconds() - start);
    }
    printf("%-64s %9.2f ms\n", "each of 49 series removed in turn             4,600 ms",
           1e3 * least);
    rift_scores_free(&scores);
    rift_scores_free(&again);
    rift_index_file_free(&file);
    rift_panel_free(&year);
    rift_panel_free(&panel);
}

int main(void)
{
    rift_panel panel = make_panel(30, N_YEAR);
    time_steps(&panel);
    time_dear(&panel);
    time_peer();
    rift_panel_free(&panel);
    return 0;
}
