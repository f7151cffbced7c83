/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a path over the years turns: a straight line against one broken once. */
#include "claim/path.h"

#include <math.h>
#include <stdbool.h>

/* Normal equations of a continuous line that is broken at x[at]: a + b x + c (x -
   x_at)+, solved by elimination of 3 unknowns; `broken` false: without c. */
typedef struct line {
    double before, after; /* slopes */
    double square;        /* of the residuals */
} line;

static void solve(double m[3][4], int n, double out[3])
{
    for (int k = 0; k < n; k++) {
        for (int i = k + 1; i < n; i++) {
            double by = m[i][k] / m[k][k];
            for (int j = k; j < 4; j++) {
                m[i][j] -= by * m[k][j];
            }
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        out[k] = m[k][3];
        for (int j = k + 1; j < n; j++) {
            out[k] -= m[k][j] * out[j];
        }
        out[k] /= m[k][k];
    }
}

static line fit(const double *x, const double *y, size_t n, size_t at, bool broken)
{
    double m[3][4] = {{0}}, out[3] = {0};
    for (size_t i = 0; i < n; i++) {
        double beyond = broken && i > at ? x[i] - x[at] : 0;
        const double row[4] = {1, x[i] - x[0], beyond, y[i]};
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 4; b++) {
                m[a][b] += row[a] * row[b];
            }
        }
    }
    solve(m, broken ? 3 : 2, out);
    line l = {.before = out[1], .after = out[1] + out[2]};
    for (size_t i = 0; i < n; i++) {
        double beyond = broken && i > at ? x[i] - x[at] : 0;
        double off = y[i] - out[0] - out[1] * (x[i] - x[0]) - out[2] * beyond;
        l.square += off * off;
    }
    return l;
}

static double criterion(double square, size_t n, double k)
{
    double m = (double)n;
    return m * log(square / m) + 2 * k + 2 * k * (k + 1) / (m - k - 1);
}

/* Residuals of a parabola, by the same elimination. */
static double square_of_parabola(const double *x, const double *y, size_t n)
{
    double m[3][4] = {{0}}, out[3] = {0}, square = 0;
    double middle = (x[0] + x[n - 1]) / 2;
    for (size_t i = 0; i < n; i++) {
        double u = x[i] - middle;
        const double row[4] = {1, u, u * u, y[i]};
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 4; b++) {
                m[a][b] += row[a] * row[b];
            }
        }
    }
    solve(m, 3, out);
    for (size_t i = 0; i < n; i++) {
        double u = x[i] - middle, off = y[i] - out[0] - out[1] * u - out[2] * u * u;
        square += off * off;
    }
    return square;
}

/* Slopes of the line broken where that fits best. */
static line best_broken(const double *x, const double *y, size_t n)
{
    line best = {0};
    for (size_t at = RIFT_TURN_LEAST; at + RIFT_TURN_LEAST < n; at++) {
        line l = fit(x, y, n, at, true);
        best = at == RIFT_TURN_LEAST || l.square < best.square ? l : best;
    }
    return best;
}

int rift_path_turn(const double *x, const double *y, size_t n, size_t *row)
{
    if (n < 2 * RIFT_TURN_LEAST + 1) {
        return 0;
    }
    line broken = best_broken(x, y, n);
    double straight = criterion(fit(x, y, n, 0, false).square, n, 3);
    bool better = criterion(broken.square, n, 5) + 2 < straight ||
                  criterion(square_of_parabola(x, y, n), n, 4) + 2 < straight;
    if (!better || !(broken.before * broken.after < 0)) {
        return 0;
    }
    int shape = broken.before > 0 ? -1 : 1;
    *row = 0;
    for (size_t i = 1; i < n; i++) {
        *row = -shape * y[i] > -shape * y[*row] ? i : *row;
    }
    bool inside = *row >= RIFT_TURN_LEAST && *row + RIFT_TURN_LEAST < n;
    return inside ? shape : 0;
}
