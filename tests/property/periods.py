# SPDX-License-Identifier: GPL-3.0-or-later
"""An index whose children, weights and goalposts change with the years is, in each year, the
index that the definition of that year alone would be."""
import pathlib
import random
import subprocess
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, number, passed, rift, rows

COUNTRIES = ["BEN", "BFA", "CIV", "GHA", "KEN", "MLI", "NER", "TGO", "UGA", "ZMB"]
YEARS = range(2014, 2022)
SERIES = ["a", "b", "c", "d", "e"]

HEAD = "code: made-up\nnormalisation: goalposts\nminimum_coverage: {layer: 0.5, country: 0.6}\n"
CHANGING = HEAD + """
series:
  - code: a
    goalposts: [{low: 0, high: 80, to: 2016}, {low: 0, high: 100, from: 2017}]
  - {code: b, goalposts: {low: 0, high: 100}}
  - {code: c, goalposts: {low: 0, high: 100}}
  - {code: d, goalposts: {low: 0, high: 100}}
  - {code: e, goalposts: {low: 1, high: 101}}
nodes:
  - code: total
    aggregation: geometric
    children:
      - {node: one, weight: 1, to: 2015}
      - {node: one, weight: 3, from: 2016}
      - {node: two}
      - {node: three, from: 2018, to: 2020}
  - code: one
    children:
      - {series: a, weight: 2}
      - {series: b, weight: 1, to: 2017}
      - {series: b, weight: 4, polarity: lower-is-better, from: 2018}
  - {code: two, children: [{series: c, to: 2018}, d]}
  - {code: three, children: [{series: e, transformation: log}]}
"""


def of_year(year):
    """The definition of one year, without any `from` and `to`."""
    b = "{series: b, weight: 1}" if year <= 2017 else "{series: b, weight: 4, polarity: lower-is-better}"
    three = ", {node: three}" if 2018 <= year <= 2020 else ""
    used = "c, d" if year <= 2018 else "d"
    text = HEAD + f"""
series:
  - {{code: a, goalposts: {{low: 0, high: {80 if year <= 2016 else 100}}}}}
  - {{code: b, goalposts: {{low: 0, high: 100}}}}
  - {{code: c, goalposts: {{low: 0, high: 100}}}}
  - {{code: d, goalposts: {{low: 0, high: 100}}}}
  - {{code: e, goalposts: {{low: 1, high: 101}}}}
nodes:
  - {{code: total, aggregation: geometric, children: [{{node: one, weight: {1 if year <= 2015 else 3}}}, two{three}]}}
  - {{code: one, children: [{{series: a, weight: 2}}, {b}]}}
  - {{code: two, children: [{used}]}}
"""
    return text + ("  - {code: three, children: [{series: e, transformation: log}]}\n" if three else "")


def write_data(work, gaps):
    draw = random.Random(20)
    lines = ["country,year,indicator,value"]
    for s in SERIES:
        for year in YEARS:
            for country in COUNTRIES:
                if draw.random() >= gaps:
                    lines.append(f"{country},{year},{s},{draw.uniform(5, 99):.6f}")
    (work / "data.csv").write_text("\n".join(lines) + "\n")


def score(work, text, *more, code=0):
    (work / "index.yaml").write_text(text)
    return rift("score", work / "index.yaml", "--data", work / "data.csv", *more, code=code)


def years_alone(work):
    found = {(r["country"], int(r["year"]), r["node"]): (number(r["value"]), r["rank"])
             for r in rows(score(work, CHANGING))}
    seen = 0
    for year in YEARS:
        alone = rows(score(work, of_year(year), "--year", year))
        for r in alone:
            key = r["country"], year, r["node"]
            numpy.testing.assert_allclose(found[key][0], number(r["value"]), rtol=1e-13, atol=0)
            assert found[key][1] == r["rank"], (key, found[key], r)
            seen += r["rank"] != ""
        nodes = {r["node"] for r in alone}
        for (country, then, node), (value, rank) in found.items():
            assert then != year or node in nodes or (numpy.isnan(value) and not rank), (country, year, node)
    assert seen > 300, seen


