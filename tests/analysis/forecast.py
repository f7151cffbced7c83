# SPDX-License-Identifier: GPL-3.0-or-later
"""Forecasts: curves that are planted come back; refusals have their reasons; intervals cover as
often as they say; groups, fans and the backtest are computed a second time here."""
import math
import pathlib
import random
import re
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows, shipped


def logistic(year, middle=2012, width=3, top=100):
    return top / (1 + math.exp(-(year - middle) / width))


def gompertz(year):
    return 100 * math.exp(-math.exp(-(year - 2008) / 6))


def study(work, paths, extra="", unit='"%"', groups=None, high=100):
    """A study of one series x; paths: country -> {year: value}."""
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},x,{v!r}\n" for c, path in paths.items() for y, v in path.items()))
    (work / "index.yaml").write_text(
        f"code: p\nnormalisation: goalposts\nentities: any\nseries:\n  - {{code: x, unit: {unit}, "
        f"goalposts: {{low: 0, high: {high}}}}}\nnodes: [{{code: total, children: [x]}}]\n")
    (work / "countries.csv").write_text("country,name,g\n" + "".join(
        f"{c},{c},{(groups or {}).get(c, '')}\n" for c in paths))
    (work / "study.yaml").write_text(
        "code: p\ntitle: P\nyears: {first: 2000, last: 2020}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n"
        "groups: [{code: g, column: g}]\n" + extra)
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return lambda part, *more: rows(rift("forecast", work / "out", part, "--series", "x", "--to", "csv", *more))


def by_curve(ask):
    """The same by the better curve of each path alone."""
    return lambda part, *more: ask(part, "--method", "curve", *more)


def planted(work):
    """A logistic curve of middle 2012 and width 3, a Gompertz one; too few values, no inflection, and a
    target that is met have their own words."""
    spans = {"KEN": (logistic, 2000, 2020), "TZA": (gompertz, 2000, 2020), "UGA": (logistic, 2016, 2020),
             "RWA": (logistic, 2000, 2008), "ETH": (lambda y: 5 * (y - 2000), 2000, 2020)}
    ask = by_curve(study(work, {c: {y: f(y) for y in range(first, last + 1)} for c, (f, first, last) in spans.items()}))
    found = {r["country"]: r for r in ask("target-year", "--target", 99)}
    assert found["KEN"]["curve"] == "logistic" and found["TZA"]["curve"] == "gompertz"
    assert abs(float(found["KEN"]["target_year"]) - (2012 + 3 * math.log(99))) < 1e-4, found["KEN"]
    year = 2008 - 6 * math.log(math.log(100 / 99))
    assert abs(float(found["TZA"]["target_year"]) - year) < 1e-4, found["TZA"]
    assert found["UGA"]["conclusion"] == "no forecast: fewer than six values"
    assert found["RWA"]["conclusion"] == "no forecast: the inflection lies after the last observation"
    assert found["ETH"]["conclusion"] == "reached" and abs(float(found["ETH"]["target_year"]) - 2019.8) < 1e-9
    usual = {r["country"]: r for r in ask("target-year")}
    assert {r["target"] for r in usual.values()} == {"95"}
    said = rift("forecast", work / "out", "target-year", "--series", "x", "--target", 100, code=2)
    assert "below the ceiling 100" in said
    assert "did you mean" in rift("forecast", work / "out", "--series", "totl", "--target", 9, code=2)
    assert "takes a number" in rift("forecast", work / "out", "--target", "many", code=2)
    curves = {(r["country"], r["curve"]): r for r in ask("curves")}
    assert abs(float(curves["KEN", "logistic"]["parameter_2"]) - 2012) < 1e-6
    assert abs(float(curves["KEN", "logistic"]["parameter_3"]) - 3) < 1e-6
    # what Bass's curve adds each year, p 0.005 and q 0.4 from 2001 on, is most ln(q / p) / (p + q) years after 2000
    p, q, grown = 0.005, 0.4, {2000: 1.0}
    for t in range(1, 21):
        e = math.exp(-(p + q) * t)
        grown[2000 + t] = grown[1999 + t] + 90 * (p + q) ** 2 / p * e / (1 + q / p * e) ** 2
    late = {y: x for y, x in grown.items() if y != 2003}   # a gap: additions begin in 2005, t is 1 there
    bass = {r["country"]: r for r in study(work, {"KEN": grown, "TZA": late})("curves") if r["curve"] == "bass"}
    for country in ("KEN", "TZA"):
        assert bass[country]["conclusion"] == "fitted", bass
        assert abs(float(bass[country]["inflection_year"]) - 2000 - math.log(q / p) / (p + q)) < 1e-3, bass
    # a series without a ceiling has no target of its own
    free = by_curve(study(work, {"KEN": {y: logistic(y, top=40) for y in range(2000, 2021)}}, unit="per 100 people"))
    assert free("target-year") == []
    assert "name a target" in rift("forecast", work / "out", "target-year", "--series", "x")
    row = free("target-year", "--target", 38)[0]
    assert abs(float(row["ceiling"]) - 40) < 1e-3 and abs(float(row["target_year"]) - (2012 + 3 * math.log(19))) < 1e-2


