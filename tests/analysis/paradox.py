# SPDX-License-Identifier: GPL-3.0-or-later
"""Divides at home and abroad, computed a second time here: the split of a 0/1 trait among people
(T29), Theil between the rich and the others, quadrants, the verdict's test by regressions on dummies
and its interval by bisection, and a panel regression by dummies; and what is planted, for and
against, is found."""
import itertools
import math
import pathlib
import random
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows, shipped

PAIR = "sex=UNECE.NET.USER.F/UNECE.NET.USER.M"


def near(a, b, tolerance=1e-10):
    assert abs(float(a) - b) <= tolerance * max(1, abs(b)), (a, b)


def study(work, values, people, years, groups, extra=""):
    """values: series -> country -> year -> value."""
    lines = ["country,year,indicator,value"]
    for series, of in values.items():
        lines += [f"{c},{y},{series},{v!r}" for c, path in of.items() for y, v in path.items()]
    lines += [f"{c},{y},POP,{n}" for c, n in people.items() for y in range(years[0], years[1] + 1)]
    (work / "data.csv").write_text("\n".join(lines) + "\n")
    (work / "c.yaml").write_text("series:\n  - {code: POP, unit: people}\n" + "".join(
        f"  - {{code: \"{s}\", unit: '% of population', goalposts: {{low: 0, high: 100}}}}\n" for s in values))
    (work / "index.yaml").write_text("code: p\nentities: any\nnormalisation: goalposts\n"
                                     "nodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name,income\n" + "".join(
        f"{c},{c},{g}\n" for c, g in groups.items()))
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: {years[0]}, last: {years[1]}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: index.yaml\nreport: false\n"
        "population: POP\ngroups: [{code: income, column: income}]\n" + extra)
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return lambda part, *more: rows(rift("paradox", work / "out", part, "--series", "x", "--to", "csv", *more))


def t29(work):
    """Three groups of countries of IDI 2025: p 0.7111, total 0.205437, within 0.176163."""
    shares, online = {"AAA": 16, "BBB": 75, "CCC": 9}, {"AAA": 94, "BBB": 72, "CCC": 23}
    ask = study(work, {"x": {c: {2020: v, 2021: v} for c, v in online.items()}}, shares, (2020, 2021),
                {"AAA": "High income", "BBB": "other", "CCC": "other"})
    for row in ask("persons"):
        near(row["share_with"], 0.7111, 1e-9)
        near(row["total"], 0.205437, 1e-6)
        near(row["within"], 0.176163, 1e-6)
        near(row["between"], 0.029274, 1e-6)
        assert abs(float(row["within"]) + float(row["between"]) - float(row["total"])) < 1e-12
    for row in ask("persons-groups", "--by", "income"):
        p = {"AAA": 0.94, "BBB": 0.72, "CCC": 0.23}
        other = (75 * 0.72 + 9 * 0.23) / 84
        near(row["between_groups"], 0.16 * (0.94 - 0.7111) ** 2 + 0.84 * (other - 0.7111) ** 2)
        near(row["between_countries"], sum(shares[c] / 100 * (p[c] - other) ** 2 for c in ("BBB", "CCC")))
        parts = sum(float(row[k]) for k in ("between_groups", "between_countries", "within"))
        assert abs(parts - float(row["total"])) < 1e-12
    # no groups of people: said, and the rest still answered
    text = rift("paradox", work / "out")
    assert "no series of groups of people" in text and "cannot be decided" in text


def t_tail(t, df):
    """P(T > t) of Student's t, by Simpson's rule over the angle."""
    n = 20000
    angle = numpy.linspace(math.atan(abs(t) / math.sqrt(df)), math.pi / 2, n + 1)
    weight = numpy.ones(n + 1)
    weight[1:-1:2], weight[2:-1:2] = 4, 2
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)
    tail = scale * float(weight @ numpy.cos(angle) ** (df - 1)) * (angle[1] - angle[0]) / 3
    return tail if t > 0 else 1 - tail


