# SPDX-License-Identifier: GPL-3.0-or-later
"""Convergence, computed a second time here from the exported scores: spread and its trend, growth,
moves between fifths and ranks, years behind and years to equality; clubs that are planted."""
import collections
import math
import pathlib
import random
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows, shipped

NODES = ("total", "access", "use", "capacity")


def reached(path, level):
    before = None
    for year in sorted(path):
        if path[year] >= level:
            if before is None:
                return year, True
            return before + (level - path[before]) / (path[year] - path[before]) * \
                (year - before), False
        before = year
    return None, False


def frontier(of):
    """Mean of the highest tenth of each year, three countries or more, in years of enough countries."""
    count = collections.Counter(y for path in of.values() for y in path)
    out = {}
    for y, n in count.items():
        top = max(3, math.ceil(n / 10))
        if n >= top and n >= 0.6 * max(count.values()):
            out[y] = statistics.fmean(sorted(path[y] for path in of.values() if y in path)[-top:])
    return out


def distance(mine, best):
    """Level, years and what these are; None without a common year."""
    if not mine.keys() & best.keys():
        return None
    last = max(mine.keys() & best.keys())
    level = min(mine[last], best[last])
    a, a_start = reached({y: x for y, x in mine.items() if y <= last}, level)
    b, b_start = reached({y: x for y, x in best.items() if y <= last}, level)
    kind = {(True, True): "unknown", (True, False): "at most", (False, True): "at least"}.get((a_start, b_start), "exact")
    return level, a - b, kind


def limits(of):
    """Median and largest distance of all countries, each between a lower and an upper limit; how many are limits."""
    found = [d for d in (distance(path, frontier(of)) for path in of.values()) if d]
    low = sorted(years if kind in ("exact", "at least") else -math.inf for _, years, kind in found)
    high = sorted(years if kind in ("exact", "at most") else math.inf for _, years, kind in found)

    def text(a, b):
        return ("an unknown number of" if math.isinf(a) and math.isinf(b) else f"at least {a:.1f}" if math.isinf(b) else
                f"at most {b:.1f}" if math.isinf(a) else f"{a:.1f} to {b:.1f}" if a < b else f"{a:.1f}")

    censored = sum(kind != "exact" for _, _, kind in found)
    said = (f"the median of {len(found)} countries lies {text(statistics.median(low), statistics.median(high))} years behind "
            f"the leading tenth, the last {text(low[-1], high[-1])}")
    return said + (f"; for {censored} of them only a limit is known, as one of the two was at that level from its first "
                   "year on." if censored else ".")


def time_distance(paths, ask, say):
    n = collections.Counter()
    for row in ask("time-distance"):
        if row["variable"] not in NODES or row["benchmark"] != "frontier":
            continue
        assert row["benchmark_name"] == "the leading tenth"
        level, years, kind = distance(paths[row["variable"]][row["country"]], frontier(paths[row["variable"]]))
        assert abs(float(row["level"]) - level) < 1e-9 and row["kind"].split(":")[0] == kind, (row, kind)
        assert row["years"] == "" if kind == "unknown" else abs(float(row["years"]) - years) < 1e-9, row
        n[kind] += 1
    assert n["exact"] > 200 and n["at least"] > 200 and sum(n.values()) > 600, n
    # what is said is of all countries, whichever are shown; a country that is named has rows of its own
    for options in ((), ("--country", "KEN,IND")):
        said = say("time-distance", *options)
        for node in NODES:
            assert f": {limits(paths[node])}\n" in said, (node, options, limits(paths[node]), said)
    named = [r for r in ask("time-distance", "--reference", "KOR") if r["benchmark"] == "country"]
    assert {r["benchmark_name"] for r in named} == {"KOR"} and len(named) > 600
    for row in named:
        _, years, kind = distance(paths[row["variable"]][row["country"]], paths[row["variable"]]["KOR"])
        assert row["kind"].split(":")[0] == kind and (kind == "unknown" or abs(float(row["years"]) - years) < 1e-9), row


