# SPDX-License-Identifier: GPL-3.0-or-later
"""Views that compute, computed a second time here: quartiles of groups, Lorenz curves, the
highlighted group against all others; and groups of the year that is shown."""
import collections
import pathlib
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows, shipped

YEAR = "2020"


def near(text, value, tolerance=1e-9):
    assert abs(float(text) - value) < tolerance, (text, value)


def quartiles(result, score, group):
    n = 0
    for r in rows(rift("export", result, "quartiles", "--year", YEAR)):
        if r["node"] not in score:
            continue
        x = numpy.array([v[YEAR] for c, v in score[r["node"]].items() if YEAR in v
                         and (not r["grouping"] or group[c][r["grouping"]] == r["group"])])
        q1, median, q3 = numpy.quantile(x, [0.25, 0.5, 0.75])
        assert int(r["n_countries"]) == len(x)
        for name, value in (("minimum", x.min()), ("q1", q1), ("median", median), ("q3", q3), ("maximum", x.max()),
                            ("mean", x.mean()), ("standard_deviation", x.std()),
                            ("whisker_low", min(q1, x[x >= q1 - 1.5 * (q3 - q1)].min())),
                            ("whisker_high", max(q3, x[x <= q3 + 1.5 * (q3 - q1)].max()))):
            near(r[name], value)
        if len(x) > 1:
            near(r["standard_deviation_sample"], x.std(ddof=1))
        else:
            assert not r["standard_deviation_sample"], r
        n += 1
    assert n > 40, n


def lorenz(result, score, people):
    curve = collections.defaultdict(list)
    for r in rows(rift("export", result, "lorenz-curves", "--year", YEAR)):
        if r["node"] in score:
            curve[r["node"], r["weighting"]].append(r)
    assert len(curve) == 2 * len(score)
    for (node, weighting), points in curve.items():
        known = [(v[YEAR], people[c].get(YEAR, 0) if weighting == "population" else 1.0, c)
                 for c, v in score[node].items() if YEAR in v]
        known = sorted(k for k in known if k[1] > 0)
        x, w = numpy.array([k[0] for k in known]), numpy.array([k[1] for k in known])
        assert len(points) == len(known) + 1 and points[0]["country"] == ""
        for point, p, share in zip(points[1:], numpy.cumsum(w) / w.sum(), numpy.cumsum(w * x) / (w * x).sum()):
            near(point["cumulative_share"], p)
            near(point["lorenz"], share)
        gini = (w[:, None] * w * abs(x[:, None] - x)).sum() / (2 * w.sum() * (w * x).sum())
        assert {p["gini"] for p in points} == {points[0]["gini"]}
        near(points[0]["gini"], gini)


def highlight(result, score, group):
    table = collections.defaultdict(list)
    for r in rows(rift("export", result, "highlight")):
        table[r["node"], r["group"]].append(r)
    sides = sorted({g for node, g in table})
    assert len(sides) == 2, sides
    for node in score:
        years = [r["year"] for r in table[node, sides[0]]]
        assert years == [r["year"] for r in table[node, sides[1]]] and len(years) > 10
        count = collections.Counter(y for v in score[node].values() for y in v)
        assert all(count[y] >= 0.6 * count[years[-1]] for y in years)
        before = str(int(years[0]) - 1)
        assert count[before] < 0.6 * count[years[-1]]
        keep = [c for c, v in score[node].items() if all(y in v for y in years)]
        for side in sides:
            members = [c for c in keep if group[c]["partners"] == side]
            for r in table[node, side]:
                x = numpy.array([score[node][c][r["year"]] for c in members])
                assert int(r["n_countries"]) == len(x)
                near(r["mean"], x.mean())
                near(r["q1"], numpy.quantile(x, 0.25))
                near(r["q3"], numpy.quantile(x, 0.75))


def changes(result, score):
    """Ranks gained are among the countries with both years."""
    last = "2022"
    table = [r for r in rows(rift("export", result, "changes", "--year", last)) if r["node"] == "total"]
    first = table[0]["year_first"]
    both = {c: (v[first], v[last]) for c, v in score["total"].items() if first in v and last in v}
    assert {r["country"] for r in table} == set(both)
    assert len(both) < max(sum(y in v for v in score["total"].values()) for y in (first, last))
    for r in table:
        rank = [1 + sum(v[k] > both[r["country"]][k] for v in both.values()) for k in (0, 1)]
        assert int(r["ranks_gained"]) == rank[0] - rank[1], (r, rank)


