# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/claims.md defines, written a second time in numpy from that page alone: samples, readings, tests,
turning years, and how a claim stands. Shares nothing with the engine."""
import math

import numpy


def beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    out = d
    for m in range(1, 5000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            out *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return out


def beta_share(a, b, x):
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * beta_fraction(a, b, x) / a
    return 1 - front * beta_fraction(b, a, 1 - x) / b


def two_sided(t, df):
    """P(|T| > |t|) of Student's t."""
    return beta_share(df / 2, 0.5, df / (df + t * t))


def quantile(df, level=0.05):
    """The t of which 5 % lie further out, by halving."""
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, df) > level else (low, middle)
    return (low + high) / 2


def tested(change, variance, df, times=1):
    """change, ci_low, ci_high, p_value."""
    if not (variance > 0 and df > 0):
        return change, math.nan, math.nan, math.nan
    error = math.sqrt(variance)
    reach = quantile(df, 0.05 / times) * error
    return change, change - reach, change + reach, min(1, times * two_sided(change / error, df))


def shares(w):
    return w / w.sum()


def gap(measure, x0, x1, w0, w1, high, ceiling):
    """Means of two groups in two years; `high` says who is in the first. Returns value_first, value_last and test."""
    value, variance, df = [], [], []
    mean = {}
    terms = {}
    for side, who in ((1, high), (-1, ~high)):
        a, b = shares(w0[who]), shares(w1[who])
        first, last = x0[who], x1[who]
        if measure == "shortfall ratio":
            first, last = ceiling - first, ceiling - last
        m0, m1 = a @ first, b @ last
        mean[side] = m0, m1
        s0, s1 = (1, 1) if measure == "difference" else (m0, m1)
        terms[side] = b * (last - m1) / s1 - a * (first - m0) / s0, b
    for side in (1, -1):
        z, b = terms[side]
        n = len(z)
        variance.append(n / (n - 1) * (z @ z))
        df.append(1 / (b @ b) - 1)
    if measure == "difference":
        value = [h - l for h, l in zip(mean[1], mean[-1])]
        change = value[1] - value[0]
    else:
        value = [h / l if measure == "ratio" else l / h for h, l in zip(mean[1], mean[-1])]
        change = math.log(value[1] / value[0])
    v = numpy.array(variance)
    joined = v.sum() ** 2 / (v * v / numpy.array(df)).sum()
    return (value[0], value[1], *tested(change, v.sum(), joined))


def deviation(x, w):
    w = shares(w)
    return math.sqrt(w @ (x - w @ x) ** 2)


def gini(x, w):
    """By the sorted sum, which is the double sum."""
    order = numpy.argsort(x)
    x, w = x[order], shares(w)[order]
    below = numpy.cumsum(w) - w / 2
    return 2 * (w @ (x * below)) / (w @ x) - 1


def between(measure, x, w, group):
    w = shares(w)
    mean = w @ x
    inside = [(w[group == g].sum(), w[group == g] @ x[group == g] / w[group == g].sum()) for g in set(group)]
    if measure == "share between of variance":
        return sum(s * (m - mean) ** 2 for s, m in inside) / (w @ (x - mean) ** 2)
    if measure == "share between of theil-l":
        return -sum(s * math.log(m / mean) for s, m in inside) / -(w @ numpy.log(x / mean))
    r = x / mean
    total = w @ (r * numpy.log(numpy.where(r > 0, r, 1)))
    return sum(s * m / mean * math.log(m / mean) for s, m in inside) / total


def jackknife(statistic, n):
    """(n - 1) / n times the sum of squares of what is left when one country is left out."""
    left = numpy.array([statistic(numpy.arange(n) != i) for i in range(n)])
    return (n - 1) / n * ((left - left.mean()) ** 2).sum()


def inequality(measure, x0, x1, w0, w1, ceiling=None, times=1):
    def of(x, w):
        if measure == "gini":
            return gini(x, w)
        if measure == "gini of shortfall":
            return gini(ceiling - x, w)
        if measure == "standard deviation of logit":
            return deviation(numpy.log(x / (ceiling - x)), w)
        return deviation(x, w)
    first, last = of(x0, w0), of(x1, w1)
    variance = jackknife(lambda k: of(x1[k], w1[k]) - of(x0[k], w0[k]), len(x0))
    b = shares(w1)
    return (first, last, *tested(last - first, variance, 1 / (b @ b) - 1, times))


def groups(measure, x, w, group):
    """The share of the last year against one half."""
    share = between(measure, x, w, group)
    variance = jackknife(lambda k: between(measure, x[k], w[k], group[k]), len(x))
    b = shares(w)
    return (math.nan, share, *tested(share - 0.5, variance, 1 / (b @ b) - 1))


def aicc(rss, n, k):
    return n * math.log(max(rss, 1e-300) / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)


def fitted(columns, y):
    x = numpy.stack(columns, 1)
    found = numpy.linalg.lstsq(x, y, rcond=None)[0]
    return ((y - x @ found) ** 2).sum(), found


def turn(years, y):
    """The year in which a path turns, whether up before and down after, and among how many it was looked for; or None."""
    t, y = numpy.asarray(years, float), numpy.asarray(y, float)
    t0, n = t - t[0], len(t)
    places = [k for k in t if t[0] + 4 <= k <= t[-1] - 4]
    if n < 7 or not places:
        return None
    one = numpy.ones(n)
    line = aicc(fitted([one, t0], y)[0], n, 3)
    parabola = aicc(fitted([one, t0, t0 * t0], y)[0], n, 4)
    rss, found = min((fitted([one, t0, numpy.maximum(t - k, 0)], y) for k in places), key=lambda f: f[0])
    before, after = found[1], found[1] + found[2]
    if min(parabola, aicc(rss, n, 5)) > line - 2 or before * after >= 0:
        return None
    place = int(numpy.argmax(y) if before > 0 else numpy.argmin(y))
    return (int(t[place]), before > 0, len(places)) if t[place] in places else None


def turn_told(x, level=0.05):
    """Whether a turn of values[country, year], each country once, is told."""
    ones = numpy.ones(len(x))
    found = turn(range(x.shape[1]), x.std(axis=0))
    if found is None:
        return False
    at, up, times = found
    halves = (x[:, 0], x[:, at], up), (x[:, at], x[:, -1], not up)
    tests = [(inequality("standard deviation", a, b, ones, ones, times=times), rises) for a, b, rises in halves]
    return all(t[5] < level and (t[2] > 0) == rises for t, rises in tests)


def standing(kind, found, level=0.05):
    """Standing and agreement by the table of docs/claims.md, of readings (change, p, direction asked)."""
    signs = [(math.copysign(1, change) * way if change else 0, p < level) for change, p, way in found]
    shown = [s for s, yes in signs if yes]
    if len({*shown} - {0}) == 2:
        return "open", "opposite"
    if not signs[0][1]:
        return "open", "undecided"
    if len(shown) == len(signs):
        return "told", "all agree"
    if any(s == -signs[0][0] for s, _ in signs):
        return "open", "undecided"
    return "told", "none against"