def limits_of_distance(work):
    """Three ahead for ever; who is where it was, and who came from below: at most, at least, and neither."""
    years = range(2010, 2021)
    top = {c: {y: 50.0 + 5 * (y - 2010) for y in years} for c in ("AAA", "BBB", "CCC")}
    ask = small_study(work, {**top, "DDD": {y: 20.0 if y < 2020 else 40 for y in years},   # below 50 all along
                             "EEE": {y: 60.0 for y in years},                             # there in its first year
                             "FFF": {y: 40.0 - y % 2 for y in years},                     # both were there
                             "GGG": {y: 45.0 + 2 * (y - 2010) for y in years}})            # 65, of 2013
    row = {r["country"]: r for r in ask("time-distance") if r["benchmark"] == "frontier" and r["variable"] == "x"}
    found = {c: (row[c]["years"], row[c]["kind"].split(":")[0]) for c in row}
    assert found == {"AAA": ("0", "exact"), "BBB": ("0", "exact"), "CCC": ("0", "exact"), "DDD": ("10", "at least"),
                     "EEE": ("-2", "at most"), "FFF": ("", "unknown"), "GGG": ("7", "exact")}, found
    # of -inf..-2, 0, 0, 0, 7, 10.., and one that is not known at all, the fourth is 0
    said = rift("converge", work / "out", "time-distance", "--country", "GGG")
    assert ("the median of 7 countries lies 0.0 years behind the leading tenth, the last at least 10.0; for 3 of them only a "
            "limit is known") in said, said


def at_level(paths, ask):
    """Years in which a level was reached, and distances; what is censored is said and bounds the distance."""
    seen = collections.Counter()
    for level, said in ((50, ()), (70, ("--level", "70")), (85, ("--level", "85"))):
        for row in ask("time-at-level", *said):
            if row["benchmark"] != "frontier":
                continue
            assert row["benchmark_name"] == "the leading tenth"
            mine, best = paths[row["variable"]][row["country"]], frontier(paths[row["variable"]])
            assert float(row["level"]) == level, row
            year = []
            for path, when, status in ((mine, "reached", "status"), (best, "benchmark_reached", "benchmark_status")):
                at, before = reached(path, level)
                text = (f"not yet by {max(path)}" if at is None else f"before or in {min(path)}" if before else "reached")
                assert row[status] == text, row
                assert row[when] == "" if text != "reached" else abs(float(row[when]) - at) < 1e-9, row
                year.append(at or max(path))
            limits = [row[k].split()[0] for k in ("status", "benchmark_status")]
            kind = {("reached", "reached"): "exact", ("not", "not"): "unknown", ("before", "before"): "unknown"}.get(
                tuple(limits), "at least" if limits[0] == "not" or limits[1] == "before" else "at most")
            assert row["kind"].startswith(kind), row
            assert row["years"] == "" if kind == "unknown" else abs(float(row["years"]) - year[0] + year[1]) < 1e-9, row
            seen[kind, limits[0]] += 1
    assert seen["exact", "reached"] > 30 and sum(seen.values()) > 1500, seen
    assert {r["variable"] for r in ask("time-at-level", "--level", "1e9")} == set(NODES)


def mobility(paths, table, transitions, yearly=False):
    for row in table:
        if row["variable"] not in NODES:
            continue
        of = paths[row["variable"]]
        years = sorted({y for path in of.values() for y in path})
        mean = {y: statistics.fmean(p[y] for p in of.values() if y in p) for y in years}
        relative = {c: {y: x / mean[y] for y, x in p.items()} for c, p in of.items()}
        fifths = {y: statistics.quantiles([x for p in relative.values() for k, x in p.items() if k == y or not yearly],
                                          n=5, method="inclusive") for y in years}

        def place(path, year):
            return sum(path[year] - e > 1e-11 * abs(e) for e in fifths[year])

        assert row["classes"] == ("yearly" if yearly else "pooled")
        count = [[0] * 5 for _ in range(5)]
        for path in relative.values():
            for year in path:
                if year + 1 in path:
                    i, j = place(path, year), place(path, year + 1)
                    count[i][j] += 1
        moves = sum(map(sum, count))
        assert int(row["n_moves"]) == moves, (row["variable"], row["n_moves"], moves)
        p = [[x / sum(line) for x in line] for line in count]
        for move in transitions:
            if move["variable"] == row["variable"]:
                at = p[int(move["from"]) - 1][int(move["to"]) - 1]
                assert abs(float(move["probability"]) - at) < 1e-12
        pi = [0.2] * 5
        for _ in range(20000):
            pi = [sum(pi[i] * p[i][j] for i in range(5)) for j in range(5)]
        for k in range(5):
            assert abs(float(row[f"ergodic_{k + 1}"]) - pi[k]) < 1e-9
        trace = sum(p[k][k] for k in range(5))
        # the error by leaving out each country with its moves, classes as they are
        own = {}
        for c, path in relative.items():
            own[c] = [[0] * 5 for _ in range(5)]
            for year in path:
                if year + 1 in path:
                    i, j = place(path, year), place(path, year + 1)
                    own[c][i][j] += 1
        without = []
        for c in own:
            left = [[count[i][j] - own[c][i][j] for j in range(5)] for i in range(5)]
            without.append((5 - sum(left[k][k] / sum(left[k]) for k in range(5))) / 4)
        n = len(without)
        jackknife = math.sqrt((n - 1) / n * sum((x - statistics.fmean(without)) ** 2 for x in without))
        assert 0.75 < float(row["standard_error_shorrocks_trace"]) / jackknife < 1.33, (row, jackknife)
        assert abs(float(row["shorrocks_trace"]) - (5 - trace) / 4) < 1e-12