class Periods:
    """Periods of five years of the rich, on a scale, and what the verdict makes of them."""

    def __init__(self, values, women, men, rich, last, first, scale="level", tolerance=1.0, effect=0.2):
        on = (lambda x: x) if scale == "level" else (lambda x: math.log(x / (100 - x)) if 0 < x < 100 else math.nan)
        tolerance, self.row, self.effect = tolerance * (0.04 if scale == "logit" else 1), [], effect
        for end in range(last, first + 4, -5):
            years = (end - 5, end)
            change = {c: on(path[years[1]]) - on(path[years[0]]) for c, path in values.items()
                      if c in rich and all(y in path for y in years)}
            change = {c: x for c, x in change.items() if not math.isnan(x)}
            others = [x for c, x in change.items() if not rich[c]]
            for c, x in change.items():
                if rich[c] and all(y in side.get(c, {}) for y in years for side in (women, men)):
                    home = [abs(on(men[c][y]) - on(women[c][y])) for y in years]
                    if not math.isnan(home[1] - home[0]):
                        state = ("closed" if home[1] - home[0] < -tolerance - 1e-9 else
                                 "widened" if home[1] - home[0] > tolerance + 1e-9 else "stayed")
                        self.row.append((years[0], c, state, x - statistics.fmean(others) > 0))

    def statistic(self, b0):
        """Score of each country where the difference is b0: regressions on dummies of the years."""
        years, countries = (sorted({r[k] for r in self.row}) for k in (0, 1))
        dummies = numpy.array([[r[0] == y for y in years] for r in self.row], float)

        def rest(v):
            return v - dummies @ numpy.linalg.lstsq(dummies, v, rcond=None)[0]

        x = rest(numpy.array([r[2] == "closed" for r in self.row], float))
        closed = numpy.array([r[2] == "closed" for r in self.row], float)
        u = x * rest(numpy.array([r[3] for r in self.row], float) - b0 * closed)
        score = numpy.array([u[[r[1] == c for r in self.row]].sum() for c in countries])
        told = [any(abs(x[i]) > 1e-9 for i, r in enumerate(self.row) if r[1] == c) for c in countries]
        self.g, self.size, self.score = sum(told), float(x @ x), score
        return float(score.sum() / math.sqrt(float(score @ score)))

    def edge(self, low, high):
        """Where the p value of b0 is 0.05."""
        for _ in range(60):
            middle = (low + high) / 2
            inside = 2 * t_tail(abs(self.statistic(middle)), self.g - 1) > 0.05
            low, high = (middle, high) if inside else (low, middle)
        return (low + high) / 2

    def check(self, row):
        counted = {s: [r[3] for r in self.row if r[2] == s] for s in ("closed", "stayed", "widened")}
        for state, wide in counted.items():
            assert int(row[f"n_{state}"]) == len(wide), (row, state, len(wide))
            if wide:
                near(row[f"share_{state}"], statistics.fmean(wide))
        assert int(row["n_values"]) == len(self.row) and int(row["n_countries"]) == len({r[1] for r in self.row})
        # Mantel and Haenszel's difference, stratum by stratum
        sums = [0.0, 0.0]
        for year in {r[0] for r in self.row}:
            one, two = ([r[3] for r in self.row if r[0] == year and (r[2] == "closed") == side] for side in (True, False))
            if one and two:
                weight = len(one) * len(two) / (len(one) + len(two))
                sums[0] += weight * (statistics.fmean(one) - statistics.fmean(two))
                sums[1] += weight
        b = sums[0] / sums[1]
        near(row["estimate"], b, 1e-9)
        p = 2 * t_tail(abs(self.statistic(0)), self.g - 1)
        near(row["p_value"], p, 1e-7)
        assert int(row["n_clusters"]) == self.g
        same = max(t_tail(self.statistic(-self.effect), self.g - 1), 1 - t_tail(self.statistic(self.effect), self.g - 1))
        near(row["equivalence_p_value"], same, 1e-7)
        low, high = -self.edge_down(b), self.edge(b + 1e-12, b + 5)
        near(row["ci_low"], low, 1e-6)
        near(row["ci_high"], high, 1e-6)
        self.statistic(b)
        se = math.sqrt(self.g / (self.g - 1) * float(self.score @ self.score)) / self.size
        near(row["standard_error"], se, 1e-8)
        z = sum(statistics.NormalDist().inv_cdf(q) for q in (0.95, 0.90))
        assert int(row["countries_needed"]) == math.ceil(self.g * (z * se / self.effect) ** 2 - 1e-9), row
        assert row["conclusion"] == ("no difference" if same < 0.05 else "undecided" if p >= 0.05 else
                                     "for" if b > 0 else "against"), row

    def edge_down(self, b):
        low, high = -b + 1e-12, -b + 5
        for _ in range(60):
            middle = (low + high) / 2
            inside = 2 * t_tail(abs(self.statistic(-middle)), self.g - 1) > 0.05
            low, high = (middle, high) if inside else (low, middle)
        return (low + high) / 2


