# SPDX-License-Identifier: GPL-3.0-or-later
"""Divides at home and abroad, computed a second time here: the split of a 0/1 trait among people
(T29), Theil between the rich and the others, quadrants, and a panel regression by dummies; and
what is planted, for and against, is found."""
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
    assert "no series of groups of people" in text and "By x:" in text


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
    table = ask("quadrants")
    names = {(True, False): "both close", (True, True): "home closes, abroad widens",
             (False, False): "home widens, abroad closes", (False, True): "both widen"}
    n = 0
    for row in table:
        first, last = int(row["year_first"]), int(row["year_last"])
        c = row["country"]
        assert (row["high_income"] == "1") == rich[c]
        home = men[c][last] - women[c][last] - men[c][first] + women[c][first]
        near(row["home_change"], home, 1e-9)
        assert row["quadrant"] == names[home < 0, float(row["abroad_change"]) > 0]
        n += 1
    assert n > 60 and {(int(r["year_last"]) - int(r["year_first"])) for r in table} == {5}
    theil = ask("theil-high-income")
    for row in theil:
        assert abs(float(row["between"]) + float(row["within"]) - float(row["total"])) < 1e-12
    verdict = rift("paradox", folder, "paradox", "--series", "IT.NET.USER.ZS", "--pairs", PAIR)
    assert "Does closing the divide within rich countries widen the one between" in verdict
    assert "near saturation" in verdict
    evidence = ask("paradox")
    assert len(evidence) == 4 and {r["conclusion"] for r in evidence} <= {"for", "against", "undecided"}
    share = next(r for r in evidence if r["test"].startswith("abroad widens"))
    closing = [r for r in table if r["high_income"] == "1" and float(r["home_change"]) < 0]
    near(share["estimate"], statistics.fmean(float(r["abroad_change"]) > 0 for r in closing))
    # Fisher's exact test, one-sided, by counting
    other = [r for r in table if r["high_income"] == "1" and float(r["home_change"]) >= 0]
    k = sum(float(r["abroad_change"]) > 0 for r in closing)
    wide = k + sum(float(r["abroad_change"]) > 0 for r in other)
    every = len(closing) + len(other)
    p = sum(math.comb(wide, i) * math.comb(every - wide, len(closing) - i) for i in
            range(k, min(wide, len(closing)) + 1)) / math.comb(every, len(closing))
    near(share["p_value"], p, 1e-9)


def made(b, noise, seed=3, years=(2000, 2015), n=36):
    """Panels in which the rich countries' own gap abroad follows their gap at home by b."""
    draw = random.Random(seed)
    x, women, men, groups = {}, {}, {}, {}
    for i in range(n):
        code, rich = f"R{i:02}" if i % 2 else f"P{i:02}", bool(i % 2)
        groups[code] = "High income" if rich else "other"
        level, gap = (60.0 if rich else 20.0) + draw.uniform(-5, 5), 10 + draw.uniform(-2, 2)
        x[code], women[code], men[code] = {}, {}, {}
        for year in range(years[0], years[1] + 1):
            change = draw.gauss(-0.3, 0.5)
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
            home = [values["M"][c][t] - values["F"][c][t] for t in (y - 1, y)]
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
        said = next(r for r in ask("paradox", "--pairs", "sex=F/M") if r["test"].endswith("own gap"))
        assert said["conclusion"] == ("for" if b < 0 else "against" if b > 0 else "undecided"), said
        again = ask("regression", "--pairs", "sex=F/M")
        assert again == table
    # three clusters are needed, and are told by an empty table
    few = {c: g for c, g in list(groups.items())[:4]}
    ask = study(work, {s: {c: v for c, v in of.items() if c in few} for s, of in values.items()},
                {c: 100 for c in few}, years, few)
    assert all(r["model"] != "own" for r in ask("regression", "--pairs", "sex=F/M"))


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
    for check in (t29, regression, small, placebo, subgroups):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    on_shipped(shipped())
    passed(5)


main()
