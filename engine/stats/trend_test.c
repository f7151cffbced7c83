/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of a trend in the values of successive years, their distributions simulated. */
#include "stats/trend_test.h"

#include "stats/describe.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRID = 13,
    DRAWS = 1999,
    DRAWS_LONG = 499,
    LONG = 100,
    EACH = 40,
    SEED = 1992,
    STATISTICS = 2
};

/* At which distributions are simulated; between them, p is interpolated. */
static const double grid[GRID] = {-0.9, -0.6, -0.3, 0,   0.2,  0.4, 0.6,
                                  0.7,  0.8,  0.85, 0.9, 0.95, 1};
/* P(rho of the residuals or less) where rho is at its limit from above. The pairs know
   less of rho, and reject less often: their limit may be lower. */
static const double beyond[STATISTICS] = {0.15, 0.20};

/* What n values without a trend give: ascending numbers, one a draw. */
typedef struct point {
    double *rho;
    double *size[STATISTICS]; /* of the statistic, without its sign */
} point;

struct rift_trend_law {
    size_t n, draws;
    point point[GRID];
};

void rift_trend_laws_free(rift_trend_laws *laws)
{
    for (size_t i = 0; i < laws->n_law; i++) {
        for (size_t g = 0; g < GRID; g++) {
            free(laws->law[i].point[g].rho);
        }
    }
    free(laws->law);
    free(laws->error);
    free(laws->room);
    *laws = (rift_trend_laws){0};
}

/* Sorts y by merging, and counts on the way; `room` is for n numbers. */
static double sort_pairs(double *y, size_t n, double *room)
{
    if (n < 2) {
        return 0;
    }
    size_t half = n / 2, below = 0, upto = 0, out = 0;
    double s = sort_pairs(y, half, room) + sort_pairs(y + half, n - half, room);
    for (size_t j = half; j < n; j++) {
        while (below < half && y[below] < y[j]) {
            room[out++] = y[below++];
        }
        while (upto < half && y[upto] <= y[j]) {
            upto++;
        }
        s += (double)below - (double)(half - upto);
        room[out++] = y[j];
    }
    memcpy(room + out, y + below, (half - below) * sizeof *room);
    memcpy(y, room, n * sizeof *y);
    return s;
}

double rift_trend_pairs(const double *y, size_t n, double *room)
{
    memcpy(room, y, n * sizeof *y);
    return sort_pairs(room, n, room + n);
}

/* First-order autocorrelation of the residuals of the least-squares line. */
static double rho_of(const double *x, const double *y, size_t n, double *residual)
{
    double mean_x = rift_mean(x, n), mean_y = rift_mean(y, n), sxx = 0, sxy = 0;
    double square = 0, product = 0;
    for (size_t k = 0; k < n; k++) {
        sxx += (x[k] - mean_x) * (x[k] - mean_x);
        sxy += (x[k] - mean_x) * (y[k] - mean_y);
    }
    for (size_t k = 0; k < n; k++) {
        residual[k] = y[k] - mean_y - sxy / sxx * (x[k] - mean_x);
        square += k > 0 ? residual[k - 1] * residual[k - 1] : 0;
        product += k > 0 ? residual[k - 1] * residual[k] : 0;
    }
    return square > 0 ? product / square : 0;
}

/* Each value less rho times the one before it, the first times sqrt(1 - rho^2): the
   constant, the year and y become one, time and out. */
static void transform(const double *x, const double *y, size_t k, double rho,
                      double *one, double *time, double *out)
{
    double first = sqrt(fmax(1 - rho * rho, 0));
    *one = k == 0 ? first : 1 - rho;
    *time = k == 0 ? first * x[0] : x[k] - rho * x[k - 1];
    *out = k == 0 ? first * y[0] : y[k] - rho * y[k - 1];
}

/* Slope, its error and rho; `room` is for 2 n numbers. At rho 1, where a level cannot
   be told, the slope is that of the differences. */
