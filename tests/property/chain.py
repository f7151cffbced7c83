# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every index: observed cells are never touched by imputation; scores do not
depend on the order of countries, rows and files; they rise with each indicator where the
method promises it; a common factor on weights changes nothing. And what the chain does with
messy data, where others are known to go wrong."""
import csv
import itertools
import pathlib
import random
import subprocess
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, number, passed, rift, rows

COUNTRIES = ["AUT", "BEL", "CHN", "DEU", "ETH", "FRA", "GHA", "HUN", "IND", "JPN", "KEN", "LAO",
             "MEX", "NER", "OMN", "PAK"]
YEARS = range(2015, 2021)
SERIES = ["a", "b", "c", "d", "e", "f"]


def made_up(seed=1, gaps=0.25):
    draw = random.Random(seed)
    table = {}
    for i, country in enumerate(COUNTRIES):
        level = draw.uniform(10, 60)
        for year, series in itertools.product(YEARS, SERIES):
            x = level + draw.uniform(0, 30) + 2 * (year - 2015)
            if draw.random() >= gaps:
                table[country, year, series] = round(x, 3)
    return table


def write(path, table, order=None):
    cells = list(table.items())
    if order is not None:
        random.Random(order).shuffle(cells)
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["country", "year", "indicator", "value"])
        writer.writerows([c, y, s, x] for (c, y, s), x in cells)
    return path


def index(work, name="index.yaml", head="normalisation: min-max\nscope: pooled\n",
          node="", weights=(1, 2, 3), series="goalposts: {low: 0, high: 120}"):
    listed = "".join(f"  - {{code: {s}, {series}}}\n" for s in SERIES)
    w = weights
    (work / name).write_text(
        f"code: made-up\nbest_score: 100\n{head}series:\n{listed}nodes:\n"
        f"  - code: total\n    minimum_coverage: 0\n{node}    children:\n"
        f"      - {{node: n, weight: {w[0]}}}\n      - {{node: m, weight: {w[1]}}}\n"
        f"  - code: n\n    minimum_coverage: 0\n{node}    children:\n"
        f"      - {{series: a, weight: {w[0]}}}\n      - {{series: b, weight: {w[1]}}}\n"
        f"      - {{series: c, weight: {w[2]}}}\n"
        f"  - code: m\n    minimum_coverage: 0\n{node}    children:\n"
        f"      - {{series: d, weight: {w[2]}}}\n      - {{series: e, weight: {w[1]}}}\n"
        f"      - {{series: f, weight: {w[0]}}}\n")
    return work / name


def score(definition, *data, options=()):
    text = rift("score", definition, "--data", *data, *options)
    return {(r["country"], int(r["year"]), r["node"]): number(r["value"]) if r["value"] else None
            for r in rows(text)}


def study(work, definition, data, extra=""):
    """Run a study on the data; the result file, opened."""
    (work / "countries.csv").write_text("country,name,half\n" + "".join(
        f"{c},{c},{'first' if i % 2 else 'second'}\n" for i, c in enumerate(COUNTRIES)))
    (work / "study.yaml").write_text(
        f"code: made-up\ntitle: Made up\nyears: {{first: 2015, last: 2020}}\n"
        f"sources: [{data.name}]\ncountries: {{file: countries.csv}}\n"
        f"groups: [{{code: half, name: Half, column: half}}]\n"
        f"index: {definition.name}\nreport: false\n{extra}")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return h5py.File(work / "out" / "made-up.h5")


IMPUTATIONS = ["latest", "{method: latest, maximum_age: 1}", "linear",
               "{method: linear, extrapolate: constant}", "mean", "median",
               "{method: mean, group: half}", "within-parent", "{method: regression, on: [a]}",
               "em", "{method: nearest, neighbours: 3}",
               "[{method: latest, maximum_age: 1}, linear, {method: median, group: half}]"]


def observed_cells(work):
    table = made_up()
    data = write(work / "data.csv", table)
    for method in IMPUTATIONS:
        definition = index(work, head=f"normalisation: min-max\nscope: pooled\nimputation: {method}\n")
        with study(work, definition, data) as out:
            series = [t.decode() for t in out["series"]]
            used, origin = out["input"][()], out["input_origin"][()]
            error, normalised = out["input_error"][()], out["normalised"][()]
            filled = 0
            for s, t, c in itertools.product(range(6), range(6), range(len(COUNTRIES))):
                x = table.get((COUNTRIES[c], 2015 + t, series[s]))
                if x is not None:
                    assert used[s, t, c] == x and origin[s, t, c] == 1, (method, s, t, c)
                    assert numpy.isnan(error[s, t, c])
                else:
                    assert origin[s, t, c] != 1, (method, s, t, c)
                    filled += origin[s, t, c] > 1
                    assert (origin[s, t, c] > 1) == (not numpy.isnan(normalised[s, t, c]))
            assert filled > 0, method
            told = rows(rift("export", work / "out", "imputed"))
            assert len(told) == filled, (method, len(told), filled)
    return len(IMPUTATIONS)


CHAINS = ["normalisation: min-max\n", "normalisation: z-score\n", "normalisation: percentile-rank\n",
          "normalisation: min-max\nscope: pooled\nimputation: em\n",
          "normalisation: borda\nimputation: {method: nearest, neighbours: 2}\n",
          "normalisation: min-max\ntreatment: {method: winsorise, skewness: 0.2, kurtosis: -2}\n",
          "normalisation: min-max\nweighting: pca\n", "normalisation: min-max\nweighting: correlation\n",
          "normalisation: rank\naggregation: kemeny\n", "normalisation: rank\naggregation: copeland\n",
          "normalisation: min-max\naggregation: benefit-of-the-doubt\n"]


def order_of_input(work):
    """Rows in another order, and the same rows in two files, named so that they are read the
    other way round: the same bytes."""
    table = made_up(2)
    one = write(work / "one.csv", table)
    other = write(work / "other.csv", table, order=7)
    half = {k: v for k, v in table.items() if k[0] < "G"}
    rest = {k: v for k, v in table.items() if k not in half}
    parts = [write(work / "z.csv", half), write(work / "y.csv", rest, order=3)]
    for head in CHAINS:
        definition = index(work, head=head)
        first = rift("score", definition, "--data", one)
        assert rift("score", definition, "--data", other) == first, head
        assert rift("score", definition, "--data", *parts) == first, head
        assert rift("score", definition, "--data", *reversed(parts)) == first, head


def factor_on_weights(work):
    """Weights times 7, or a quarter of them: the same score to the last bits."""
    data = write(work / "data.csv", made_up(3))
    for method in ["arithmetic", "geometric", "harmonic", "{method: generalised, power: 0.5}",
                   "weighted-median", "{method: mean-min, alpha: 0.5, beta: 1}", "copeland",
                   "mazziotta-pareto", "wroclaw"]:
        found = []
        for w in [(1, 2, 3), (7, 14, 21), (0.25, 0.5, 0.75)]:
            head = "normalisation: goalposts\n" + f"aggregation: {method}\n"
            found.append(score(index(work, head=head, weights=w), data))
        for key, x in found[0].items():
            for other in found[1:]:
                assert (x is None) == (other[key] is None), (method, key)
                assert x is None or abs(x - other[key]) <= 1e-12 * max(1, abs(x)), (method, key)


MONOTONE = ["arithmetic", "geometric", "harmonic", "{method: generalised, power: 2}", "minimum",
            "median", "weighted-median", "{method: owa, order_weights: [3, 2, 1]}",
            "{method: mean-min, alpha: 1, beta: 0}", "copeland", "benefit-of-the-doubt",
            "{method: benefit-of-the-doubt, shares: {low: 0.1, high: 0.6}}"]
RISING = ["goalposts", "min-max", "z-score", "rank", "percentile-rank", "borda",
          "distance-to-best", "{method: distance-to-target, target: 200}", "fraction-of-best",
          "{method: bands, bands: [20, 40, 60, 80]}"]


def monotone(work):
    """One indicator of one country is raised: its own score does not fall."""
    base = made_up(4, gaps=0)
    draw = random.Random(5)
    cases = [("normalisation: goalposts\n", m) for m in MONOTONE]
    cases += [(f"normalisation: {n}\n", "arithmetic") for n in RISING]
    one = write(work / "data.csv", base)
    for head, method in cases:
        owa = "order_weights" in method
        node = "" if owa else f"    aggregation: {method}\n"
        definition = index(work, head=head, node=node)
        if owa:  # only nodes of three children
            text = definition.read_text()
            definition.write_text(text.replace(
                "code: n\n", f"code: n\n    aggregation: {method}\n"))
        before = score(definition, one, options=("--year", 2020))
        for _ in range(3):
            country, series = draw.choice(COUNTRIES), draw.choice(SERIES)
            raised = dict(base)
            raised[country, 2020, series] += draw.uniform(0.5, 25)
            after = score(definition, write(work / "raised.csv", raised),
                          options=("--year", 2020))
            for node in ["total", "n", "m", series]:
                key = country, 2020, node
                assert after[key] >= before[key] - 1e-9, (head, method, key, before[key],
                                                          after[key])


def screening(work):
    table = made_up(6, gaps=0.1)
    for series in SERIES:
        table.pop(("NER", 2018, series), None)
        for year in YEARS:
            table["OMN", year, series] = 0
    data = write(work / "data.csv", table)
    head = ("normalisation: min-max\nscope: pooled\nscreening: {country: 0.5, nonzero: 0.4, "
            "exclude: [PAK], include: [OMN]}\n")
    with study(work, index(work, head=head), data) as out:
        why = out["exclusion"][()]
        at = {c: i for i, c in enumerate(COUNTRIES)}
        assert why[3, at["NER"]] == 4 and why[2, at["NER"]] == 0
        assert set(why[:, at["PAK"]]) == {6} and set(why[:, at["OMN"]]) == {0}
        assert numpy.isnan(out["input"][:, :, at["PAK"]]).all()
    told = rows(rift("export", work / "out", "screening"))
    assert {(r["code"], r["year"], r["reason"]) for r in told} >= {
        ("NER", "2018", "screened out: too few series"), ("PAK", "2015", "excluded by name")}
    head = head.replace(", include: [OMN]", ", balanced: true")
    with study(work, index(work, head=head), data) as out:
        why = out["exclusion"][()]
        assert set(why[:, at["OMN"]]) == {5}
        assert why[3, at["NER"]] == 4 and why[0, at["NER"]] == 7
    for code, words in [("ZZZ", "unknown country 'ZZZ'"), ("ISL", "'ISL' is not a country of the data")]:
        assert words in rift("score", index(work, head=f"normalisation: min-max\nscreening: {{exclude: [{code}]}}\n"),
                             "--data", data, code=1)
    # a series for too few countries takes no part, and its siblings share its weight
    thin = {k: v for k, v in made_up(6, gaps=0).items() if k[2] != "c" or k[0] < "C"}
    head = "normalisation: goalposts\nscreening: {series: 0.5}\n"
    with study(work, index(work, head=head), write(work / "data.csv", thin)) as out:
        nodes = [t.decode() for t in out["node"]]
        share = dict(zip(nodes, out["weight_used"][()]))
        assert list(out["series_screened_out"][()]) == [0, 0, 1, 0, 0, 0]
        assert numpy.isnan(share["c"]) and abs(share["b"] - 2 / 3) < 1e-15
        score_n = out["score"][nodes.index("n"), 0, :]
        a, b = (out["score"][nodes.index(s), 0, :] for s in "ab")
        assert numpy.allclose(score_n, (a + 2 * b) / 3, rtol=1e-14)


def where_others_err(work):
    """A constant series is an error and does not vanish; forced winsorising has an effect; a
    gap drops no country from principal components; a generalised mean takes what is there; a
    rule for one series alone is a rule for it alone."""
    table = made_up(7, gaps=0.1)
    same = {k: (5 if k[2] == "e" else v) for k, v in table.items()}
    text = rift("score", index(work), "--data", write(work / "data.csv", same), code=1)
    assert "'e' cannot be scored by min-max" in text and "values are constant" in text
    data = write(work / "data.csv", table)
    forced = index(work, head="normalisation: min-max\nscope: pooled\n"
                              "treatment: {method: winsorise, force: 2}\n")
    with study(work, forced, data) as out:
        done = out["treatment_raised"][:, 0] + out["treatment_lowered"][:, 0]
        assert (done >= 2).all(), done
        treated, used = out["treated"][()], out["input"][()]
        assert ((treated != used) & ~numpy.isnan(used)).sum() >= 12
    with study(work, index(work, head="normalisation: min-max\nweighting: pca\n"), data) as out:
        cells = dict(zip([t.decode() for t in out["node"]], out["weighing_cells"]))
        assert cells["n"] > 30, cells  # complete cells of all years, not complete countries
    mean = score(index(work, head="normalisation: goalposts\n",
                       node="    aggregation: {method: generalised, power: 2}\n"), data)
    assert all(x is not None for (c, y, node), x in mean.items() if node == "total")
    own = index(work, series="normalisation: percentile-rank")
    definition = own.read_text().replace("{code: b, normalisation: percentile-rank}",
                                         "{code: b, polarity: lower-is-better}")
    own.write_text(definition)
    found = score(own, write(work / "data.csv", made_up(7, gaps=0)), options=("--year", 2020))
    b = {c: made_up(7, gaps=0)[c, 2020, "b"] for c in COUNTRIES}
    worst = max(b, key=b.get)
    assert found[worst, 2020, "b"] == min(found[c, 2020, "b"] for c in COUNTRIES)
    rank = sorted(COUNTRIES, key=lambda c: made_up(7, gaps=0)[c, 2020, "a"])
    assert found[rank[-1], 2020, "a"] > found[rank[0], 2020, "a"]


def settings(work):
    """What a method does not take is an error, and so is what it lacks."""
    data = write(work / "data.csv", made_up(8, gaps=0))
    wrong = [("aggregation: {method: arithmetic, power: 2}", "'power' has no effect on arithmetic"),
             ("aggregation: generalised", "generalised needs 'power'"),
             ("aggregation: {method: owa, order_weights: [1, 2]}", "3 children, but 2 order weights"),
             ("treatment: {method: winsorise, force: 9}", "'force' 9 is above 'limit' 5"),
             ("treatment: log", "which the treatment log changes"),
             ("imputation: {method: mean, group: nowhere}", "no grouping 'nowhere'"),
             ("imputation: {method: regression, on: [zz]}", "no data file has a value of the series 'zz'"),
             ("weighting: {method: budget, votes: none.csv}", "cannot be read"),
             ("imputation: lineal", "did you mean 'linear'"),
             ("worst_score: 200", "'worst_score' 200 must be below 'best_score' 100")]
    for line, words in wrong:
        text = rift("score", index(work, head=f"normalisation: goalposts\n{line}\n"), "--data",
                    data, code=1)
        assert words in text, (line, text)
    table = made_up(8, gaps=0)
    leader = max(COUNTRIES, key=lambda c: sum(x for k, x in table.items() if k[0] == c))
    text = rift("score", index(work, head="normalisation: {method: distance-to-reference, "
                                          f"reference: {leader}}}\n"), "--data", data)
    top = {r["node"]: float(r["value"]) for r in rows(text)
           if r["country"] == leader and r["year"] == "2020"}
    assert all(abs(x - 100) < 1e-9 for x in top.values()), top
    assert "has no target" in rift("score", index(work, head="normalisation: distance-to-target\n"),
                                   "--data", data, code=1)


def budget(work):
    (work / "votes.csv").write_text("expert,a,b,c,d,e,f,n,m\nAda,10,30,60,1,1,2,1,1\n"
                                    "Ben,5,5,10,1,1,2,3,1\n")
    definition = index(work, head="normalisation: goalposts\n"
                                  "weighting: {method: budget, votes: votes.csv}\n")
    with study(work, definition, write(work / "data.csv", made_up(9, gaps=0))) as out:
        share = dict(zip([t.decode() for t in out["node"]], out["weight_used"][()]))
    for node, expected in [("a", (0.1 + 0.25) / 2), ("b", (0.3 + 0.25) / 2), ("n", 0.625)]:
        assert abs(share[node] - expected) < 1e-15, (node, share[node])
    table = {r["node"]: r for r in rows(rift("export", work / "out", "weights"))}
    assert abs(float(table["a"]["votes_sd"]) - 0.15 / 2 ** 0.5) < 1e-15
    assert table["a"]["n_experts"] == "2" and table["a"]["weight"] == "1"
    # a series that is screened out leaves its points to the others
    screened = index(work, head="normalisation: goalposts\nscreening: {series: 0.5}\n"
                                "weighting: {method: budget, votes: votes.csv}\n")
    few = {k: v for k, v in made_up(9, gaps=0).items() if k[2] != "b" or k[0] == COUNTRIES[0]}
    with study(work, screened, write(work / "data.csv", few)) as out:
        share = dict(zip([t.decode() for t in out["node"]], out["weight_used"][()]))
    assert abs(share["a"] - 0.175 / 0.725) < 1e-12 and abs(share["c"] - 0.55 / 0.725) < 1e-12, share
    definition = index(work, head="normalisation: goalposts\n"
                                  "weighting: {method: budget, votes: votes.csv}\n")
    (work / "votes.csv").write_text("expert,a,b,d,e,f,n,m\nAda,10,-3,1,1,2,1,1\nBen,x,5,1,1,2,3,1\n")
    text = rift("check", definition, code=1)
    assert "votes.csv:1:1: error: there is no column 'c'" in text, text
    (work / "votes.csv").write_text("expert,a,b,c,d,e,f,n,m\nAda,10,-3,1,1,1,2,1,1\nBen,x,5,1,1,1,2,3,1\n")
    text = rift("check", definition, code=1)
    assert "votes.csv:2:8: error: '-3' is not a vote" in text, text
    assert "votes.csv:3:5: error: 'x' is not a vote" in text, text


def rates_and_shares(work):
    """Shares of the world sum to 1, of a rate times its base too."""
    (work / "index.yaml").write_text(
        "code: shares\nnormalisation: min-max\nseries:\n"
        "  - {code: a, denomination: world-share}\n"
        "  - {code: b, denomination: rate-world-share, denominator: c}\n"
        "  - {code: c}\n  - {code: d, denomination: representation, denominator: c}\n"
        "nodes:\n  - {code: total, children: [a, b, d]}\n")
    table = made_up(10, gaps=0)
    with study(work, work / "index.yaml", write(work / "data.csv", table)) as out:
        used = out["input"][()]
        assert numpy.allclose(used[:2].sum(axis=2), 1, rtol=1e-14)
        c = numpy.array([[table[k, y, "c"] for k in COUNTRIES] for y in YEARS])
        weighted = (used[2] * c).sum(axis=1) / c.sum(axis=1)
        assert numpy.allclose(weighted, 1, rtol=1e-14)


def by_hand(work):
    """A layer turned round, a layer rescaled to 1..10, gaps filled by the siblings' scores, and
    pooled scores against those of a year."""
    (work / "index.yaml").write_text(
        "code: hand\nnormalisation: goalposts\nbest_score: 100\nseries:\n"
        "  - {code: a, goalposts: {low: 0, high: 100}}\n"
        "  - {code: b, goalposts: {low: 0, high: 100}, imputation: within-parent}\n"
        "  - {code: c, goalposts: {low: 0, high: 50}}\n"
        "  - {code: d, normalisation: min-max}\n"
        "nodes:\n  - {code: total, children: [good, bad, scaled]}\n"
        "  - {code: good, children: [a, b]}\n"
        "  - {code: bad, polarity: lower-is-better, children: [c]}\n"
        "  - {code: scaled, rescale: {low: 1, high: 10}, children: [d]}\n")
    values = {("AUT", 2019): (80, 40, 10, 7), ("AUT", 2020): (90, None, 20, 8),
              ("BEL", 2019): (20, 60, 40, 5), ("BEL", 2020): (30, 50, 30, 2),
              ("CHN", 2019): (50, 50, 25, 6), ("CHN", 2020): (60, 70, 50, 4)}
    table = {(c, y, s): x for (c, y), row in values.items() for s, x in zip("abcd", row)
             if x is not None}
    data = write(work / "data.csv", table)
    found = score(work / "index.yaml", data)
    expected = {("AUT", 2020, "b"): 90,          # the mean of its siblings' scores
                ("AUT", 2020, "good"): 90, ("AUT", 2020, "c"): 40, ("AUT", 2020, "bad"): 60,
                ("BEL", 2020, "d"): 0, ("CHN", 2020, "d"): 100 / 3, ("AUT", 2020, "d"): 100,
                ("CHN", 2020, "scaled"): 4, ("BEL", 2020, "scaled"): 1,
                ("AUT", 2020, "scaled"): 10, ("CHN", 2020, "total"): (65 + 0 + 4) / 3}
    for key, x in expected.items():
        assert abs(found[key] - x) < 1e-12, (key, found[key], x)
    text = (work / "index.yaml").read_text().replace("best_score: 100", "best_score: 100\nscope: pooled")
    (work / "index.yaml").write_text(text)
    pooled = score(work / "index.yaml", data)
    for (c, y), row in values.items():  # 2 to 8 over both years
        assert abs(pooled[c, y, "d"] - 100 * (row[3] - 2) / 6) < 1e-12, (c, y)


def joint_or_alone(work):
    """Gaps of all series filled by EM at once, and each by its own step: the same."""
    data = write(work / "data.csv", made_up(11))
    head = "normalisation: min-max\nscope: pooled\n"
    at_once = rift("score", index(work, head=head + "imputation: em\n"), "--data", data)
    alone = rift("score", index(work, head=head, series="imputation: em"), "--data", data)
    a, b = ({(r["country"], r["year"], r["node"]): number(r["value"]) for r in rows(text)
             if r["value"]} for text in (at_once, alone))
    assert a.keys() == b.keys() and max(abs(a[k] - b[k]) for k in a) < 1e-9


STEPS = ["denominate", "carry", "screen", "impute", "transform", "treat", "normalise", "aggregate",
         "exclude", "rank"]


def steps(work):
    """The usual order, said, changes nothing; another does what it says, and one that cannot
    be is an error at its line."""
    data = write(work / "data.csv", made_up(3))
    head = ("normalisation: min-max\nscope: pooled\nimputation: mean\n"
            "treatment: {method: percentiles, low: 20, high: 80}\n")

    def ordered(names):
        return head + f"steps: [{', '.join(names)}]\n"
    usual = rift("score", index(work, head=head), "--data", data)
    assert rift("score", index(work, head=ordered(STEPS)), "--data", data) == usual
    without = [s for s in STEPS if s not in ("carry", "screen", "transform")]
    assert rift("score", index(work, head=ordered(without)), "--data", data) == usual
    late = [s for s in STEPS if s != "impute"]
    late.insert(late.index("treat") + 1, "impute")
    with study(work, index(work, head=ordered(late)), data) as out:
        treated, origin = out["treated"][()], out["input_origin"][()]
        assert numpy.isnan(out["input"][()][origin == 4]).all() and (origin == 4).any()
        for s, t in itertools.product(range(len(SERIES)), range(len(YEARS))):
            seen = treated[s, t][origin[s, t] == 1]
            filled = treated[s, t][origin[s, t] == 4]
            assert numpy.allclose(filled, seen.mean(), rtol=1e-12, atol=0), (s, t)
    for names, words in [
            (STEPS[1:], "'carry' reads values, which no step before it writes"),
            ([*STEPS[:6], "aggregate", "normalise", *STEPS[8:]],
             "'aggregate' reads normalised values, which no step before it writes"),
            ([*STEPS[:3], *STEPS[4:7], "impute", *STEPS[7:]],
             "'impute' changes values, which 'normalise' has already used"),
            ([s for s in STEPS if s != "treat"], "the step 'treat' (outliers are treated) is missing"),
            ([s for s in STEPS if s != "rank"], "the step 'rank' (scores are ranked) is missing"),
            ([*STEPS[:-2], "rank", "exclude"], "'exclude' changes scores, which 'rank' has already used"),
            ([*STEPS, "carry"], "the step 'carry' appears twice"),
            (["denominate", "imputed"], "unknown step 'imputed'; did you mean 'impute'?"),
            (["soup"], "unknown step 'soup'; the steps are denominate, carry")]:
        text = rift("score", index(work, head=ordered(names)), "--data", data, code=1)
        assert words in text and "index.yaml:7:8" in text, (names, text)


def refusals(work):
    """An error names the series, the country, the year and the value."""
    table = made_up(5, gaps=0)
    table["KEN", 2018, "e"] = -3.5
    data = write(work / "data.csv", table)
    value = "KEN has -3.5 in 2018, which it does not take"
    for head, words in [
            ("normalisation: min-max\ntreatment: log\n", f"'e' cannot be treated by log: {value}"),
            ("normalisation: min-max\nscope: pooled\ntreatment: box-cox\n",
             f"'e' cannot be treated by box-cox: {value}"),
            ("normalisation: none\n", f"'e' cannot be scored by none: {value} (it takes scores from"),
            ("normalisation: {method: scaled-z-score, mean: 1}\naggregation: geometric\n",
             "which it does not take (it takes scores of 0 and above)"),
            ("normalisation: goalposts\nclip: false\naggregation: geometric\n",
             "'m' cannot be aggregated by geometric: KEN has -2.91667 of 'e' in 2018, which it does not take "
             "(it takes scores of 0 and above)"),
            ("normalisation: goalposts\nclip: false\nweighting: entropy\n",
             "'m' cannot be weighed by entropy: KEN has -2.91667 of 'e' in 2018, which it does not take")]:
        text = rift("score", index(work, head=head), "--data", data, code=1)
        assert words in text and "index.yaml:" in text, (head, text)
    text = rift("score", index(work, series="normalisation: fraction-of-best, polarity: lower-is-better"),
                "--data", data, code=1)
    assert f"'e' cannot be scored by fraction-of-best: {value} (it takes values" in text, text
    for country, year in itertools.product(COUNTRIES, YEARS):
        table[country, year, "f"] = 7
    write(data, table)
    for head, words in [
            ("weighting: critic\n", "'m' cannot be weighed by critic: 'f': the values are constant"),
            ("aggregation: mazziotta-pareto\n",
             "'m' cannot be aggregated by mazziotta-pareto in 2015: 'f': the values are constant")]:
        text = rift("score", index(work, head="normalisation: goalposts\n" + head), "--data", data, code=1)
        assert words in text, (head, text)
    definition = index(work, head="normalisation: goalposts\n",
                       series="goalposts: {low: 1, high: 120}, transformation: log")
    for country, words in [("KEN", "1 value of 'e' has no log and counts as missing: -3.5, of KEN in 2018"),
                           ("LAO", "2 values of 'e' have no log and count as missing; the first is -3.5, "
                                   "of KEN in 2018")]:
        table[country, 2018, "e"] = -3.5
        write(data, table)
        done = subprocess.run([RIFT, "score", definition, "--data", data], capture_output=True, text=True)
        assert done.returncode == 0 and words in done.stderr, done.stderr


def main():
    tests = [observed_cells, order_of_input, factor_on_weights, monotone, screening,
             where_others_err, settings, budget, rates_and_shares,
             by_hand, joint_or_alone, steps, refusals]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder))
    passed(len(tests))


main()