def on_shipped(folder):
    """The default study, by hand: gaps, quadrants, Theil."""
    panel = {}
    for r in rows(rift("export", folder, "panel")):
        panel.setdefault(r["indicator"], {}).setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
    rich = {r["country"]: r["income"] == "High income" for r in rows(rift("export", folder, "groups")) if r["income"]}
    women, men = (panel[f"UNECE.NET.USER.{s}"] for s in "FM")

    def ask(part, *more):
        return rows(rift("paradox", folder, part, "--series", "IT.NET.USER.ZS", "--pairs", PAIR, "--to", "csv", *more))

    domestic = ask("domestic")
    assert len(domestic) == sum(y in men.get(c, {}) for c in women for y in women[c])
    for row in domestic:
        f, m = women[row["country"]][int(row["year"])], men[row["country"]][int(row["year"])]
        near(row["gap"], m - f)
        near(row["parity"], f / m)
        # two groups of equal size that have or have not: between (m - f)^2 / 4, all p (1 - p), of shares
        p = (f + m) / 200
        if 0 < p < 1 and 0 <= min(f, m) and max(f, m) <= 100:
            near(row["share_of_variance"], ((m - f) / 200) ** 2 / (p * (1 - p)))
        else:
            assert row["share_of_variance"] == "", row
        assert row["conclusion"] == ("behind" if f / m < 0.98 else "ahead" if f / m > 1.02 else "parity")
    # of the same countries in both years, the first and the last that five of them have
    gaps = {y: {r["country"]: float(r["gap"]) for r in domestic if int(r["year"]) == y} for y in {int(r["year"]) for r in domestic}}
    last, first = next((b, a) for b in sorted(gaps, reverse=True) for a in sorted(gaps) if a < b and len({*gaps[a]} & {*gaps[b]}) >= 5)
    both = {*gaps[first]} & {*gaps[last]}
    mean = [sum(gaps[y][c] for c in both) / len(both) for y in (first, last)]
    said = rift("paradox", folder, "domestic", "--pairs", PAIR)
    assert f": in the same {len(both)} countries the mean gap at home was {mean[0]:.1f} in {first} and {mean[1]:.1f} in {last}.\n" in said, said
    table = ask("quadrants")
    names = {("closed", -1): "both close", ("closed", 1): "home closes, abroad widens",
             ("stayed", -1): "home stays, abroad closes", ("stayed", 1): "home stays, abroad widens",
             ("widened", -1): "home widens, abroad closes", ("widened", 1): "both widen"}
    n = 0
    for row in table:
        first, last = int(row["year_first"]), int(row["year_last"])
        c = row["country"]
        assert (row["high_income"] == "1") == rich[c]
        home = abs(men[c][last] - women[c][last]) - abs(men[c][first] - women[c][first])
        near(row["home_change"], home, 1e-9)
        state = "closed" if home < -1 - 1e-9 else "widened" if home > 1 + 1e-9 else "stayed"
        assert row["quadrant"] == names[state, 1 if float(row["abroad_change"]) > 0 else -1], row
        n += 1
    assert n > 60 and {(int(r["year_last"]) - int(r["year_first"])) for r in table} == {5}
    theil = ask("theil-high-income")
    for row in theil:
        assert abs(float(row["between"]) + float(row["within"]) - float(row["total"])) < 1e-12
    said = rift("paradox", folder, "paradox", "--series", "IT.NET.USER.ZS", "--pairs", PAIR).splitlines()
    text = [line for line in said if line][2:]
    assert text[0].startswith("What would count for it: ") and "What would count against it: " in text[0]
    assert text[1].startswith("Whether closing the gap at home widens the one abroad cannot be decided from the data "
                              "there are: 89 periods of five years in 32 high-income economies, 31 of them in Europe"), text[1]
    assert text[3].startswith("To decide it either way in four cases of five it takes about "), text[3]
    assert "near saturation" in text[4] and "not causation" in text[5]
    evidence = ask("paradox")
    assert [r["scale"] for r in evidence] == ["level", "logit"] and {r["verdict"] for r in evidence} == {"undecided"}
    last = max(int(r["year_last"]) for r in table)
    for options, more in ((dict(), ()), (dict(tolerance=0, effect=0.1), ("--tolerance", "0", "--smallest-effect", "0.1"))):
        for row in ask("paradox", *more):
            Periods(panel["IT.NET.USER.ZS"], women, men, rich, last, 2000, row["scale"], **options).check(row)
    # the calendar: the shares of the years lie far apart, whatever happened at home
    years = ask("paradox-periods")
    assert sum(int(r["n_values"]) for r in years) == 89
    of = {y: [sum(int(r[k]) for r in years if r["year_first"] == y) for k in ("n_wider", "n_values")]
          for y in ("2004", "2009", "2014")}
    assert [round(100 * a / b) for a, b in of.values()] == [93, 23, 3], of


