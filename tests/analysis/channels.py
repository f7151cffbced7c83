# SPDX-License-Identifier: GPL-3.0-or-later
"""Channels: what is planted in made panels is found and nothing else, coefficients are those of
regressions on dummies, exposures follow a file of links, and what is wrong in it is said at its place."""
import math
import pathlib
import random
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows

YEARS = range(2000, 2013)
RICH = [f"R{i:02}" for i in range(20)]
POOR = [f"P{i:02}" for i in range(24)]


def panel(home, abroad, seed=1):
    """Gaps at home of the rich, weights, and a channel that follows: home and abroad in percent a point."""
    draw = random.Random(seed)
    women, men, channel = {}, {}, {c: {} for c in RICH + POOR}
    gap = {c: {} for c in RICH}
    for c in RICH:
        now = 20.0
        for y in YEARS:
            now += draw.gauss(-0.2, 1.0)
            gap[c][y] = now
        women[c], men[c] = ({y: round(60 + s * g / 2, 9) for y, g in gap[c].items()} for s in (-1, 1))
    weight = {j: {i: draw.random() ** 3 for i in RICH} for j in POOR}
    for c in RICH + POOR:
        level = math.exp(draw.gauss(4, 1))
        for y in YEARS:
            if y > YEARS[0]:
                growth = 2 + draw.gauss(0, 1.0)
                if c in gap:
                    growth += home * (gap[c][y - 1] - gap[c][y])
                else:
                    total = sum(weight[c].values())
                    growth += abroad * sum(w * (gap[i][y - 1] - gap[i][y]) for i, w in weight[c].items()) / total
                level *= math.exp(growth / 100)
            channel[c][y] = level
    return women, men, channel, weight


def study(work, women, men, channel, block=""):
    lines = ["country,year,indicator,value"]
    for series, of in (("F", women), ("M", men), ("INV", channel), ("x", {c: {y: 50.0 for y in YEARS} for c in channel})):
        lines += [f"{c},{y},{series},{v!r}" for c, path in of.items() for y, v in path.items()]
    (work / "data.csv").write_text("\n".join(lines) + "\n")
    (work / "c.yaml").write_text("series:\n" + "".join(
        f"  - {{code: {s}, unit: '% of population', goalposts: {{low: 0, high: 100}}}}\n" for s in ("F", "M", "x"))
        + "  - {code: INV, name: Investment, unit: dollars}\n")
    (work / "index.yaml").write_text("code: p\nentities: any\nnormalisation: goalposts\nnodes: [{code: total, children: [x]}]\n")
    (work / "countries.csv").write_text("country,name,income\n" + "".join(
        f"{c},{c},{'High income' if c[0] == 'R' else 'other'}\n" for c in channel))
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: {YEARS[0]}, last: {YEARS[-1]}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: index.yaml\nreport: false\n"
        "groups: [{code: income, column: income}]\n" + block)
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")


def ask(work, *more):
    return rows(rift("paradox", work / "out", "channels", "--pairs", "sex=F/M", "--channels", "INV", "--to", "csv", *more))


def write_links(path, weight, years=(None,)):
    head = "from,to,weight" + (",year" if years[0] else "")
    path.write_text(head + "\n" + "".join(
        f"{i},{j},{w!r}" + (f",{y}" if y else "") + "\n" for y in years for j, of in weight.items() for i, w in of.items()))
    return path