def beta(paths, table):
    """By the definition, on three scales; half-lives from the slope."""
    scales = {"level": lambda x: x, "ln": math.log, "logit": lambda x: math.log(x / (100 - x))}
    seen = set()
    for row in table:
        if row["variable"] != "use" or row["kind"] != "absolute":
            continue
        of, first, last = paths["use"], int(row["year_first"]), int(row["year_last"])
        pairs = [(p[first], p[last]) for p in of.values() if first in p and last in p]

        level = scales[row["scale"]]
        pairs = [(level(a), level(b)) for a, b in pairs
                 if row["scale"] == "level" or (min(a, b) > 0 and
                                                (row["scale"] == "ln" or max(a, b) < 100))]
        years = last - first
        fit = statistics.linear_regression([a for a, _ in pairs],
                                           [(b - a) / years for a, b in pairs])
        assert int(row["n_countries"]) == len(pairs) and abs(float(row["beta"]) - fit.slope) < 1e-12
        speed = -math.log(1 + fit.slope * years) / years
        assert abs(float(row["speed"]) - speed) < 1e-12
        if speed > 0:
            assert abs(float(row["half_life"]) - math.log(2) / speed) < 1e-8 * math.log(2) / speed
        seen.add(row["scale"])
    assert seen == set(scales)


def errors_of(x, residual, kind):
    """Standard errors of least squares as their papers have them: White (1980), MacKinnon and White (1985)."""
    n, k = x.shape
    left = numpy.linalg.pinv(x)  # (X'X)^-1 X'
    if kind == "ols":
        meat = numpy.full(n, residual @ residual / (n - k))
    elif kind == "hc1":
        meat = residual ** 2 * n / (n - k)
    else:
        leverage = (numpy.linalg.qr(x)[0] ** 2).sum(axis=1)
        meat = (residual / (1 - leverage)) ** 2
    return numpy.sqrt((left ** 2) @ meat)


