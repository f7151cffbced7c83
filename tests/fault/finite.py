# SPDX-License-Identifier: GPL-3.0-or-later
"""Infinite numbers and NaN never leave: series that cannot be computed with are refused, in words,
and so is what a step makes of them; any others give the same answers in any unit; no table, sentence, chart
or page says nan or inf."""
import csv
import fractions
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import memory_studies as studies
from support import RIFT, SANITIZED, passed, rift

WORD = re.compile(r"(?<![A-Za-z])[-+]?(nan|inf|infinity)(?![a-z])", re.I)
LARGE, SMALL = "too large to compute with, above 1e60", "too near 0 to compute with, below 1e-60"


def small_study(work, series="{code: a}", normalisation="min-max"):
    index = f"code: i\nentities: any\nnormalisation: {normalisation}\nseries: [{series}]\nnodes: [{{code: t, children: [a]}}]\n"
    (work / "i.yaml").write_text(index)
    (work / "s.yaml").write_text("code: s\ntitle: S\nyears: {first: 2019, last: 2019}\nsources: [long.csv]\nindex: i.yaml\n"
                                 "countries: {file: c.csv}\ngroups: [{code: g, column: g}]\ndivide: {decompose: [g], measures: [gini]}\n"
                                 "charts: []\nreport: false\n")
    (work / "c.csv").write_text("country,name,g\nX,X,p\nY,Y,p\nZ,Z,q\n")
    return index


def long(work, values):
    (work / "long.csv").write_text("country,year,indicator,value\n" + "".join(f"{c},2019,a,{x}\n" for c, x in zip("XYZ", values)))


def refused(work):
    """Any number is read and kept as it is; a series whose largest value is beyond is refused where its definition depends on its
    unit, and not for a value that is nothing beside others."""
    index = small_study(work, "{code: a, goalposts: {low: 0, high: 100}}", "goalposts")
    head = "country,year,indicator,value\n"
    for values, cell, why in ((("1", "2", "1e307"), "Z in 2019 is 1e+307", LARGE), (("1", "-1e300", "3"), "Y in 2019 is -1e+300", LARGE),
                              (("1.7e308", "2", "3"), "X in 2019 is 1.7e+308", LARGE), (("1", "2", "1.1e60"), "Z in 2019 is 1.1e+60", LARGE),
                              (("0", "1e-160", "-2e-160"), "Z in 2019 is -2e-160", SMALL), (("9e-61", "1e-61", "0"), "X in 2019 is 9e-61", SMALL)):
        long(work, values)
        said = rift("score", "i.yaml", "--data", "long.csv", code=1, cwd=work)
        assert re.search(rf"i.yaml:4:\d+: error: 'a' of {re.escape(cell)} after the step 'denominate': {why}", said), said
        said = rift("run", "s.yaml", "-o", "s", code=1, cwd=work)
        assert f"error: 'a' of {cell}: {why}" in said and not (work / "s").exists(), said
    index = small_study(work)
    for text in ("1e307", "-1.7976931348623157e308", "4.9e-324", "-1e-160"):
        (work / "wide.csv").write_text(f"country,iso3,series,2018,2019\nKenya,KEN,a,1,2\nUganda,UGA,a,{text},4\n")
        rift("check", "wide.csv", cwd=work)
        rift("ingest", "wide.csv", "-o", "p.h5", "-q", cwd=work)
        kept = [float(r["value"]) for r in csv.DictReader(io.StringIO(rift("export", "p.h5", "panel", cwd=work)))]
        assert kept.count(float(text)) == 1, (text, kept)
    for last in ("1e-60", "4.9e-324"):
        (work / "long.csv").write_text(f"{head}X,2019,a,1e60\nY,2019,a,-1e60\nZ,2019,a,{last}\nU,2019,a,0\n")
        scores = [float(line.split(",")[3]) for line in rift("score", "i.yaml", "--data", "long.csv", cwd=work).splitlines()[1:]]
        assert sorted(set(scores)) == [0, 50, 100], scores
    for key in ("goalposts: {low: 0, high: 1e61}", "goalposts: {low: 1e-61, high: 1}", "target: 1e61", "cap: {high: 1e99}"):
        (work / "k.yaml").write_text(index.replace("{code: a}", "{code: a, %s}" % key))
        said = rift("check", "k.yaml", code=1, cwd=work)
        assert LARGE in said or SMALL in said, (key, said)


def stored(path, name):
    with h5py.File(path) as file:
        return file[name][()]


