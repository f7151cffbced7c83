# SPDX-License-Identifier: GPL-3.0-or-later
"""What joining a group did: plain differences in differences by hand, the doubly robust form and
its error by numpy from the published influence function, means with the error of their weights;
planted effects are found, and intervals hold them about 95 times of 100."""
import math
import pathlib
import random
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows

YEARS = range(2010, 2018)


def near(a, b, tolerance=1e-9):
    assert abs(float(a) - b) <= tolerance * max(1, abs(b)), (a, b)


def made(seed, n=60, effect=2.0, confounded=False):
    """Countries that join in 2013, 2015 or never; what joining adds grows by a year's worth."""
    draw = random.Random(seed)
    values, size, since = {}, {}, {}
    for i in range(n):
        code = f"C{i:03}"
        z = draw.gauss(0, 1)
        chance = 1 / (1 + math.exp(-(0.8 * z if confounded else 0)))
        joins = draw.random() < 0.55 * 2 * chance / (1 + chance) if confounded else i % 3 != 0
        since[code] = draw.choice((2013, 2015)) if joins else None
        level, values[code] = 40 + draw.gauss(0, 5), {}
        for year in YEARS:
            level += 1 + (0.8 * z if confounded else 0) + draw.gauss(0, 0.5)
            gain = effect * (year - since[code] + 1) if joins and year >= since[code] else 0
            values[code][year] = level + gain
        size[code] = math.exp(z)
    return values, size, since


def study(work, values, size, since):
    lines = ["country,year,indicator,value"]
    lines += [f"{c},{y},x,{v!r}" for c, path in values.items() for y, v in path.items()]
    lines += [f"{c},{y},SIZE,{size[c]!r}" for c in values for y in YEARS]
    (work / "data.csv").write_text("\n".join(lines) + "\n")
    (work / "c.yaml").write_text("series:\n  - {code: x, unit: points, goalposts: {low: 0, high: 200}}\n"
                                 "  - {code: SIZE, unit: people}\n")
    (work / "index.yaml").write_text("code: p\nentities: any\nnormalisation: goalposts\n"
                                     "nodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in values))
    (work / "members.csv").write_text("country,group,first,last\n" + "".join(
        f"{c},club,{y},\n" for c, y in since.items() if y))
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: {YEARS[0]}, last: {YEARS[-1]}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: index.yaml\nreport: false\n"
        "groups: [{code: club, members: members.csv}]\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return lambda *more: rows(rift("converge", work / "out", "accession-effect", "--series", "x", "--by", "club", "--to", "csv",
                                   *more))


def doubly_robust(change, joined, x):
    """Sant'Anna and Zhao (2020): effect and influence, written for matrices."""
    n = len(change)
    d = joined.astype(float)
    gamma = numpy.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + numpy.exp(-x @ gamma))
        gamma = gamma + numpy.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (d - p))
    p = 1 / (1 + numpy.exp(-x @ gamma))
    beta = numpy.linalg.lstsq(x[~joined], change[~joined], rcond=None)[0]
    rest = change - x @ beta
    treated, control = d, p * (1 - d) / (1 - p)
    eta1, eta0 = (treated * rest).mean() / treated.mean(), (control * rest).mean() / control.mean()
    ols = ((1 - d) * rest)[:, None] * x @ numpy.linalg.inv((x * (1 - d)[:, None]).T @ x / n)
    logit = (d - p)[:, None] * x @ numpy.linalg.inv((x * (p * (1 - p))[:, None]).T @ x / n)
    one = (treated * (rest - eta1) - ols @ (treated[:, None] * x).mean(0)) / treated.mean()
    two = (control * (rest - eta0) + logit @ ((control * (rest - eta0))[:, None] * x).mean(0) -
           ols @ (control[:, None] * x).mean(0)) / control.mean()
    return eta1 - eta0, one - two