def run(work, text=CHANGING):
    (work / "study.yaml").write_text(
        "code: made-up\ntitle: Made up\nyears: {first: 2014, last: 2021}\nsources: [data.csv]\n"
        "index: index.yaml\ncountries: {file: countries.csv}\ndivide: {measures: [gini]}\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in COUNTRIES))
    (work / "index.yaml").write_text(text)
    rift("run", work / "study.yaml", "-q", "-o", work / "out")
    return work / "out" / "made-up.h5"


def weights(result):
    """A row for each run of years; the shares of a year add up."""
    table = rows(rift("export", result, "weights"))
    one = [(r["year_first"], r["year_last"], r["weight"], number(r["weight_share"])) for r in table if r["node"] == "one"]
    assert one == [("2014", "2015", "1", 0.5), ("2016", "2017", "3", 0.75), ("2018", "2020", "3", 0.6),
                   ("2021", "2021", "3", 0.75)], one
    posts = [(r["year_first"], r["year_last"], r["high"]) for r in table if r["node"] == "a"]
    assert posts[0] == ("2014", "2015", "80") and posts[-1] == ("2021", "2021", "100"), posts
    for year in YEARS:
        for parent in ("total", "one", "two"):
            share = [number(r["weight_share"]) for r in table if r["parent"] == parent
                     and int(r["year_first"] or 0) <= year <= int(r["year_last"] or 9999)]
            assert abs(sum(share) - 1) < 1e-12, (year, parent, share)
    with h5py.File(result) as file:
        by_year = file["weight_by_year"][:]
        assert by_year.shape == (9, 8)
        numpy.testing.assert_array_equal(by_year[:, -1], file["weight_used"][:])


def methods(work):
    """A series that is normalised otherwise in some years is told so, with the goalposts it used."""
    text = CHANGING.replace("{series: b, weight: 1, to: 2017}", "{series: b, weight: 1, normalisation: rank, to: 2017}")
    assert text != CHANGING
    told = {r["year_first"]: (r["method"], r["low"], r["high"])
            for r in rows(rift("export", run(work, text), "weights")) if r["node"] == "b"}
    assert told["2014"] == told["2016"] == ("rank", "", "") and told["2018"] == ("goalposts", "0", "100"), told


def analyses(work, result):
    """Scored again in an earlier year, and a gap taken apart there."""
    table = rows(rift("divide", result, "contributions", "--year", 2016, "--compare", "BEN,KEN", "--to", "csv"))
    parts = sum(number(r["contribution"]) for r in table if r["series"] == "1")
    whole = [number(r["contribution"]) for r in table if r["method"] == "total"]
    assert {r["variable"] for r in table if r["series"] == "1"} <= {"a", "b", "c", "d"}, table
    assert whole and abs(parts - whole[0]) < 1e-9, (parts, whole)
    without = score(work, of_year(2016).replace("children: [c, d]", "children: [d]"), "--year", 2016)
    rank = {r["country"]: number(r["rank"]) for r in rows(without) if r["node"] == "total"}
    own = {r["country"]: number(r["rank"]) for r in rows(score(work, CHANGING, "--year", 2016)) if r["node"] == "total"}
    shift = sum(abs(rank[c] - own[c]) for c in COUNTRIES) / len(COUNTRIES)
    removal = rows(rift("audit", result, "removal", "--year", 2016, "--to", "csv"))
    found = {r["without"]: number(r["mean_shift"]) for r in removal}
    assert "e" not in found and "three" not in found and abs(found["c"] - shift) < 1e-12, (found, shift)


def weights_of_the_year(work):
    """What an audit draws or compares by the weights of a year is as if no other year were."""
    parts = (("acceptability", "--noise", "20", "--draws", "200"), ("outranking",), ("importance",), ("correlations",))
    found = []
    for text in (CHANGING, of_year(2016)):
        result = run(work, text.replace("aggregation: geometric", "aggregation: copeland"))
        found.append([rows(rift("audit", result, *part, "--year", 2016, "--to", "csv")) for part in parts])
    for part, changing, then in zip(parts, *found):
        assert changing == then and len(then) > 2, (part, changing[:3], then[:3])


def without(work):
    """A child that is left out is out of every year, and may not be the last one of its parent."""
    for code, alone in (("b", "children: [{series: a, weight: 2}]"), ("a", None), ("c", "children: [d]"), ("one", None)):
        out = [r for r in rows(score(work, CHANGING, "--without", code)) if r["value"]]
        gone = {"one", "a", "b"} if code == "one" else {code}
        assert {r["node"] for r in out} == {"total", "one", "two", "three", *SERIES} - gone, (code, out[:2])
        if alone:
            node = "one" if code == "b" else "two"
            text = (work / "index.yaml").read_text()
            at = text.index(f"code: {node}\n    children:") if node == "one" else text.index("code: two, ")
            end = text.index("  - {code: two", at) if node == "one" else text.index("\n", at)
            text = text[:at] + (f"code: one\n    {alone}\n" if node == "one" else f"code: two, {alone}}}") + text[end:]
            assert rows(score(work, text)) == rows(score(work, CHANGING, "--without", code)), code
    only = CHANGING.replace("      - {series: a, weight: 2}\n", "")
    assert only != CHANGING
    assert "'b' is all that 'one' is made of" in score(work, only, "--without", "b", code=1)
    told = score(work, CHANGING, "--without", "one,two,three", code=1)
    assert "'three' is all that is left of the total; keep it" in told and "leave out" not in told, told


def out_of_force(work, result):
    """A series that the index does not have in a year lacks nothing there, and needs no data."""
    for year, there in ((2018, "abcde"), (2021, "abd")):
        assert {r["series"] for r in rows(rift("export", result, "coverage", "--year", year))} == set(there), year
        found = rows(rift("audit", result, "statistics", "--year", year, "--to", "csv"))
        assert {r["series"] for r in found} == set(there) and not any("few" in r["flag"] for r in found), found
    head, *lines = (work / "data.csv").read_text().splitlines(True)
    (work / "early.csv").write_text(head + "".join(x for x in lines if ",e," not in x and int(x.split(",")[1]) < 2018))
    done = subprocess.run([RIFT, "score", work / "index.yaml", "--data", work / "early.csv"], capture_output=True, text=True)
    whole = [r for r in rows(score(work, CHANGING)) if int(r["year"]) < 2018]
    assert done.returncode == 0 and rows(done.stdout) == whole and len(whole) > 100, done
    assert "'e' takes part in no year from 2014 to 2017" in done.stderr, done.stderr


def errors(work):
    def refused(old, new, *wanted):
        assert old in CHANGING
        text = score(work, CHANGING.replace(old, new), code=1)
        for part in wanted:
            assert part in text, (part, text)

    text = CHANGING.replace("children: [{series: c, to: 2018}, d]", "children: [{series: c, to: 2018}]")
    (work / "index.yaml").write_text(text)
    done = subprocess.run([RIFT, "score", work / "index.yaml", "--data", work / "data.csv"], capture_output=True, text=True)
    assert done.returncode == 0 and "no child of 'two' takes part from 2019 to 2021, and it has no score" in done.stderr, done
    refused("weight: 3, from: 2016", "weight: 3, from: 2015", "'one' is a child more than once in 2015")
    refused("{node: three, from: 2018, to: 2020}", "{node: three, from: 2020, to: 2018}", "'from' 2020 is after 'to' 2018")
    refused("polarity: lower-is-better, from", "maximum_age: 2, polarity: lower-is-better, from",
            "'maximum_age' of 'b' cannot change with the years; say it of the series")
    refused("to: 2016}, {low: 0, high: 100, from: 2017}", "to: 2016}, {low: 0, high: 100, from: 2016}",
            "these goalposts begin before the ones above them end")
    refused("nodes:", "balance: {level: series, with: 0}\nnodes:", "children of this index change")
    refused("{node: two}", "{node: two}\n      - {node: two}", "'two' is a child more than once")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_data(work, 0.15)
        years_alone(work)
        write_data(work, 0)
        years_alone(work)
        result = run(work)
        weights(result)
        analyses(work, result)
        out_of_force(work, result)
        methods(work)
        weights_of_the_year(work)
        without(work)
        errors(work)
    passed(9)


main()