def conditional(folder, paths, ask):
    """The same with ln GDP per head beside it, with every kind of errors; without a word, hc3."""
    control = ("--controls", "NY.GDP.PCAP.PP.CD")
    gdp = {}
    for r in rows(rift("export", folder, "panel")):
        if r["indicator"] == "NY.GDP.PCAP.PP.CD":
            gdp[r["country"], int(r["year"])] = float(r["value"])
    for kind in ("", "ols", "hc1", "hc3"):
        said = control + (("--errors", kind) if kind else ())
        row, = [r for r in ask("beta", *said)
                if (r["variable"], r["kind"], r["scale"]) == ("use", "conditional", "ln")]
        terms = [r for r in ask("beta-coefficients", *said)
                 if (r["variable"], r["kind"], r["scale"]) == ("use", "conditional", "ln")]
        first, last = int(row["year_first"]), int(row["year_last"])
        data = [(math.log(p[first]), math.log(gdp[c, first]), math.log(p[last] / p[first]) / (last - first))
                for c, p in paths["use"].items() if first in p and last in p and (c, first) in gdp]
        x = numpy.array([[1, a, b] for a, b, _ in data])
        y = numpy.array([g for *_, g in data])
        b = numpy.linalg.lstsq(x, y, rcond=None)[0]
        se = errors_of(x, y - x @ b, kind or "hc3")
        assert abs(float(row["beta"]) - b[1]) < 1e-10 and abs(float(row["standard_error"]) - se[1]) < 1e-10
        assert [r["term"] for r in terms] == ["intercept", "start", "ln:NY.GDP.PCAP.PP.CD"]
        for term, at, error in zip(terms, b, se):
            assert abs(float(term["coefficient"]) - at) < 1e-9 and abs(float(term["standard_error"]) - error) < 1e-9
            assert abs(float(term["t"]) - at / error) < 1e-6 and int(term["n_countries"]) == len(y)
            assert int(term["df"]) == len(y) - 3 and term["errors"] == (kind or "hc3")
            # p of t: its density integrated in small steps
            step, df = 1e-4, len(y) - 3
            at_t = numpy.arange(0, min(abs(at / error), 40), step) + step / 2
            density = numpy.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)
                                - (df + 1) / 2 * numpy.log1p(at_t ** 2 / df)) / math.sqrt(df * math.pi)
            assert abs(float(term["p_value"]) - (1 - 2 * step * density.sum())) < 1e-4, term
    said = rift("converge", folder, "beta", "--errors", "hc2", code=2)
    assert "'errors' takes one of ols hc1 hc3; found 'hc2'" in said, said


def sigma(paths, table, trend, view):
    """Spreads of the countries that can be followed, and the line through them, which is the same
    in the table of every result."""
    for node in ("use", "access"):
        for scale, of in (("level", lambda x: x), ("ln", math.log), ("relative", lambda x: x)):
            mine = [r for r in table if (r["variable"], r["scale"], r["weighting"]) == (node, scale, "unweighted")]
            years = [int(r["year"]) for r in mine]
            first, last = years[0], years[-1]
            follow = [p for p in paths[node].values() if all(y in p for y in range(first, last + 1))]
            if scale == "ln":
                follow = [p for p in follow if min(p[y] for y in years) > 0]
            assert int(mine[0]["n_countries"]) == len(follow), (node, scale, len(follow), mine[0])
            spread = []
            for r in mine:
                x = [of(p[int(r["year"])]) for p in follow]
                sd = statistics.pstdev(x)
                sd /= statistics.fmean(x) if scale == "relative" else 1
                assert abs(float(r["spread"]) - sd) < 1e-10, (r, sd)
                spread.append(sd)
            row = next(r for r in trend if (r["variable"], r["scale"], r["weighting"]) == (node, scale, "unweighted"))
            fit = statistics.linear_regression(years, spread)
            assert abs(float(row["slope_least_squares"]) - fit.slope) < 1e-12
            # generalised least squares with the inverse of rho^|i - j|, which has three diagonals
            e = [s - fit.intercept - fit.slope * y for s, y in zip(spread, years)]
            n = len(e)
            rho = sum(a * b for a, b in zip(e, e[1:])) / sum(a * a for a in e[:-1])
            assert -0.97 < rho < 1

            def form(a, b):
                return (a[0] * b[0] + a[-1] * b[-1] + (1 + rho * rho) * sum(x * y for x, y in zip(a[1:-1], b[1:-1]))
                        - rho * sum(a[i] * b[i + 1] + a[i + 1] * b[i] for i in range(n - 1)))

            one, time = [1] * n, [y - statistics.fmean(years) for y in years]
            a, b, c = form(one, one), form(one, time), form(time, time)
            det = a * c - b * b
            slope = (a * form(time, spread) - b * form(one, spread)) / det
            level = (c * form(one, spread) - b * form(time, spread)) / det
            left = [s - level - slope * t for s, t in zip(spread, time)]
            se = math.sqrt(form(left, left) / (n - 2) * a / det)
            assert abs(float(row["slope"]) - slope) < 1e-11, (row, slope)
            assert abs(float(row["standard_error"]) - se) < 1e-11, (row, se)
            assert 1 / 2001 < float(row["p_value"]) <= 1
            if scale == "ln":
                own = next(r for r in view if (r["node"], r["weighting"]) == (node, "unweighted"))
                assert abs(float(own["slope"]) - slope) < 1e-11 and own["p_value"] == row["p_value"]
                assert abs(float(own["standard_error"]) - se) < 1e-11, (own, se)