def ceilings(work):
    """A share that levels out near 72: curves of scipy.optimize.curve_fit, ceiling free and fixed at 100."""
    y = [4.36, -0.25, 4.63, 5.31, 8.04, 11.84, 14.24, 22.04, 27.86, 39.99, 43.38, 49.26, 55.0, 59.1, 62.15, 65.54, 68.45,
         68.89, 71.23, 70.47, 71.16]
    ask = by_curve(study(work, {"KEN": dict(zip(range(2000, 2021), y))}))
    known = {("free", "logistic"): ((71.63139044, 0.85708931), (2008.98061109, 0.11910568), (2.43803101, 0.09637322)),
             ("free", "gompertz"): ((76.14994381, 1.65505404), (2007.64585627, 0.15396273), (4.01992217, 0.24106680)),
             ("fixed", "logistic"): ((100, 0), (2012.43735927, 0.35684846), (4.69680492, 0.37759811)),
             ("fixed", "gompertz"): ((100, 0), (2009.45641106, 0.23959052), (6.94129440, 0.36410335))}
    for ceiling in ("free", "fixed", "100", ""):
        found = {r["curve"]: r for r in ask("curves", *(("--ceiling", ceiling) if ceiling else ()))}
        for curve in ("logistic", "gompertz"):
            for k, (at, error) in enumerate(known["free" if ceiling == "free" else "fixed", curve], 1):
                assert abs(float(found[curve][f"parameter_{k}"]) - at) < 1e-4, (ceiling, found[curve])
                assert abs(float(found[curve][f"standard_error_{k}"]) - error) < 1e-3, (ceiling, found[curve])
    free, = ask("target-year", "--target", 75, "--ceiling", "free")
    assert free["conclusion"] == "never: the curve ends below the target", free
    assert abs(float(free["ceiling"]) - 71.6314) < 1e-3 and abs(float(free["standard_error_ceiling"]) - 0.857) < 1e-3
    # 71.63 + 1.96 * 0.857 is 73.31: 73 cannot be told from what it may reach; a last value above the
    # ceiling shows that this is not the ceiling
    open_, = ask("target-year", "--target", 73, "--ceiling", "free")
    assert open_["conclusion"] == "no forecast: the ceiling may lie above the target or below", open_
    assert not open_["target_year"] and not open_["bootstrap_ci_high"], open_
    closed, = ask("target-year", "--target", 73.4, "--ceiling", "free")
    assert closed["conclusion"] == "never: the curve ends below the target", closed
    above = by_curve(study(work, {"KEN": dict(zip(range(2000, 2021), y[:-1] + [74.5]))}))
    over, = above("target-year", "--target", 90, "--ceiling", "free")
    assert float(over["ceiling"]) + 1.96 * float(over["standard_error_ceiling"]) < 90, over
    assert over["conclusion"] == "no forecast: the last value lies above the curve's ceiling", over
    ask = by_curve(study(work, {"KEN": dict(zip(range(2000, 2021), y))}))
    fixed, = ask("target-year", "--target", 95, "--ceiling", "fixed")
    assert fixed["standard_error_ceiling"] in ("0", "0.0", "0.00") and float(fixed["target_year"]) > 2020, fixed
    # a path to come stays below what a share can be, and the backtest knows the ceiling of its gap
    assert all(float(r["p97_5"]) <= 100 for r in ask("projection", "--ceiling", "free", "--country", "KEN")
               if r["part"] == "to come")
    assert {"gap-halving", "logistic"} <= {r["method"] for r in ask("backtest", "--ceiling", "free")}
    said = rift("forecast", work / "out", "--series", "x", "--ceiling", "open", code=2)
    assert "'ceiling' takes a number, free or fixed; found 'open'" in said, said
    open_ended = work / "without"
    open_ended.mkdir()
    study(open_ended, {"KEN": dict(zip(range(2000, 2021), y))}, unit="per 100 people")
    said = rift("forecast", open_ended / "out", "--series", "x", "--ceiling", "fixed", code=2)
    assert "'x' has no ceiling of its own to be fixed" in said, said