def made(b, noise, seed=3, years=(2000, 2015), n=36, drift=-0.3):
    """Panels in which the rich countries' own gap abroad follows their gap at home by b."""
    draw = random.Random(seed)
    x, women, men, groups = {}, {}, {}, {}
    for i in range(n):
        code, rich = f"R{i:02}" if i % 2 else f"P{i:02}", bool(i % 2)
        groups[code] = "High income" if rich else "other"
        level, gap = (60.0 if rich else 20.0) + draw.uniform(-5, 5), 10 + draw.uniform(-2, 2)
        x[code], women[code], men[code] = {}, {}, {}
        for year in range(years[0], years[1] + 1):
            change = draw.gauss(drift, 0.5)
            gap += change
            level += 0.5 + (b * change if rich else 0) + draw.gauss(0, noise)
            x[code][year] = level
            if rich or i < 8:
                women[code][year], men[code][year] = 50 - gap / 2, 50 + gap / 2
    return {"x": x, "F": women, "M": men}, groups


def by_dummies(values, groups, years):
    """Two-way fixed effects by dummies, errors clustered by country."""
    rich = [c for c, g in groups.items() if g == "High income"]
    poor = [c for c, g in groups.items() if g != "High income"]

    def abroad(c, y):
        return values["x"][c][y] - statistics.fmean(values["x"][d][y] for d in poor)

    data = []
    for c in rich:
        for y in range(years[0] + 1, years[1] + 1):
            home = [abs(values["M"][c][t] - values["F"][c][t]) for t in (y - 1, y)]
            data.append((c, y, home[1] - home[0], abroad(c, y) - abroad(c, y - 1)))
    units, times = sorted({d[0] for d in data}), sorted({d[1] for d in data})
    design = numpy.array([[d[2]] + [d[0] == u for u in units] + [d[1] == t for t in times[1:]] for d in data], float)
    y = numpy.array([d[3] for d in data])
    b = numpy.linalg.lstsq(design, y, rcond=None)[0]
    e = y - design @ b
    bread = numpy.linalg.inv(design.T @ design)
    meat = numpy.zeros_like(bread)
    for u in units:
        own = [i for i, d in enumerate(data) if d[0] == u]
        s = design[own].T @ e[own]
        meat += numpy.outer(s, s)
    g, n, k = len(units), len(y), 1 + len(times)   # country effects lie within the clusters
    scale = g / (g - 1) * (n - 1) / (n - k)
    return b[0], math.sqrt(scale * (bread @ meat @ bread)[0, 0]), n