static void fit_line(const double *x, const double *y, size_t n, double *room,
                     rift_trend_line *line)
{
    double mean_x = rift_mean(x, n), mean_y = rift_mean(y, n), one, time, out;
    double aa = 0, at = 0, tt = 0, ay = 0, ty = 0, square = 0;
    double *cx = room, *cy = room + n;
    line->rho = rho_of(x, y, n, room);
    double rho = fmin(fmax(line->rho, -0.97), 1);
    for (size_t k = 0; k < n; k++) {
        cx[k] = x[k] - mean_x;
        cy[k] = y[k] - mean_y;
    }
    for (size_t k = 0; k < n; k++) {
        transform(cx, cy, k, rho, &one, &time, &out);
        aa += one * one;
        at += one * time;
        tt += time * time;
        ay += one * out;
        ty += time * out;
    }
    double scale = rho < 1 ? tt - at * at / aa : tt;
    line->slope = (rho < 1 ? ty - at * ay / aa : ty) / scale;
    double level = rho < 1 ? (ay - at * line->slope) / aa : 0;
    for (size_t k = 0; k < n; k++) {
        transform(cx, cy, k, rho, &one, &time, &out);
        double rest = out - level * one - line->slope * time;
        square += rest * rest;
    }
    line->standard_error = sqrt(square / (double)(n - 2) / scale);
}

/* Errors for series of n values at least, the same for each rho and each n, normal by
   Box and Muller (1958); false when memory runs out. */
static bool draw_errors(rift_trend_laws *laws, size_t n)
{
    size_t width = n > 2 * laws->width ? n : 2 * laws->width;
    if (n <= laws->width) {
        return true;
    }
    double *error = calloc(DRAWS * width, sizeof *error);
    double *room = calloc(4 * width, sizeof *room);
    uint32_t *word = calloc(4 * width, sizeof *word);
    bool good = error && room && word;
    for (size_t r = 0; good && r < DRAWS; r++) {
        rift_random_words(SEED, r, word, 4 * width);
        for (size_t i = 0; i < width; i++) {
            double length = sqrt(-2 * log(rift_random_uniform(word + 4 * i)));
            error[r * width + i] =
                length * cos(2 * M_PI * rift_random_uniform(word + 4 * i + 2));
        }
    }
    for (size_t i = 0; good && i < width; i++) {
        room[i] = (double)i;
    }
    free(word);
    free(good ? laws->error : error);
    free(good ? laws->room : room);
    if (good) {
        laws->error = error;
        laws->room = room;
        laws->width = width;
    }
    return good;
}

/* How many values are simulated for n: as many up to 40, and beyond, where the law
   hardly changes from one to the next, up to 1 / 16 fewer, which errs on the side of no
   trend. So no panel, however long and full of gaps, asks for more than a few laws. */
static size_t simulated(size_t n)
{
    size_t step = 1;
    while (n > EACH && n / step >= 32) {
        step *= 2;
    }
    return n / step * step;
}

/* The law of n values; NULL when memory runs out. */
static struct rift_trend_law *law_of(rift_trend_laws *laws, size_t n)
{
    for (size_t i = 0; i < laws->n_law; i++) {
        if (laws->law[i].n == n) {
            return &laws->law[i];
        }
    }
    struct rift_trend_law *more =
        realloc(laws->law, (laws->n_law + 1) * sizeof *laws->law);
    if (!more) {
        return NULL;
    }
    laws->law = more;
    more += laws->n_law;
    *more = (struct rift_trend_law){.n = n, .draws = n < LONG ? DRAWS : DRAWS_LONG};
    bool good = draw_errors(laws, n);
    laws->n_law += good;
    return good ? more : NULL;
}

/* A series of AR(1) errors that is stationary; at rho 1, a random walk. */
static void draw_series(const double *error, double rho, size_t n, double *out)
{
    out[0] = rho < 1 ? error[0] / sqrt(1 - rho * rho) : error[0];
    for (size_t i = 1; i < n; i++) {
        out[i] = rho * out[i - 1] + error[i];
    }
}

/* Simulate at one rho, once; false when memory runs out. */
static bool point_make(const rift_trend_laws *laws, struct rift_trend_law *law,
                       size_t g)
{
    point *point = &law->point[g];
    double *year = laws->room, *y = year + laws->width, *room = y + law->n;
    if (point->rho) {
        return true;
    }
    point->rho = calloc((1 + STATISTICS) * law->draws, sizeof *point->rho);
    if (!point->rho) {
        return false;
    }
    for (size_t k = 0; k < STATISTICS; k++) {
        point->size[k] = point->rho + (1 + k) * law->draws;
    }
    for (size_t r = 0; r < law->draws; r++) {
        rift_trend_line line;
        draw_series(laws->error + r * laws->width, grid[g], law->n, y);
        fit_line(year, y, law->n, room, &line);
        point->rho[r] = line.rho;
        point->size[0][r] = fabs(line.slope / line.standard_error);
        point->size[1][r] = fabs(rift_trend_pairs(y, law->n, room));
    }
    rift_sort(point->rho, law->draws);
    for (size_t k = 0; k < STATISTICS; k++) {
        rift_sort(point->size[k], law->draws);
    }
    return true;
}

