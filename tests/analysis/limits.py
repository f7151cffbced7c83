# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted data at a limit: ties, the first and the last, values exactly equal to what decides."""
import json
import pathlib
import sys

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from study import CODES, EXTRA, Study, names, run_cases
from support import rift


def ends_that_are_shared(folder):
    """Two lead and two are last, and one, before all by its code, has no total: the first of the two is compared."""
    codes = sorted(CODES)
    level = {c: 50.0 + k for k, c in enumerate(codes) if k > 0}
    level[codes[2]] = level[codes[5]] = 90.0
    level[codes[3]] = level[codes[7]] = 10.0
    study = Study(folder, {"X": {(c, 2020): x for c, x in level.items()}}, (2020, 2020), countries=names(codes))
    sides = {(r["a"], r["b"]) for r in study.table("divide", "contributions")}
    assert sides == {(codes[2], codes[3])}, sides


def halves_of_a_gap(folder):
    """Two series bring half of a gap each: the first is named, as the largest part; all equal, there is no gap to split."""
    value = {s: {(c, 2020): 10.0 + 5 * k for k, c in enumerate(CODES)} for s in "XY"}
    study = Study(folder, value, (2020, 2020), {"X": "", "Y": ""}, "[{series: X}, {series: Y}]")
    said = rift("divide", study.folder / "out", "contributions")
    assert "a gap of 55.00; the largest part, 27.50 (50 %), comes from Series X." in said, said
    value = {s: {(c, 2020): 20.0 for c in CODES} for s in "XY"}
    study = Study(folder.with_name("equal"), value, (2020, 2020), {"X": "", "Y": ""}, "[{series: X}, {series: Y}]")
    assert study.table("divide", "contributions") == []