def regression(work):
    years = (2000, 2015)
    for b, noise in ((-0.8, 0.3), (0.0, 0.5), (0.8, 0.3)):
        values, groups = made(b, noise)
        ask = study(work, values, {c: 100 for c in groups}, years, groups)
        table = ask("regression", "--pairs", "sex=F/M")
        row = next(r for r in table if r["model"] == "own")
        estimate, se, n = by_dummies(values, groups, years)
        near(row["b"], estimate, 1e-8)
        near(row["standard_error"], se, 1e-8)
        assert int(row["n_values"]) == n and int(row["n_clusters"]) == 18
        p, wild = float(row["p_value"]), float(row["wild_p_value"])
        if b:
            assert abs(float(row["b"]) - b) < 3 * se and p < 0.001 and wild < 0.01, row
        else:
            assert p > 0.05 and abs(wild - p) < 0.12, row
        assert float(row["lead_p_value"]) > 0.01, row
        again = ask("regression", "--pairs", "sex=F/M")
        assert again == table
    # three clusters are needed, and are told by an empty table
    few = {c: g for c, g in list(groups.items())[:4]}
    ask = study(work, {s: {c: v for c, v in of.items() if c in few} for s, of in values.items()},
                {c: 100 for c in few}, years, few)
    assert all(r["model"] != "own" for r in ask("regression", "--pairs", "sex=F/M"))


def verdict(work):
    """What is planted is found, on both scales and in words; nothing is found where there is nothing."""
    years = (2000, 2015)
    for b, word in ((-0.8, "for"), (0.8, "against"), (0.0, "undecided")):
        values, groups = made(b, 0.3, n=80, drift=0.0)
        rich = {c: g == "High income" for c, g in groups.items()}
        ask = study(work, values, {c: 100 for c in groups}, years, groups)
        table = ask("paradox", "--pairs", "sex=F/M")
        for row in table:
            Periods(values["x"], values["F"], values["M"], rich, years[1], years[0], row["scale"]).check(row)
        assert [r["scale"] for r in table] == ["level", "logit"]
        assert {r["verdict"] for r in table} == {word}, table
        text = rift("paradox", work / "out", "paradox", "--series", "x", "--pairs", "sex=F/M")
        assert {"for": "Where the gap at home closed, the one abroad widened more often: ",
                "against": "Where the gap at home closed, the one abroad widened less often: ",
                "undecided": "cannot be decided from the data there are: "}[word] + "120 periods of five years in 40 " in text
    # with many countries, that there is nothing is found too, and by a smaller margin it is not
    values, groups = made(0.0, 0.5, seed=5, n=700, years=(2000, 2010), drift=0.0)
    ask = study(work, values, {c: 100 for c in groups}, (2000, 2010), groups)
    assert [r["verdict"] for r in ask("paradox", "--pairs", "sex=F/M")] == ["no difference"] * 2
    assert "makes no difference to the one abroad that would matter" in rift(
        "paradox", work / "out", "paradox", "--series", "x", "--pairs", "sex=F/M")
    few = ask("paradox", "--pairs", "sex=F/M", "--smallest-effect", "0.03")
    assert {r["verdict"] for r in few} == {"undecided"} and int(few[0]["countries_needed"]) > 350, few
    # women pulling ahead is not closing
    turned = {"x": values["x"], "F": values["M"], "M": values["F"]}
    mirror = study(work, turned, {c: 100 for c in groups}, (2000, 2010), groups)("paradox", "--pairs", "sex=F/M")
    assert [{k: v for k, v in r.items()} for r in mirror] == ask("paradox", "--pairs", "sex=F/M")
    # no noise at all: every period in which home closes widens abroad, and no other does
    codes = [f"R{i:02}" for i in range(24)] + ["P00", "P01"]
    values = {"x": {c: {2000: 50.0, 2005: 50 + (0 if c[0] == "P" else 3 if int(c[1:]) % 2 else -3)} for c in codes},
              "F": {c: {2000: 40.0, 2005: 45.0 if int(c[1:]) % 2 else 40.0} for c in codes},
              "M": {c: {2000: 60.0, 2005: 60.0} for c in codes}}
    groups = {c: "High income" if c[0] == "R" else "other" for c in codes}
    ask = study(work, values, {c: 100 for c in groups}, (2000, 2005), groups)
    plain = ask("paradox", "--pairs", "sex=F/M")
    assert {r["verdict"] for r in plain} == {"for"}, plain
    near(plain[0]["estimate"], 1)
    # a gap at home that closes everywhere compares with nothing
    values["F"] = {c: {2000: 40.0, 2005: 45.0} for c in codes}
    ask = study(work, values, {c: 100 for c in groups}, (2000, 2005), groups)
    row = ask("paradox", "--pairs", "sex=F/M")[0]
    assert row["verdict"] == "undecided" and row["p_value"] == row["estimate"] == "" and "in no calendar period" in row["caveat"]
    assert "nothing can be compared" in rift("paradox", work / "out", "paradox", "--series", "x", "--pairs", "sex=F/M")
    for arguments, words in [(["--tolerance", "-1"], "takes a number from 0"), (["--smallest-effect", "2"], "from 0.01 to 1")]:
        assert words in rift("paradox", work / "out", *arguments, code=2)