def by_hand(values, size, since, covariate):
    """Every group-time effect and its influence, and the overall mean."""
    codes = sorted(values)
    n, effects = len(codes), {}
    for g in sorted({y for y in since.values() if y}):
        for t in YEARS[1:]:
            base = g - 1 if t >= g else t - 1
            use = [i for i, c in enumerate(codes) if since[c] in (g, None)]
            change = numpy.array([values[codes[i]][t] - values[codes[i]][base] for i in use])
            joined = numpy.array([since[codes[i]] == g for i in use])
            x = numpy.array([[1, math.log(size[codes[i]])] if covariate else [1] for i in use], float)
            att, own = doubly_robust(change, joined, x)
            influence = numpy.zeros(n)
            influence[use] = own * n / len(use)
            effects[g, t] = att, influence
    share = {g: statistics.fmean(since[c] == g for c in codes) for g, _ in effects}
    theta = {g: (statistics.fmean(effects[h, t][0] for h, t in effects if h == g and t >= g),
                 sum(effects[h, t][1] for h, t in effects if h == g and t >= g) /
                 sum(h == g and t >= g for h, t in effects)) for g in share}
    total = sum(share.values())
    mean = sum(share[g] * theta[g][0] for g in share) / total
    influence = sum(share[g] / total * theta[g][1] for g in share)
    for g in share:
        member = numpy.array([since[c] == g for c in codes], float)
        influence = influence + (member - share[g]) / total * (theta[g][0] - mean)
    return effects, mean, influence


def se(influence):
    return math.sqrt((influence ** 2).sum()) / len(influence)


def welch(a, b):
    """Standard error and degrees of freedom of a difference of means."""
    part = [statistics.variance(x) / len(x) for x in (a, b)]
    return math.sqrt(sum(part)), sum(part) ** 2 / sum(p * p / (len(x) - 1) for p, x in zip(part, (a, b)))


def exact(work):
    for confounded, covariate in ((False, False), (True, True)):
        values, size, since = made(7, confounded=confounded)
        ask = study(work, values, size, since)
        table = ask(*(("--controls", "SIZE") if covariate else ()))
        effects, mean, influence = by_hand(values, size, since, covariate)
        found = [r for r in table if r["kind"] == "group-time"]
        assert len(found) == len(effects) == 14
        for row in found:
            g, t = int(row["joined"]), int(row["at"])
            assert [int(row[c]) for c in ("n_joined", "n_others")] == [sum(since[c] == who for c in values) for who in (g, None)], row
            near(row["effect"], effects[g, t][0])
            near(row["standard_error"], se(effects[g, t][1]))
            if not covariate:   # the plain difference in differences
                base = g - 1 if t >= g else t - 1
                gain = [statistics.fmean(values[c][t] - values[c][base] for c in values if since[c] == who)
                        for who in (g, None)]
                near(row["effect"], gain[0] - gain[1])
                error, df = welch(*([values[c][t] - values[c][base] for c in values if since[c] == who]
                                    for who in (g, None)))
                near(row["standard_error_corrected"], error)
                near(row["df"], df)
                half = float(row["ci_high"]) - float(row["effect"])
                assert 1.96 < half / error < 2.1, row
        overall = next(r for r in table if r["kind"] == "overall")
        near(overall["effect"], mean)
        near(overall["standard_error"], se(influence))
        for after in (0, 2):
            row = next(r for r in table if r["kind"] == "years-after" and r["at"] == str(after))
            share = {g: statistics.fmean(since[c] == g for c in since) for g in (2013, 2015)}
            near(row["effect"], sum(share[g] * effects[g, g + after][0] for g in share) / sum(share.values()))
    # two in one year's difference: 2 a year, three and five years of it
    at = {(int(r["joined"]), int(r["at"])): r for r in table if r["kind"] == "group-time"}
    for g in (2013, 2015):
        for t in range(g, 2018):
            row = at[g, t]
            assert abs(float(row["effect"]) - 2 * (t - g + 1)) < 4 * float(row["standard_error"]), row


