# SPDX-License-Identifier: GPL-3.0-or-later
"""Years that do not compare are not compared: over a break, between editions that each have a scale of
their own, where the index is defined otherwise; and a value carried forward is no observation."""
import pathlib
import random
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import number, passed, rift, rows

COUNTRIES = ("AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM DJI EGY ETH GAB GHA GIN GMB KEN LBR LSO MAR MDG MLI MOZ MRT MUS MWI "
             "NAM NER NGA RWA SDN SEN").split()
FIRST, LAST = 2004, 2019
SURVEY = range(2005, 2020, 2)


def values(seed=3):
    """a jumps in 2012; b is measured every other year; c goes its way."""
    draw = random.Random(seed)
    out = {}
    for i, c in enumerate(COUNTRIES):
        base, speed = draw.uniform(5, 30), draw.uniform(0.5, 2)
        for y in range(FIRST, LAST + 1):
            level = base + speed * (y - FIRST) + draw.uniform(-1, 1)
            out["a", c, y] = level + (30 if y >= 2012 else 0)
            out["c", c, y] = level
            if y in SURVEY:
                out["b", c, y] = min(99, level * (1 + 0.2 * (y % 4)))
    return out


def write(work, value, flags, form):
    """Values with the status that a provider gives each, as a plain table or as SDMX-CSV 2.0, a file a series; the files."""
    status = {k: (flags or {}).get(k, "A") for k in value}
    if form == "sdmx":
        for one in "abc":
            (work / f"{one}.csv").write_text("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n" + "".join(
                f"dataflow,X:{s}(1.0),I,A,{k},{y},{x!r},{status[s, k, y]}\n" for (s, k, y), x in value.items() if s == one))
        return "a.csv, b.csv, c.csv"
    (work / "data.csv").write_text("country,year,indicator,value,obs_status\n" + "".join(
        f"{k},{y},{s},{x!r},{status[s, k, y]}\n" for (s, k, y), x in value.items()))
    return "data.csv"


def run(work, value, a="", b="", c="", weights=(1, 1, 8), posts="", study="", flags=None, form="tidy"):
    work.mkdir(exist_ok=True)
    sources = write(work, value, flags, form)
    (work / "countries.csv").write_text("country,name,g\n" + "".join(
        f"{k},Land {k},{'high' if i % 2 else 'low'}\n" for i, k in enumerate(COUNTRIES)))
    (work / "index.yaml").write_text(
        "code: i\nnormalisation: goalposts\nseries:\n" + "".join(
            f"  - {{code: {s}, goalposts: {p}, maximum_age: 3{more}}}\n" for s, p, more in (
                ("a", "{low: 0, high: 200}", a), ("b", "{low: 0, high: 100}", b), ("c", posts or "{low: 0, high: 100}", c))) +
        "nodes:\n  - {code: total, children: [" + ", ".join(
            f"{{series: {s}, weight: {w}}}" for s, w in zip("abc", weights)) + "]}\n")
    (work / "study.yaml").write_text(
        f"code: s\ntitle: S\nyears: {{first: {FIRST}, last: {LAST}}}\nsources: [{sources}]\ncountries: {{file: countries.csv}}\n"
        f"index: index.yaml\ncharts: []\nreport: false\n{study}")
    rift("run", work / "study.yaml", "-q", "-o", work / "out")
    return work / "out"


def asked(result, command, table, series, *more):
    return rows(rift(command, result, table, "--series", series, "--to", "csv", *more))


def told(result, command, table, series):
    return rift(command, result, table, "--series", series).split("\n\n")[1]