def coverage(work):
    """Noise around a curve: both intervals hold the true year about 95 times of 100."""
    draw = random.Random(4)
    paths = {f"C{i:03}": {y: logistic(y, 2010, 3) + draw.gauss(0, 1) for y in range(2000, 2021)}
             for i in range(160)}
    for path in paths.values():   # a last value that is far off would count as the target reached
        path[2020] = min(path[2020], 97.9)
    ask = by_curve(study(work, paths, high=110))
    true = 2010 + 3 * math.log(98 / 2)
    found = [r for r in ask("target-year", "--target", 98, "--ceiling", 100, "--replicates", 200)
             if r["conclusion"] == "forecast" and r["curve"] == "logistic"]
    assert len(found) > 130, len(found)
    for low, high, least in (("ci_low", "ci_high", 0.88), ("bootstrap_ci_low", "bootstrap_ci_high", 0.86)):
        hit = statistics.fmean(float(r[low]) <= true <= float(r[high]) for r in found)
        assert least < hit <= 1, (low, hit)
    errors = statistics.fmean(float(r["ci_high"]) - float(r["ci_low"]) for r in found)
    boots = statistics.fmean(float(r["bootstrap_ci_high"]) - float(r["bootstrap_ci_low"]) for r in found)
    assert 0.8 < boots / errors < 1.25, (boots, errors)
    assert all(r["interval"] == "percentile" for r in found)
    some = ("target-year", "--target", 98, "--ceiling", 100, "--replicates", 200, "--country", "C001,C002,C003,C004")
    kinds = [ask(*some, "--intervals", k) for k in ("percentile", "basic", "normal")]
    n = 0
    for percentile, basic, normal in zip(*kinds):
        if percentile["bootstrap_ci_high"]:
            when = float(percentile["target_year"])
            assert abs(float(basic["bootstrap_ci_low"]) - 2 * when + float(percentile["bootstrap_ci_high"])) < 1e-6
            assert abs(float(basic["bootstrap_ci_high"]) - 2 * when + float(percentile["bootstrap_ci_low"])) < 1e-6
            if normal["bootstrap_ci_low"]:
                width = float(normal["bootstrap_ci_high"]) - float(normal["bootstrap_ci_low"])
                assert 0.7 < width / (float(basic["bootstrap_ci_high"]) - float(basic["bootstrap_ci_low"])) < 1.4
                n += 1
    assert n > 0 and {r["interval"] for r in kinds[1]} == {"basic"}