def by_dummies(women, men, channel, model, weight=None, year_effects=True):
    """Coefficient and error clustered by country (by year without effects of years), by numpy."""
    closing = {i: {y: abs(men[i][y - 1] - women[i][y - 1]) - abs(men[i][y] - women[i][y]) for y in YEARS[1:]} for i in RICH}
    data = []
    for y in YEARS[1:]:
        mean = [statistics.fmean(channel[c][t] for c in channel) for t in (y - 1, y)]
        for c in RICH if model == "home" else POOR:
            if model == "home":
                x = closing[c][y]
            elif weight is None:
                x = statistics.fmean(closing[i][y] for i in RICH)
            else:
                own = weight[c] if c in weight else weight[c, y]
                x = sum(w * closing[i][y] for i, w in own.items()) / sum(own.values())
            data.append((c, y, x, 100 * math.log(channel[c][y] / channel[c][y - 1] / (mean[1] / mean[0]))))
    units, times = sorted({d[0] for d in data}), sorted({d[1] for d in data})
    design = numpy.array([[d[2]] + [d[0] == u for u in units] + ([d[1] == t for t in times[1:]] if year_effects else [])
                          for d in data], float)
    y = numpy.array([d[3] for d in data])
    b = numpy.linalg.lstsq(design, y, rcond=None)[0]
    e, bread, meat = y - design @ b, numpy.linalg.inv(design.T @ design), 0
    clusters = units if year_effects else times
    for g in clusters:
        own = [i for i, d in enumerate(data) if d[0 if year_effects else 1] == g]
        s = design[own].T @ e[own]
        meat = meat + numpy.outer(s, s)
    n, k = len(y), 1 + (len(times) if year_effects else len(units))
    scale = len(clusters) / (len(clusters) - 1) * (n - 1) / (n - k)
    return b[0], math.sqrt(scale * (bread @ meat @ bread)[0, 0]), n


def near(a, b, tolerance=1e-7):
    assert abs(float(a) - b) <= tolerance * max(1, abs(b)), (a, b)


def planted(work):
    for home, abroad, words in ((1.0, -3.0, ("gathers", "is drawn away")), (-1.0, 3.0, ("leaves", "spreads")),
                                (0.0, 0.0, ("undecided", "undecided"))):
        women, men, channel, weight = panel(home, abroad)
        study(work, women, men, channel)
        links = write_links(work / "links.csv", weight)
        table = ask(work, "--links", links)
        assert [(r["model"], r["exposure"]) for r in table] == [("home", "own"), ("abroad", "links")]
        for row in table:
            b, se, n = by_dummies(women, men, channel, row["model"], weight)
            near(row["b"], b)
            near(row["standard_error"], se)
            assert int(row["n_values"]) == n and int(row["n_clusters"]) == int(row["n_countries"])
            assert abs(b - (home if row["model"] == "home" else abroad)) < 4 * se, (row, b)
        assert tuple(r["conclusion"] for r in table) == words, table
        # Holm: the smaller p twice, the larger once, and never below the smaller's
        p = sorted(table, key=lambda r: float(r["wild_p_value"]))
        near(p[0]["adjusted_p_value"], min(1, 2 * float(p[0]["wild_p_value"])))
        near(p[1]["adjusted_p_value"], max(float(p[0]["adjusted_p_value"]), float(p[1]["wild_p_value"])))
        said = rift("paradox", work / "out", "channels", "--pairs", "sex=F/M", "--channels", "INV", "--links", links)
        assert said.index("What would count for it") < said.index("Investment")
        assert {1.0: "Growth in Investment was faster where and when the gap at home closed faster",
                -1.0: "Growth in Investment was slower where and when", 0.0: "cannot be decided"}[home] in said


def alike(work):
    """Without links everybody is exposed to the mean, and years are the clusters; equal links leave nothing to tell."""
    women, men, channel, weight = panel(0.0, 0.0, seed=4)
    study(work, women, men, channel)
    row = next(r for r in ask(work) if r["model"] == "abroad")
    b, se, n = by_dummies(women, men, channel, "abroad", year_effects=False)
    near(row["b"], b)
    near(row["standard_error"], se)
    assert row["exposure"] == "alike" and int(row["n_clusters"]) == len(YEARS) - 1
    assert "exposed alike" in rift("paradox", work / "out", "channels", "--pairs", "sex=F/M", "--channels", "INV")
    links = write_links(work / "equal.csv", {j: {i: 1 for i in RICH} for j in POOR})
    assert [r["model"] for r in ask(work, "--links", links)] == ["home"]
    # no channel is named, or no pair is there: no table, and why
    for asked in (("--pairs", "sex=F/M"), ("--channels", "INV")):
        text = rift("paradox", work / "out", "channels", *asked)
        assert "No answer: it takes series of investment" in text and "variable" not in text
        assert "What would count" not in text and "exposed alike" not in text


