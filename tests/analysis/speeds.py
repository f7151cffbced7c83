# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a gap between two groups changed, and in how many years it may close: planted changes, tested a second time
here, by Welch's t (tests/claim/definitions.py) and by trying years one by one."""
import pathlib
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "claim"))
import definitions
from study import CODES, Study
from support import number, passed, rift

YEARS, POOR, RICH = (2015, 2020), CODES[:6], CODES[6:11]
LONE = CODES[11]
NOISE = numpy.array([3.0, -2, 1, -4, 2, 0]), numpy.array([-1.0, 2, -3, 1, 1])
# name: change of the poor and of the rich, their last means, size of the noise of the changes and of the levels
PLANTED = {"TOO_LITTLE": (2, 1.5, 30, 60, 1, 2), "CLOSING": (8, 3, 30, 60, 0.3, 2), "OPEN": (3.95, 3, 30, 60, 0.3, 2),
           "LATE": (3.4, 3, 30, 60, 0.05, 2), "WIDENING": (-2, 3, 30, 60, 0.3, 2), "EXACT": (8, 3, 30, 60, 0, 0),
           "STILL": (0, 0, 30, 60, 0, 2), "NEAR": (3, 1, 59.5, 60, 0.1, 3), "LOW": (-8, -3, 70, 40, 0.3, 2)}


def values(poor, rich, poor_last, rich_last, noise, apart):
    """country -> (first, last); the means of noise are 0."""
    out = {}
    for codes, change, last, e in ((POOR, poor, poor_last, NOISE[0]), (RICH, rich, rich_last, NOISE[1])):
        for c, moved, level in zip(codes, e, numpy.roll(e, 2)):
            out[c] = (last + apart * level - change - noise * moved, last + apart * level)
    out[LONE] = (80, 90)
    return out


def planted(folder):
    value = {name: values(*of) for name, of in PLANTED.items()}
    group = {**dict.fromkeys(POOR, "poor"), **dict.fromkeys(RICH, "rich"), LONE: ""}
    countries = "country,name,g,h\n" + "".join(
        f"{c},Land {c},{group[c]},{'lone' if c == LONE else 'many'}\n" for c in CODES)
    study = Study(folder, {name: {(c, y): float(of[c][k]) for c in CODES for k, y in enumerate(YEARS)}
                           for name, of in value.items()}, YEARS, dict.fromkeys(PLANTED, ""),
                  "[" + ", ".join(f"{{series: {name}}}" for name in PLANTED) + "]", countries=countries,
                  groups="groups: [{code: g, name: G, column: g}, {code: h, name: H, column: h}]\n")
    text = (folder / "c.yaml").read_text().split("code: LOW")
    (folder / "c.yaml").write_text(text[0] + "code: LOW" + text[1].replace("higher-is-better", "lower-is-better"))
    rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
    return study, value


def welch(a, b):
    """Difference of two means, its error and degrees of freedom."""
    v = [x.var(ddof=1) / len(x) for x in (a, b)]
    df = sum(v) ** 2 / sum(s * s / (len(x) - 1) for s, x in zip(v, (a, b))) if sum(v) > 0 else min(len(a), len(b)) - 1
    return b.mean() - a.mean(), sum(v) ** 0.5, df


def p_of(a, b):
    difference, error, df = welch(a, b)
    return definitions.two_sided(difference / error, df)


def expected(of, sign=1):
    """gap, change a year, its error, p, years, and between which years the two means do not differ."""
    last, speed = ([numpy.array([sign * pick(*of[c]) for c in codes]) for codes in (POOR, RICH)] for pick in
                   (lambda first, last: last, lambda first, last: (last - first) / (YEARS[1] - YEARS[0])))
    gap, change, error = welch(*last)[0], *welch(*speed)[:2]
    p = p_of(*speed)
    years = gap / -change if change < 0 else numpy.nan

    def equal(t):
        return p_of(*(x + t * s for x, s in zip(last, speed))) >= 0.05

    def end(outside, inside):
        for _ in range(60):
            middle = (outside + inside) / 2
            outside, inside = (outside, middle) if equal(middle) else (middle, inside)
        return inside

    inside = min(years, 1000) if years == years else 1000
    low = numpy.nan if not equal(inside) else 0 if equal(0) else end(0, inside)
    high = numpy.nan if not years <= 1000 or equal(1000) else end(1000, years)
    return gap, change, error, p, years if years <= 1000 else numpy.nan, low, high


COLUMNS = ("gap", "change_a_year", "standard_error", "p_value", "years_to_equality", "ci_low", "ci_high")


