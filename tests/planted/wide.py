# SPDX-License-Identifier: GPL-3.0-or-later
"""Wide and odd studies through every command, table, part, chart and the report; and what comes out
is what the study says, not only that something does. A study is run once, by the piece `run`; the
others read what it left in ./wide/STUDY. Usage: wide.py RIFT SOURCE [STUDY [PIECE...]]"""
import collections
import csv
import io
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed

import wide_studies

OUTLINES = SOURCE / "data" / "outlines.csv"
COMMANDS = ["divide", "converge", "forecast", "paradox"]


# Asking ------------------------------------------------------------------------------------


def call(*arguments, code=0):
    """What a command prints, and what it says; a crash, a sanitizer's word or another exit status
    is a failure. `code` None takes any but a crash, and then what is said must not be nothing."""
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, timeout=600)
    out, said = (t.decode(errors="replace") for t in (done.stdout, done.stderr))
    assert done.returncode >= 0 and "Sanitizer" not in said and "runtime error" not in said, \
        (arguments, done.returncode, said[-3000:])
    if code is None:
        assert done.returncode in (0, 1, 2, 3) and (done.returncode == 0 or "error" in said or "rift:" in said), \
            (arguments, done.returncode, said[-2000:])
    else:
        assert done.returncode == code, (arguments, done.returncode, said[-2000:])
    return out, said


def table(*arguments):
    return list(csv.DictReader(io.StringIO(call(*arguments)[0])))


def number(text):
    return float(text) if text else math.nan


def near(a, b, tolerance=1e-9):
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))


def listed(what):
    return [next(iter(r.values())) for r in json.loads(call("list", what, "--json")[0])["rows"]]


def parts():
    """Parts of each command, and of the audit."""
    found = collections.defaultdict(list)
    for row in json.loads(call("list", "methods", "--json")[0])["rows"]:
        found[row["step"]].append(row["method"])
    return found


class Run:
    """A study that was run, and what one may ask of it."""

    def __init__(self, plan, ran=False):
        self.plan = plan
        self.study = plan.folder / "study.yaml"
        self.out = plan.folder / "out"
        if not ran:
            plan.write(OUTLINES)
            self.said = call("run", self.study, "-o", self.out)[1]
        self.page = (self.out / "report.html").read_text() if plan.report else ""

    @property
    def kept(self):
        """Tables that the run's own analyses left in the result."""
        with h5py.File(next(self.out.glob("*.h5"))) as file:
            return file.attrs["rift_tables"].decode().split() if "rift_tables" in file.attrs else []

    def export(self, name, *options):
        return table("export", self.out, name, *options)

    def ask(self, command, part, *options):
        return table(command, self.out, part, "--to", "csv", *options)

    def sentences(self, command, part, *options):
        return call(command, self.out, part, *options)[0]

    def score(self, country, year, node):
        if not hasattr(self, "_scores"):
            self._scores = {(r["country"], int(r["year"]), r["node"]): number(r["value"]) for r in self.export("scores")}
        return self._scores[country, year, node]


# Pieces of every study ---------------------------------------------------------------------


def quoted(code):
    """A code as a word of a list on the command line."""
    return '"' + code.replace('"', '""') + '"' if "," in code or '"' in code else code