def small(work):
    """With four years the wild bootstrap has few draws to choose from: all of Webb's, by hand."""
    values, groups = made(-0.5, 0.5, seed=9, years=(2000, 2004), n=12)
    ask = study(work, values, {c: 100 for c in groups}, (2000, 2004), groups)
    row = next(r for r in ask("regression", "--pairs", "sex=F/M", "--replicates", "4000") if r["model"] == "others-on-rich")
    rich = [c for c, g in groups.items() if g == "High income"]
    poor = [c for c, g in groups.items() if g != "High income"]
    mean = {y: statistics.fmean(values["M"][c][y] - values["F"][c][y] for c in rich) for y in range(2000, 2005)}
    level = {y: statistics.fmean(values["x"][c][y] for c in rich) for y in range(2000, 2005)}
    data = [(c, y, mean[y] - mean[y - 1],
             (level[y] - values["x"][c][y]) - (level[y - 1] - values["x"][c][y - 1]))
            for y in range(2001, 2005) for c in poor]

    def free(v):   # country effects: a balanced panel
        return v - numpy.array([v[[i for i, d in enumerate(data) if d[0] == e[0]]].mean() for e in data])

    x, y = free(numpy.array([d[2] for d in data])), free(numpy.array([d[3] for d in data]))
    year = numpy.array([d[1] - 2001 for d in data])

    def t_of(y):
        b = x @ y / (x @ x)
        e = y - b * x
        s = numpy.array([(x * e)[year == g].sum() for g in range(4)])
        return b, b / math.sqrt((s ** 2).sum()) * (x @ x)

    b, t = t_of(y)
    near(row["b"], b, 1e-9)
    n = len(data)
    near(row["standard_error"], b / t * math.sqrt(4 / 3 * (n - 1) / (n - 1 - len(poor))), 1e-9)
    webb = [s * math.sqrt(k / 2) for k in (1, 2, 3) for s in (-1, 1)]
    beyond = [abs(t_of(free(numpy.array(draw)[year] * y))[1]) >= abs(t) - 1e-12
              for draw in itertools.product(webb, repeat=4)]
    assert abs(float(row["wild_p_value"]) - statistics.fmean(beyond)) < 0.03, (row["wild_p_value"], statistics.fmean(beyond))
    assert row["lead"] == row["lead_p_value"] == "", row   # of three years two are used up


