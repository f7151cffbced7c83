# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger of claims of the shipped study, computed a second time from its scores, values and groups."""
import html
import json
import math
import pathlib
import re
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import definitions
from support import SOURCE, number, passed, rift, rows, shipped, study_text

PEOPLE = "SP.POP.TOTL"
CEILING = {"total": 100, "IT.NET.USER.ZS": 100}
EDITION = 2022
WITHOUT = "without series relative to each edition"


class Ledger:
    """What the shipped study read, scored and said."""

    def __init__(self, result):
        self.result = result
        self.value, self.people, self.group = {}, {}, {}
        for r in rows(rift("export", result, "scores")):
            if r["node"] == "total" and r["value"] and int(r["year"]) <= EDITION:
                self.value.setdefault("total", {}).setdefault(int(r["year"]), {})[r["country"]] = float(r["value"])
        for r in rows(rift("export", result, "panel")):
            if r["indicator"] == PEOPLE:
                self.people.setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
            elif r["origin"] == "observed":
                self.value.setdefault(r["indicator"], {}).setdefault(int(r["year"]), {})[r["country"]] = float(r["value"])
        for r in rows(rift("export", result, "groups")):
            self.group[r["country"]] = r
        self.readings = rows(rift("export", result, "readings"))
        self.claims = rows(rift("export", result, "claims"))

    def of(self, kind):
        return [r for r in self.readings if r["kind"] == kind]

    def persons(self, country, year):
        """Of the year; of the nearest before, else after."""
        known = self.people.get(country, {})
        before, after = [y for y in known if y <= year], [y for y in known if y > year]
        return known[max(before)] if before else known[min(after)] if after else math.nan

    def weights(self, countries, year, weighting):
        return numpy.array([self.persons(c, year) if weighting == "population" else 1.0 for c in countries])

    def span(self, variable):
        """First and last year in which 60 % of the countries of the best year have a value."""
        count = {y: len(x) for y, x in self.value[variable].items()}
        years = [y for y in sorted(count) if count[y] >= 0.6 * max(count.values())]
        return years[0], years[-1]

    def sample(self, variable, first, last, every=False):
        x = self.value[variable]
        years = [y for y in x if first <= y <= last] if every else (first, last)
        return sorted(set.intersection(*(set(x[y]) for y in years)))

    def arrays(self, variable, countries, first, last, weighting):
        x = self.value[variable]
        return (*(numpy.array([x[y][c] for c in countries]) for y in (first, last)),
                *(self.weights(countries, y, weighting) for y in (first, last)))


def near(found, mine, what, tolerance=1e-9):
    found = number(found) if isinstance(found, str) else found
    assert (math.isnan(found) and math.isnan(mine)) or abs(found - mine) <= tolerance * max(1e-6, abs(mine)), (what, found, mine)


def agree(reading, mine):
    for column, x in zip(("value_first", "value_last", "change", "ci_low", "ci_high", "p_value"), mine):
        near(reading[column], x, (reading["claim"], reading["measure"], reading["weighting"], reading["sample"], column),
             1e-7 if column == "p_value" else 1e-9)
    shows = "no change shown" if not mine[5] < 0.05 else "rose" if mine[2] > 0 else "fell"
    assert shows == reading["shows"] or reading["kind"] == "groups", reading


def counted(ledger, reading, countries, everybody, first, last):
    assert (int(reading["year_first"]), int(reading["year_last"])) == (first, last), reading
    assert (int(reading["n_countries"]), int(reading["n_all"])) == (len(countries), len(everybody)), reading
    persons = {c: ledger.persons(c, last) for c in everybody}
    near(reading["people_share"], sum(persons[c] for c in countries) / sum(p for p in persons.values() if p == p), reading)