def breaks(work):
    """What is compared with a break is what would be without the years before it."""
    value = values()
    result = run(work, value, a=", comparable: {breaks: [2008, 2012]}")
    late = run(work / "late", {k: x for k, x in value.items() if k[0] != "a" or k[2] >= 2012})
    for command, table in (("converge", "sigma-trend"), ("converge", "beta"), ("converge", "mobility"), ("converge", "clubs"),
                           ("converge", "time-distance"), ("divide", "levels"), ("divide", "gaps"), ("forecast", "curves")):
        found = asked(result, command, table, "a")
        assert found == asked(late, command, table, "a"), (command, table)
        if table != "curves":
            assert "Of a only years from 2012 on are compared: there the series has a break." in told(
                result, command, table, "a"), table
    assert {r["year_first"] for r in asked(result, "converge", "sigma-trend", "a")} == {"2012"}
    assert {int(r["year"]) for r in asked(result, "divide", "inequality", "a")} == set(range(FIRST, LAST + 1))
    assert "in 2012, " in told(result, "divide", "inequality", "a"), told(result, "divide", "inequality", "a")
    assert "only years" not in told(result, "converge", "beta", "c")


def editions(work):
    """A series that is relative to its edition is compared by rank alone, and so is what is mostly made of such."""
    value = values()
    said = f", comparable: {{relative: edition, survey: {list(SURVEY)}}}"
    result = run(work, value, b=said)
    for command, table in (("converge", "sigma"), ("converge", "sigma-trend"), ("converge", "beta"), ("converge", "mobility"),
                           ("converge", "clubs"), ("converge", "time-distance"), ("divide", "levels"), ("paradox", "theil-high-income")):
        assert asked(result, command, table, "b") == [], (command, table)
        assert "Of b no years are compared: each edition is scored against its own best." in told(result, command, table, "b")
    moved = asked(result, "converge", "rank-mobility", "b")
    assert [(r["year_first"], r["year_last"]) for r in moved] == [("2005", "2019")], moved
    assert {int(r["year"]) for r in asked(result, "divide", "inequality", "b")} == set(SURVEY)
    assert "in 2019" in told(result, "divide", "inequality", "b") and "2005" not in told(result, "divide", "inequality", "b")
    assert asked(result, "converge", "beta", "total")[0]["year_first"] == "2004"
    assert "Of total, 10 % of the weight is of series that are scored against the best of each edition" in told(
        result, "converge", "beta", "total")
    half = run(work, value, b=said, weights=(1, 4, 5))
    assert asked(half, "converge", "beta", "total") == []


def definitions(work):
    """Goalposts that change with the years change the scores, and not the countries."""
    value = values()
    posts = "[{low: 0, high: 100, to: 2010}, {low: 0, high: 150, from: 2011}]"
    result = run(work, value, posts=posts)
    for table in ("sigma-trend", "beta"):
        found = asked(result, "converge", table, "total")
        assert {r["year_first"] for r in found} == {"2011"}, found
        assert "Of total only years from 2011 on are compared: there its definition changes." in told(
            result, "converge", table, "total")
    assert {r["year_first"] for r in asked(result, "converge", "beta", "c")} == {"2004"}  # its values are what they were
    assert asked(run(work, value), "converge", "beta", "total")[0]["year_first"] != "2011"


def surveys(work):
    """Moves and periods are those between surveys; carried values are none."""
    value = values()
    result = run(work, value, b=f", comparable: {{survey: {list(SURVEY)}}}")
    years = list(SURVEY)
    assert int(asked(result, "converge", "mobility", "b")[0]["n_moves"]) == len(COUNTRIES) * (len(years) - 1)
    paths = {int(r["year"]) for r in asked(result, "converge", "transition-paths", "b")}
    assert paths == set(years), paths
    wrong = dict(value)
    wrong["b", "KEN", 2006] = 20.0
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{k},{y},{s},{x!r}\n" for (s, k, y), x in wrong.items()))
    text = rift("run", work / "study.yaml", "-q", "-o", work / "no", code=1)
    assert "'b' has 1 values of 2006, which is no year of its 'survey'" in text, text
    ended = {k: x for k, x in value.items() if k[0] != "c" or k[2] <= 2016 or k[1] in COUNTRIES[:9]}
    found = {int(r["year"]): int(r["n_countries"]) for r in asked(run(work, ended), "divide", "inequality", "c",
                                                                   "--measures", "gini")}
    assert found[2016] == len(COUNTRIES) and found[2017] == found[2019] == 9, found
    assert "in 2016 (95" in told(run(work, ended), "divide", "inequality", "c")