STUDY = """code: m
title: M
years: {first: 2020, last: 2022}
sources: [data.csv]
countries: {file: countries.csv}
groups: [{code: region, members: members.csv}]
series_files: [c.yaml]
index: index.yaml
divide: {measures: [gini], decompose: [region]}
charts: [regions]
"""


def members_by_year():
    """TZA goes from east to west in 2022, of which there are no data: what is shown is of the year
    before, and so are the groups."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "s.yaml").write_text(STUDY)
        (folder / "index.yaml").write_text("code: i\nnormalisation: goalposts\nnodes:\n"
                                           "  - {code: total, children: [{series: X}]}\n")
        (folder / "c.yaml").write_text("series:\n  - {code: X, name: X, unit: '%', goalposts: {low: 0, high: 100}, "
                                       "polarity: higher-is-better, layer: use, department: none}\n")
        (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},X,{x}\n" for y in (2020, 2021) for c, x in (("KEN", 10), ("TZA", 20), ("UGA", 40), ("RWA", 80))))
        (folder / "countries.csv").write_text("country,name\nKEN,Kenya\nTZA,Tanzania\nUGA,Uganda\nRWA,Rwanda\n")
        (folder / "members.csv").write_text("country,group,first,last\nKEN,east,,\nTZA,east,,2021\nTZA,west,2022,\n"
                                            "UGA,west,,\nRWA,west,,\n")
        rift("run", folder / "s.yaml", "-o", folder / "out", "-q")

        def region(*more):
            return {r["country"]: r["region"] for r in rows(rift("export", folder / "out", *more))}["TZA"]

        assert region("ranking") == "east" and region("groups", "--year", "2021") == "east"
        assert region("groups") == "west"
        count = {r["group"]: r["n_countries"] for r in
                 rows(rift("export", folder / "out", "quartiles", "--year", "2021")) if r["node"] == "total" and r["group"]}
        assert count == {"east": "2", "west": "2"}, count
        boxes = (folder / "out/charts/regions-boxes.tsv").read_text()
        assert "east (2)" in boxes and "west (2)" in boxes, boxes


def gap_readings(paths, last=2015, more=""):
    """What is found of the gap, of countries with a value (or none) in some years: its claim, and its readings by measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first = last - len(next(iter(paths.values()))[1]) + 1
        (folder / "s.yaml").write_text(STUDY.replace("[{code: region, members: members.csv}]",
                                                     "[{code: income, name: Income, column: income}]")
                                       .replace("first: 2020, last: 2022", f"first: {first}, last: {last}")
                                       .replace("[region]", "[income]").replace("[regions]", "[]") + more)
        (folder / "index.yaml").write_text("code: i\nnormalisation: goalposts\nnodes:\n"
                                           "  - {code: total, children: [{series: X}]}\n")
        (folder / "c.yaml").write_text("series:\n  - {code: X, name: X, unit: '%', goalposts: {low: 0, high: 100}, "
                                       "polarity: higher-is-better, layer: use, department: none}\n")
        (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{first + t},X,{x}\n" for c, (_, path) in paths.items() for t, x in enumerate(path) if x is not None))
        (folder / "countries.csv").write_text("country,name,income\n" + "".join(
            f"{c},{c},{group}\n" for c, (group, _) in paths.items()))
        rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
        found = collections.defaultdict(dict)
        for r in rows(rift("export", folder / "out", "readings")):
            if r["kind"] == "gap":
                found[r["variable"]][r["measure"]] = r
        return {r["variable"]: (r, found[r["variable"]]) for r in rows(rift("export", folder / "out", "claims")) if r["kind"] == "gap"}


def ends(reading):
    return [round(float(reading[c]), 3) for c in ("year_first", "year_last", "value_first", "value_last", "n_countries", "n_all")]


def gaps_of_the_same_countries():
    """Germany is gone in 2015: with it in the first year's mean a gap that widened seems to have narrowed."""
    poor = {"KEN": ("Low", (20, 20)), "RWA": ("Low", (30, 30))}
    claim, found = gap_readings({"DEU": ("High", (90, None)), "FRA": ("High", (50, 60)), **poor})["total"]
    assert ends(found["difference"]) == [2014, 2015, 25, 35, 3, 4], found
    assert ends(found["ratio"])[2:4] == [2, 2.4] and ends(found["shortfall ratio"])[2:4] == [1.5, 1.875], found
    # of one country nothing says how much chance there is: no change is shown
    assert claim["standing"] == "open" and "we cannot tell" in claim["sentence"] and found["difference"]["p_value"] == ""
    assert "1 of 2 in the group High, 2 of 2 in the group Low" in claim["numbers"], claim
    # three of each, all moving alike: the difference widens, the ratio falls, and the other way round
    def alike(high, low):
        return {**{c: ("High", (high[0] + k, high[1] + k)) for k, c in enumerate(("FRA", "ITA", "ESP"))},
                **{c: ("Low", (low[0] + k / 10, low[1] + k / 10)) for k, c in enumerate(("KEN", "RWA", "UGA"))}}
    claim, found = gap_readings(alike((40, 80), (10, 30)))["total"]
    assert ends(found["difference"])[2:4] == [30.9, 50.9] and float(found["ratio"]["change"]) < 0
    assert "widened, from 31 to 51 points between 2014 and 2015; but the ratio of their means fell" in claim["sentence"], claim
    claim, found = gap_readings(alike((90, 40), (45, 10)))["total"]
    assert "narrowed, from 46 to 31 points between 2014 and 2015; but the ratio of their means rose" in claim["sentence"], claim
    claim, found = gap_readings(alike((10, 40), (20, 20)))["total"]
    assert claim["sentence"].startswith("In 2014 the group Low had the higher mean, by 9.1 points; in 2015 the group High had it, by 21"), claim
    # fewer than half of a group do not stand for it
    three = {c: ("High", (None, 50, 60)) for c in ("FRA", "ITA")}
    claim, found = gap_readings({**three, "ESP": ("High", (10, 50, 60)), "KEN": ("Low", (9, 20, 20)), "RWA": ("Low", (9, 30, 30))})["total"]
    assert ends(found["difference"])[:2] == [2014, 2015], found
    claim, found = gap_readings({"FRA": ("High", (None, 60)), **poor})["total"]
    assert claim["standing"] == "withheld" and not found, claim
    # a score takes a value that is carried on, what is told of a series does not
    carried = {c: (g, (*x, None)) for c, (g, x) in {"FRA": ("High", (50, 60)), **poor}.items()}
    for claim, found in gap_readings(carried, last=2016).values():
        assert ends(found["difference"])[:2] == [2014, 2015], found


def group_ranks(result, score, group):
    """1 and the number of countries of the group that score higher."""
    found = collections.defaultdict(dict)
    for r in rows(rift("export", result, "group-ranks", "--year", YEAR)):
        if r["node"] in score:
            found[r["node"], r["grouping"], r["group"]][r["country"]] = r
    assert len(found) > 30
    for (node, grouping, name), mine in found.items():
        members = {c: v[YEAR] for c, v in score[node].items() if YEAR in v and group[c][grouping] == name}
        assert set(mine) == set(members)
        for c, r in mine.items():
            assert int(r["n_in_group"]) == len(members)
            assert int(r["rank_in_group"]) == 1 + sum(x > members[c] + 1e-9 for x in members.values()), r


def main():
    result = shipped()
    score, people = collections.defaultdict(dict), collections.defaultdict(dict)
    for r in rows(rift("export", result, "scores")):
        if r["value"] and r["node"] in ("total", "access", "use", "capacity"):
            score[r["node"]].setdefault(r["country"], {})[r["year"]] = float(r["value"])
    for r in rows(rift("export", result, "panel")):
        if r["indicator"] == "SP.POP.TOTL" and r["value"]:
            people[r["country"]][r["year"]] = float(r["value"])
    group = {r["country"]: r for r in rows(rift("export", result, "groups"))}
    quartiles(result, score, group)
    lorenz(result, score, people)
    highlight(result, score, group)
    group_ranks(result, score, group)
    changes(result, score)
    members_by_year()
    gaps_of_the_same_countries()
    passed(7)


main()