def gaps(ledger):
    """Who is compared with whom, in which years, and the six readings."""
    for reading in ledger.of("gap"):
        variable = reading["variable"]
        if reading["sample"] == WITHOUT:
            continue
        x = ledger.value[variable]
        members = {}
        for c, r in ledger.group.items():
            members.setdefault(r["income"], set()).add(c)
        for last in sorted(x, reverse=True):
            mean = {g: statistics.mean(x[last][c] for c in who & x[last].keys()) for g, who in members.items()
                    if g and who & x[last].keys()}
            top, bottom = max(mean, key=mean.get), min(mean, key=mean.get)
            first = next((y for y in sorted(x) if y < last and all(
                len(members[g] & x[y].keys() & x[last].keys()) >= 0.5 * len(members[g]) for g in (top, bottom))), None)
            if first is not None:
                break
        both = sorted((members[top] | members[bottom]) & x[first].keys() & x[last].keys())
        counted(ledger, reading, both, members[top] | members[bottom], first, last)
        high = numpy.array([c in members[top] for c in both])
        agree(reading, definitions.gap(reading["measure"], *ledger.arrays(variable, both, first, last, reading["weighting"]),
                                       high, CEILING.get(variable)))


def inequality(ledger):
    for reading in ledger.of("inequality"):
        variable = reading["variable"]
        if reading["sample"] == WITHOUT:
            continue
        first, last = ledger.span(variable)
        who = ledger.sample(variable, first, last, reading["sample"] == "every year")
        counted(ledger, reading, who, ledger.group, first, last)
        agree(reading, definitions.inequality(reading["measure"], *ledger.arrays(variable, who, first, last, reading["weighting"]),
                                              CEILING.get(variable)))


def without_editions(ledger):
    """As if the index had neither the Online Service nor the E-Participation Index: a study of an index without their lines."""
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        (work / "index.yaml").write_text("".join(
            line for line in (SOURCE / "indicators/indices/three-layer.yaml").read_text().splitlines(True)
            if "UN.EGOV" not in line).replace("../series", str(SOURCE / "indicators/series")))
        text = study_text(charts="").replace(str(SOURCE / "indicators/indices/three-layer.yaml"), "index.yaml")
        (work / "study.yaml").write_text(text[:text.index("\ndivide:")] + text[text.index("\nmap:"):].replace("report: true", "report: false"))
        rift("run", work / "study.yaml", "-q", "--no-charts", "-o", work / "out")
        score = {}
        for r in rows(rift("export", work / "out", "scores")):
            if r["node"] == "total" and r["value"]:
                score[r["country"], int(r["year"])] = float(r["value"])
    found = [r for r in ledger.readings if r["sample"] == WITHOUT]
    assert {(r["kind"], r["variable"]) for r in found} == {("gap", "total"), ("inequality", "total")}, found
    for reading in found:
        first, last = int(reading["year_first"]), int(reading["year_last"])
        lead = next(r for r in ledger.readings if r["claim"] == reading["claim"])
        x = ledger.value["total"]
        both = [c for c in sorted(x[first].keys() & x[last].keys()) if (c, first) in score and (c, last) in score]
        if reading["kind"] == "gap":
            both = [c for c in both if ledger.group[c]["income"] in ("High income", "Low income")]
        assert int(reading["n_countries"]) == len(both) <= int(lead["n_countries"]), (reading, len(both))
        now, then, w = numpy.array([score[c, last] for c in both]), numpy.array([score[c, first] for c in both]), numpy.ones(len(both))
        if reading["kind"] == "gap":
            high = numpy.array([ledger.group[c]["income"] == "High income" for c in both])
            agree(reading, definitions.gap("difference", then, now, w, w, high, 100))
        else:
            agree(reading, definitions.inequality("standard deviation", then, now, w, w, 100))


def groups(ledger):
    """Of whoever has a value in the last year."""
    for reading in ledger.of("groups"):
        variable = reading["variable"]
        last = ledger.span(variable)[1]
        who = sorted(ledger.value[variable][last])
        assert reading["year_first"] == reading["value_first"] == "", reading
        counted(ledger, {**reading, "year_first": reading["year_last"]}, who, ledger.group, last, last)
        region = numpy.array([ledger.group[c]["region"] for c in who])
        _, x, _, w = ledger.arrays(variable, who, last, last, reading["weighting"])
        agree(reading, definitions.groups(reading["measure"], x, w, region))
    assert {r["measure"] for r in ledger.of("groups")} == {f"share between of {m}" for m in ("variance", "theil-t", "theil-l")}