/* How many of ascending numbers are below x. */
static size_t count_below(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        *(sorted[middle] < x ? &low : &high) = sorted[middle] < x ? middle + 1 : middle;
    }
    return low;
}

/* Share of draws as large as x, this one counted among them. */
static double p_at(const struct rift_trend_law *law, size_t g,
                   rift_trend_statistic statistic, double x)
{
    size_t below = count_below(law->point[g].size[statistic - 1], law->draws, x);
    return (double)(law->draws - below + 1) / (double)(law->draws + 1);
}

static double share_below(const struct rift_trend_law *law, size_t g, double rho)
{
    return (double)count_below(law->point[g].rho, law->draws, rho) / (double)law->draws;
}

/* To which the statistic of pairs is in proportion: its deviation in independent
   years, less 1 / sqrt(18). Kendall (1975). */
static double pairs_scale(size_t n)
{
    double count = (double)n;
    return sqrt(count * (count - 1) * (2 * count + 5));
}

rift_status rift_trend_p(rift_trend_laws *laws, rift_trend_statistic statistic,
                         size_t n, double x, double rho, double *p)
{
    *p = NAN;
    if (n < RIFT_TREND_LEAST || statistic == RIFT_TREND_UNTESTED || isnan(x) ||
        isnan(rho)) {
        return RIFT_OK;
    }
    size_t of = simulated(n);
    struct rift_trend_law *law = law_of(laws, of);
    double limit = beyond[statistic - 1];
    size_t low = 0, high = GRID - 1; /* between these the limit lies */
    bool good = law && point_make(laws, law, low) && point_make(laws, law, high);
    while (good && high - low > 1) {
        size_t middle = (low + high) / 2;
        good = point_make(laws, law, middle);
        *(good && share_below(law, middle, rho) > limit ? &low : &high) = middle;
    }
    if (!good) {
        return RIFT_ERR_MEMORY;
    }
    /* the larger rho is, the fewer draws have less than what was seen */
    double below[2] = {share_below(law, low, rho), share_below(law, high, rho)};
    double part = below[0] > below[1] ? (below[0] - limit) / (below[0] - below[1]) : 1;
    part = fmin(fmax(part, 0), 1);
    x = fabs(x) * (1 - 1e-12); /* rounding must not decide */
    x *= statistic == RIFT_TREND_PAIRS ? pairs_scale(of) / pairs_scale(n) : 1;
    *p = (1 - part) * p_at(law, low, statistic, x) +
         part * p_at(law, high, statistic, x);
    return RIFT_OK;
}

rift_status rift_trend_line_fit(rift_trend_laws *laws, const double *x, const double *y,
                                size_t n, double *room, rift_trend_line *line)
{
    rift_trend trend;
    *line = (rift_trend_line){NAN, NAN, NAN, NAN, NAN, NAN};
    rift_status status =
        n < RIFT_TREND_LEAST ? RIFT_OK : rift_trend_fit(x, y, n, &trend);
    if (status != RIFT_OK || n < RIFT_TREND_LEAST || isnan(trend.slope)) {
        return status;
    }
    rift_trend_line made = {0};
    bool constant = true;
    for (size_t k = 1; k < n; k++) {
        constant = constant && y[k] == y[0];
    }
    if (!constant) {
        fit_line(x, y, n, room, &made);
    }
    made.slope_least_squares = constant ? 0 : trend.slope;
    made.standard_error_independent = constant ? 0 : trend.slope_se;
    double se = made.standard_error;
    double t = constant ? NAN : se > 0 ? made.slope / se : INFINITY;
    status = rift_trend_p(laws, RIFT_TREND_SLOPE, n, t, made.rho, &made.p);
    if (status == RIFT_OK) {
        *line = made;
    }
    return status;
}
