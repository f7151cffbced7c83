# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted data in which one choice decides: which values are observed, which countries stand on
both sides of a comparison, what a wrong cell may do. Each case failed once."""
import pathlib
import sys

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from study import CODES, EXTRA, Study, names, run_cases
from support import rift, rows


def logistic(year, middle, slow=4.0, ceiling=100.0):
    return ceiling / (1 + numpy.exp(-(year - middle) / slow))


def observed_in_the_units_scored(folder):
    """X is capped by its definition, Y in the file: one forecast."""
    years = range(2005, 2021)
    percent = {(c, y): float(logistic(y, 2010 + k % 4)) + (k * 7 + y * 5) % 11 / 10
               for k, c in enumerate(CODES) for y in years}
    study = Study(folder, {"X": percent, "Y": {k: min(v, 85.0) for k, v in percent.items()}}, years,
                  {"X": ", cap: {high: 85}", "Y": ""}, "[{series: X}, {series: Y}]")
    target = study.table("forecast", "target-year", "--series", "X,Y", "--target", "80")
    pair = {v: {r["country"]: {k: x for k, x in r.items() if k not in ("variable", "name")} for r in target
                if r["variable"] == v} for v in "XY"}
    assert pair["X"] and pair["X"].keys() == pair["Y"].keys()
    for country, x in pair["X"].items():
        for key, text in x.items():
            other = pair["Y"][country][key]
            try:
                assert abs(float(text) - float(other)) < 1e-6 * abs(float(other)) + 1e-9, (country, key, text, other)
            except ValueError:
                assert text == other, (country, key, text, other)


def carried_values_are_not_observed(folder):
    """Three years carried forward add no observation to a curve, of a derived series either."""
    years = range(2005, 2021)
    value = {(c, y): float(logistic(y, 2010 + k % 4)) for k, c in enumerate(CODES) for y in years if y <= 2017}
    study = Study(folder, {"Y": value, "X": value, "N": {(c, y): 100 for c in CODES for y in years}}, years,
                  {"X": ", maximum_age: 5, denominator: N, denomination: per-100", "Y": "", "N": ""},
                  "[{series: X}, {series: Y}]")
    curves = study.table("forecast", "curves", "--series", "X,Y")
    n = {(r["variable"], r["n_values"]) for r in curves if r["curve"] == "logistic"}
    assert n == {("X", "13"), ("Y", "13")}, n
    carried = [r for r in study.table("export", "imputed") if r["origin"] == "older"]
    assert carried, "nothing was carried, so nothing is shown"


def shares_of_the_world_count_older_values(folder):
    """Who lacks the last year keeps a value of the year before, in the sum as well."""
    value = {("KEN", 2020): 60, ("NAM", 2020): 30, ("UGA", 2020): 10, ("KEN", 2021): 60, ("UGA", 2021): 15}
    study = Study(folder, {"X": {k: float(v) for k, v in value.items()}}, (2020, 2021, 2022),
                  {"X": ", maximum_age: 1, denomination: world-share, factor: 100"},
                  countries="country,name\nKEN,K\nNAM,N\nUGA,U\n")
    of = {(r["country"], r["year"]): r["value"] for r in study.table("export", "scores") if r["node"] == "X"}
    for country, expected in (("KEN", 60 / 105), ("NAM", 30 / 105), ("UGA", 15 / 105)):
        assert abs(float(of[country, "2021"]) - 100 * expected) < 1e-9, of
    # carried once: what is two years old is not there
    assert of["NAM", "2022"] == "", of
    assert abs(float(of["KEN", "2022"]) - 100 * 60 / 75) < 1e-9, of


def nothing_changes(folder):
    """Constant countries, of which two lack people at the start: nothing moves, by people either."""
    years = range(2010, 2022)
    value = {(c, y): 10.0 + 6 * k for k, c in enumerate(CODES) for y in years}
    people = {(c, y): 1.0 + 3 * (k % 5) for k, c in enumerate(CODES) for y in years
              if not (c in ("CHN", "POL") and y < 2014)}
    groups = "groups: [{code: half, column: half}]\n"
    study = Study(folder, {"X": value, "POP": people}, years, {"X": "", "POP": ""}, groups=groups,
                  more="population: POP\ndivide: {measures: [gini], decompose: [half]}\n",
                  countries="country,name,half\n" + "".join(
                      f"{c},{c},{'a' if k % 2 else 'b'}\n" for k, c in enumerate(CODES)))
    change = study.table("divide", "theil-change", "--series", "X")
    assert {r["weighting"] for r in change} == {"unweighted", "population"}
    for r in change:
        for column in ("change", "by_means", "by_within", "by_shares"):
            assert abs(float(r[column])) < 1e-12, r
    sigma = study.table("converge", "sigma", "--series", "X")
    spread = {}
    for r in sigma:
        spread.setdefault((r["weighting"], r["scale"]), set()).add(round(float(r["spread"]), 9))
    assert len(spread) >= 6 and all(len(s) == 1 for s in spread.values()), spread
    persons = [float(r["share_with"]) for r in study.table("paradox", "persons", "--series", "X")
               if r["sample"] == "balanced"]
    assert len(persons) == len(years) and max(persons) - min(persons) < 1e-12, persons


def the_world_never_falls_where_all_rise(folder):
    """A country of many people is without them in the last years: it stays in the world's path."""
    years = range(2005, 2021)
    value = {(c, y): float(logistic(y, 2008 + k)) for k, c in enumerate(CODES) for y in years}
    people = {(c, y): 1000.0 if c == "KEN" else 1.0 for c in CODES for y in years if not (c == "KEN" and 2011 < y < 2020)}
    study = Study(folder, {"X": value, "POP": people}, years, {"X": "", "POP": ""}, more="population: POP\n")
    path = [float(r["value"]) for r in study.table("forecast", "projection", "--series", "X")
            if r["unit_name"] == "world" and r["value"]]
    assert len(path) > 10 and all(b > a for a, b in zip(path, path[1:])), path