def never(work):
    """Years of an interval: a curve that is flat or falls never comes up to the target, and what was below it in the
    last year was not there before. How many resampled curves do not come up to it in 1,000 years: by the error of a
    line through the transformed values."""
    draw = random.Random(7)
    years = numpy.arange(2005, 2021)
    y = 60 + 0.05 * (years - 2010) + numpy.array([draw.gauss(0, 1.5) for _ in years])
    paths = {"AAA": dict(zip(years.tolist(), y.tolist())),                              # rises, but not surely
             "BBB": {t: 60 - (t - 2005) + 0.1 * (-1) ** t for t in years.tolist()},     # falls
             "CCC": {t: 60 + 0.01 * (t - 2005) for t in years.tolist()}}               # 60 to 95 in 6,000 years
    ask = by_curve(study(work, paths, groups={c: c for c in paths}))
    share = {}
    for curve, line, top in (("logistic", lambda x: numpy.log(x / (100 - x)), math.log(19)),
                             ("gompertz", lambda x: -numpy.log(-numpy.log(x / 100)), -math.log(-math.log(0.95)))):
        z = line(y)
        slope, start = numpy.polyfit(years, z, 1)
        rest = z - start - slope * years
        error = math.sqrt((rest ** 2).sum() / (len(y) - 2) / ((years - years.mean()) ** 2).sum())
        least = (top - z.mean()) / (3020 - years.mean())   # of the slope, to be there within 1,000 years
        share[curve] = 0.5 * math.erfc((slope - least) / error / math.sqrt(2))
    for kind in ("percentile", "basic", "normal"):
        found = {r["country"]: r for r in ask("target-year", "--intervals", kind)}
        said = rift("forecast", work / "out", "target-year", "--series", "x", "--intervals", kind, "--method", "curve")
        assert found["BBB"]["conclusion"] == "never: the curve falls" and not found["BBB"]["target_year"], found["BBB"]
        assert found["CCC"]["conclusion"] == "never: the curve needs more than 1,000 years", found["CCC"]
        flat = found["AAA"]
        assert flat["conclusion"] == "forecast", flat
        assert abs(float(flat["never_share"]) - share[flat["curve"]]) < 0.04, (flat, share)
        for r in found.values():
            ends = [float(r[k]) for k in ("ci_low", "ci_high", "bootstrap_ci_low", "bootstrap_ci_high") if r[k]]
            assert all(2020 <= end <= 3020 for end in ends), r
        assert not flat["bootstrap_ci_high"] and bool(flat["bootstrap_ci_low"]) == (kind == "percentile"), flat
        if kind == "percentile":
            assert "has no upper end: the target may never be reached" in said, said
        else:
            assert f"The {kind} interval is undefined for 1 of those to come, for some" in said, said
        assert flat["ci_low"] == "2020" and flat["ci_high"] == "", flat
    said = rift("forecast", work / "out", "group-target", "--series", "x", "--by", "g", "--method", "curve")
    assert re.search(r"AAA would reach 95 in \d{4} \(95 %: not before 2020 by the curve's errors, if ever", said), said


def groups(work):
    """The mean of a group closes gaps by lines and needs half of its countries."""
    paths = {"AAA": {y: logistic(y) for y in range(2000, 2021)}, "BBB": {y: gompertz(y) for y in range(2000, 2021)},
             "CCC": {2010: 4.0}, "DDD": {y: logistic(y, 2009) for y in range(2000, 2021)}}
    del paths["BBB"][2010]
    of = {"AAA": "one", "BBB": "one", "CCC": "two", "DDD": "two"}
    ask = by_curve(study(work, paths, groups=of))
    past = [r for r in ask("projection", "--by", "g") if r["unit_name"] == "one" and r["part"] == "past"]
    for r in past:
        y = int(r["year"])
        b = (gompertz(2009) + gompertz(2011)) / 2 if y == 2010 else gompertz(y)
        assert abs(float(r["value"]) - (logistic(y) + b) / 2) < 1e-9, r
    assert len(past) == 21
    to_come = [r for r in ask("projection", "--by", "g") if r["unit_name"] == "one" and r["part"] == "to come"]
    assert [int(r["year"]) for r in to_come] == list(range(2021, 2036))
    for r in to_come:
        lines = [float(r[k]) for k in ("p2_5", "p25", "p50", "p75", "p97_5")]
        assert lines == sorted(lines) and lines[-1] <= 100
    targets = {r["group"] for r in ask("group-target", "--by", "g")}
    assert targets == {"world", "one", "two"}   # DDD is half of group two
    ask = by_curve(study(work, {**paths, "EEE": {2010: 5.0}}, groups={**of, "EEE": "two"}))
    assert "two" not in {r["group"] for r in ask("group-target", "--by", "g")}