def piece_files(run):
    """The study's files by themselves, scores without a study, and other programs' forms."""
    plan, out = run.plan, run.out
    call("check", run.study)
    if plan.unit == "country":
        call("check", plan.folder / "data.csv")
        call("ingest", plan.folder / "data.csv", "-o", plan.folder / "panel.h5")
        panel = table("export", plan.folder / "panel.h5", "panel")
        assert len(panel) == len(plan.value), (len(panel), len(plan.value))
    scores = list(csv.DictReader(io.StringIO(
        call("score", plan.folder / "index.yaml", "--data", plan.folder / "data.csv")[0])))
    for row in scores[:: max(1, len(scores) // 500)]:
        a, b = number(row["value"]), run.score(row["country"], int(row["year"]), row["node"])
        assert a == b or (a != a and b != b), row
    coinr = plan.folder / "coinr"
    call("export", out, "--to", "coinr", "-o", coinr, code=None)
    if (coinr / "iMeta.csv").exists() and plan.unit == "country":
        call("import", "coinr", coinr / "iData.csv", coinr / "iMeta.csv", "-o", plan.folder / "back", code=None)


def piece_exports(run):
    """Each view as CSV, every row as wide as its heading; kept for the piece after it."""
    folder = run.plan.folder / "exports"
    folder.mkdir(exist_ok=True)
    for name in listed("tables"):
        text = call("export", run.out, name)[0]
        head, *rows = csv.reader(io.StringIO(text))
        assert len(set(head)) == len(head) and all(head), (name, head)
        assert all(len(row) == len(head) for row in rows), name
        (folder / f"{name}.csv").write_text(text)


def piece_shows(run):
    """Each view as JSON, which has no row that the export lacks; and an answer of each command."""
    for name in listed("tables"):
        with open(run.plan.folder / "exports" / f"{name}.csv", newline="") as file:
            data = list(csv.DictReader(file))
        same = json.loads(call("show", run.out, name, "--json")[0])["rows"]
        assert len(same) <= len(data) or name == "findings", (name, len(same), len(data))
        assert not same or name == "findings" or set(same[0]) <= set(data[0]), (name, set(same[0]) - set(data[0]))
    first = {path.split("/")[0]: path.split("/")[1] for path in reversed(run.kept)}
    for part in first.values():  # one of each command; --whole prints them all
        call("show", run.out, part)


def piece_analyses(run):
    """Each analysis: those that the study has not kept by themselves, and all of a command at once.
    Audits are added to a copy of the result, for other pieces may read it at the same time."""
    out, kept, steps = run.plan.folder / "audited", run.kept, parts()
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(run.out, out)
    call("audit", out, "--whole", "--store")
    call("export", out, steps["audit"][0])
    for command in COMMANDS:
        replicates = ["--replicates", "10"] if command != "converge" else []
        for part in steps[command]:
            if f"analysis_{command}/{part}" not in kept:
                call(command, out, part, *replicates)
        call(command, out, "--whole", "--store", *replicates)


def piece_charts(run):
    """Each chart that the run has not drawn."""
    for chart in listed("charts"):
        if chart not in run.plan.charts:
            call("plot", run.out, chart, "-o", run.plan.folder / "figures", code=None)


# What must come out ------------------------------------------------------------------------


def contributions_add_up(run, year, each=None):
    """Series of the index share the gap between the best and the last without a remainder."""
    rows = run.ask("divide", "contributions", "--year", year)
    a, b = rows[0]["a"], rows[0]["b"]
    leaves = [r for r in rows if r["series"] == "1"]
    gap = run.score(a, year, "total") - run.score(b, year, "total")
    parts = [float(r["contribution"]) for r in leaves]
    assert near(sum(parts), gap) and near(float(rows[0]["contribution"]), gap), (sum(parts), gap)
    if each:
        for r in leaves:
            assert near(float(r["contribution"]), each(r["variable"], a, b)), r
    assert "not split by series" not in run.sentences("divide", "contributions", "--year", year)
    return len(leaves)


def gini(x):
    n, mean = len(x), sum(x) / len(x)
    return sum(abs(a - b) for a in x for b in x) / (2 * n * n * mean)


def theil_between(x, group):
    """Theil T between groups, each country counting once."""
    n, total = len(x), sum(x.values())
    between = 0
    for g in set(group.values()):
        own = [x[c] for c in x if group.get(c) == g]
        if own:
            share = sum(own) / total
            between += share * math.log(share / (len(own) / n))
    return between


def says_more(run, chart, text):
    script = (run.out / "charts" / f"{chart}.gp").read_text()
    found = re.search(r"^more = '(.*)'$", script, re.M)
    assert found and text in found.group(1), (chart, found and found.group(1))


def check_layers(run):
    n = 70
    names = [f"Layer {k:02} of {n}" for k in range(1, n + 1)]
    codes = [f"L{k:02}" for k in range(1, n + 1)]
    ranking = run.export("ranking", "--year", 2020)
    assert all(c in ranking[0] for c in codes), list(ranking[0])
    for r in ranking:
        layers = [float(r[c]) for c in codes]
        assert near(float(r["score"]), sum(layers) / n) and near(layers[5], run.score(r["country"], 2020, "L06"))
    assert set(codes) < set(run.export("completeness")[0])
    assert contributions_add_up(
        run, 2020, lambda s, a, b: (run.score(a, 2020, s) - run.score(b, 2020, s)) / n) == n
    sources = [r for r in run.ask("divide", "gini-sources", "--year", 2020)
               if r["variable"] == "total" and r["weighting"] == "unweighted"]
    total = [run.score(c, 2020, "total") for c in run.plan.countries]
    assert len(sources) == n and near(sum(float(r["part"]) for r in sources), gini(total))
    for name in names:
        assert run.page.count(name) >= 4, name  # findings, ranking, means, method
    for chart, text in [("gini", "5 of 70 layers"), ("ranking", "4 of 70 layers"), ("layers", "5 of 70 layers"),
                        ("partners", "3 of 70 layers"), ("lorenz", "3 of 70 layers"),
                        ("sigma", "4 of 71 nodes and series"), ("beta", "4 of 71 nodes and series"),
                        ("paths", "4 of 71 nodes and series"), ("dominance", "4 of 71 nodes and series"),
                        ("ridges", "4 of 71 nodes and series"), ("theil", "4 of 71 nodes and series")]:
        says_more(run, chart, text)
    assert len(run.export("weights")) == 2 * n + 1
    told = {r["node"] for r in run.export("story")}
    assert told == {"", "total", *codes}, len(told)


def check_groupings(run):
    plan = run.plan
    total = {c: run.score(c, 2020, "total") for c in plan.countries}
    for r in run.export("groups"):
        for g in plan.groups:
            assert r[g] == plan.groups[g][r["country"]], (r["country"], g)
    means = {(r["grouping"], r["group"]): r for r in run.export("means", "--year", 2020)
             if r["node"] == "total" and r["weighting"] == "unweighted"}
    for g, of in plan.groups.items():
        for group in set(of.values()):
            own = [total[c] for c in total if of[c] == group]
            assert near(float(means[g, group]["mean"]), sum(own) / len(own)), (g, group)
    divide = [r for r in run.export("divide", "--year", 2020) if r["node"] == "total" and r["weighting"] == "unweighted"]
    values = {r["measure"]: float(r["value"]) for r in divide if not r["grouping"]}
    assert set(plan.measures) <= set(values) and near(values["gini"], gini(list(total.values())))
    x = list(total.values())
    mean = sum(x) / len(x)
    for k in (1, 30, 69):  # Atkinson's index by its formula
        e = k / 50
        level = (math.exp(sum(map(math.log, x)) / len(x)) if e == 1
                 else (sum(v ** (1 - e) for v in x) / len(x)) ** (1 / (1 - e)))
        assert near(values[f"atkinson-{e}"], 1 - level / mean), (e, values[f"atkinson-{e}"])
    between = {r["grouping"]: float(r["value"]) for r in divide if r["measure"] == "theil-t-between"}
    split = {r["grouping"]: r for r in run.ask("divide", "split", "--series", "total", "--year", 2020)
             if r["weighting"] == "unweighted" and r["measure"] == "theil-t"}
    asked = {r["grouping"] for r in run.ask("divide", "split", "--series", "total", "--by", ",".join(plan.groups))}
    assert set(split) == set(plan.groups) == asked == set(between), (len(split), len(asked), len(between))
    for g, of in plan.groups.items():
        right = theil_between(total, of)
        assert near(float(split[g]["between"]), right) and near(between[g], right), g
        assert f"Grouping {g}" in run.page and f"between: {g}" in run.page.replace("_", " "), g
    bare = {r["measure"] for r in run.ask("divide", "inequality", "--year", 2020)}
    named = {r["measure"] for r in run.ask("divide", "inequality", "--year", 2020, "--measures",
                                           ",".join(plan.measures), "--replicates", 10)}
    assert bare == named == set(plan.measures), (len(bare), len(named))
    assert {r["grouping"] for r in run.ask("converge", "catch-up-time", "--series", "total")} <= set(plan.groups) \
        if "grouping" in (run.ask("converge", "catch-up-time", "--series", "total") or [{}])[0] else True


def check_series(run):
    plan, year = run.plan, 2020
    n = len(plan.codes)
    assert contributions_add_up(run, year, lambda s, a, b: (run.score(a, year, s) - run.score(b, year, s)) / n) == n
    codes = plan.codes + plan.beside
    some = {r["variable"] for r in run.ask("divide", "inequality", "--series", ",".join(codes), "--year", year,
                                       "--replicates", 10)}
    assert some == set(codes), (len(some), len(codes))
    every = {r["variable"] for r in run.ask("divide", "inequality", "--series", "all", "--year", year, "--replicates", 10)}
    assert every == {"total", *plan.codes}, len(every)
    said = call("converge", run.out, "beta", "--controls", ",".join(plan.beside[:11]), code=2)[1]
    assert "at most 10" in said and "found 11" in said, said
    beta = run.ask("converge", "beta", "--series", "x01", "--controls", "z01,z02,z03")
    assert {r["controls"] for r in beta if r["kind"] == "conditional"} == {"z01 z02 z03"}, beta
    pairs = {r["pair"] for r in run.ask("paradox", "domestic", "--series", "x01")}
    assert len(pairs) == plan.pairs, pairs
    named = ",".join(f"p{k}={s}[sex=female]/{s}[sex=male]" for k, s in enumerate(plan.codes[:14]))
    pairs = {r["pair"] for r in run.ask("paradox", "domestic", "--series", "x01", "--pairs", named)}
    assert pairs == {f"p{k}" for k in range(14)}, pairs
    assert len(run.ask("divide", "gini-sources", "--year", year)) >= n
    parts_of = json.loads(call("audit", run.out, "correlations", "--json")[0])
    assert len(parts_of[0]["rows"]) >= n * (n - 1) / 2
    work = plan.folder.parent
    geometric = Run(wide_studies.series(work / "geometric", aggregation="geometric"))
    assert contributions_add_up(geometric, year) == n
    power = Run(wide_studies.series(work / "power", aggregation="{method: generalised, power: 0.5}"))
    for part in ("contributions", "gini-sources"):
        said = power.sentences("divide", part, "--year", year)
        assert "70 children" in said and "at most 12" in said, said


def check_districts(run):
    plan = run.plan
    last = max(plan.years)
    ranking = run.export("ranking", "--year", last)
    assert len(ranking) == len(plan.countries)
    for r in ranking:
        assert r["name"] == plan.countries[r["country"]], r
    total = {c: sum(plan.value[c, last, s] for s in "AB") / 2 for c in plan.countries}
    order = sorted(total, key=lambda c: (-total[c], c))
    assert [r["country"] for r in ranking] == order
    assert all(near(run.score(c, last, "total"), total[c]) for c in total)
    for name in plan.countries.values():
        assert name in run.page
    followed = {r["country"] for r in run.export("transition-paths") if r["variable"] == "total"}
    text = (run.out / "charts" / "paths-lines1.tsv").read_text()
    lines = [block for block in re.split(r"\n\n+", text) if block.strip()]
    assert len(lines) == len(followed) > 256, (len(lines), len(followed))
    script = (run.out / "charts" / "behind.gp").read_text()
    assert re.search(r"chart_note = 'the first 30 of \d+ countries", script), script[:800]
    assert "Terminal canvas area too small" not in run.said


def check_years(run):
    n, plan = 120, run.plan
    years = list(range(2024 - n + 1, 2025))
    assert sorted({int(r["year"]) for r in run.export("divide")}) == years
    trends = [r for r in run.export("trends") if r["node"] == "A"]
    assert all(int(r["n_values"]) == n and int(r["year_first"]) == years[0] for r in trends) and trends
    for c in plan.countries:  # the least-squares slope by its formula
        y = [plan.value[c, t, "A"] for t in years]
        slope = float(numpy.polyfit(years, y, 1)[0])
        own = next(r for r in trends if r["country"] == c)
        assert near(float(own["least-squares"]), slope, 1e-6), (c, own, slope)
    sigma = {int(r["year"]) for r in run.ask("converge", "sigma", "--series", "A") if r["scale"] == "level"}
    assert sigma == set(years)
    assert run.ask("forecast", "backtest", "--series", "A")
    states = (run.out / "charts" / "gini-states.tsv").read_text().split("\n\n\n")[0].strip().split("\n")
    assert len(states) == n


def check_names(run):
    """Sentences of the story stand under the node that they are about: their numbers are its own."""
    story = collections.defaultdict(lambda: collections.defaultdict(list))
    for r in run.export("story"):
        story[r["node"]][r["topic"]].append(r["sentence"])
    topics = {code: {t: len(s) for t, s in story[code].items()} for code in wide_studies.NAMES}
    for code in wide_studies.NAMES:
        both = [{t: n for t, n in topics[c].items() if t != "turn of the divide"} for c in (code, "IUW")]
        assert both[0] == both[1] and len(both[0]) > 4, (code, both)
    readings = collections.defaultdict(dict)
    for r in run.export("readings"):
        if r["kind"] == "inequality" and r["measure"] == "gini" and r["sample"] == "both years":
            readings[r["variable"]][r["weighting"]] = r
    inequality = run.ask("divide", "inequality", "--measures", "gini", "--series", ",".join(wide_studies.NAMES),
                         "--replicates", 10)
    for code in wide_studies.NAMES:
        own = {(r["weighting"], int(r["year"])): float(r["value"]) for r in inequality if r["variable"] == code}
        for how in ("unweighted", "population"):
            assert near(float(readings[code][how]["value_first"]), own[how, 2005]), (code, how)
            assert near(float(readings[code][how]["value_last"]), own[how, 2020]), (code, how)
    groups = run.ask("forecast", "group-target", "--series", ",".join(wide_studies.NAMES), "--by", "income")
    assert {r["variable"] for r in groups} == set(wide_studies.NAMES)
    for name in wide_studies.NAMES.values():
        assert name in run.page
    assert (run.out / "charts" / "ranking.gp").exists()


def check_odd(run):
    """Names come out as they went in, but for blanks around them, the guard of a formula and marks of direction."""
    plan = run.plan
    names = {r["country"]: r["name"] for r in run.export("ranking", "--year", 2020)}
    assert names == {c: "'" * n.startswith("=") + n.replace("\u202e", "") for c, n in plan.countries.items()}, names
    assert {r["node"] for r in run.export("weights")} == {"total", *plan.codes}
    assert "<b>html" not in run.page and "&lt;b&gt;html&lt;/b&gt; &amp; co" in run.page
    weighted = [r for r in run.export("divide") if r["weighting"] == "population"]
    assert weighted and all(r["value"] == "" for r in weighted), weighted[0]
    for code in plan.codes:
        assert run.ask("divide", "inequality", "--series", quoted(code), "--year", 2020, "--measures", "gini")


def check_single(run):
    """The least that a study can be: one country, one year, or both."""
    plan = run.plan
    n_country, n_year = len(plan.countries), plan.years[1] - plan.years[0] + 1
    ranking = run.export("ranking", "--year", 2020)
    assert sorted(int(r["rank"]) for r in ranking) == list(range(1, n_country + 1))
    if n_country == 1:  # nobody to differ from: no inequality, no gap, no club
        values = {r["value"] for r in run.export("divide", "--year", 2020) if r["measure"] == "gini"}
        assert values <= {"", "0"}, values
        assert run.ask("divide", "contributions", "--year", 2020) == []
    if n_year == 1:
        assert run.ask("converge", "beta") == [] and run.ask("converge", "clubs") == []


CHECKS = {"layers": check_layers, "groupings": check_groupings, "series": check_series, "districts": check_districts,
          "years": check_years, "names": check_names, "odd": check_odd}
SINGLE = {"country": (1, 6), "year": (12, 1), "both": (1, 1)}
PIECES = {"run": None, "files": piece_files, "exports": piece_exports, "shows": piece_shows, "analyses": piece_analyses, "charts": piece_charts}


def planned(study, folder):
    """The study as it is written down, and what is checked of it once it was run."""
    if study in CHECKS:
        return getattr(wide_studies, study)(folder), CHECKS[study]
    return wide_studies.single(folder, *SINGLE[study.removeprefix("single-")]), check_single


def main():
    studies = sys.argv[3:4] or [*CHECKS, *(f"single-{k}" for k in SINGLE)]
    pieces = sys.argv[4:] or list(PIECES)
    for study in studies:
        home = pathlib.Path.cwd() / "wide" / study
        if "run" in pieces:
            shutil.rmtree(home, ignore_errors=True)
        plan, check = planned(study, home / "study")
        for piece in pieces:
            if piece == "run":
                check(Run(plan))
            else:
                PIECES[piece](Run(plan, ran=True))
    passed(len(studies) * len(pieces))


if __name__ == "__main__":
    main()
