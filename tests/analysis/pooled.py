# SPDX-License-Identifier: GPL-3.0-or-later
"""Forecasts by the average of four methods: members, weights, errors and one range computed a second time here;
ranges hold as often as they say on planted paths and on what was observed since; what cannot be told has a reason."""
import math
import pathlib
import random
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import number, passed, rift, rows, shipped

SERIES = "IT.NET.USER.ZS"
METHODS = ("logistic", "gompertz", "damped-drift", "gap-halving")
SHARES = (0.90, 0.92, 0.94, 0.96, 0.98, 1.0)


def study(work, paths, last=2020, unit='"%"', groups=None):
    work.mkdir()
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},x,{v!r}\n" for c, path in paths.items() for y, v in path.items() if y <= last))
    (work / "index.yaml").write_text(
        f"code: p\nnormalisation: goalposts\nentities: any\nseries:\n  - {{code: x, unit: {unit}, "
        "goalposts: {low: 0, high: 100}}\nnodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name,g\n" + "".join(
        f"{c},{c},{(groups or {}).get(c, '')}\n" for c in paths))
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: 2000, last: {last}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\ngroups: [{code: g, column: g}]\nforecast: {series: [x]}\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return lambda part, *more: rows(rift("forecast", work / "out", part, "--series", "x", "--to", "csv", *more))


# The method by its description in docs and comments, path by path.
def scale(y, k):
    """A value on scale k: logistic and Gompertz with six ceilings each, and the gap to the top."""
    if k == 12:
        return -math.log(101 - y)
    top = 100 * SHARES[k % 6]
    return math.log((y + 1) / (top + 1 - y)) if k < 6 else -math.log(-math.log((y + 1) / (top + 2)))


def unscale(z, k):
    if k == 12:
        y = 101 - math.exp(-z)
    else:
        top = 100 * SHARES[k % 6] + 2
        y = (top / (1 + math.exp(-z)) if k < 6 else top * math.exp(-math.exp(-z))) - 1
    return min(max(y, 0), 100)


def lines(paths, origin):
    """Of every path: its last value and year, and the slope, its variance and log likelihood by scale."""
    out = {}
    for c, path in paths.items():
        years = sorted(y for y in path if y <= origin)
        if len(years) < 5:
            continue
        w = 0.7 ** (years[-1] - numpy.array(years, float))
        t, y = numpy.array(years, float), [min(path[k], 100) for k in years]
        of = {}
        for k in range(13):
            if k < 12 and k % 6 < 5 and max(y) >= 100 * SHARES[k % 6]:
                continue
            z = numpy.array([scale(v, k) for v in y])
            mt, mz = numpy.average(t, weights=w), numpy.average(z, weights=w)
            stt = (w * (t - mt) ** 2).sum()
            b = (w * (t - mt) * (z - mz)).sum() / stt
            rest = z - mz - b * (t - mt)
            off = sum(wi * (v - unscale(mz + b * (ti - mt), k)) ** 2
                      for wi, v, ti in zip(w, y, t)) / w.sum() if k < 12 else 0
            of[k] = [b, 3 * (w * rest ** 2).sum() / max(w.sum() - 2, 0.5) / stt,
                     -0.5 * w.sum() * math.log(off + 1e-2)]
        out[c] = (years[-1], y[-1], of)
    return out