def coverage(work):
    """Nothing is there, and the intervals say so; where who joins is not by chance, only with the covariate."""
    inside = [0, 0]
    for seed in range(24):
        values, size, since = made(seed, n=90, effect=0, confounded=True)
        ask = study(work, values, size, since)
        for k, more in enumerate(((), ("--controls", "SIZE"))):
            overall = next(r for r in ask(*more) if r["kind"] == "overall")
            inside[k] += float(overall["ci_low"]) <= 0 <= float(overall["ci_high"])
    assert inside[1] >= 20 and inside[0] + 6 <= inside[1], inside


def few(work):
    """Nothing is there, and few joined, or a single one: 5 of 100 are rejected at 5 %, of 300."""
    draw = numpy.random.default_rng(5)
    for joined in (1, 4):
        values = {f"C{i:03}": 50 + draw.standard_normal((300, 4)).cumsum(1) for i in range(40)}
        since = {c: 2012 if i < joined else None for i, c in enumerate(values)}
        series = [f"x{k}" for k in range(300)]
        (work / "members.csv").write_text("country,group,first,last\n" + "".join(
            f"{c},club,{y},\n" for c, y in since.items() if y))
        (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{2010 + t},x{k},{values[c][k, t]!r}\n" for c in values for k in range(300) for t in range(4)))
        (work / "c.yaml").write_text("series:\n" + "".join(
            f"  - {{code: {s}, unit: points, goalposts: {{low: 0, high: 200}}}}\n" for s in series))
        (work / "index.yaml").write_text("code: p\nentities: any\nnormalisation: goalposts\n"
                                         "nodes: [{code: total, children: [x0]}]\n")
        (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in values))
        (work / "study.yaml").write_text(
            "code: p\ntitle: P\nyears: {first: 2010, last: 2013}\nsources: [data.csv]\n"
            "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: index.yaml\nreport: false\n"
            "groups: [{code: club, members: members.csv}]\n")
        rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
        table = rows(rift("converge", work / "out", "accession-effect", "--series", ",".join(series), "--by", "club",
                          "--to", "csv"))
        for kind in ("group-time", "overall"):
            p = [float(r["p_value"]) for r in table if r["kind"] == kind and (kind == "overall" or r["at"] == "2012")]
            reject = sum(x < 0.05 for x in p)
            assert len(p) == 300 and 4 <= reject <= 27, (joined, kind, reject)


def one_alone(work):
    """One joins: its change varies as those of the 10 others do, s^2 beside s^2 / 10 of their mean, each with 9 degrees of
    freedom; those of the sum are Satterthwaite's (1946), 9 (1 + 1/10)^2 / (1 + 1/100)."""
    values, size, _ = made(3, n=11, effect=0)
    since = dict.fromkeys(values) | {"C003": 2013}
    found = [r for r in study(work, values, size, since)() if r["kind"] == "group-time"]
    assert len(found) == 7, found
    for row in found:
        t = int(row["at"])
        base = 2012 if t >= 2013 else t - 1
        change = {c: values[c][t] - values[c][base] for c in values}
        others = [x for c, x in change.items() if c != "C003"]
        near(row["effect"], change["C003"] - statistics.fmean(others))
        near(row["standard_error_corrected"], math.sqrt(1.1 * statistics.variance(others)))
        near(row["df"], 9 * 1.1 ** 2 / 1.01)


def nobody(work):
    values, size, since = made(1)
    ask = study(work, values, size, dict.fromkeys(since, 2010))
    assert ask() == []
    assert "No country joined" in rift("converge", work / "out", "accession-effect", "--by", "club")
    # a covariate that tells those who join from the others gives no effect, and no error
    values, size, since = made(1)
    ask = study(work, values, {c: 9.0 if y else 1.0 for c, y in since.items()}, since)
    assert ask("--controls", "SIZE") == [] and len(ask()) > 14


def main():
    for check in (exact, coverage, few, one_alone, nobody):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    passed(5)


main()