def own_unit(work):
    """Else it is computed with and told in a unit of its own, which is said; what becomes too small in it is counted. Means of
    groups are those of fractions, in that unit."""
    for values, power in ((("1e307", "1.7e308", "2"), 306), (("-1.7e308", "1.7e308", "1e308"), 306), (("1.1e60", "5e59", "1e60"), 60),
                          (("3e-161", "1e-160", "-2e-160"), -162), (("4.9e-324", "4.9e-324", "1e-323"), -324),
                          (("9e-61", "1e-61", "0"), -63), (("1e307", "1e-3", "1e-20"), 306)):
        small_study(work)
        long(work, values)
        done = subprocess.run([RIFT, "run", "s.yaml", "-o", "s"], cwd=work, capture_output=True, text=True)
        largest = max(range(3), key=lambda i: abs(float(values[i])))
        assert done.returncode == 0, done
        assert f"warning: 'a' of {'XYZ'[largest]} in 2019 is {float(values[largest]):.6g}, " in done.stderr, done.stderr
        assert f"'a' is computed with, kept and told in units of 1e{power}\n" in done.stderr, done.stderr
        unit = fractions.Fraction(10) ** power
        exact = [fractions.Fraction(float(x)) / unit for x in values]
        lost = [x for x in exact if x != 0 and abs(x) < sys.float_info.min]
        assert (f"{len(lost)} values of 'a', such as" in done.stderr) == bool(lost), done.stderr
        means = stored(work / "s" / "s.h5", "group_mean")[:, 0, -1, 0]
        for found, expected in zip(means, ((exact[0] + exact[1]) / 2, exact[2])):
            assert abs(found - float(expected)) <= 1e-15 * max(abs(float(x)) for x in exact), (values, means)
        assert stored(work / "s" / "s.h5", "indicator_unit")[0].decode() == f"1e{power}"
        assert not any(WORD.search(text) for text in map(str, words_of(work / "s" / "s.h5")))
        told = subprocess.run([RIFT, "export", "s", "quartiles"], cwd=work, capture_output=True, text=True)
        assert told.returncode == 0 and f"warning: values of 'a' are in units of 1e{power}, targets" in told.stderr, told
        rows = [line.split(",") for line in rift("score", "i.yaml", "--data", "long.csv", cwd=work).splitlines()]
        score = [float(r[3]) for r in rows if r[2] == "t"]
        assert len(score) == 3, rows
        for found, x in zip(score, exact):
            assert abs(found - 100 * float((x - min(exact)) / (max(exact) - min(exact)))) < 1e-9, (values, score)


def made(work):
    """By a step: the country, the year and the step are named."""
    (work / "d.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2019,{s},{x}\n" for c, k in (("X", 1), ("Y", 2)) for s, x in (("a", k * 1e40), ("b", 1e-40))))
    (work / "d.yaml").write_text("code: i\nentities: any\nnormalisation: min-max\nseries: [{code: a, denominator: b, "
                                 "denomination: ratio}, {code: b}]\nnodes: [{code: t, children: [a]}]\n")
    said = rift("score", "d.yaml", "--data", "d.csv", code=1, cwd=work)
    assert re.search(r"d.yaml:4:\d+: error: 'a' of Y in 2019 is 2e\+80 after the step 'denominate': " + LARGE, said), said


OPTIONS = {"divide": ["--by", "income", "--series", "Y,X", "--replicates", "9"], "converge": ["--by", "club", "--series", "Y,X"],
           "forecast": ["--by", "income", "--series", "Y,X", "--replicates", "9"], "audit": ["--draws", "9"]}
# An information criterion is of the unit's logarithm; what depends on a tolerance in the unit is left to others.
NOT_FREE = {"aicc"}


def table(work, study, step, name):
    return list(csv.DictReader(io.StringIO(rift(step, study, name, "--to", "csv", *OPTIONS[step], cwd=work))))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def power(a, b):
    """Of the unit that a cell has, by its value and that in a unit of a quarter; None: not of one unit alone."""
    if a == 0 or b == 0 or a * b < 0:
        return 0 if a == b else None
    n = math.log(b / a) / math.log(4)
    return round(n) if abs(n - round(n)) < 1e-6 and abs(n) < 2.5 else None


def say_no_unit(path):
    """An index that says no number in the unit of its series."""
    text = re.sub(", goalposts: {.*?}", "", path.read_text()).replace("imputation: [linear]\n", "")
    path.write_text(text.replace("normalisation: goalposts", "normalisation: min-max\nscope: pooled"))


def in_any_unit(work):
    """Every table of analyses, of values times 1e50 and 1e-50: what has no unit is the same, what has one is as many times as
    large. Which cells have one is seen from a study in a unit of a quarter."""
    scales = {"one": 1.0, "four": 4.0, "large": 1e50, "small": 1e-50, "huge": 1e303, "tiny": 1e-300}
    for name, scale in scales.items():
        studies.whole(work, scale=scale, name=name, blocks="", unit="points")
        say_no_unit(work / f"{name}-index.yaml")
        rift("run", f"{name}.yaml", "-q", "-o", name, cwd=work)
    scales.update(huge=1.0, tiny=1.0)  # values beyond are told in a unit of their own
    compared = 0
    for row in json.loads(rift("list", "methods", "--json"))["rows"]:
        step, name = row["step"], row["method"]
        if step not in OPTIONS:
            continue
        found = {study: table(work, study, step, name) for study in scales}
        for study in ("large", "small", "huge", "tiny"):
            assert len(found[study]) == len(found["one"]), (step, name, study)
            for one, four, other in zip(found["one"], found["four"], found[study]):
                for column in set(one) - NOT_FREE:
                    a, b, c = (number(r[column]) for r in (one, four, other))
                    of = power(a, b) if a is not None and b is not None else None
                    if of is None:
                        assert one[column] != four[column] or one[column] == other[column] or a is not None, (name, column, one, other)
                        continue
                    expected = a * scales[study] ** of
                    assert c is not None and abs(c - expected) <= 1e-6 * abs(expected) + (1e-9 if of == 0 else 0), \
                        (step, name, study, column, one[column], other[column])
                    compared += 1
    assert compared > 100000, compared