def backtest(work):
    """The walk and the lines a second time here; a straight path is the walk's, a curve the curve's."""
    table = rows(rift("forecast", shipped(), "backtest", "--series", "IT.NET.USER.ZS", "--to", "csv"))
    panel = {}
    for r in rows(rift("export", shipped(), "panel")):
        if r["indicator"] == "IT.NET.USER.ZS":
            panel.setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
    overall = {r["method"]: r for r in table if r["horizon"] == "0"}
    assert {r["cut"] for r in table} == {"2019"} and len(overall) == 6
    assert len({(r["n_countries"], r["n_values"]) for r in overall.values()}) == 1
    for r in overall.values():
        assert 0.4 < float(r["coverage"]) <= 1 and float(r["rmse"]) >= float(r["mean_absolute_error"])
    # all that are judged are held to the same years; those that the curves refuse are left out
    n, errors = 0, []
    for path in panel.values():
        known = sorted(y for y in path if y <= 2019)
        later = sorted(y for y in path if 2019 < y <= 2024)
        if len(known) >= 8 and later and path[known[-1]] < 100:
            drift = (path[known[-1]] - path[known[0]]) / (known[-1] - known[0])
            errors += [abs(min(100, path[known[-1]] + drift * (y - known[-1])) - path[y]) for y in later]
            n += 1
    assert int(overall["logistic"]["n_countries"]) < n
    assert abs(float(overall["walk-with-drift"]["mean_absolute_error"]) / statistics.fmean(errors) - 1) < 0.25
    draw = random.Random(1)
    walks = {}
    for i in range(100):   # bends early, so that curves may be drawn through them
        x, path = 45.0, {}
        for y in range(2000, 2021):
            x += 2 + draw.gauss(0, 1.5)
            path[y] = x
        walks[f"W{i:02}"] = path
    ask = by_curve(study(work, walks, high=200))
    table = {r["method"]: r for r in ask("backtest", "--ceiling", 100) if r["horizon"] == "0"}
    errors = {k: float(r["mean_absolute_error"]) for k, r in table.items()}
    assert errors["walk-with-drift"] == min(errors.values()), errors
    assert 0.88 < float(table["walk-with-drift"]["coverage"]) < 0.99, table["walk-with-drift"]
    assert "random walk with drift wins" in rift("forecast", work / "out", "backtest", "--series", "x",
                                                 "--ceiling", 100, "--method", "curve")
    # one country's numbers by hand
    one = {"W00": walks["W00"]}
    ask = by_curve(study(work, one, high=200))
    table = {(r["method"], r["horizon"]): r for r in ask("backtest", "--ceiling", 100)}
    y = [walks["W00"][t] for t in range(2000, 2016)]
    drift = (y[-1] - y[0]) / 15
    near = [abs(y[-1] + drift * h - walks["W00"][2015 + h]) for h in range(1, 6)]
    for h in range(1, 6):
        assert abs(float(table["walk-with-drift", str(h)]["mean_absolute_error"]) - near[h - 1]) < 1e-9
    steps = numpy.diff(y) - drift
    se = math.sqrt((steps ** 2).sum() / 14 * 3 * (1 + 3 / 15))
    width = float(table["walk-with-drift", "3"]["mean_width"])
    assert abs(width - 2 * 2.144787 * se) < 1e-4 * width, (width, se)   # t of 14 degrees
    t = numpy.arange(2006, 2016)
    slope, start = numpy.polyfit(t - 2010, y[-10:], 1)
    for h in range(1, 6):
        guess = min(100, start + slope * (2015 + h - 2010))
        error = abs(guess - walks["W00"][2015 + h])
        assert abs(float(table["linear", str(h)]["mean_absolute_error"]) - error) < 1e-8
    slope, start = numpy.polyfit(t - 2010, numpy.log(100 - numpy.array(y[-10:])), 1)
    for h in range(1, 6):
        error = abs(100 - math.exp(start + slope * (5 + h)) - walks["W00"][2015 + h])
        assert abs(float(table["gap-halving", str(h)]["mean_absolute_error"]) - error) < 1e-8


def main():
    for check in (planted, ceilings, coverage, never, groups, backtest):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    passed(6)


main()