def ranks(paths, table):
    """Tau-b by counting pairs."""
    for row in table:
        if row["variable"] not in NODES:
            continue
        of, first, last = paths[row["variable"]], int(row["year_first"]), int(row["year_last"])
        pairs = [(p[first], p[last]) for p in of.values() if first in p and last in p]
        assert len(pairs) == int(row["n_countries"])
        score = tied_x = tied_y = 0
        for i, (a, b) in enumerate(pairs):
            for c, d in pairs[:i]:
                score += ((a > c) - (a < c)) * ((b > d) - (b < d))
                tied_x += a == c
                tied_y += b == d
        n = len(pairs) * (len(pairs) - 1) / 2
        assert abs(float(row["tau_b"]) - score / math.sqrt((n - tied_x) * (n - tied_y))) < 1e-12
        # Kendall's own error where nothing agrees bounds it from above
        m = len(pairs)
        assert 0.01 < float(row["standard_error_tau_b"]) < math.sqrt(2 * (2 * m + 5) / (9 * m * (m - 1))) * 1.1, row


def catch_up(paths, table):
    """From the two gaps of the row's years."""
    n = 0
    for row in table:
        if row["kind"] != "country" or row["variable"] not in NODES:
            continue
        assert row["benchmark_name"] == "the leading tenth"
        mine, best = paths[row["variable"]][row["unit_name"]], frontier(paths[row["variable"]])
        first, last = int(row["year_first"]), int(row["year_last"])
        gap, before = best[last] - mine[last], best[first] - mine[first]
        change = (gap - before) / (last - first)
        assert abs(float(row["gap"]) - gap) < 1e-9 and abs(float(row["change_a_year"]) - change) < 1e-9
        if gap > 0 and change < 0:
            late = -gap / change > 1000
            assert row["conclusion"] == ("closing, in more than 1,000 years" if late else "closing"), row
            assert not row["years_to_equality"] if late else \
                abs(float(row["years_to_equality"]) + gap / change) < 1e-6 * abs(gap / change), row
        else:
            assert row["years_to_equality"] == "" and row["conclusion"] in ("there", "widening", "unchanged")
        n += 1
    assert n > 300, n


def catch_up_of_groups(paths, table, group, people):
    """Means of the countries with both years, of groups of which 60 % of the countries and of the people have them."""
    n, differ = 0, 0
    for row in table:
        if row["kind"] == "country" or row["variable"] not in NODES:
            continue
        of = paths[row["variable"]]
        members = {k: [c for c in group if group[c][row["kind"]] == row[k]] for k in ("unit_name", "benchmark_name")}
        first, last = int(row["year_first"]), int(row["year_last"])
        assert last - first >= 5
        both = {k: [c for c in m if first in of.get(c, ()) and last in of[c]] for k, m in members.items()}
        assert (int(row["n_countries"]), int(row["n_benchmark"])) == tuple(len(x) for x in both.values()), row
        for k, m in members.items():
            assert len(both[k]) >= 0.5 * len(m), (row, len(both[k]), len(m))
            own = sum(people[last].get(c, 0) for c in both[k])
            assert own >= 0.6 * sum(people[last].get(c, 0) for c in m), row
        gap = [statistics.fmean(of[c][y] for c in both["benchmark_name"]) - statistics.fmean(of[c][y] for c in both["unit_name"])
               for y in (first, last)]
        change = (gap[1] - gap[0]) / (last - first)
        assert abs(float(row["gap"]) - gap[1]) < 1e-9 and abs(float(row["change_a_year"]) - change) < 1e-9, (row, gap)
        whoever = [[statistics.fmean(of[c][y] for c in m if y in of.get(c, ())) for m in members.values()] for y in (first, last)]
        differ += abs((whoever[1][1] - whoever[1][0] - whoever[0][1] + whoever[0][0]) / (last - first) - change) > 1e-6
        n += 1
    assert n > 20 and differ > 5, (n, differ)