def paths(ledger):
    """Whether and when it turns, of all that were asked; and both ways of it."""
    told = {r["variable"] for r in ledger.of("path")}
    for variable in ("total", "IT.NET.USER.ZS", "IT.NET.BBND.P2"):
        first, last = ledger.span(variable)
        who = ledger.sample(variable, first, last, True)
        years = [y for y in sorted(ledger.value[variable]) if first <= y <= last]
        path = [definitions.deviation(numpy.array([ledger.value[variable][y][c] for c in who]), numpy.ones(len(who))) for y in years]
        turned = definitions.turn(years, path)
        assert (turned is not None) == (variable in told), (variable, turned)
        for reading in ledger.of("path") if turned else ():
            if reading["variable"] != variable:
                continue
            year, _, times = turned
            a, b = (first, year) if reading["sample"] == "until the turn" else (year, last)
            ceiling, x = CEILING.get(variable), ledger.value[variable]
            in_it = [c for c in who if "logit" not in reading["measure"] or all(0 < x[y][c] < ceiling for y in (a, b))]
            counted(ledger, reading, in_it, ledger.group, a, b)
            agree(reading, definitions.inequality(reading["measure"], *ledger.arrays(variable, in_it, a, b, reading["weighting"]),
                                                  ceiling, times))


def tables(ledger):
    """Claims that are taken from a table say what the table says."""
    scale = {"gain on where they began": "level", "gain of ln on where they began": "ln", "gain of logit on where they began": "logit"}
    beta = {(r["variable"], r["scale"]): r for r in rows(rift("converge", ledger.result, "beta", "--series", "all", "--to", "csv"))
            if r["kind"] == "absolute"}
    for reading in ledger.of("catching-up"):
        row = beta[reading["variable"], scale[reading["measure"]]]
        assert all(reading[c] == row[c] for c in ("year_first", "year_last", "n_countries")), (reading, row)
        b, error, df = float(row["beta"]), float(row["standard_error"]), int(row["n_countries"]) - 2
        for column, x in zip(("change", "ci_low", "ci_high", "p_value"), definitions.tested(b, error * error, df)):
            near(reading[column], x, (reading, column), 1e-7)
        x0, x1, _, _ = ledger.arrays(reading["variable"], ledger.sample(reading["variable"], *map(int, (row["year_first"], row["year_last"]))),
                                     int(row["year_first"]), int(row["year_last"]), "unweighted")
        if row["scale"] == "level":
            near(b, numpy.polyfit(x0, (x1 - x0) / (int(row["year_last"]) - int(row["year_first"])), 1)[0], reading, 1e-8)
    clubs = {r["variable"]: r for r in rows(rift("converge", ledger.result, "clubs", "--series", "all", "--to", "csv")) if r["club"] == "all"}
    for reading in ledger.of("clubs"):
        row = clubs[reading["variable"]]
        b, error = float(row["b"]), float(row["standard_error"])
        for column, x in (("change", b), ("ci_low", b - 1.959963984540054 * error), ("ci_high", b + 1.959963984540054 * error),
                          ("p_value", math.erfc(-b / error / math.sqrt(2)) / 2)):
            # the page does not say which quantile: the engine takes 1.96 of the normal one
            near(reading[column], x, (reading, column), 1e-8 if column in ("change", "p_value") else 1e-4)
    behind = rows(rift("converge", ledger.result, "time-distance", "--series", "all", "--to", "csv"))
    for reading in ledger.of("years-behind"):
        of = [r for r in behind if r["variable"] == reading["variable"] and r["benchmark"] == "frontier"]
        assert len(of) == int(reading["n_countries"]) > 0, reading
        low = [number(r["years"]) if r["kind"] in ("exact", "at least") else -math.inf for r in of]
        high = [number(r["years"]) if r["kind"] in ("exact", "at most") else math.inf for r in of]
        for column, x in (("ci_low", low), ("ci_high", high)):
            middle = statistics.median(x)
            near(reading[column], middle if math.isfinite(middle) else math.nan, (reading, column))
    verdict = rows(rift("export", ledger.result, "paradox"))
    found = ledger.of("paradox")
    assert len(found) == len(verdict) == 2
    for reading, row in zip(found, verdict):
        assert ("logit" in reading["measure"]) == (row["scale"] == "logit") and reading["n_countries"] == row["n_countries"]
        for mine, its in (("change", "estimate"), ("ci_low", "ci_low"), ("ci_high", "ci_high"), ("p_value", "p_value")):
            near(reading[mine], float(row[its]), (reading, its))
    claim, = [c for c in ledger.claims if c["kind"] == "paradox"]
    assert (claim["standing"] == "open") == (verdict[0]["verdict"] == "undecided"), claim