def scores_in_any_unit(work):
    """Scores of each method, of values times 1e50 and 1e-50, to eleven digits."""
    for name in studies.steps(work):
        text = (work / name).read_text()
        if re.search(r"transformation|log|target|bands|denomin|box-cox|aggregation: none", text):
            continue  # these are not free of the unit
        # weights that are searched for end where the search does
        near = 1e-5 if re.search("infomax|correlation|factor|pca", text) else 1e-11
        wanted = rift("score", name, "--data", "steps.csv", cwd=work).splitlines()
        for scale in ("e50", "e-50"):
            lines = (work / "steps.csv").read_text().splitlines()
            (work / "scaled.csv").write_text("\n".join([lines[0]] + [line + scale for line in lines[1:]]) + "\n")
            found = rift("score", name, "--data", "scaled.csv", cwd=work).splitlines()
            assert len(found) == len(wanted)
            for a, b in zip(wanted[1:], found[1:]):
                (*key, x, rank), (*other, y, place) = a.split(","), b.split(",")
                assert key == other and rank == place and (x == y or abs(float(x) - float(y)) <= near * max(1, abs(float(x)))), (name, a, b)


def edit(work, name, change):
    head, *lines = (work / f"{name}.csv").read_text().splitlines()
    cells = [(c, int(y), s, float(x)) for c, y, s, x in (line.split(",") for line in lines)]
    kept = [(c, y, s, change(studies.COUNTRIES.index(c), s, x)) for c, y, s, x in cells]
    (work / f"{name}.csv").write_text("\n".join([head] + [f"{c},{y},{s},{x!r}" for c, y, s, x in kept]) + "\n")


def words_of(path):
    """Texts of a result file, its attributes included; its numbers are looked at on the way."""
    found = []
    with h5py.File(path) as file:
        def look(name, item):
            if isinstance(item, h5py.Dataset) and item.dtype.kind == "f":
                assert not numpy.isinf(item[()]).any(), (path, name)
            elif isinstance(item, h5py.Dataset) and item.dtype.kind in "OS":
                found.extend((name, t.decode() if isinstance(t, bytes) else str(t)) for t in numpy.ravel(item[()]))
            found.extend((f"{name}@{k}", a) for k, a in item.attrs.items() if isinstance(a, str))
        file.visititems(look)
    return found


def words(work):
    """Studies in which there is little to compare, by every table, the report and a few charts."""
    of = {"usual": None, "apart": lambda i, s, x: 40.0 + i if s in "XYZFMI" else x,
          "nothing": lambda i, s, x: 0.0 if s in "XYZFMI" else x, "brief": None, "small": None, "huge": None}
    for name, change in of.items():
        scale = {"small": 1e-58, "huge": 1e305}.get(name, 1)
        years = range(2010, 2012) if name == "brief" else studies.YEARS
        studies.whole(work, name=name, scale=scale, years=years, charts="sigma, beta, gini, behind, lorenz")
        if change:
            edit(work, name, change)
        if name == "huge":
            say_no_unit(work / f"{name}-index.yaml")
        rift("run", f"{name}.yaml", "-q", "-o", name, cwd=work)
        texts = words_of(work / name / f"{name}.h5")
        for path in (work / name).rglob("*"):
            if path.suffix in (".html", ".json", ".svg"):
                texts.append((path.name, re.sub(r"base64,[A-Za-z0-9+/=]*", "", path.read_text())))
        for group in ("divide", "converge", "forecast", "paradox", "audit"):
            texts.append((group, rift(group, name, cwd=work)))
        for view in ("scores", "story", "claims", "trends", "convergence", "means", "quartiles", "changes"):
            texts += [(view, rift("export", name, view, cwd=work)), (view, rift("export", name, view, "--to", "json", cwd=work))]
        for where, text in texts:
            at = WORD.search(text)
            assert not at, (name, where, text[max(0, at.start() - 100):at.end() + 60])


def main():
    cases = (refused, own_unit, made, in_any_unit, scores_in_any_unit, words)
    if SANITIZED:  # of numbers alone, by code that the others run too
        cases = (refused, own_unit, made, words)
    for case in cases:
        if len(sys.argv) > 3 and case.__name__ not in sys.argv[3:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            case(pathlib.Path(folder))
    passed(len(cases))


main()