def one_that_leaves(work):
    """Two rich, of which the richer has no value in 2020: the others of its group gain on nobody, for all that its mean
    falls; and the sentence says how many, which are too few for a direction."""
    paths = {"AAA": {2015: 90.0}, "BBB": {2015: 60.0, 2020: 70.0}, "CCC": {2015: 20.0, 2020: 25.0},
             "DDD": {2015: 20.0, 2020: 25.0}}
    small_study(work, paths)
    (work / "countries.csv").write_text("country,name,g\n" + "".join(
        f"{c},{c},{'rich' if c < 'C' else 'poor'}\n" for c in paths))
    (work / "study.yaml").write_text((work / "study.yaml").read_text() + "groups: [{code: g, name: G, column: g}]\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    arguments = ("converge", work / "out", "catch-up-time", "--series", "x", "--by", "g")
    row = next(r for r in rows(rift(*arguments, "--to", "csv")) if r["kind"] == "g" and r["variable"] == "x")
    assert (row["unit_name"], row["n_countries"], row["n_benchmark"], row["conclusion"]) == ("poor", "2", "1", "not tested"), row
    assert float(row["gap"]) == 45 and float(row["change_a_year"]) == 1, row
    said = rift(*arguments)
    assert ("whether the gap of poor to rich (45) changed from 2015 to 2020 we cannot tell, for one of the two has fewer than two "
            "countries with both years (2 of 2 and 1 of 2 countries with both years).\n") in said, said


def small_study(work, paths, high=200):
    """Of one series x; paths: country -> {year: value}."""
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},x,{v!r}\n" for c, path in paths.items() for y, v in path.items()))
    (work / "index.yaml").write_text(
        f"code: p\nnormalisation: goalposts\nentities: any\nseries: [{{code: x, goalposts: {{low: 0, high: {high}}}}}]\n"
        "nodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in paths))
    years = sorted({y for path in paths.values() for y in path})
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: {years[0]}, last: {years[-1]}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return lambda part, *more: rows(rift("converge", work / "out", part, "--series", "x", "--to", "csv", *more))


def apart(work):
    """Nobody moves between the highest fifth and the others: there is no one distribution to near, whatever the second
    eigenvalue is rounded to."""
    moved = {(2, 2013): 11, (6, 2014): 11, (4, 2017): 11, (3, 2013): -11, (7, 2014): -11, (5, 2017): -11, (10, 2016): -11,
             (9, 2016): 11}
    ask = small_study(work, {f"C{i:02}": {y: 10 * i + moved.get((i, y), 0) for y in range(2012, 2020)} for i in range(1, 11)})
    row, = ask("mobility")
    empty = [k for k, x in row.items() if not x]
    assert empty == ["unconditional_leaving", "standard_error_unconditional_leaving", "bartholomew",
                     "standard_error_bartholomew", "half_life", *(f"ergodic_{k}" for k in range(1, 6))], row
    assert float(row["sommers_conlisk"]) == 0, row
    assert "the chain has no ergodic distribution to near" in rift("converge", work / "out", "mobility", "--series", "x")


def as_good_as_never(work):
    """A gap that closes by rounding alone, or by a millionth a year, closes in no number of years; no half-life of a
    growth that is the same everywhere."""
    paths = {"AAA": {y: 90.0 for y in range(2012, 2020)}, "BBB": {y: 30 + 1e-5 * (y - 2012) for y in range(2012, 2020)},
             "CCC": {y: 0.1 + 0.2 if y > 2016 else 0.3 for y in range(2012, 2020)},
             "DDD": {y: 20.0 + y - 2012 for y in range(2012, 2020)}}
    ask = small_study(work, paths)
    row = {r["unit_name"]: r for r in ask("catch-up-time", "--reference", "AAA")}
    assert row["BBB"]["conclusion"] == "closing, in more than 1,000 years" and not row["BBB"]["years_to_equality"], row
    assert row["CCC"]["conclusion"] == "unchanged" and float(row["CCC"]["change_a_year"]) == 0, row["CCC"]
    assert not row["BBB"]["years_to_present_level"] and not row["CCC"]["years_to_present_level"], row
    assert row["DDD"]["conclusion"] == "closing" and abs(float(row["DDD"]["years_to_equality"]) - 63) < 1e-9, row["DDD"]
    ask = small_study(work, {f"C{i:02}": {2012: 10.0 * i, 2019: (10 + 1e-6 * (i % 2)) * i * 1.01} for i in range(1, 9)})
    for r in ask("beta"):
        assert not r["half_life"] or float(r["half_life"]) <= 1000, r


def clubs(work):
    """Two clubs that are planted are found, with their members; without them all converge."""
    codes = [f"C{i:02}" for i in range(24)]
    for name, far in (("two", 50), ("one", 0)):
        lines = ["country,year,indicator,value"]
        for i, code in enumerate(codes):
            for year in range(1990, 2021):
                t = year - 1989
                value = 60 + (far if i % 2 else 0) + (i - 12) * 1.5 / t
                if not (i == 3 and year in (2001, 2002)):   # a gap that is closed by a line
                    lines.append(f"{code},{year},x,{value!r}")
        (work / "data.csv").write_text("\n".join(lines) + "\n")
        (work / "index.yaml").write_text(
            "code: p\nnormalisation: goalposts\nentities: any\nseries:\n"
            "  - {code: x, goalposts: {low: 0, high: 200}}\n"
            "nodes: [{code: total, children: [x]}]\n")
        (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in codes))
        (work / "study.yaml").write_text(
            "code: p\ntitle: P\nyears: {first: 1990, last: 2020}\nsources: [data.csv]\n"
            "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n"
            "converge: {series: [x]}\n")
        rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
        found = rows(rift("export", work / "out", "clubs"))
        of = {r["country"]: r["club"] for r in rows(rift("export", work / "out", "club-members"))}
        if name == "two":
            assert float(found[0]["t"]) < -1.65 and found[0]["conclusion"] == "rejected", found
            assert [int(r["n_countries"]) for r in found] == [24, 12, 12], found
            assert all(of[c] == ("1" if i % 2 else "2") for i, c in enumerate(codes)), of
        else:
            assert float(found[0]["t"]) > -1.65 and set(of.values()) == {"1"}, found
        # the same by the command, and for two years there is nothing to find
        again = rows(rift("converge", work / "out", "clubs", "--series", "x", "--to", "csv"))
        assert again == found
        assert rows(rift("converge", work / "out", "clubs", "--year", "2000:2002", "--to", "csv")) == []