def years_of_links(work):
    """Weights are of the last year before the change; in a study the file lies beside it, and the result keeps it."""
    women, men, channel, weight = panel(1.0, -3.0, seed=2)
    later = panel(0.0, 0.0, seed=8)[3]
    path = work / "links.csv"
    write_links(path, weight, (1999,))
    lines = "".join(f"{i},{j},{w!r},2006\n" for j, of in later.items() for i, w in of.items())
    path.write_text(path.read_text() + lines)
    study(work, women, men, channel, "paradox: {series: [x], pairs: [{name: sex, lagging: F, leading: M}], "
                                     "channels: [INV], links: links.csv}\n")
    path.unlink()
    of = {(j, y): (weight if y <= 2006 else later)[j] for j in POOR for y in YEARS}
    b, se, _ = by_dummies(women, men, channel, "abroad", of)
    for table in (rows(rift("export", work / "out", "channels")),
                  rows(rift("paradox", work / "out", "channels", "--to", "csv"))):
        row = next(r for r in table if r["model"] == "abroad")
        near(row["b"], b)
        near(row["standard_error"], se)
    # an economy has a row where half of its weight on the high-income ones is of known closings
    for c in RICH[:10]:
        del women[c], men[c]
    study(work, women, men, channel)
    half = {j: {i: 1.0 if k < 10 else 1.5 if j < "P12" else 0.9 for k, i in enumerate(RICH)} for j in POOR}
    for j in POOR:
        half[j][RICH[10 + int(j[1:]) % 10]] *= 1.05 if j < "P12" else 1
    row = next(r for r in ask(work, "--links", write_links(work / "l.csv", half)) if r["model"] == "abroad")
    assert int(row["n_countries"]) == 12, row


def wrong(work):
    """All errors of a file at once, at their cells."""
    women, men, channel, weight = panel(0.0, 0.0)
    study(work, women, men, channel)
    path = work / "bad.csv"

    def say(text, *words, code=1):
        path.write_text(text)
        said = rift("paradox", work / "out", "channels", "--pairs", "sex=F/M", "--channels", "INV", "--links", path, code=code)
        for word in words:
            assert word in said, (word, said)

    say("from,to,weight,year\nR00,P00,-1,2000\nR00,P01,much,2000\nR01,R01,1,2000\nR02,P00,1,soon\n,P00,1,2000\n"
        "R03,P03,1,2000\nR04,P03,1,2000\nR03,P03,2,2000\n",
        "bad.csv:2:9: error: a weight is a number that is not below 0; found '-1'", "bad.csv:3:9: error: a weight",
        "bad.csv:4:5: error: 'R01' is linked to itself", "bad.csv:5:11: error: a year is a whole number",
        "bad.csv:6:1: error: a link needs a country", "bad.csv:9:1: error: the link from 'R03' to 'P03' stands twice, first in line 7")
    say("from,to\nR00,P00\n", "weight")
    say("from,to,weight\n", "no link follows")
    say("from,to,weight\nR00,Q00,1\nZ00,P00,1\n", "bad.csv:2:5: error: unknown country 'Q00'",
        "bad.csv:3:1: error: unknown country 'Z00'", code=2)
    said = rift("paradox", work / "out", "channels", "--channels", "INF", code=2)
    assert "unknown series or node 'INF'; did you mean 'INV'?" in said, said
    (work / "study.yaml").write_text((work / "study.yaml").read_text() + "paradox: {channels: [INF], links: none.csv}\n")
    said = rift("run", work / "study.yaml", "-o", work / "out", "-q", code=1)
    assert "unknown series 'INF'" in said and "'none.csv' cannot be read" in said and "study.yaml:" in said


def main():
    for check in (planted, alike, years_of_links, wrong):
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    passed(4)


main()