def a_group_that_vanishes(folder):
    """All go from one group to another and nothing else changes: no means change."""
    value = {(c, y): 10.0 + 6 * k for k, c in enumerate(CODES) for y in (2020, 2021)}
    members = "country,group,first,last\n" + "".join(f"{c},old,,2020\n{c},new,2021,\n" for c in CODES[:6]) + "".join(
        f"{c},other,,\n" for c in CODES[6:])
    study = Study(folder, {"X": value}, (2020, 2021), groups="groups: [{code: g, members: members.csv}]\n",
                  more="divide: {measures: [gini], decompose: [g]}\n", members=members)
    table = study.table("divide", "theil-change", "--series", "X")
    assert {r["measure"] for r in table} == {"theil-t", "theil-l"}, table
    for r in table:
        for column in ("change", "by_means", "by_within"):
            assert abs(float(r[column])) < 1e-12, r


def one_wrong_cell(folder):
    """One value of 100.2 percent takes neither ceiling nor forecast from all others."""
    years = range(2005, 2021)
    value = {(c, y): float(logistic(y, 2008 + k % 6)) for k, c in enumerate(CODES) for y in years}
    value["CHN", 2010] = 100.2
    study = Study(folder, {"X": value}, years)
    kind = {r["country"]: r for r in study.table("forecast", "target-year", "--series", "X", "--target", "95")}
    assert "ceiling" not in " ".join(kind["KEN"].values()), kind["KEN"]
    scales = {r["scale"] for r in study.table("converge", "beta", "--series", "X")}
    assert "logit" in scales, scales