def log_t(x, first):
    """b and t of the log t regression by least squares, from the period `first` (counted from 1) on."""
    h = numpy.array([numpy.mean((column / column.mean() - 1) ** 2) for column in x.T])
    time = numpy.arange(1, len(h) + 1)[first - 1:]
    y = numpy.log(h[0] / h[first - 1:]) - 2 * numpy.log(numpy.log(time))
    design = numpy.column_stack([numpy.ones(len(time)), numpy.log(time)])
    b = numpy.linalg.lstsq(design, y, rcond=None)[0]
    rest = y - design @ b
    variance = rest @ rest / (len(time) - 2) * numpy.linalg.inv(design.T @ design)[1, 1]
    return h, b[1], b[1] / math.sqrt(variance)


def conventions(work):
    """Each setting of the clubs by the definition, in numpy; the variance H_t; clubs before they are merged."""
    draw = random.Random(4)
    codes, years = [f"C{i:02}" for i in range(20)], range(1995, 2025)
    x = numpy.array([[50 + 30 * (i % 3) + (i - 10) * 2 / t + draw.gauss(0, 0.3) for t in range(1, 31)]
                     for i in range(len(codes))])
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},x,{float(x[i, t])!r}\n" for i, c in enumerate(codes) for t, y in enumerate(years)))
    (work / "index.yaml").write_text(
        "code: p\nnormalisation: goalposts\nentities: any\nseries:\n  - {code: x, goalposts: {low: 0, high: 200}}\n"
        "nodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in codes))
    (work / "study.yaml").write_text(
        "code: p\ntitle: P\nyears: {first: 1995, last: 2024}\nsources: [data.csv]\ncountries: {file: countries.csv}\n"
        "index: index.yaml\nreport: false\n"
        "converge: {series: [x], smoothing: none, start: 0.25, first_period: at, log_t_errors: ols, merging: none}\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")

    def ask(part, *more):
        return rows(rift("converge", work / "out", part, "--series", "x", "--to", "csv", *more))

    assert ask("clubs", "--smoothing", "none", "--start", 0.25, "--first-period", "at", "--log-t-errors", "ols",
               "--merging", "none") == rows(rift("export", work / "out", "clubs"))
    plain = ("--smoothing", "none", "--log-t-errors", "ols")
    for start, word, first in ((0.25, "after", 9), (0.25, "at", 8), (0.4, "after", 13), (0.4, "at", 12)):
        found = ask("clubs", *plain, "--start", start, "--first-period", word)[0]
        _, b, t = log_t(x, first)
        assert abs(float(found["b"]) - b) < 1e-9 * abs(b) and abs(float(found["t"]) - t) < 1e-7 * abs(t), (found, b, t)
        assert (found["year_regression"], found["smoothing"], found["errors"]) == (str(1995 + first - 1), "", "ols")
    second = numpy.diff(numpy.eye(30), 2, axis=0)
    for penalty in (6.25, 400):
        trend = numpy.exp(numpy.linalg.solve(numpy.eye(30) + penalty * second.T @ second, numpy.log(x).T).T)
        found = ask("clubs", "--smoothing", penalty, "--log-t-errors", "ols")[0]
        h, b, t = log_t(trend, 8)    # as the study says
        assert abs(float(found["t"]) - t) < 1e-6 * abs(t), (found, t)
        kept = [r for r in ask("transition-variance", "--smoothing", penalty) if not r["club"]]
        assert len(kept) == 30
        numpy.testing.assert_allclose([float(r["h"]) for r in kept], h, rtol=1e-8)
    members = {r["country"]: r["club"] for r in ask("club-members", *plain)}
    for r in ask("transition-variance", *plain):
        if r["club"]:
            own = x[[i for i, c in enumerate(codes) if members[c] == r["club"]], int(r["year"]) - 1995]
            assert abs(float(r["h"]) - numpy.mean((own / own.mean() - 1) ** 2)) < 1e-12, r
    before = ask("clubs-before-merging", "--merging", "neighbours")
    assert before == ask("clubs", "--merging", "none")[1:] and len(before) >= 3
    assert ask("clubs", "--sieve", 5)[0]["sieve"] == "5"
    wrong = rift("converge", work / "out", "clubs", "--first-period", "before", code=2)
    assert "takes" in wrong and "after" in wrong, wrong


def main():
    folder = shipped()
    paths = {node: {} for node in NODES}
    for r in rows(rift("export", folder, "scores")):
        if r["node"] in paths and r["value"] and int(r["year"]) <= 2022:  # later ones are provisional
            paths[r["node"]].setdefault(r["country"], {})[int(r["year"])] = float(r["value"])

    def ask(part, *more):
        return rows(rift("converge", folder, part, "--series", ",".join(NODES), "--to", "csv", *more))

    def say(part, *more):
        return rift("converge", folder, part, "--series", ",".join(NODES), *more)

    time_distance(paths, ask, say)
    at_level(paths, ask)
    mobility(paths, ask("mobility"), ask("transitions"))
    yearly = ("--classes", "yearly")
    assert ask("mobility", *yearly) != ask("mobility") == ask("mobility", "--classes", "pooled")
    mobility(paths, ask("mobility", *yearly), ask("transitions", *yearly), True)
    beta(paths, ask("beta"))
    conditional(folder, paths, ask)
    sigma(paths, ask("sigma"), ask("sigma-trend"), rows(rift("export", folder, "convergence")))
    ranks(paths, ask("rank-mobility"))
    catch_up(paths, ask("catch-up-time"))
    group = {r["country"]: r for r in rows(rift("export", folder, "groups"))}
    people = collections.defaultdict(dict)
    for r in rows(rift("export", folder, "panel")):
        if r["indicator"] == "SP.POP.TOTL" and r["value"]:
            people[int(r["year"])][r["country"]] = float(r["value"])
    catch_up_of_groups(paths, ask("catch-up-time"), group, people)
    with tempfile.TemporaryDirectory() as folder:
        clubs(pathlib.Path(folder))
        conventions(pathlib.Path(folder))
        apart(pathlib.Path(folder))
        as_good_as_never(pathlib.Path(folder))
        limits_of_distance(pathlib.Path(folder))
        one_that_leaves(pathlib.Path(folder))
    passed(15)


main()