def standings(ledger):
    """How each claim stands follows from its readings; of a path, the halves are asked for opposite ways."""
    n = 0
    for claim in ledger.claims:
        if claim["kind"] not in ("gap", "inequality", "groups", "path", "catching-up"):
            continue
        found = [r for r in ledger.readings if r["claim"] == claim["claim"]]
        assert len(found) == int(claim["n_readings"]), claim
        if claim["standing"] == "withheld":
            assert (not found or claim["kind"] == "path") and not claim["sentence"] and claim["reason"], claim
            continue
        way = [-1 if r["sample"] == "since the turn" else 1 for r in found]
        if claim["kind"] == "path" and float(found[0]["change"]) < 0:
            way = [-w for w in way]
        mine = definitions.standing(claim["kind"], [(number(r["change"]), number(r["p_value"]), w) for r, w in zip(found, way)])
        assert mine == (claim["standing"], claim["agreement"]), (claim, mine)
        n += mine == (claim["standing"], claim["agreement"])
    assert n >= 10, n


def sentences(ledger):
    """claims.json and the report have the same; each number of a sentence is one of a reading, rounded."""
    kept = json.loads((ledger.result / "claims.json").read_text())["claims"]
    report = html.unescape(re.sub(r"<[^>]*>", "", (ledger.result / "report.html").read_text()))
    report = " ".join(report.split())
    assert len(kept) == len(ledger.claims)
    for claim, json_claim in zip(ledger.claims, kept):
        for column, x in claim.items():
            assert str(json_claim[column] if json_claim[column] is not None else "") == x, (claim, column)
        mine = [r for r in ledger.readings if r["claim"] == claim["claim"]]
        assert len(json_claim["readings"]) == len(mine), claim
        for r, j in zip(mine, json_claim["readings"]):
            for column, x in r.items():
                y = j[column]
                assert (x == "" and y in ("", None)) or x == str(y) or float(x) == y, (r, column, y)
        if claim["sentence"]:
            assert " ".join(claim["sentence"].split()) in report, claim["sentence"]
        if claim["kind"] not in ("gap", "inequality", "groups", "path"):
            continue
        known = []
        for r in mine:
            known += [number(r[c]) for c in ("value_first", "value_last", "year_first", "year_last", "n_countries")]
            known += [100 * number(r[c]) for c in ("value_first", "value_last")]
        known += [0, 100]  # the limits, or "over 100"
        for text in re.findall(r"\d+(?:\.\d+)?", claim["sentence"].replace("per 100 people", "")):
            digits = len(text.split(".")[1]) if "." in text else 0
            assert any(abs(x - float(text)) <= 0.5000001 * 10 ** -digits for x in known if x == x), (claim["sentence"], text)


def student():
    """P of published quantiles: Abramowitz and Stegun, table 26.10."""
    for df, t in ((1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)):
        assert abs(definitions.quantile(df) - t) < 6e-4, (df, definitions.quantile(df))


def main():
    ledger = Ledger(shipped())
    tests = [gaps, inequality, without_editions, groups, paths, tables, standings, sentences]
    student()
    for test in tests:
        test(ledger)
    passed(len(tests) + 1)


main()