def ties_of_income(folder):
    """Two countries of one income exchange their values: the curve stays."""
    income = {(c, 2020): float(1 + k // 2) for k, c in enumerate(CODES)}
    value = {(c, 2020): 5.0 + 7 * k for k, c in enumerate(CODES)}
    swapped = dict(value)
    for a, b in zip(CODES[::2], CODES[1::2]):
        swapped[a, 2020], swapped[b, 2020] = value[b, 2020], value[a, 2020]
    curve = [Study(folder.parent / f"{folder.name}-{i}", {"X": v, "GDP": income}, (2020,), {"X": "", "GDP": ""},
                   more="gdp_per_head: GDP\n").table("divide", "concentration-curve", "--series", "X")
             for i, v in enumerate((value, swapped))]
    assert curve[0] and len(curve[0]) == len(curve[1])
    for a, b in zip(*curve):
        assert abs(float(a["value_share"]) - float(b["value_share"])) < 1e-12, (a, b)


def every_pair_of_the_kernel(folder):
    """Values every five years only: no yearly move, and yet a kernel, of all pairs."""
    value = {(c, y): 10.0 + 5 * k + (y - 2000) * (k % 3) / 5 for k, c in enumerate(CODES) for y in range(2000, 2021, 5)}
    study = Study(folder, {"X": value}, range(2000, 2021))
    assert study.table("converge", "stochastic-kernel", "--series", "X"), "no kernel"
    assert study.table("converge", "mobility", "--series", "X") == []


def all_high_income(folder):
    """Both groups whose names begin with High income are rich."""
    years = range(2015, 2021)
    value = {(c, y): 10.0 + 6 * k for k, c in enumerate(CODES) for y in years}
    name = {c: "High income: OECD" if k >= 9 else "High income: other" if k >= 6 else "Low income" for k, c in enumerate(CODES)}
    study = Study(folder, {"X": value, "F": {k: x - 1 for k, x in value.items()}, "M": {k: x + 1 for k, x in value.items()}},
                  years, {"X": "", "F": "", "M": ""}, groups="groups: [{code: income, column: income}]\n",
                  countries="country,name,income\n" + "".join(f"{c},{c},{name[c]}\n" for c in CODES))
    rich = {r["country"] for r in study.table("paradox", "quadrants", "--series", "X", "--pairs", "sex=F/M")
            if r["high_income"] == "1"}
    assert rich == set(CODES[6:]), rich


def means_of_the_same_countries(folder):
    """At home nothing changes; three of six rich countries report in even years only."""
    years = range(2000, 2021)
    value, low, high = {}, {}, {}
    for k, c in enumerate(CODES):
        for y in years:
            value[c, y] = 20.0 + 4 * k + (y - 2000) * (1.0 + (k * 7 + y * 3) % 5 / 10)
            if not (k >= 9 and y % 2):
                low[c, y], high[c, y] = 30.0 + k, 40.0 + 3 * k
    groups = "groups: [{code: income, column: income}]\n"
    study = Study(folder, {"X": value, "F": low, "M": high}, years, {"X": "", "F": "", "M": ""}, groups=groups,
                  countries="country,name,income\n" + "".join(
                      f"{c},{c},{'High income' if k >= 6 else 'Low income'}\n" for k, c in enumerate(CODES)))
    for r in study.table("paradox", "regression", "--series", "X", "--pairs", "sex=F/M"):
        assert r["model"] != "others-on-rich", r   # nothing changed at home, so nothing can be told of it


def span_of_enough_countries(folder):
    """Years with 55 % of the countries of the best are out, with 65 % in."""
    codes = CODES[:10] + EXTRA[:10]
    value = {}
    for y in range(2000, 2017):
        n = 11 if y in (2000, 2001) else 13 if y in (2002, 2016) else 20
        for k, c in enumerate(codes[:n]):
            value[c, y] = 10.0 + 4 * k + 0.5 * (y - 2000) * (1 + k % 3)
    study = Study(folder, {"X": value}, range(2000, 2017), countries=names(codes))
    found = {(r["year_first"], r["year_last"]) for r in study.table("converge", "sigma-trend", "--series", "X")}
    assert found == {("2002", "2016")}, found


def whom_to_follow(folder):
    """Those with every year where they are half of those at both ends, else all at both ends."""
    codes = CODES[:10] + EXTRA[:10]
    for gaps, followed in ((10, 10), (11, 20)):
        value = {(c, y): 10.0 + 4 * k + 0.5 * (y - 2000) * (1 + k % 3) for k, c in enumerate(codes)
                 for y in range(2000, 2011) if not (k < gaps and y == 2002 + k % 3)}
        study = Study(folder.parent / f"{folder.name}-{gaps}", {"X": value}, range(2000, 2011), countries=names(codes))
        n = {r["n_countries"] for r in study.table("converge", "sigma-trend", "--series", "X") if r["scale"] == "level"}
        assert n == {str(followed)}, (gaps, n)


def speed_of_five_years(folder):
    """KEN gains on FRA for five years, after years in which it fell behind: 20 a year, of 100 behind."""
    value = {}
    for y in range(2000, 2016):
        for k, c in enumerate(CODES):
            value[c, y] = 60.0 - k
        value["KEN", y] = 30.0 - 2 * (min(y, 2010) - 2000) + 2 * max(0, y - 2010)
        value["FRA", y] = 90.0
    study = Study(folder, {"X": value}, range(2000, 2016))
    row = next(r for r in study.table("converge", "catch-up-time", "--series", "X", "--reference", "FRA")
               if r["unit_name"] == "KEN" and r["benchmark_name"] == "FRA")
    assert (row["year_first"], row["year_last"]) == ("2010", "2015"), row
    assert abs(abs(float(row["change_a_year"])) - 2) < 1e-12 and abs(float(row["years_to_equality"]) - 35) < 1e-9, row


def density_by_its_definition(folder):
    """Silverman's rule of thumb, 0.9 min(sd, iqr / 1.34) n^-1/5, and a Gaussian kernel."""
    x = numpy.array([3.0, 9, 11, 14, 15, 18, 22, 30, 31, 47, 52, 80])
    study = Study(folder, {"X": {(c, 2020): float(v) for c, v in zip(CODES, x)}}, (2020,))
    q1, q3 = numpy.quantile(x, [0.25, 0.75])
    h = 0.9 * min(x.std(ddof=1), (q3 - q1) / 1.34) * len(x) ** -0.2
    table = [r for r in study.table("divide", "density", "--series", "X") if r["weighting"] == "unweighted"]
    assert len(table) > 50
    for r in table:
        z = (x - float(r["value"])) / h
        assert abs(float(r["density"]) - numpy.exp(-z * z / 2).sum() / (len(x) * h * numpy.sqrt(2 * numpy.pi))) < 1e-12, r


def tau_b_with_ties(folder):
    """Ties on either side, and on one alone, by counting pairs."""
    a = [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 7]
    b = [2, 1, 2, 2, 3, 4, 4, 3, 6, 5, 6, 6]
    study = Study(folder, {"X": {(c, y): 10.0 * v[k] for y, v in ((2010, a), (2020, b)) for k, c in enumerate(CODES)}},
                  range(2010, 2021))
    row = study.table("converge", "rank-mobility", "--series", "X")[0]
    score = tied_a = tied_b = 0
    for i in range(12):
        for j in range(i):
            score += numpy.sign(a[i] - a[j]) * numpy.sign(b[i] - b[j])
            tied_a += a[i] == a[j]
            tied_b += b[i] == b[j]
    assert tied_a and tied_b and tied_a != tied_b
    assert abs(float(row["tau_b"]) - score / numpy.sqrt((66 - tied_a) * (66 - tied_b))) < 1e-12, row


def intervals_of_forecasts(folder):
    """Both intervals of a target year are of 95 %: by the curve's errors and by residuals swelled to their
    degrees of freedom they are alike where the noise is plain."""
    noise = numpy.random.default_rng(5)
    codes = CODES + EXTRA
    value = {(c, y): float(logistic(y, 2012 + k % 3, 5) + noise.normal(0, 0.7)) for k, c in enumerate(codes)
             for y in range(2003, 2019)}
    study = Study(folder, {"X": value}, range(2003, 2019), countries=names(codes))
    ratio = []
    for r in study.table("forecast", "target-year", "--series", "X", "--target", "90", "--ceiling", "100", "--replicates", "999", "--method", "curve"):
        if r["bootstrap_ci_high"] and r["ci_high"]:
            ratio.append((float(r["bootstrap_ci_high"]) - float(r["bootstrap_ci_low"])) /
                         (float(r["ci_high"]) - float(r["ci_low"])))
    assert len(ratio) > 20 and 0.93 < numpy.median(ratio) < 1.07, (len(ratio), numpy.median(ratio))


def dominance_at_95_percent(folder):
    """The limit of the largest t over the deciles, by a bootstrap of countries of its own."""
    codes = CODES + EXTRA
    rng = numpy.random.default_rng(1)
    a = rng.uniform(5, 60, len(codes))
    b = a * rng.uniform(0.9, 1.5, len(codes))
    study = Study(folder, {"X": {(c, y): float(v[k]) for y, v in ((2010, a), (2020, b)) for k, c in enumerate(codes)}},
                  range(2010, 2021), countries=names(codes))
    found = {float(r["limit"]) for r in study.table("divide", "lorenz-dominance", "--series", "X", "--replicates", "2000")
             if r["curve"] == "lorenz"}
    assert len(found) == 1, found

    def deciles(x):
        x = numpy.sort(x)
        share = numpy.concatenate([[0], numpy.cumsum(x) / x.sum()])
        return numpy.interp(numpy.arange(1, 10) / 10, numpy.arange(len(x) + 1) / len(x), share)

    drawn = []
    for _ in range(4000):
        of = rng.integers(0, len(codes), len(codes))
        drawn.append(deciles(b[of]) - deciles(a[of]))
    drawn = numpy.array(drawn)
    t = numpy.abs(drawn - (deciles(b) - deciles(a))) / drawn.std(axis=0, ddof=1)
    limit = numpy.quantile(t.max(axis=1), 0.95)
    assert abs(found.pop() / limit - 1) < 0.08, limit


def every_draw_is_its_own(folder):
    """Two replicates of a split differ, so that their error is not 0."""
    value = {(c, 2020): 5.0 + 7 * (k * k % 11) for k, c in enumerate(CODES)}
    study = Study(folder, {"X": value}, (2020,), groups="groups: [{code: half, column: half}]\n",
                  more="divide: {measures: [gini], decompose: [half]}\n",
                  countries="country,name,half\n" + "".join(f"{c},{c},{'ab'[k % 2]}\n" for k, c in enumerate(CODES)))
    error = [float(r["standard_error"]) for r in study.table("divide", "split", "--series", "X", "--replicates", "2")]
    assert error and min(error) > 0, error


def who_is_rich_by_income(folder):
    """Without groups of income, the third with the highest income."""
    years = range(2015, 2021)
    value = {(c, y): 10.0 + 6 * k for k, c in enumerate(CODES) for y in years}
    study = Study(folder, {"X": value, "F": {k: x - 1 for k, x in value.items()}, "M": {k: x + 1 for k, x in value.items()},
                           "GDP": {(c, y): 1000.0 * (12 - k) for k, c in enumerate(CODES) for y in years}},
                  years, {"X": "", "F": "", "M": "", "GDP": ""}, more="gdp_per_head: GDP\n")
    rich = {r["country"] for r in study.table("paradox", "quadrants", "--series", "X", "--pairs", "sex=F/M")
            if r["high_income"] == "1"}
    assert rich == set(CODES[:4]), rich


def convergence_at_five_percent(folder):
    """A log t between -1.65 and -1.28, one-sided 5 and 10 percent, rejects nothing."""
    for seed in range(20):
        rng = numpy.random.default_rng(seed)
        value = {}
        for k, c in enumerate(CODES):
            start = 20 + 3 * k + rng.normal(0, 2)
            for t in range(1, 32):
                value[c, 1989 + t] = float(40 + (start - 35) * t ** (-0.15 + 0.02 * rng.normal()) + rng.normal(0, 0.3) + 0.5 * t)
        study = Study(folder.parent / f"{folder.name}-{seed}", {"X": value}, range(1990, 2021))
        clubs = {r["club"]: r for r in study.table("converge", "clubs", "--series", "X")}
        if -1.6 < float(clubs["all"]["t"]) < -1.32:
            assert clubs["all"]["conclusion"] != "rejected" and clubs["1"]["n_countries"] == "12", clubs
            return
    raise AssertionError("no seed gives a t between the two")


def empty_tables_say_what_they_take(folder):
    """Four countries, two years, no grouping named: each table without a row says what it would take, and none says it
    that has rows. With what was missing there are rows."""
    value = {"X": {(c, y): 10.0 * (k + 1) + y % 3 for k, c in enumerate(CODES[:4]) for y in (2020, 2021)}}
    study = Study(folder, value, (2020, 2021), groups="groups: [{code: g, name: G, column: g}]\n",
                  countries="country,name,g\n" + "".join(f"{c},{c},{k % 2}\n" for k, c in enumerate(CODES[:4])))
    needs = {"split": "a grouping, named by 'by', and two", "theil-change": "a grouping, named by 'by', two years",
             "split-groups": "a grouping, named by 'by'", "nested": "a grouping, named by 'by'",
             "modes": "five countries in the first year", "beta": "two years, and five countries",
             "sigma-trend": "three years", "transition-variance": "four years from the log t regression's first on",
             "income-adjusted": "GDP per head, and ten countries", "backtest": "eight values before the last five",
             "domestic": "a pair of series of groups of people", "weight-sets": "sets of weights in the index"}
    found = {}
    for command in ("divide", "converge", "forecast", "paradox", "audit"):
        said = rift(command, folder / "out")
        assert "too few countries, years or groups" not in said, said
        for part in said.split("\n== ")[1:]:
            name, *lines = part.split("\n")
            why = [x for x in lines if x.startswith("No answer: it takes ")]
            table = [x for x in lines if x.startswith(("variable ", "year ", "country "))]
            assert len(why) + len(table) <= 1, part
            found[name.split(":")[0]] = "".join(why)
    for table, text in needs.items():
        assert text in found[table], (table, found[table])
    assert not found["gaps"] and not found["inequality"], found
    for table in ("split", "split-groups", "nested", "theil-change"):
        assert "No grouping was named: name one by --by, or by 'divide: {by: [...]}' in the study.\nNo answer" in rift("divide", folder / "out", table)
        assert study.table("divide", table, "--by", "g"), table
    said = rift("converge", folder / "out", "transition-variance", "--year", "2021")
    assert "No answer: it takes two countries with values from the first year to the last, and four years" in said, said


def undefined_measures_say_why(folder):
    """-5 among positive values, one country alone, zeros alone: each measure that cannot be taken is named with year
    and reason, has no kind of interval, and every empty value has such a sentence."""
    value = {"X": {(c, y): 10.0 * (k + 1) for k, c in enumerate(CODES[:7]) for y in (2018, 2019, 2020)}}
    value["X"][CODES[0], 2019] = value["X"][CODES[1], 2020] = -5.0
    value["X"][CODES[0], 2021] = 3.0
    value["X"].update({(c, 2022): 0.0 for c in CODES[:3]})
    study = Study(folder, value, range(2018, 2023))
    measures = ("--series", "X", "-m", "gini,sen-20,cv-sample,kolm-1,sigma,egr-5-1")
    said = rift("divide", folder / "out", "inequality", *measures)
    for text in ("Series X: gini, sen-20, cv-sample, egr-5-1: undefined in 2 years from 2019 to 2020, for a value is below 0.",
                 "Series X: cv-sample, sigma, egr-5-1: undefined in 2021, for fewer than two countries have a value that",
                 "Series X: gini, cv-sample, egr-5-1: undefined in 2022, for all values are 0."):
        assert text in said, (text, said)
    for r in study.table("divide", "inequality", *measures):
        assert bool(r["interval"]) == bool(r["ci_low"]), r
        assert r["value"] or r["year"] != "2018", r
        assert r["value"] or not r["interval"], r


def sentences_of_one(folder):
    """One year is said once, one country is no half, a range is said with a measure out of it, a letter of another case
    is the same letter, and countries named narrow tables of countries alone, or the table says so."""
    level = {c: [10.0 * (k + 1) + 2 * t for t in range(4)] for k, c in enumerate(CODES[:6])}
    level[CODES[1]] = [10.0, 12.0, 43.0, 57.0]   # 50 at 2020.5; all others stay on one side
    value = {"X": {(c, 2018 + t): x for c, path in level.items() for t, x in enumerate(path)}}
    study = Study(folder, value, range(2018, 2022), groups="groups: [{code: g, name: G, column: g}]\n",
                  countries="country,name,g\n" + "".join(f"{c},{c},{k % 2}\n" for k, c in enumerate(CODES[:6])))
    said = rift("divide", folder / "out", "split", "--by", "g", "--year", "2020")
    line, = [x for x in said.split("\n") if "of Theil T in" in x]
    assert line.count("2020") == 1 and line.count("%") == 1, line
    both = rift("divide", folder / "out", "split", "--by", "g")
    assert " % of Theil T in 2021; the rest" in both and " in 2018" not in both.split("\n\n")[1], both
    said = rift("converge", folder / "out", "time-at-level", "--level", "50", "--country", CODES[1])
    assert "1 of 1 countries have reached 50, the one whose year is known by 2021." in said, said
    said = rift("forecast", folder / "out", "target-year", "--target", "55")
    assert "would reach it, the median of them" not in said or " 1 would" not in said, said
    for wrong, text in (("kolm-0", "'kolm-A' takes A above 0"), ("fgt-0-0", "'fgt-A-L' takes A of 0 or more, L above 0"),
                        ("watts-0", "'watts-L' takes L above 0"), ("esteban-ray-2", "'esteban-ray-A' takes A from 0 to 1.6"),
                        ("egr-2.5-1", "'egr-K-A' takes K a whole number from 2 to 12"), ("p101p10", "X from 0 to 100"),
                        ("theil-L", "did you mean 'theil-l'?"), ("GINI", "did you mean 'gini'?")):
        said = rift("divide", folder / "out", "inequality", "-m", wrong, code=2)
        assert f"unknown measure '{wrong}'; " in said and text in said, said
    (folder / "s2.yaml").write_text((folder / "s.yaml").read_text() + "divide: {measures: [kolm-0]}\n")
    assert "'kolm-A' takes A above 0" in rift("check", folder / "s2.yaml", code=1)
    for command, tables in (("divide", ("inequality", "levels", "lorenz")), ("converge", ("sigma", "mobility"))):
        for table in tables:
            said = rift(command, folder / "out", table, "--country", CODES[0])
            assert "This table is of all countries: it has no rows of those named by 'country'." in said, said
            assert "of those named" not in rift(command, folder / "out", table)
    for command, table in (("converge", "beta-points"), ("divide", "gaps"), ("forecast", "curves")):
        assert {r["country"] for r in study.table(command, table, "--country", CODES[0])} == {CODES[0]}, table


def ties_at_the_top(folder):
    """All that share the best value are named, of many the first three and the number of others."""
    for n, words in ((1, "Land KEN, the best, 90."), (2, "Land KEN and Land TZA, the best, 90."),
                     (3, "Land KEN, Land RWA and Land TZA, the best, 90."),
                     (4, "Land ETH, Land KEN, Land RWA and 1 other, the best, 90."),
                     (6, "Land CHN, Land ETH, Land KEN and 3 others, the best, 90.")):
        top = (CODES[0], CODES[1], CODES[3], CODES[4], CODES[2], CODES[5])[:n]
        value = {(c, y): 90.0 if c in top else 10.0 for c in CODES for y in (2019, 2020)}
        study = Study(folder.parent / f"{folder.name}-{n}", {"X": value}, range(2019, 2021))
        said = rift("divide", study.folder / "out", "gaps", "--series", "X")
        assert f"that of {words}\n" in said, (words, said)


def first_of_equals(folder):
    """Of two that share the best value, a gap is to the first by code."""
    value = {(c, 2020): 90.0 if c in ("RWA", "UGA") else 10.0 + k for k, c in enumerate(CODES)}
    study = Study(folder, {"X": value}, (2020, 2020))
    best = {r["benchmark_name"] for r in study.table("divide", "gaps", "--series", "X") if r["benchmark"] == "best"}
    assert best == {"RWA"}, best


def half_by_the_median(folder):
    """Five reach 50 in 2011, 2012, 2013, 2016 and 2018, so half of them by 2013."""
    when = dict(zip(CODES, (2016, 2011, 2018, 2013, 2012)))
    value = {(c, t): 60.0 if t > y else 40.0 for c, y in when.items() for t in range(2010, 2020)}
    value.update({(c, y): 50.0 for c, y in when.items()})
    Study(folder, {"X": value}, range(2010, 2020), countries=names(when))
    said = rift("converge", folder / "out", "time-at-level", "--series", "X", "--level", "50")
    assert "5 of 5 countries have reached 50; of the 5 whose year is known, half had by 2013." in said, said


def logarithm_of_nothing(folder):
    """Sigma on logarithms is over those above 0: one that has nothing is left out, the others keep their spread."""
    path = {c: [10.0 * (k + 1) + t for t in range(12)] for k, c in enumerate(CODES[:9])}
    path[CODES[9]] = [0.0] * 12
    value = {(c, 2005 + t): x for c, xs in path.items() for t, x in enumerate(xs)}
    study = Study(folder, {"X": value}, range(2005, 2017), countries=names(CODES[:10]))
    found = [r for r in study.table("converge", "sigma", "--series", "X") if r["scale"] == "ln"]
    assert len(found) >= 12
    for r in found:
        own = numpy.log([xs[int(r["year"]) - 2005] for c, xs in path.items() if c != CODES[9]])
        assert r["n_countries"] == "9" and abs(float(r["spread"]) - own.std()) < 1e-12, (r, own.std())


def more_than_a_thousand(folder):
    """Lorenz curve and Gini of 1100 units, whose codes are in another order than their values."""
    codes = [f"U{k:04}" for k in range(1100)]
    x = {c: 1.0 + (k * 377) % 1100 * 0.05 for k, c in enumerate(codes)}
    folder.mkdir()
    (folder / "s.yaml").write_text("code: s\ntitle: S\nyears: {first: 2020, last: 2020}\nsources: [data.csv]\n"
                                   "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: i.yaml\ncharts: []\n")
    (folder / "i.yaml").write_text("code: i\nentities: any\nnormalisation: goalposts\n"
                                   "nodes: [{code: total, children: [X]}]\n")
    (folder / "c.yaml").write_text("series:\n  - {code: X, unit: '%', goalposts: {low: 0, high: 100}}\n")
    (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(f"{c},2020,X,{v!r}\n" for c, v in x.items()))
    (folder / "countries.csv").write_text(names(codes))
    rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
    own = numpy.array(sorted(x.values()))
    gini = (2 * numpy.arange(1, 1101) - 1101) @ own / (1100 * own.sum())
    for r in rows(rift("divide", folder / "out", "inequality", "--series", "X", "-m", "gini", "--to", "csv")):
        assert abs(float(r["value"]) - gini) < 1e-12, (r, gini)
    curve = rows(rift("divide", folder / "out", "lorenz", "--series", "X", "--to", "csv"))
    assert len(curve) == 51
    for k, r in enumerate(curve):   # a fiftieth of them are 22
        assert abs(float(r["lorenz"]) - own[:22 * k].sum() / own.sum()) < 1e-12, r


def kept_by_name(folder):
    """BRA lacks a series in the last year, and goes out of the first for balance; KEN lacks it too and is kept by name."""
    value = {s: {(c, y): 10.0 + k + y - 2019 for k, c in enumerate(CODES) for y in (2019, 2020)} for s in ("X", "Y")}
    del value["Y"]["BRA", 2020], value["Y"]["KEN", 2020]
    study = Study(folder, value, (2019, 2020), {"X": "", "Y": ""}, "[{series: X}, {series: Y}]",
                  index="screening: {country: 0.9, balanced: true, include: [KEN]}\nminimum_coverage: {country: 0.4}\n")
    ranked = {(r["country"], r["year"]) for r in study.table("export", "scores") if r["node"] == "total" and r["value"]}
    assert ranked == {(c, y) for c in CODES for y in ("2019", "2020") if c != "BRA"}, ranked


def one_reason_for_all(folder):
    """Two tables of one year are asked for two: one error says why, and nothing follows it."""
    value = {"X": {(c, y): 10.0 + k for k, c in enumerate(CODES) for y in (2019, 2020)}}
    Study(folder, value, (2019, 2020))
    said = rift("audit", folder / "out", "strengths", "consistency", "--year", "2019:2020", code=1)
    assert said.count("error:") == 1 and "is for one year" in said, said


def ends_of_the_ranking(folder):
    """Unless two are named, the best and the last are compared, also where one of them is the first in the file of countries."""
    for first, last in (("ARG", "ZAF"), ("ZAF", "ARG")):
        codes = sorted(CODES + EXTRA)
        level = {c: 20.0 + k for k, c in enumerate(codes)}
        level[last], level[first] = 5.0, 90.0
        study = Study(folder.with_name(first), {"X": {(c, 2020): x for c, x in level.items()}}, (2020, 2020), countries=names(codes))
        sides = {(r["a"], r["b"]) for r in study.table("divide", "contributions")}
        assert codes[0] == "ARG" and sides == {(first, last)}, sides


def five_percent_of_homogeneity(folder):
    """At p 0.057 nothing is said to differ; at p 0.041 it is."""
    for seed, differs in ((113, False), (20, True)):
        draw, value = numpy.random.default_rng(seed), {}
        for c in CODES:
            path = numpy.clip(50 + numpy.cumsum(draw.normal(0, 9, 15)), 5, 95)
            value.update({(c, 2000 + t): round(float(x), 2) for t, x in enumerate(path)})
        study = Study(folder.with_name(f"h{seed}"), {"X": value}, range(2000, 2015))
        p = float(study.table("converge", "homogeneity", "--series", "X")[0]["p_value"])
        assert 0.03 < p < 0.05 if differs else 0.05 < p < 0.06, p
        said = rift("converge", study.folder / "out", "homogeneity", "--series", "X")
        assert ("nothing shows that" in said) != differs, said


def grid_of_the_kernel(folder):
    """Each present value with each later one, from 0 to the largest, in even steps."""
    value = {(c, y): 10.0 + 5 * k + (y - 2000) * (k % 3) / 5 for k, c in enumerate(CODES) for y in range(2000, 2011)}
    table = Study(folder, {"X": value}, range(2000, 2011)).table("converge", "stochastic-kernel", "--series", "X")
    now, later = ([float(r[k]) for r in table] for k in ("relative_now", "relative_next"))
    grid = later[:round(len(table) ** 0.5)]
    means = {y: sum(value[c, y] for c in CODES) / len(CODES) for y in range(2000, 2011)}
    assert abs(grid[-1] - max(x / means[y] for (_, y), x in value.items())) < 1e-12 and grid[0] == 0
    assert numpy.allclose(numpy.diff(grid), grid[-1] / (len(grid) - 1), rtol=0, atol=1e-12)
    assert now == [x for x in grid for _ in grid] and later == grid * len(grid)


def gaps_filled_by_the_second_grouping(folder):
    """The mean of whom one is with by the grouping that is named, whichever it is among them."""
    level = {c: 10.0 + 5 * k for k, c in enumerate(CODES) if c != "KEN"}
    first = {c: "north" if k % 2 else "south" for k, c in enumerate(CODES)}
    second = {c: "east" if k < 5 else "west" for k, c in enumerate(CODES)}
    for by, of in (("a", first), ("b", second)):
        study = Study(folder.with_name(f"by_{by}"), {"X": {(c, 2020): x for c, x in level.items()}, "Y": {(c, 2020): 50.0 for c in CODES}},
                      (2020, 2020), {"X": f", imputation: {{method: mean, group: {by}}}", "Y": ""}, "[{series: X}, {series: Y}]", groups="groups: [{code: a, column: a}, {code: b, column: b}]\n",
                      countries="country,name,a,b\n" + "".join(f"{c},{c},{first[c]},{second[c]}\n" for c in CODES))
        score = {r["country"]: float(r["value"]) for r in study.table("export", "scores") if r["node"] == "X" and r["value"]}
        with_it = [x for c, x in level.items() if of[c] == of["KEN"]]
        assert abs(score["KEN"] - sum(with_it) / len(with_it)) < 1e-9, (by, score)


def parts_of_two_after_three(folder):
    """A node of two children follows one of three: their parts are all of its Gini."""
    draw = numpy.random.default_rng(3)
    series = {f"S{k}": "" for k in range(6)}
    value = {s: {(c, 2020): round(float(draw.uniform(5, 95)), 2) for c in CODES} for s in series}
    study = Study(folder, value, (2020, 2020), series, "[one, two, three]}\n  - {code: one, children: [{series: S0}, {series: S1}]}\n"
                  "  - {code: two, children: [{series: S2}, {series: S3}]}\n  - {code: three, children: [{series: S4}, {series: S5}]")
    table = study.table("divide", "gini-sources", "--series", "total,one,two,three")
    for node, children in (("total", 3), ("one", 2), ("two", 2), ("three", 2)):
        parts = [float(r["contribution_share"]) for r in table if r["variable"] == node and r["weighting"] == "unweighted"]
        assert len(parts) == children and abs(sum(parts) - 1) < 1e-9, (node, parts)


run_cases([gaps_filled_by_the_second_grouping, parts_of_two_after_three, ends_of_the_ranking, five_percent_of_homogeneity, grid_of_the_kernel,
           one_reason_for_all, more_than_a_thousand, kept_by_name, first_of_equals, half_by_the_median, logarithm_of_nothing, ties_at_the_top,
           sentences_of_one, undefined_measures_say_why, empty_tables_say_what_they_take, observed_in_the_units_scored,
           carried_values_are_not_observed, shares_of_the_world_count_older_values, nothing_changes, the_world_never_falls_where_all_rise,
           a_group_that_vanishes, one_wrong_cell, ties_of_income, every_pair_of_the_kernel, all_high_income, means_of_the_same_countries,
           span_of_enough_countries, whom_to_follow, speed_of_five_years, density_by_its_definition, tau_b_with_ties, intervals_of_forecasts,
           dominance_at_95_percent, every_draw_is_its_own, who_is_rich_by_income, convergence_at_five_percent])