def story(work):
    """The gap between groups is told of years that compare."""
    result = run(work, values(), a=", comparable: {breaks: [2012]}", b=f", comparable: {{relative: edition, survey: {list(SURVEY)}}}",
                 study="groups: [{code: g, name: G, column: g}]\ndivide: {series: [a, b, c], measures: [gini], replicates: 10}\n")
    gap = {r["variable"]: (r["year_first"], r["year_last"]) for r in rows(rift("export", result, "readings")) if r["kind"] == "gap"}
    assert gap == {"a": ("2012", "2019"), "c": ("2004", "2019")}, gap
    claims = {r["variable"]: r for r in rows(rift("export", result, "claims")) if r["kind"] == "gap"}
    assert claims["b"]["standing"] == "withheld" and "against its own best" in claims["b"]["reason"] and not claims["b"]["sentence"]


def sums(work):
    """A share of the world's spread, by hand, over the years that compare."""
    value = values()
    found = asked(run(work, value, a=", comparable: {breaks: [2012]}"), "converge", "sigma", "a")
    spread = {int(r["year"]): number(r["spread"]) for r in found if r["scale"] == "level"}
    assert set(spread) == set(range(2012, LAST + 1))
    for y, x in spread.items():
        numpy.testing.assert_allclose(x, numpy.std([value["a", c, y] for c in COUNTRIES]), rtol=1e-12)


def balanced(work):
    """Of a study that wants the same countries throughout, every part leaves out who lacks a year."""
    value = {k: x for k, x in values().items() if not (k[0] == "a" and (k[1], k[2]) == (COUNTRIES[0], 2010))}
    blocks = ("groups: [{code: g, name: G, column: g}]\n"
              "divide: {sample: balanced, series: [a], measures: [gini], replicates: 10}\nconverge: {series: [a]}\n")
    result = run(work, value, study=blocks)
    n = len(COUNTRIES) - 1
    for command, tables in (("divide", ("inequality", "levels", "split", "concentration", "density")), ("converge", ("sigma", "sigma-trend", "beta"))):
        for table in tables:
            found = {int(r["n_countries"]) for r in asked(result, command, table, "a") if r.get("n_countries")}
            assert found <= {n} or table == "concentration", (table, found)
    for table in ("gaps", "time-distance", "catch-up-time"):
        command = "divide" if table == "gaps" else "converge"
        assert COUNTRIES[0] not in {r.get("country") or r.get("unit_name") for r in asked(result, command, table, "a")}, table
    assert f"Of a the {n} countries with a value in every year are looked at" in told(result, "converge", "sigma", "a")
    found = {(r["kind"], r["n_countries"]) for r in rows(rift("export", result, "readings")) if r["kind"] in ("gap", "inequality", "path")}
    assert found and {int(x) for _, x in found} == {n}, found
    done = run(work, value, study=blocks.replace("sample: balanced", "sample: available"))
    assert {int(r["n_countries"]) for r in asked(done, "divide", "inequality", "a")} == {n, n + 1}


