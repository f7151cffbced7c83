# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups whose members change with the years, that overlap, and whose means need enough of them."""
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows

STUDY = """code: g
title: G
years: {{first: 2020, last: 2022}}
sources: [data.csv]
countries: {{file: countries.csv}}
groups:
  - {{code: half, column: half}}
  - {{code: club, members: {members}}}
population: POP
index: index.yaml
divide: {{measures: [gini], decompose: [half, club]{coverage}}}
charts: []
"""
INDEX = """code: i
normalisation: goalposts

nodes:
  - {code: total, children: [{series: X}]}
"""
CATALOGUE = "series:\n  - {code: X, name: X, unit: '%', goalposts: {low: 0, high: 100}, polarity: higher-is-better, layer: use, department: none}\n" \
            "  - {code: POP, name: People, unit: people, polarity: higher-is-better, layer: use, department: none}\n"


def write(folder, members="members.csv", coverage="", text=None):
    (folder / "s.yaml").write_text(STUDY.format(members=members, coverage=coverage)
                                   .replace("index:", "series_files: [c.yaml]\nindex:", 1))
    (folder / "index.yaml").write_text(INDEX)
    (folder / "c.yaml").write_text(CATALOGUE)
    lines = ["country,year,indicator,value"]
    value = {"KEN": 10, "TZA": 20, "UGA": 40, "RWA": 80}
    people = {"KEN": 5, "TZA": 1, "UGA": 1, "RWA": 1}
    for year in (2020, 2021, 2022):
        for code, x in value.items():
            if not (code == "KEN" and year == 2022):
                lines.append(f"{code},{year},X,{x}")
            lines.append(f"{code},{year},POP,{people[code]}")
    (folder / "data.csv").write_text("\n".join(lines) + "\n")
    (folder / "countries.csv").write_text(
        "country,name,half\nKEN,Kenya,a\nTZA,Tanzania,a\nUGA,Uganda,b\nRWA,Rwanda,b\n")
    (folder / "members.csv").write_text(text or
        "country,group,first,last\nKEN,east,,\nTZA,east,2021,\nUGA,east,,2020\n"
        "UGA,west,2021,\nRWA,west,2000,2021\nFRA,west,,\n")


def means(folder):
    table = rows(rift("export", folder / "out", "means"))
    return {(int(r["year"]), r["grouping"], r["group"], r["weighting"]): r for r in table
            if r["node"] == "X"}


def equality(folder):
    """Groups whose path to the best one can be followed over the two years that it takes here."""
    table = rows(rift("divide", folder / "out", "split", "--series", "X", "--year", "2022", "--to", "csv"))
    assert table
    data = rows(rift("forecast", folder / "out", "projection", "--series", "X", "--by", "club", "--to", "csv"))
    assert data == []   # three years bear no forecast
    targets = rows(rift("forecast", folder / "out", "group-target", "--series", "X", "--by", "club", "--target", "90",
                        "--to", "csv"))
    return {r["group"] for r in targets if r["grouping"] == "club"} - {"west"}


def in_no_group(folder):
    """In 2020 TZA is not yet a member: a row of its own, 20 of 150 points in all."""
    table = rows(rift("divide", folder / "out", "split-groups", "--series", "X", "--year", "2020", "--to", "csv"))
    share = {r["group"]: (int(r["n_countries"]), float(r["value_share"])) for r in table
             if r["grouping"] == "club" and r["weighting"] == "unweighted"}
    assert share.keys() == {"east", "west", ""}, share
    for group, (n, points) in {"east": (2, 50), "west": (1, 80), "": (1, 20)}.items():
        assert share[group][0] == n and abs(share[group][1] - points / 150) < 1e-12, share


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder)
        rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
        found = means(folder)
        assert float(found[2020, "club", "east", "unweighted"]["mean"]) == 25   # KEN, UGA
        assert float(found[2021, "club", "east", "unweighted"]["mean"]) == 15   # KEN, TZA
        assert float(found[2021, "club", "east", "population"]["mean"]) == 70 / 6
        assert float(found[2021, "club", "west", "unweighted"]["mean"]) == 60   # UGA, RWA
        assert float(found[2020, "club", "west", "unweighted"]["mean"]) == 80
        assert float(found[2022, "club", "west", "unweighted"]["mean"]) == 40
        # half of the countries, but a sixth of the people have a value in 2022
        east = found[2022, "club", "east", "unweighted"]
        assert east["mean"] == "" and east["n_countries"] == "1" and east["coverage"] == "0.5"
        assert found[2022, "half", "a", "unweighted"]["mean"] == ""
        split = {(int(r["year"]), r["measure"]): float(r["value"]) for r in
                 rows(rift("export", folder / "out", "divide")) if r["grouping"] == "club"
                 and r["node"] == "X" and r["weighting"] == "unweighted"}
        assert split[2020, "theil-t-between"] != split[2021, "theil-t-between"]
        origin = rift("export", folder / "out", "provenance")
        assert "countries.csv" in origin and "members.csv" in origin
        assert equality(folder) == set()
        in_no_group(folder)
        write(folder, coverage=", minimum_coverage: {people: 0.1, countries: 0.5}")
        rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
        found = means(folder)
        # the inquiries go by the same rule: the club's east has a mean of 2022 only now
        assert equality(folder) == {"east"}
        assert float(found[2022, "club", "east", "unweighted"]["mean"]) == 20
        assert float(found[2022, "club", "east", "population"]["mean"]) == 20

        def refused(text, words, **more):
            write(folder, text=text, **more)
            said = rift("run", folder / "s.yaml", "-o", folder / "out", "-q", code=1)
            assert words in said, said

        head = "country,group,first,last\n"
        refused(head + "KEN,east,,2021\nKEN,west,2021,\n", "members.csv:3:10: error: the country is in two groups")
        refused(head + "KEN,east,2022,2020\n", "members.csv:2:10: error: the first year is after")
        refused(head + "KEN,east,soon,\n", "members.csv:2:10: error: first and last must be years")
        refused(head + "KEN,,2020,\n", "members.csv:2:5: error: the group is empty")
        refused("country,group,from,to\nKEN,east,,\n", "members.csv:1:1: error: the column 'first' is missing; a file of members needs")
        refused(None, "cannot be read", members="none.csv")
        refused(None, "one of them", members="members.csv, column: half")
        json.loads(rift("show", folder / "out", "means", "--json"))
    passed(1)


main()