def an_eigenvalue_of_one(folder):
    """Three children that are alike and one that goes with none of them: one component, for 1 is not above 1."""
    of_pairs = {"A": [25, 25, 45, 45, 65, 75], "B": [20, 35, 35, 50, 70, 70], "C": [20, 30, 45, 50, 55, 80]}
    value = {s: {(c, 2020): float(x[k // 2]) for k, c in enumerate(CODES)} for s, x in of_pairs.items()}
    value["Z"] = {(c, 2020): 75.0 if k % 2 else 25.0 for k, c in enumerate(CODES)}   # of each pair one is low, one high
    study = Study(folder, value, (2020, 2020), dict.fromkeys(value, ""), "[A, B, C, Z]")
    alike = numpy.sort(numpy.linalg.eigvalsh(numpy.corrcoef(list(of_pairs.values()))))[::-1]
    table = study.table("audit", "components")
    assert [r["kaiser"] for r in table] == ["kept", "", "", ""] and float(table[1]["eigenvalue"]) == 1, table
    assert numpy.allclose([float(table[k]["eigenvalue"]) for k in (0, 2, 3)], alike, rtol=0, atol=1e-12), (table, alike)
    assert alike[0] / 4 > 0.65 and float(table[0]["kmo"]) > 0.65, table
    assert "0 of 1 nodes fall short" in rift("audit", study.folder / "out", "components")


def groups_of_which_the_lower_is_ahead(folder):
    """Where lower is better, the group of the lower mean leads; the other, 26 above it and then 16, needs eight years more."""
    value = {(c, y): (40.0 if k < 6 else 60.0 - 2 * (y - 2010)) + k for k, c in enumerate(CODES) for y in (2010, 2015)}
    study = Study(folder, {"X": value}, range(2010, 2016), {"X": ", polarity: lower-is-better"},
                  groups="groups: [{code: half, column: half}]\n", countries="country,name,half\n" + "".join(
                      f"{c},{c},{'first' if k < 6 else 'second'}\n" for k, c in enumerate(CODES)))
    found = [r for r in study.table("converge", "catch-up-time", "--series", "X", "--by", "half") if r["kind"] == "half"]
    assert len(found) == 1 and (found[0]["unit_name"], found[0]["benchmark_name"]) == ("second", "first"), found
    assert found[0]["conclusion"] == "closing", found
    for column, x in (("gap", 16), ("change_a_year", -2), ("years_to_equality", 8), ("years_to_present_level", 8)):
        assert abs(float(found[0][column]) - x) < 1e-9, (column, found)


def time_where_lower_is_better(folder):
    """All fall by 2 a year, each 3 above the one before: 1.5 years later."""
    value = {(c, y): 70.0 + 3 * k - 2 * (y - 2010) for k, c in enumerate(CODES) for y in range(2010, 2021)}
    study = Study(folder, {"X": value}, range(2010, 2021), {"X": ", polarity: lower-is-better"})
    behind = {r["country"]: r for r in study.table("converge", "time-distance", "--series", "X", "--reference", CODES[0])
              if r["benchmark"] == "country"}
    at_60 = {r["country"]: r for r in study.table("converge", "time-at-level", "--series", "X", "--level", "60")}
    for k, c in enumerate(CODES):
        if 0 < k < 7:
            assert behind[c]["kind"] == "exact" and abs(float(behind[c]["years"]) - 1.5 * k) < 1e-9, behind[c]
            assert abs(float(behind[c]["level"]) - (50 + 3 * k)) < 1e-9, behind[c]
        year = 2015 + 1.5 * k
        assert float(at_60[c]["level"]) == 60, at_60[c]
        assert abs(float(at_60[c]["reached"]) - year) < 1e-9 if year <= 2020 else at_60[c]["status"] == "not yet by 2020", at_60[c]


def abroad_where_lower_is_better(folder):
    """The rich are lower, and so ahead; the others fall twice as fast, by half a point a year more."""
    years, rich = range(2010, 2021), CODES[6:]
    value = {(c, y): 80.0 - 5 * k - (y - 2010) * (0.5 if c in rich else 1) for k, c in enumerate(CODES) for y in years}
    home = {"F": {(c, y): 30.0 + 0.5 * (y - 2010) for c in CODES for y in years}, "M": {(c, y): 50.0 for c in CODES for y in years}}
    study = Study(folder, {"X": value, **home}, years, {"X": ", polarity: lower-is-better", "F": "", "M": ""},
                  groups="groups: [{code: income, column: income}]\n", countries="country,name,income\n" + "".join(
                      f"{c},{c},{'High income' if c in rich else 'Low income'}\n" for c in CODES))
    found = study.table("paradox", "quadrants", "--series", "X", "--pairs", "sex=F/M")
    assert {r["country"] for r in found} == set(CODES), found
    for r in found:
        year, side = int(r["year_first"]), [c for c in CODES if (c in rich) != (r["country"] in rich)]
        gap = abs(numpy.mean([value[c, year] for c in side]) - value[r["country"], year])
        assert abs(float(r["abroad_gap"]) - gap) < 1e-9 and abs(float(r["abroad_change"]) + 2.5) < 1e-9, (r, gap)


def a_node_turned_round(folder):
    """Of the children of a node of which less is better, the gap takes their own the other way."""
    rng = numpy.random.default_rng(4)
    value = {s: {(c, 2020): round(float(rng.uniform(5, 95)), 1) for c in CODES} for s in "ABCD"}
    study = Study(folder, value, (2020, 2020), dict.fromkeys("ABCD", ""), "[one, two]}\n  - {code: one, children: [A, B]}\n"
                  "  - {code: two, polarity: lower-is-better, children: [C, D]")
    part = {r["variable"]: r for r in study.table("divide", "contributions")}
    for s in "ABCD":
        gap = value[s][part[s]["a"], 2020] - value[s][part[s]["b"], 2020]
        assert abs(float(part[s]["contribution"]) - (gap / 4 if s in "AB" else -gap / 4)) < 1e-9, (s, gap, part[s])
    total = {c: 50 + (sum(value[s][c, 2020] for s in "AB") - sum(value[s][c, 2020] for s in "CD")) / 4 for c in CODES}
    assert (part["A"]["a"], part["A"]["b"]) == (max(total, key=total.get), min(total, key=total.get)), part["A"]


def no_curve_where_lower_is_better(folder):
    """The same paths are forecast where higher is better, and by no table where lower is."""
    value = {(c, y): float(round(100 / (1 + numpy.exp((2011 + k - y) / 4)), 3)) for k, c in enumerate(CODES) for y in range(2000, 2019)}
    tables = ("curves", "target-year", "projection", "backtest", "forecast-coverage")
    for better, some in (("higher", True), ("lower", False)):
        study = Study(folder.with_name(better), {"X": value}, range(2000, 2019), {"X": f", polarity: {better}-is-better"})
        for table in tables:
            assert bool(study.table("forecast", table, "--series", "X")) == some, (better, table)
    said = rift("forecast", study.folder / "out", "target-year", "--series", "X")
    assert "Series X: no forecast, for lower is better" in said, said


def families_of_two(folder):
    """A node is audited by two children or more in three countries or more."""
    for n, audited in ((3, {"total", "two"}), (2, set())):
        draw = numpy.random.default_rng(n)
        value = {s: {(c, 2020): round(float(draw.uniform(5, 95)), 1) for c in CODES[:n]} for s in "ABC"}
        study = Study(folder.with_name(f"of_{n}"), value, (2020, 2020), dict.fromkeys("ABC", ""), "[one, two]}\n  - {code: one, children: "
                      "[A]}\n  - {code: two, children: [B, C]", countries=names(CODES[:n]))
        assert {r["node"] for r in study.table("audit", "consistency")} == audited, n
        said = rift("audit", study.folder / "out", "components")
        assert f"of {len(audited)} nodes fall short" in said, said


def by_two_that_are_in_no_node(folder):
    """The last series of the index gets an older value with its age, or value and error by regression on two that are in no
    node, which the older value teaches too."""
    draw = numpy.random.default_rng(6)
    p, q, x = (draw.uniform(10, 90, 12) for _ in range(3))
    value = {s: {(c, 2020): float(of[k]) for k, c in enumerate(CODES) if s != "X" or k > 0}
             for s, of in (("W", p), ("X", x), ("P", p), ("Q", q))}
    value["X"][CODES[1], 2019] = value["X"].pop((CODES[1], 2020))
    study = Study(folder, value, (2019, 2020), {"W": "", "P": "", "Q": "", "X": ", imputation: [{method: latest, maximum_age: 1}, "
                                                "{method: regression, on: [P, Q]}]"}, "[{series: W}, {series: X}]")
    found, older = study.table("export", "imputed")
    assert [older[k] for k in ("country", "year", "origin", "age")] == [CODES[1], "2020", "older", "1"], older
    design = numpy.column_stack([numpy.ones(12), p, q])
    b, rest, _, _ = numpy.linalg.lstsq(design[1:], x[1:], rcond=None)
    error = numpy.sqrt(rest[0] / (11 - 3) * (1 + design[0] @ numpy.linalg.inv(design[1:].T @ design[1:]) @ design[0]))
    assert found["country"] == CODES[0] and abs(float(found["value"]) - design[0] @ b) < 1e-9, found
    assert found["standard_error"] and abs(float(found["standard_error"]) - error) < 1e-9, (found, error)


def only_whom_it_is_asked_for(folder):
    """Expectation and maximisation on two others fills the second series and leaves the gap of the first. Where only the one
    that is filled has gaps it is the regression, its error without degrees of freedom (Anderson 1957)."""
    draw = numpy.random.default_rng(8)
    w, p, q, x = (draw.uniform(10, 90, 12) for _ in range(4))
    value = {s: {(c, 2020): float(of[k]) for k, c in enumerate(CODES) if k != {"X": 0, "W": 3}.get(s)}
             for s, of in (("W", w), ("X", x), ("P", p), ("Q", q))}
    study = Study(folder, value, (2020, 2020), {"W": "", "P": "", "Q": "", "X": ", imputation: {method: em, on: [P, Q]}"},
                  "[{series: W}, {series: X}]")
    found, = study.table("export", "imputed")
    design = numpy.column_stack([numpy.ones(12), p, q])
    b, rest, _, _ = numpy.linalg.lstsq(design[1:], x[1:], rcond=None)
    assert (found["country"], found["series"]) == (CODES[0], "X"), found
    assert abs(float(found["value"]) - design[0] @ b) < 1e-6, (found, design[0] @ b)
    assert abs(float(found["standard_error"]) - numpy.sqrt(rest[0] / 11)) < 1e-6, found


def tried_without_a_ceiling(folder):
    """Of a series without a ceiling all methods are tried but the one whose gap to the ceiling shrinks; the walk by hand."""
    draw, years = numpy.random.default_rng(9), numpy.arange(2000, 2020)
    path = {c: 300 / (1 + numpy.exp((2006 + k % 3 - years) / 3)) + draw.uniform(0, 2, 20) for k, c in enumerate(CODES)}
    study = Study(folder, {"X": {(c, int(y)): float(x) for c, of in path.items() for y, x in zip(years, of)}},
                  range(2000, 2020), unit="lines")
    table = study.table("forecast", "backtest", "--series", "X")
    assert {r["method"] for r in table} == {"walk-with-drift", "logistic", "gompertz", "better-curve", "linear"}, table
    n = {r["n_countries"] for r in table}
    assert n == {"12"}, n
    for r in table:
        h = int(r["horizon"])
        if r["method"] == "walk-with-drift" and h > 0:
            error = [abs(of[14] + (of[14] - of[0]) / 14 * h - of[14 + h]) for of in path.values()]
            assert abs(float(r["mean_absolute_error"]) - numpy.mean(error)) < 1e-9, (r, numpy.mean(error))


def eight_before_the_last_five(folder):
    """A country is tried with eight values before the last five years; with seven it is not."""
    draw = numpy.random.default_rng(10)
    value = {(c, y): float(100 / (1 + numpy.exp((2004 + k % 3 - y) / 4)) * draw.uniform(0.99, 1)) for k, c in enumerate(CODES)
             for y in range(2000, 2013) if k < 5 or y > 2000}
    table = Study(folder, {"X": value}, range(2000, 2013)).table("forecast", "backtest", "--series", "X")
    assert {(r["cut"], r["n_countries"]) for r in table} == {("2007", "5")}, table[:1]


def largest_of_three_shifts(folder):
    """The largest shift stands, and its sign, whether a smaller, an equal or no rank follows it."""
    codes, orders = CODES[:5], ((1, 2, 3, 4, 5), (4, 2, 1, 3, 5), (2, 1, 5, 3, 4), (1, 2, 4, 3, None))   # ranks by result
    out = []
    for n, ranks in enumerate(orders):
        value = {"X": {(c, 2020): 90.0 - 10 * r for c, r in zip(codes, ranks) if r}}
        out.append(Study(folder.with_name(f"shift{n}"), value, (2020, 2020), countries=names(codes)).folder / "out")
    table = json.loads(rift("audit", out[0], "--against", ",".join(map(str, out[1:])), "--json"))["rows"]
    assert [r["country"] for r in table] == sorted(codes), table
    shift = {r["country"]: r["largest_shift"] for r in table}
    assert [shift[c] for c in codes] == [3, -1, -2, -1, -1], shift
    assert next(r for r in table if r["country"] == codes[4])[str(out[3])] is None, table


def nobody_at_one_end(folder):
    """A country of 0 people in the first year, or of none that are known in the last, is at neither end of what people compare."""
    value = {"X": {(c, y): 10.0 + 5 * k + 3 * (y - 2019) * (k % 3) for k, c in enumerate(CODES) for y in (2019, 2020)},
             "POP": {(c, y): 10.0 + k for k, c in enumerate(CODES) for y in (2019, 2020) if not (k == 3 and y == 2020)}}
    value["POP"]["FRA", 2019] = 0.0
    study = Study(folder, value, (2019, 2020), {"X": "", "POP": ""}, more="population: POP\n")
    both = {r["year"]: r for r in study.table("divide", "levels", "--series", "X")
            if (r["weighting"], r["sample"]) == ("population", "both")}
    who = [c for k, c in enumerate(CODES) if c != "FRA" and k != 3]
    for y in (2019, 2020):
        mean = numpy.average([value["X"][c, y] for c in who], weights=[value["POP"][c, y] for c in who])
        assert both[str(y)]["n_countries"] == "10" and abs(float(both[str(y)]["mean"]) - mean) < 1e-12, (both, mean)


def at_the_ends_of_parity(folder):
    """0.98 and 1.02 are parity still; nobody, everybody, and more than everybody has no share of the variance; of five
    countries a mean is told, of four none."""
    pairs = {"KEN": (49.0, 50.0, "parity"), "TZA": (51.0, 50.0, "parity"), "UGA": (48.9, 50.0, "behind"), "RWA": (51.1, 50.0, "ahead"),
             "ETH": (0.0, 100.0, "behind"), "CHN": (0.0, 0.0, ""), "POL": (100.0, 100.0, "parity"), "NAM": (50.0, 101.0, "behind"),
             "BRA": (10.0, 0.0, "")}
    value = {s: {(c, 2020): of[k] for c, of in pairs.items()} for k, s in enumerate("FM")}
    for s in "FM":
        value[s].update({(c, 2021): 50.0 for c in list(pairs)[:5]} | {(c, 2022): 50.0 for c in list(pairs)[:4]})
    value["X"] = {(c, y): 50.0 for c in pairs for y in (2020, 2021, 2022)}
    study = Study(folder, value, (2020, 2021, 2022), {"X": "", "F": "", "M": ""})
    found = {r["country"]: r for r in study.table("paradox", "domestic", "--pairs", "sex=F/M") if r["year"] == "2020"}
    for c, (low, high, state) in pairs.items():
        r, p = found[c], (low + high) / 200
        assert r["conclusion"] == state and bool(r["parity"]) == (high > 0), r
        if c in ("CHN", "POL", "NAM"):
            assert not r["share_of_variance"], r
        else:
            assert abs(float(r["share_of_variance"]) - ((high - low) / 200) ** 2 / (p * (1 - p))) < 1e-12, r
    said = rift("paradox", study.folder / "out", "domestic", "--pairs", "sex=F/M")
    assert f"in the same 5 countries the mean gap at home was {(1 - 1 + 1.1 - 1.1 + 100) / 5:.1f} in 2020 and 0.0 in 2021." in said, said


def groups_of_which_too_few_have_both_years(folder):
    """A group catches up where half of its ten countries have both years, and not where four have, though
    seven have either."""
    codes, later = sorted(CODES + EXTRA)[:20], {"a": 0, "b": 2, "c": 3}
    for other in "bc":
        of = {c: "a" if k < 10 else other for k, c in enumerate(codes)}
        value = {(c, y): (60.0 if of[c] == "a" else 30.0 + y - 2010) + k % 10 for k, c in enumerate(codes) for y in (2010, 2016)
                 if of[c] == "a" or (k % 10 < 7 if y == 2010 else k % 10 >= later[of[c]])}
        study = Study(folder.with_name(f"both_{other}"), {"X": value}, range(2010, 2017), groups="groups: [{code: g, column: g}]\n",
                      countries="country,name,g\n" + "".join(f"{c},{c},{of[c]}\n" for c in codes))
        found = [r["unit_name"] for r in study.table("converge", "catch-up-time", "--series", "X", "--by", "g") if r["kind"] == "g"]
        assert found == (["b"] if other == "b" else []), (other, found)


def meeting_above_all_there_is(folder):
    """Shares of 89 and 57 % that gain 1 and 4 points a year meet a little below 100; of 91 and 59 %, above it."""
    for start, met in ((94.0, True), (96.0, False)):
        value = {(c, y): (start if k < 6 else start - 32) + (1 if k < 6 else 4) * (y - 2015) - 5 + k % 6 * 0.01
                 for k, c in enumerate(CODES) for y in (2010, 2015)}
        study = Study(folder.with_name(f"meet_{met}"), {"X": value}, range(2010, 2016), groups="groups: [{code: g, column: g}]\n",
                      countries="country,name,g\n" + "".join(f"{c},{c},{'ahead' if k < 6 else 'behind'}\n" for k, c in enumerate(CODES)))
        said = rift("converge", study.folder / "out", "catch-up-time", "--series", "X", "--by", "g")
        if met:
            assert "Series X: if the speeds of 2010 to 2015 last, behind will reach ahead in 11 years" in said, said
        else:
            assert ("Series X: at its speed of 2010 to 2015, behind will reach the present level of ahead in 8 years; both at their speeds "
                    "would only meet above 100 %, so that no year is given") in said, said


def curves_where_lower_is_better(folder):
    """More of what is better low is no gain: nobody is said to be better off by it."""
    value = {(c, y): 20.0 + 3 * k - (y - 2010) for k, c in enumerate(CODES) for y in (2010, 2020)}
    study = Study(folder, {"X": value}, range(2010, 2021), {"X": ", polarity: lower-is-better"})
    said = rift("divide", study.folder / "out", "lorenz-dominance", "--series", "X")
    assert "relative to their average, countries were less unequal in 2010 than in 2020" in said, said
    assert "better off" not in said, said


run_cases([meeting_above_all_there_is, curves_where_lower_is_better, groups_of_which_too_few_have_both_years, at_the_ends_of_parity,
           nobody_at_one_end, largest_of_three_shifts, eight_before_the_last_five, tried_without_a_ceiling, only_whom_it_is_asked_for,
           by_two_that_are_in_no_node, families_of_two, no_curve_where_lower_is_better, abroad_where_lower_is_better, a_node_turned_round,
           time_where_lower_is_better, groups_of_which_the_lower_is_ahead, ends_that_are_shared, halves_of_a_gap, an_eigenvalue_of_one])