def flagged(work, form="tidy"):
    """A break that the provider flags is of one country: its earlier values are in no comparison, those of others are."""
    value = values()
    mark = {("a", "KEN"): 2010, ("a", "NER"): 2007, ("a", "SEN"): FIRST, ("c", "MLI"): 2015}
    flags = {(s, c, y): "B" for (s, c), y in mark.items()} | {("a", "NER", 2006): "B", ("a", "GHA", 2009): "E"}
    result = run(work, value, flags=flags, form=form)
    cut = {k: x for k, x in value.items() if k[2] >= mark.get(k[:2], FIRST)}
    without = run(work / "cut", cut, form=form)
    plain = run(work / "plain", value, form=form)
    for command, table in (("converge", "sigma"), ("converge", "sigma-trend"), ("converge", "beta"), ("converge", "mobility"),
                           ("converge", "clubs"), ("converge", "rank-mobility"), ("divide", "levels"),
                           ("forecast", "curves"), ("divide", "inequality")):
        found = asked(result, command, table, "a")
        assert found == asked(without, command, table, "a") != asked(plain, command, table, "a"), (command, table)
        if table != "curves":
            assert ("Of a, 2 countries have a break of their own, flagged by the provider: they are compared from it on."
                    in told(result, command, table, "a")), (table, told(result, command, table, "a"))
    assert "Of c, 1 country has a break of its own, flagged by the provider: it is compared from it on." in told(
        result, "converge", "beta", "c")
    assert "break" not in told(plain, "converge", "beta", "a")
    spread = {int(r["year"]): r for r in asked(result, "converge", "sigma", "a") if r["scale"] == "level"}
    assert spread, "no spread"
    for y, row in spread.items():  # by hand, of the countries that can be followed: without KEN and NER
        followed = [c for c in COUNTRIES if ("a", c) not in mark or mark["a", c] == FIRST]
        numpy.testing.assert_allclose(number(row["spread"]), numpy.std([value["a", c, y] for c in followed]), rtol=1e-12)


def flagged_scores(work):
    """Scores keep such years; the share of the weight is told, by hand: 2 of 34 countries in a tenth, 1 in eight tenths."""
    value = values()
    flags = {("a", "KEN", 2010): "B", ("a", "NER", 2007): "B", ("c", "MLI", 2015): "B"}
    result, plain = run(work, value, flags=flags), run(work / "plain", value)
    assert asked(result, "converge", "beta", "total") == asked(plain, "converge", "beta", "total")
    share = 100 * (0.1 * 2 + 0.8 * 1) / len(COUNTRIES)
    said = told(result, "converge", "beta", "total")
    assert f"Of total, {share:.1f} % of the weight, on average over countries, is of series with a break of the country's own" in said, said
    more = run(work / "more", value, flags=flags | {("c", c, 2015): "B" for c in COUNTRIES[-4:]})
    share = 100 * (0.1 * 2 + 0.8 * 5) / len(COUNTRIES)
    assert 10 < share < 13 and f"Of total, {share:.0f} % of the weight" in told(more, "converge", "beta", "total"), share
    ignored = run(work / "ignored", value, flags=flags, a=", comparable: {flags: ignore}", c=", comparable: {flags: ignore}")
    for s in ("a", "c", "total"):
        assert asked(ignored, "converge", "beta", s) == asked(plain, "converge", "beta", s), s
        assert "flagged" not in told(ignored, "converge", "beta", s)
    both = run(work / "both", value, flags=flags, a=", comparable: {breaks: [2012]}")  # the series' own break comes later
    assert "flagged" not in told(both, "converge", "beta", "a")
    one = rift("divide", result, "inequality", "--series", "a", "--year", "2010").split("\n\n")[1]
    assert "flagged" not in one, one


def flagged_sdmx(work):
    flagged(work, "sdmx")


def refused(work):
    value = values()
    for said, words in (("{breaks: [2012, 2008]}", "'breaks' is a list of years, each after the one before"),
                        ("{breaks: [2012.5]}", "'breaks' is a list of years"), ("{relative: yes}", "edition"),
                        ("{flags: heed}", "ignore"), ("{since: 2012}", "since")):
        run(work, value)
        text = (work / "index.yaml").read_text()
        (work / "index.yaml").write_text(text.replace("{code: a,", f"{{code: a, comparable: {said},"))
        assert words in rift("run", work / "study.yaml", "-q", "-o", work / "no", code=1), said


def main():
    tests = [breaks, editions, definitions, surveys, story, sums, balanced, flagged, flagged_sdmx, flagged_scores, refused]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder) / "w")
    passed(len(tests))


main()