def placebo(work):
    """The lead's p is by the wild bootstrap, where without it x alone is fitted: all of Webb's draws, by hand."""
    values, groups = made(-0.5, 0.5, seed=9, years=(2000, 2005), n=12)
    ask = study(work, values, {c: 100 for c in groups}, (2000, 2005), groups)
    row = next(r for r in ask("regression", "--pairs", "sex=F/M", "--replicates", "4000") if r["model"] == "others-on-rich")
    rich, poor = ([c for c, g in groups.items() if (g == "High income") == side] for side in (True, False))
    years = range(2001, 2005)
    mean = {y: statistics.fmean(values["M"][c][y] - values["F"][c][y] for c in rich) for y in range(2000, 2006)}
    away = {c: {y: statistics.fmean(values["x"][r][y] for r in rich) - values["x"][c][y] for y in range(2000, 2006)} for c in poor}
    year = numpy.array([y - 2001 for y in years for c in poor])
    x = numpy.array([[mean[y] - mean[y - 1], mean[y + 1] - mean[y]] for y in years for c in poor])
    x = x - x.mean(0)
    y = numpy.array([away[c][t] - away[c][t - 1] for t in years for c in poor]).reshape(4, -1)
    y = (y - y.mean(0)).ravel()
    inverse, by = numpy.linalg.inv(x.T @ x), numpy.eye(4)[year]

    def t_of(v):
        v = (v.reshape(4, -1) - v.reshape(4, -1).mean(0)).ravel()
        b = inverse @ x.T @ v
        score = by.T @ ((v - x @ b) * (x @ inverse[1]))
        return b[1], b[1] / math.sqrt((score ** 2).sum())

    b, t = t_of(y)
    near(row["lead"], b, 1e-9)
    rest = y - x[:, 0] * (x[:, 0] @ y) / (x[:, 0] @ x[:, 0])
    webb = [s * math.sqrt(k / 2) for k in (1, 2, 3) for s in (-1, 1)]
    beyond = [abs(t_of(y - rest + numpy.array(draw)[year] * rest)[1]) >= abs(t) - 1e-12
              for draw in itertools.product(webb, repeat=4)]
    assert abs(float(row["lead_p_value"]) - statistics.fmean(beyond)) < 0.03, (row["lead_p_value"], statistics.fmean(beyond))


def subgroups(work):
    """Any file with groups of people: the pairs are found by themselves."""
    values, groups = made(-0.8, 0.3)
    files = {"x": values["x"], "IT[sex=female]": values["F"], "IT[sex=male]": values["M"]}
    ask = study(work, files, {c: 100 for c in groups}, (2000, 2015), groups)
    found = ask("domestic")
    assert {r["pair"] for r in found} == {"IT[sex=female]"} and len(found) > 300
    for arguments, words in [(["--pairs", "sex"], "is not a pair"), (["--pairs", "sex=F/Q"], "unknown series or node"),
                             (["--high-income", "High income"], "takes a group"),
                             (["--high-income", "income=Rich"], "unknown group 'Rich'")]:
        assert words in rift("paradox", work / "out", *arguments, code=2)
    # the same as a block of a study, in its result file; what is wrong there has its place
    block = "paradox: {series: [x], pairs: [{name: sex, lagging: 'IT[sex=female]', leading: 'IT[sex=male]'}], high_income: income=High income}\n"
    study(work, files, {c: 100 for c in groups}, (2000, 2015), groups, block)
    kept = rows(rift("export", work / "out", "regression"))
    assert {r["model"] for r in kept} == {"own", "others-on-rich"}
    (work / "study.yaml").write_text((work / "study.yaml").read_text() + "forecast: {targt: 9, series: [y]}\n")
    said = rift("run", work / "study.yaml", "-o", work / "out", "-q", code=1)
    assert "unknown key 'targt'; did you mean 'target'?" in said
    assert "unknown series or node 'y'" in said and "study.yaml:" in said


def main():
    for check in (t29, verdict, regression, small, placebo, subgroups):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    on_shipped(shipped())
    passed(7)


main()