def members(paths, origin, years):
    """Forecasts of every path by the four methods, `years` ahead of its last value by `origin`."""
    found = lines(paths, origin)
    chance = {}
    for curve in (0, 1):
        like = {c: {k: of[6 * curve + k][2] for k in range(6) if 6 * curve + k in of} for c, (_, _, of) in found.items()}
        like = {c: {k: math.exp(x - max(of.values())) for k, x in of.items()} for c, of in like.items()}
        prior = [1 / 6] * 6
        for _ in range(21):
            post = {}
            for c, of in like.items():
                total = sum(prior[k] * x for k, x in of.items())
                post[c] = {k: prior[k] * x / total for k, x in of.items()}
            prior = [sum(p.get(k, 0) for p in post.values()) / len(post) for k in range(6)]
        for c, p in post.items():
            kept = {k: x for k, x in p.items() if x >= 1e-3}
            chance[c, curve] = {k: x / sum(kept.values()) for k, x in kept.items()}
    for k in range(13):
        some = [c for c in found if (k == 12 or k % 6 in chance[c, k // 6])]
        if not some:
            continue
        b, v = (numpy.array([found[c][2][k][i] for c in some]) for i in (0, 1))
        middle = numpy.median(b)
        between = max(0, numpy.median((b - middle) ** 2) / 0.45493642311957 - numpy.median(v))
        for c, bi, vi in zip(some, b, v):
            found[c][2][k][0] = middle + (between / (between + vi) if between + vi > 0 else 1) * (bi - middle)
    out = {}
    for c, (year, last, of) in found.items():
        rows_ = numpy.zeros((4, years))
        for h in range(1, years + 1):
            for curve in (0, 1):
                for k, p in chance[c, curve].items():
                    s = 6 * curve + k
                    rows_[curve, h - 1] += p * unscale(scale(last, s) + of[s][0] * h, s)
            ahead = sum(0.95 ** i for i in range(1, h + 1))
            if 5 in of:
                rows_[2, h - 1] = unscale(scale(last, 5) + of[5][0] * ahead, 5)
            rows_[3, h - 1] = unscale(scale(last, 12) + of[12][0] * h, 12)
        out[c] = (year, rows_)
    return out


def logit(y):
    return numpy.log((numpy.asarray(y) + 1) / (101 - numpy.asarray(y)))


def recomputed(work):
    """A country's values to come and their ranges, from the values of all countries alone."""
    panel = {}
    for r in rows(rift("export", shipped(), "panel")):
        if r["indicator"] == SERIES:
            panel.setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
    said = {int(r["year"]): r for r in rows(rift("forecast", shipped(), "projection", "--series", SERIES, "--country",
                                                 "KEN", "--to", "csv")) if r["unit_name"] == "KEN"}
    past = {o: members(panel, o, 2024 - o) for o in range(2004, 2024)}
    now = members(panel, 2024, 15)["KEN"][1]
    for h in (1, 5, 10, 14):
        known = [(rows_[:, h - 1], panel[c][o + h]) for o in range(2004, 2025 - h) for c, (year, rows_) in past[o].items()
                 if year == o and o + h in panel[c]]
        f, x = numpy.array([k[0] for k in known]), numpy.array([k[1] for k in known])
        w = 1 / (((f - x[:, None]) ** 2).mean(0) + 1e-2)
        w /= w.sum()
        combined = f @ w
        level, error = logit(combined), logit(x) - logit(combined)
        mine = w @ now[:, h - 1]
        row = said[2024 + h]
        assert abs(float(row["fitted"]) - mine) < 1e-6, (h, row, mine)
        order, n = numpy.argsort(level, kind="stable"), len(level)
        wide, places = n // 3, []
        for k in range(5):
            part = order[k * (n - wide) // 4:][:wide]
            e = numpy.sort(error[part])
            rank = [min(max(p * (wide + 1) - 1, 0), wide - 1) for p in (0.025, 0.25, 0.5, 0.75, 0.975)]
            places.append((level[part].mean(), [numpy.interp(r, range(wide), e) for r in rank]))
        for j, name in enumerate(("p2_5", "p25", "p50", "p75", "p97_5")):
            off = numpy.interp(logit(mine), [p[0] for p in places], [p[1][j] for p in places])
            y = 102 / (1 + math.exp(-(logit(mine) + off))) - 1
            assert abs(float(row[name]) - min(max(y, 0), 100)) < 1e-3, (h, name, row, y)


def since_observed(work):
    """Of the countries that came to 80 % after 2012, 2014 and 2016, how many did within their range."""
    full = {}
    for r in rows(rift("export", shipped(), "panel")):
        if r["indicator"] == SERIES:
            full.setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
    table = {int(r["origin"]): r for r in rows(rift("forecast", shipped(), "target-coverage", "--series", SERIES, "--to",
                                                    "csv")) if float(r["target"]) == 80}
    for origin in (2012, 2014, 2016):
        inside = crossed = opened = 0
        for r in rows(rift("forecast", shipped(), "target-year", "--series", SERIES, "--target", 80, "--year",
                           f"2000:{origin}", "--to", "csv")):
            path = full[r["country"]]
            if not r["ci_low"]:  # further ahead than could be tested by then
                continue
            years = sorted(y for y in path if y >= int(r["year_last"]))
            if r["conclusion"] != "forecast" or int(r["year_last"]) != origin:
                continue
            for a, b in zip(years, years[1:]):
                if path[b] >= 80:
                    when = a + (80 - path[a]) / (path[b] - path[a]) * (b - a)
                    crossed += 1
                    inside += float(r["ci_low"]) <= when and (not r["ci_high"] or when <= float(r["ci_high"]))
                    opened += float(r["ci_low"]) <= when and not r["ci_high"]
                    break
        share = inside / crossed
        assert crossed > 40 and share > 0.85, (origin, crossed, share)
        # the table judges each upper end, also those that could not be tested by then, which the forecast leaves open
        assert share - opened / crossed - 0.03 < float(table[origin]["share_inside"]) < share + 0.03, (origin, share, opened, table[origin])


def noisy(seed, n=80):
    """Logistic paths of different speed and start to 2032, some at every stage in every year, with noise that goes on
    from year to year."""
    draw = random.Random(seed)
    paths = {}
    for i in range(n):
        middle, width, off, path = draw.uniform(1990, 2035), draw.uniform(4, 7), 0.0, {}
        for y in range(2000, 2033):
            off = 0.6 * off + draw.gauss(0, 0.12)
            path[y] = 100 / (1 + math.exp(-(y - middle) / width - off))
        paths[f"C{i:03}"] = path
    return paths


def planted(work):
    """Ranges of 95 % hold 90 to 99 of 100 values, near and far, and years in which 60 % is reached."""
    inside, years = {}, []
    for seed in (1, 2, 3):
        paths = noisy(seed)
        ask = study(work / str(seed), paths)
        table = ask("projection", "--country", ",".join(paths))
        for r in table:
            if r["part"] == "to come" and r["p2_5"] and r["unit_name"] in paths and int(r["year"]) <= 2030:
                low, high = float(r["p2_5"]), float(r["p97_5"])
                assert 0 <= low <= float(r["p50"]) <= high <= 100, r
                inside.setdefault(int(r["year"]) - 2020, []).append(low <= paths[r["unit_name"]][int(r["year"])] <= high)
        for r in ask("target-year", "--target", 60):
            if r["conclusion"] == "forecast":
                path = paths[r["country"]]
                when = next((y - 1 + (60 - path[y - 1]) / (path[y] - path[y - 1]) for y in range(2021, 2033)
                             if path[y] >= 60), math.inf)
                high = number(r["ci_high"]) if r["ci_high"] else math.inf
                if r["ci_low"] and (when < math.inf or high <= 2032):   # else nobody knows yet
                    years.append(float(r["ci_low"]) <= when <= high)
                assert float(r["target_year"]) > 2020 and number(r["ci_low"] or "2020") >= 2020, r
    everywhere = numpy.mean([x for of in inside.values() for x in of])
    assert 0.90 <= everywhere <= 0.99, everywhere
    assert len(inside) > 7 and all(0.8 <= numpy.mean(x) for x in inside.values()), {h: numpy.mean(x) for h, x in inside.items()}
    assert len(years) > 40 and numpy.mean(years) >= 0.85, (len(years), numpy.mean(years))


def exact(work):
    """Paths that are exactly logistic on the method's own scale: the logistic member is right, and its weight all."""
    paths = {f"C{i:03}": {y: min(max(102 / (1 + math.exp(-(y - 2008 - i % 9) / 4)) - 1, 0.01), 99.99) for y in range(2000, 2041)}
             for i in range(20)}
    ask = study(work / "exact", paths)
    rows_ = {r["horizon"]: r for r in ask("forecast-coverage") if r["method"] == "logistic" and r["units"] == "countries"}
    assert float(rows_["1"]["mean_absolute_error"]) < 0.2, rows_["1"]
    for r in ask("target-year", "--target", 80):
        path = paths[r["country"]]
        if r["conclusion"] == "forecast":
            true = next(y - 1 + (80 - path[y - 1]) / (path[y] - path[y - 1]) for y in range(2021, 2041) if path[y] >= 80)
            assert abs(float(r["target_year"]) - true) < 0.3, (r, true)


def reasons(work):
    """One country, two years, values that never change, all at the ceiling, values below 0, an old last value."""
    path = {y: 100 / (1 + math.exp(-(y - 2012) / 4)) for y in range(2000, 2021)}
    one, = study(work / "one", {"KEN": path})("target-year", "--target", 95)
    assert one["conclusion"].startswith("forecast") and 2020 < float(one["target_year"]) < 2030, one
    two, = study(work / "two", {"KEN": {2019: 30.0, 2020: 40.0}})("target-year")
    assert two["conclusion"] == "no forecast: fewer than five values", two
    still = study(work / "still", {c: {y: 40.0 for y in range(2000, 2021)} for c in ("KEN", "UGA", "TZA")})
    for r in still("target-year"):
        assert r["conclusion"] == "not reached within 60 years" and not r["target_year"], r
    story = " ".join(rift("show", work / "still" / "out", "story").split())
    assert "each counting once, will reach 95 % within 60 years we cannot tell: if it goes on as before, slower near the top, it stays below" \
        in story, story
    top = study(work / "top", {c: {y: 100.0 for y in range(2000, 2021)} for c in ("KEN", "UGA", "TZA")})
    assert {r["conclusion"] for r in top("target-year")} == {"reached before"}
    assert all(0 <= number(r["coverage"]) <= 1 for r in top("forecast-coverage"))
    below = study(work / "below", {c: {y: float(y - 2010) for y in range(2000, 2021)} for c in ("KEN", "UGA")}, unit="score")
    assert {r["conclusion"] for r in below("target-year", "--target", 50)} == {"no forecast: there are values below 0"}
    assert not below("forecast-coverage")
    old = study(work / "old", {"KEN": path, "UGA": {y: x for y, x in path.items() if y <= 2012}, "TZA": path})
    of = {r["country"]: r for r in old("target-year", "--target", 60)}
    assert of["UGA"]["conclusion"] == "no forecast: it may be there already, for its last value is old", of["UGA"]
    assert not of["UGA"]["target_year"], of["UGA"]
    said = rift("forecast", work / "one" / "out", "--series", "x", "--method", "best", code=2)
    assert "'method' takes one of combined curve; found 'best'" in said, said


def withheld(work):
    """Paths that all break in the same year, which no error of before could tell: no range is given."""
    paths = {f"C{i:02}": {y: 5 + i / 10 + (0.1 * (y - 2000) if y < 2012 else 1.2 + 6 * (y - 2011)) for y in range(2000, 2021)}
             for i in range(30)}
    ask = study(work / "broken", paths)
    share = {int(r["horizon"]): float(r["coverage"]) for r in ask("forecast-coverage")
             if r["method"] == "combined" and r["units"] == "countries"}
    assert min(share.values()) < 0.8, share
    for r in ask("projection", "--country", "C01"):
        if r["unit_name"] == "C01" and r["part"] == "to come":
            h = int(r["year"]) - 2020
            held = share[min(h, max(share))] >= 0.8
            assert bool(r["p2_5"]) == bool(r["p97_5"]) == held and r["fitted"], (r, share)
    rows_ = ask("target-year", "--target", 90)
    bare = [r for r in rows_ if r["conclusion"] == "forecast without a range: too few of those in the past held"]
    assert bare, rows_
    assert all(not r["ci_low"] and not r["ci_high"] and r["target_year"] and float(r["coverage"]) < 0.8 for r in bare)


def one_way(work):
    """Paths that rise on straight lines: past forecasts, which flatten, were all too low, and yet no year leaves its range."""
    draw = random.Random(7)
    start = [draw.gauss(60, 8) if i < 10 else draw.gauss(30, 8) for i in range(30)]
    paths = {f"D{i:02}": {2011 + t: min(99, start[i] + (3.0 if i < 10 else 4.0) * t) for t in range(10)} for i in range(30)}
    ask = study(work / "lines", paths)
    ranged = [r for r in ask("target-year", "--target", 75) if r["ci_low"] and r["target_year"] and r["conclusion"] == "forecast"]
    assert len(ranged) > 8, ranged
    for r in ranged:
        assert float(r["ci_low"]) <= float(r["target_year"]) <= float(r["ci_high"] or "inf"), r
        assert int(r["n_tested"]) >= 10, r
    for r in ask("projection", "--target", 75):
        assert not r["p2_5"] or float(r["p2_5"]) <= float(r["fitted"]) <= float(r["p97_5"]), r


def scores(work):
    """A row of `coverage` of groups by hand: one group, its interval score from the width and what lies outside."""
    table = rows(rift("forecast", shipped(), "forecast-coverage", "--series", SERIES, "--to", "csv"))
    for r in table:
        score, width, share = float(r["interval_score"]), float(r["mean_width"]), float(r["coverage"])
        assert score >= width - 1e-9 and (share < 1 or abs(score - width) < 1e-6), r
        assert r["nominal"] == "0.95"
    combined = {int(r["horizon"]): float(r["coverage"]) for r in table if r["method"] == "combined"
                and r["units"] == "countries"}
    assert all(0.85 < combined[h] < 0.99 for h in range(1, 11)), combined
    said = rift("forecast", shipped(), "group-target", "--series", SERIES, "--by", "income")
    assert "Means of groups and of the world are weighted by people." in said, said
    held = {int(r["horizon"]): (int(r["n_values"]), round(float(r["coverage"]) * int(r["n_values"]))) for r in table
            if r["method"] == "combined" and r["units"] == "groups"}
    target = {r["group"]: r for r in rows(rift("export", shipped(), "group-target"))}
    for group, r in target.items():
        ahead = min(math.ceil(float(r["target_year"]) - int(r["year_last"])), max(held))
        assert (int(r["tested_horizon"]), int(r["n_tested"])) == (ahead, held[ahead][0]), r
        n, inside = held[ahead]
        beyond = float(r["target_year"]) - int(r["year_last"]) > ahead
        tested = (f"; of {n} past ranges {ahead} years ahead{', the furthest that could be tested,' if beyond else ''} {inside} held).")
        if r["ci_high"]:
            words = f" ({math.floor(float(r['ci_low']))} to {math.ceil(float(r['ci_high']))}" + tested
        elif r["ci_low"]:
            words = f" (not before {math.floor(float(r['ci_low']))}, and how late cannot be tested" + tested
        else:
            words = f" (no range: further ahead than the {max(held)} years that could be tested)."
        name = "the world" if group == "world" else group
        assert f"{name} would reach 95 in {float(r['target_year']):.0f}{words}" in said, (words, said)
        for end in (r["ci_low"], r["ci_high"]):
            assert not end or float(end) - int(r["year_last"]) <= max(held), r
    kinds = {(bool(r["ci_low"]), bool(r["ci_high"])) for r in target.values()}
    assert kinds == {(True, True), (True, False), (False, False)}, kinds


def main():
    checks = (recomputed, since_observed, planted, exact, reasons, withheld, one_way, scores)
    for check in checks:
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    passed(len(checks))


main()