def tested(study, value):
    """The numbers of the table, of noise that hides a change and of noise that does not."""
    rows = {r["variable"]: r for r in study.table("converge", "catch-up-time", "--series", ",".join(PLANTED), "--by", "g")
            if r["kind"] == "g"}
    for name, of in value.items():
        row, wanted = rows[name], expected(of, -1 if name == "LOW" else 1) if name not in ("EXACT", "STILL") else None
        found = [number(row[c]) for c in COLUMNS]
        if wanted:
            assert numpy.allclose(found, wanted, rtol=1e-6, atol=1e-9, equal_nan=True), (name, found, wanted)
    # nothing but the planted change: it is certain, and so are the years
    exact = [number(rows["EXACT"][c]) for c in COLUMNS]
    assert numpy.allclose(exact, [30, -1, 0, 0, 30, 30, 30], atol=1e-9), exact
    still = [number(rows["STILL"][c]) for c in COLUMNS]
    assert still[1:4] == [0, 0, 1] and numpy.isnan(still[4:]).all(), still
    said = {name: row["conclusion"] for name, row in rows.items()}
    assert said == {"TOO_LITTLE": "too little to tell", "CLOSING": "closing", "OPEN": "closing", "LATE": "closing",
                    "WIDENING": "widening", "EXACT": "closing", "STILL": "unchanged", "NEAR": "closing", "LOW": "closing"}, said
    # an end beyond 1,000 years, and a gap that is not shown itself
    assert rows["OPEN"]["ci_high"] == "" and float(rows["OPEN"]["p_value"]) < 0.05, rows["OPEN"]
    assert float(rows["NEAR"]["ci_low"]) == 0 and rows["TOO_LITTLE"]["ci_high"] == "", rows
    countries = [r for r in study.table("converge", "catch-up-time", "--series", "CLOSING") if r["kind"] == "country"]
    assert len(countries) == 12 and not any(r[c] for r in countries for c in ("standard_error", "p_value", "ci_low", "ci_high"))
    assert {r["conclusion"] for r in countries} <= {"there", "closing", "widening", "unchanged"}, countries


def told(study, value):
    """A sentence for each case, one of the straight line, and no direction without a test."""
    said = rift("converge", study.folder / "out", "catch-up-time", "--series", ",".join(PLANTED), "--by", "g")
    who = " (6 of 6 and 5 of 5 countries with both years).\n"
    near = [round(x) for x in expected(value["CLOSING"])[-2:]]
    late, open_from = (round(expected(value[name])[5]) for name in ("LATE", "OPEN"))
    for line in ("TOO_LITTLE: from 2015 to 2020 the gap of poor to rich (30 percentage points) changed by too little to tell",
                 f"CLOSING: if the speeds of 2015 to 2020 last, poor will reach rich in 30 years ({near[0]} to {near[1]})",
                 f"OPEN: if the speeds of 2015 to 2020 last, poor will not reach rich within 100 years ({open_from} or more)",
                 f"LATE: if the speeds of 2015 to 2020 last, poor will not reach rich within 100 years ({late} to ",
                 "WIDENING: the gap of poor to rich widened from 2015 to 2020, by 1 percentage point a year",
                 "EXACT: if the speeds of 2015 to 2020 last, poor will reach rich in 30 years" + who,
                 "STILL: from 2015 to 2020 the gap of poor to rich (30 percentage points) did not change" + who,
                 "NEAR: if the speeds of 2015 to 2020 last, poor will reach rich in 1 year (0 to "):
        assert f"Series {line}" in said, (line, said)
    assert said.count(who) == len(PLANTED), said
    assert said.count("straight line through the first year and the last; rift forecast bends paths") == 1, said


def lone(study):
    """One country is no sample: it closed in on the leader, by much, but nothing is said of a direction."""
    ask = ("converge", "catch-up-time", "--series", "WIDENING", "--by", "h")
    row = next(r for r in study.table(*ask) if r["kind"] == "h")
    assert (row["unit_name"], row["n_countries"], row["n_benchmark"], row["conclusion"]) == ("many", "11", "1", "not tested"), row
    assert not any(row[c] for c in ("standard_error", "p_value", "ci_low", "ci_high")), row
    said = rift("converge", study.folder / "out", *ask[1:])
    assert ("whether the gap of many to lone (46 percentage points) changed from 2015 to 2020 we cannot tell, for one of the "
            "two has fewer than two countries with both years (11 of 11 and 1 of 1 countries with both years)") in said, said


def main():
    with tempfile.TemporaryDirectory() as folder:
        study, value = planted(pathlib.Path(folder) / "planted")
        tested(study, value)
        told(study, value)
        lone(study)
    passed(3)


main()
