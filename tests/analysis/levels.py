# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit says of the levels of a tree: correlations between any two of them. Numbers
against plain computations here, from the exported scores; the data are made up, with gaps and
ties."""
import itertools
import json
import math
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, number, passed, rift, rows

TREE = {"total": ["P1", "P2", "s9"], "P1": ["M1", "M2"], "M1": ["s1", "s2", "s3"], "M2": ["s4", "s5"],
        "P2": ["s6", "s7", "s8"]}
PARENT = {child: node for node, children in TREE.items() for child in children}
SERIES = [f"s{k}" for k in range(1, 10)]
ABOVE = {x: [] for x in [*PARENT, "total"]}
for x in PARENT:
    at = x
    while at in PARENT:
        at = PARENT[at]
        ABOVE[x].append(at)
COUNTRIES = ("AFG AGO ALB ARE ARG ARM AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BIH BLR BLZ BOL BRA BRN BTN BWA CAF CAN CHE "
             "CHL CHN CIV").split()


def made_up(n, seed=5):
    """Values 0 to 100 that share a little, three of ten rounded so that they are tied."""
    draw = random.Random(seed)
    value = {}
    for c in COUNTRIES[:n]:
        common = draw.uniform(10, 90)
        for k, s in enumerate(SERIES):
            x = min(max(0.6 * common + 0.4 * draw.uniform(0, 100), 1), 99)
            x = 100 - x if s == "s5" else x
            if draw.random() > 0.06:
                value[s, c] = float(round(x, -1)) if k % 3 == 0 else x
    return value


def study(folder, value, more="", index_more="", series_more=None, tree=None, node_more=None):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)

    (folder / "s.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2019, last: 2020}\nsources: [data.csv]\ncountries: {file: countries.csv}\n"
        f"series_files: [c.yaml]\nindex: i.yaml\n{more}charts: []\nreport: false\n")
    (folder / "i.yaml").write_text(
        f"code: i\nnormalisation: goalposts\n{index_more}nodes:\n" + "".join(
            f"  - {{code: {node}, children: [{', '.join(children)}]{(node_more or {}).get(node, '')}}}\n"
            for node, children in (tree or TREE).items()))
    (folder / "c.yaml").write_text("series:\n" + "".join(
        f"  - {{code: {s}, name: Series {s}, unit: '%', goalposts: {{low: 0, high: 100}}, polarity: higher-is-better, "
        f"layer: use, department: none{(series_more or {}).get(s, '')}}}\n"
        for s in dict.fromkeys([*SERIES, *(series_more or {})])))
    (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2020,{s},{x!r}\n" for (s, c), x in value.items()))
    (folder / "countries.csv").write_text("country,name\n" + "".join(f"{c},Land {c}\n" for c in COUNTRIES))
    return folder


def run(folder):
    rift("run", folder / "s.yaml", "-o", folder / "out", "-q", "--no-charts")
    return folder / "out"


def asked(result, table, *options):
    return json.loads(rift("audit", result, table, "--json", *options))[0]["rows"]


def scores_of(result):
    found = {}
    for r in rows(rift("export", result, "scores", "--year", 2020)):
        if r["value"]:
            found.setdefault(r["node"], {})[r["country"]] = number(r["value"])
    return found


def near(found, expected, tolerance=1e-9):
    assert abs(found - expected) <= tolerance, (found, expected)


def middle_ranks(x):
    return [sum(b < a for b in x) + (sum(b == a for b in x) + 1) / 2 for a in x]


def sign(x):
    return (x > 0) - (x < 0)


def kendall_s(x, y):
    return sum(sign(x[i] - x[j]) * sign(y[i] - y[j]) for i in range(len(x)) for j in range(i))


def kendall(x, y):
    pairs = list(itertools.combinations(range(len(x)), 2))
    return kendall_s(x, y) / math.sqrt(sum(x[i] != x[j] for i, j in pairs) * sum(y[i] != y[j] for i, j in pairs))


def t_p(r, n):
    """Two-sided p of r by t with n - 2 degrees: Simpson's rule on the density."""
    if abs(r) >= 1:
        return 0.0
    df = n - 2
    t, m = abs(r) * math.sqrt(df / (1 - r * r)), 20000
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)

    def f(u):
        return c * (1 + u * u / df) ** (-(df + 1) / 2)

    h = t / m
    area = f(0) + f(t) + 4 * sum(f((2 * i + 1) * h) for i in range(m // 2)) + 2 * sum(f(2 * i * h) for i in range(1, m // 2))
    return 1 - 2 * h / 3 * area


def kendall_p(x, y):
    """Kendall (1970): all inversions counted where nothing is tied, else the normal with his variance."""
    n, tied = len(x), [[v.count(u) for u in set(v)] for v in (x, y)]
    if max(map(max, tied)) == 1:
        ways = [1]
        for m in range(2, n + 1):
            ways = [sum(ways[k] for k in range(max(0, i - m + 1), min(i, len(ways) - 1) + 1))
                    for i in range(len(ways) + m - 1)]
        wrong = (n * (n - 1) // 2 - kendall_s(x, y)) // 2
        wrong = min(wrong, n * (n - 1) // 2 - wrong)
        return min(1, 2 * sum(ways[:wrong + 1]) / math.factorial(n))

    def of(f):
        return [sum(f(t) for t in ties) for ties in tied]

    a, b = of(lambda t: t * (t - 1) * (2 * t + 5))
    c, d = of(lambda t: t * (t - 1) * (t - 2))
    e, f = of(lambda t: t * (t - 1))
    variance = ((n * (n - 1) * (2 * n + 5) - a - b) / 18 + c * d / (9 * n * (n - 1) * (n - 2)) + e * f / (2 * n * (n - 1)))
    return math.erfc(abs(kendall_s(x, y)) / math.sqrt(2 * variance))


def relation(a, b):
    return "family" if a in ABOVE[b] or b in ABOVE[a] else "siblings" if PARENT.get(a) == PARENT.get(b) else "across"


def check_pair(row, scores):
    a, b = row["variable_a"], row["variable_b"]
    both = sorted(scores[a].keys() & scores[b].keys())
    x, y = [scores[a][c] for c in both], [scores[b][c] for c in both]
    n, rho, r = len(both), statistics.correlation(middle_ranks(x), middle_ranks(y)), statistics.correlation(x, y)
    assert row["n_countries"] == n > 8 and row["relation"] == relation(a, b), row
    near(row["pearson"], r)
    near(row["pearson_p_value"], t_p(r, n), 1e-8)
    near(row["spearman"], rho)
    near(row["spearman_p_value"], t_p(rho, n), 1e-8)
    near(row["kendall"], kendall(x, y))
    near(row["kendall_p_value"], kendall_p(x, y), 1e-9)


def correlations_between_levels(folder):
    result = run(study(folder, made_up(30)))
    scores = scores_of(result)
    level = {"total": ["total"], "1": ["P1", "P2"], "2": ["M1", "M2"], "series": SERIES}
    level["all"] = [*ABOVE]
    for one, other in [("series", "2"), ("2", "series"), ("series", "total"), ("1", "2"), ("2", "2"), ("all", "1")]:
        found = asked(result, "correlations", "--levels", f"{one},{other}")
        expected = {frozenset((a, b)) for a in level[one] for b in level[other] if a != b}
        assert len(found) == len(expected), (one, other, len(found))
        assert {frozenset((r["variable_a"], r["variable_b"])) for r in found} == expected
        for row in found if one != "all" else []:
            assert row["variable_a"] in level[one] and row["variable_b"] in level[other]
            check_pair(row, scores)
    usual = asked(result, "correlations")
    whole = {frozenset(p) for p in itertools.combinations(SERIES, 2)}
    whole |= {frozenset(p) for p in itertools.combinations(ABOVE, 2) if PARENT.get(p[0]) == PARENT.get(p[1])}
    assert {frozenset((r["variable_a"], r["variable_b"])) for r in usual} == whole and len(usual) == len(whole)
    family = asked(result, "correlations", "--relation", "family")
    assert {frozenset((r["variable_a"], r["variable_b"])) for r in family} == {
        frozenset((x, y)) for x in ABOVE for y in ABOVE[x]} and len(family) == sum(map(len, ABOVE.values()))
    siblings = asked(result, "correlations", "--levels", "series", "--relation", "siblings")
    assert len(siblings) == 3 + 1 + 3 and {r["relation"] for r in siblings} == {"siblings"}
    return result, scores, level


def matrix_is_the_list(result, level):
    for kind in ("pearson", "spearman", "kendall"):
        for one, other in [("series", "2"), ("1", "series"), ("2", "2")]:
            how = ["--levels", f"{one},{other}", "--correlation", kind, "--significance", "0.05"]
            found = {frozenset((r["variable_a"], r["variable_b"])): r for r in asked(result, "correlations", *how)}
            matrix = asked(result, "correlation-matrix", *how)
            assert [r["variable"] for r in matrix] == level[one]
            assert [c for c in matrix[0] if c not in ("year", "variable")] == level[other]
            for row in matrix:
                for code in level[other]:
                    pair = found.get(frozenset((row["variable"], code)))
                    expected = 1 if row["variable"] == code else pair[kind]
                    if pair and pair[kind + "_p_value"] > 0.05:
                        assert row[code] is None and pair["flag"] == "not significant", (row, pair)
                    else:
                        assert row[code] == expected, (row, pair)
    usual = asked(result, "correlation-matrix")
    assert [r["variable"] for r in usual] == [c for c in usual[0] if c not in ("year", "variable")]
    cell = {(r["variable"], c): r[c] for r in usual for c in r if c not in ("year", "variable")}
    assert cell["P1", "s1"] is None and cell["s1", "s6"] == cell["s6", "s1"] and cell["P1", "P2"] is not None
    assert "total" not in usual[0]


def thresholds_are_ones_own(result):
    for weak, strong in [(0.3, 0.92), (0.5, 0.7), (-1, 1)]:
        for kind in ("pearson", "kendall"):
            found = asked(result, "correlations", "--levels", "series", "--weak", weak, "--strong", strong,
                          "--correlation", kind)
            for row in found:
                r = row[kind]
                expected = ("negative" if r < 0 else "redundant" if r > strong else
                            "weak" if row["relation"] == "siblings" and r < weak else "")
                assert row["flag"] == expected, row
    assert {r["flag"] for r in asked(result, "correlations", "--weak", 0.5, "--strong", 0.7)} >= {
        "negative", "redundant", ""}


def sentence_counts_the_list(result):
    """What the sentence counts are rows of the table below it, whatever levels were asked for."""
    for more in ([], ["--levels", "series,total"], ["--levels", "all", "--relation", "family"], ["--levels", "series"]):
        for bounds in ([], ["--weak", 0.6, "--strong", 0.7]):
            summary = rift("audit", result, "correlations", *more, *bounds).split("\n\n")[1]
            told = re.findall(r"Of (\d+) pairs of (siblings|which neither|which one)(?:(?! pairs).)*?(\d+) "
                              r"(?:are correlated negatively and (\d+)|are)", summary)
            found = {}
            for r in asked(result, "correlations", *more, *bounds):
                for group in {"siblings": ["siblings", "which neither"], "across": ["which neither"], "family": ["which one"]}[
                        r["relation"]]:
                    n = found.setdefault(group, [0, 0, 0])
                    n[0] += 1
                    n[1] += r["flag"] == {"siblings": "negative", "which neither": "redundant", "which one": "weak"}[group]
                    n[2] += group == "siblings" and r["flag"] == "weak"
            assert {g: [int(n), int(a), int(b or 0)] for n, g, a, b in told} == found, (summary, found)
    assert "'weak' 0.95 is not below 'strong' 0.3" in rift("audit", result, "correlations", "--weak", 0.95, "--strong", 0.3,
                                                           code=2)


def few_countries(folder):
    """Of so few countries the p values are shares of all orders."""
    result = run(study(folder, made_up(7, seed=4)))
    scores = scores_of(result)

    def share(f, x, y):
        found = abs(f(x, y))
        every = [abs(f(x, z)) for z in itertools.permutations(y)]
        return sum(z >= found - 1e-9 for z in every) / len(every)

    for row in asked(result, "correlations", "--levels", "series,total"):
        both = sorted(scores[row["variable_a"]].keys() & scores["total"].keys())
        x, y = [scores[row["variable_a"]][c] for c in both], [scores["total"][c] for c in both]
        assert 2 < len(both) < 8, both
        near(row["spearman_p_value"], share(statistics.correlation, middle_ranks(x), middle_ranks(y)))
        near(row["kendall_p_value"], share(kendall_s, x, y))


def in_a_study(folder, result):
    """The block `audit` takes what the command line does, and both refuse what is wrong."""
    study(folder, made_up(30), "audit: {levels: [series, 2], correlation: spearman, weak: 0.4, strong: 0.8, "
                               "significance: 0.1, relation: any}\n")
    own = rows(rift("export", run(folder), "correlation-matrix"))
    options = ["--levels", "series,2", "--correlation", "spearman", "--significance", 0.1]
    assert own == rows(rift("audit", result, "correlation-matrix", "--to", "csv", *options))
    for wrong, told in [("levels: [series, pillars]", "'levels' takes one or two of series, total, all and 1, 2 ...; "
                                                      "found 'series,pillars'"),
                        ("levels: [1, 2, series]", "found '1,2,series'"),
                        ("correlation: pierson", "'correlation' takes one of pearson spearman kendall; found 'pierson'"),
                        ("weak: 3", "'weak' takes a number from -1 to 1; found '3'")]:
        study(folder, made_up(30), f"audit: {{{wrong}}}\n")
        error = rift("check", folder / "s.yaml", code=1)
        assert told in error and "s.yaml:8:" in error, error
    error = rift("audit", result, "correlations", "--levels", "series,7", code=2)
    assert "no nodes at level 7; its nodes lie at most 2 levels below the total" in error, error
    assert "takes one of any siblings family" in rift("audit", result, "--relation", "kin", code=2)


def every_series(folder):
    """`series: all` means in a block what it means on the command line."""
    study(folder, made_up(30), "divide: {series: all}\nconverge: {series: all}\n")
    result = run(folder)
    stored = rows(rift("export", result, "inequality"))
    assert stored == rows(rift("divide", result, "inequality", "--series", "all", "--to", "csv"))
    assert {r["variable"] for r in stored} == set(ABOVE)
    study(folder, made_up(30), "divide: {series: [all, s1]}\n")
    assert "unknown series or node 'all'" in rift("check", folder / "s.yaml", code=1)


def denominators(folder):
    """Two series are divided by d1; d2 is the population, by which nothing is; all others are as they are."""
    draw, value = random.Random(2), made_up(30)
    for c in COUNTRIES[:28]:
        value["d1", c], value["d2", c] = draw.uniform(1, 40), draw.uniform(1, 900)
        value["s9", c] = value["d2", c] / 10 + draw.uniform(0, 5)
    divided = {"s1": ", denominator: d1, denomination: ratio", "s6": ", denominator: d1, denomination: ratio", "d1": "", "d2": ""}
    result = run(study(folder, value, "population: d2\n", series_more=divided))
    for kind, f in [("pearson", statistics.correlation), ("kendall", kendall)]:
        found = asked(result, "denominators", "--correlation", kind, "--size", 0.55)
        assert [(r["series"], r["denominator"]) for r in found] == [(s, d) for s in SERIES for d in ("d1", "d2")]
        for row in found:
            s, d = row["series"], row["denominator"]
            both = [c for c in COUNTRIES if (s, c) in value and (d, c) in value]
            y = [value[d, c] for c in both]
            scored = [value[s, c] / value["d1", c] if s in divided else value[s, c] for c in both]
            assert row["n_raw"] == row["n_scored"] == len(both) > 20 and row["own"] == ("yes" if s in divided and d == "d1" else "")
            near(row["r_raw"], f([value[s, c] for c in both], y))
            near(row["r_scored"], f(scored, y))
            if kind == "pearson":
                near(row["r_raw_p_value"], t_p(row["r_raw"], len(both)), 1e-8)
                near(row["r_scored_p_value"], t_p(row["r_scored"], len(both)), 1e-8)
            assert row["flag"] == ("goes with size" if abs(row["r_scored"]) >= 0.55 else ""), row
        assert {r["series"] for r in found if r["denominator"] == "d2" and r["flag"]} == {"s9"}
    none = asked(run(study(folder / "none", made_up(30))), "denominators")
    assert none == []


def without(folder):
    """`rift score --without` is the score of an index file that never had it."""
    study(folder, made_up(30), index_more="series_files: [c.yaml]\n", node_more={"P1": ", weighting: {method: pca}", "total": ", aggregation: geometric"})
    text = (folder / "i.yaml").read_text()
    data = ["--data", folder / "data.csv", "--countries", folder / "countries.csv"]

    def score(file, *options):
        return rift("score", file, *data, *options)

    whole = score(folder / "i.yaml", "--year", 2020)
    files = {"s9": [(", s9]", "]")], "s2": [("s1, s2, s3", "s1, s3")], "M2": [("[M1, M2]", "[M1]"), ("  - {code: M2, children: [s4, s5]}\n", "")],
             "P1": [("[P1, P2, s9]", "[P2, s9]")] + [(line + "\n", "") for line in text.splitlines()
                                                    if any(f"code: {n}," in line for n in ("P1", "M1", "M2"))],
             "s1,P2": [("s1, s2", "s2"), ("P1, P2", "P1"), ("  - {code: P2, children: [s6, s7, s8]}\n", "")]}
    for code, changes in files.items():
        shorter = text
        for old, new in changes:
            assert shorter.count(old) == 1, (code, old, shorter)
            shorter = shorter.replace(old, new)
        (folder / "shorter.yaml").write_text(shorter)
        found = score(folder / "i.yaml", "--without", code)
        assert found == score(folder / "shorter.yaml") and found != whole, code
        assert found == score(folder / "i.yaml", *(x for c in code.split(",") for x in ("--without", c)))
    for wrong, told in [("total", "'total' is the total, without which there is no index"), ("s99", "unknown series or node 's99'"),
                        ("M11", "did you mean 'M1'?"), ("s4,s5", "'s5' is all that 'M2' is made of; leave out 'M2' instead"),
                        ("P2,s7", "unknown series or node 's7'")]:
        assert told in rift("score", folder / "i.yaml", *data, "--without", wrong, code=1), wrong


def removal_is_kept(folder):
    """What the audit keeps of each removal is what `rift score --without` gives."""
    study(folder, made_up(30), index_more="series_files: [c.yaml]\naggregation: geometric\n")
    result = run(folder)
    table = asked(result, "removal-ranks")
    shifts = {r["without"]: r for r in asked(result, "removal")}
    own = {r["country"]: r for r in rows(rift("export", result, "ranking", "--year", 2020))}
    assert set(shifts) == {r["without"] for r in table} == set(PARENT)
    for code in PARENT:
        mine = {r["country"]: r for r in table if r["without"] == code}
        score = {r["country"]: r for r in rows(rift("score", folder / "i.yaml", "--data", folder / "data.csv", "--countries",
                                                    folder / "countries.csv", "--without", code, "--year", 2020))
                 if r["node"] == "total" and r["value"]}
        assert {c for c, r in mine.items() if r["score"] is not None} == set(score) and len(score) > 12, code
        for c, r in score.items():
            near(mine[c]["score"], float(r["value"]))
            assert mine[c]["rank"] == int(r["rank"]), (code, c)
            if own[c]["rank"]:
                assert mine[c]["rank_change"] == int(r["rank"]) - int(own[c]["rank"])
                near(mine[c]["score_change"], float(r["value"]) - float(own[c]["score"]), 1e-9)
        both = [r for r in mine.values() if r["rank_change"] is not None]
        assert shifts[code]["n_countries"] == len(both)


def weight_sets(folder):
    """Each set scores as a file does that has its weights at the nodes."""
    sets = {"tilted": {"P1": 3, "s2": 0, "s6": 2.5}, "flat": {"P1": 1, "P2": 1, "s9": 1}}

    def write(used="", by=None, **more):
        weight = {"P1": 2, "s9": 0.5, **sets.get(by, {})}
        study(folder, made_up(30), **more, index_more="series_files: [c.yaml]\n" + used + (
            "" if by else "weight_sets:\n" + "".join(
                f"  - {{name: {n}, weights: {{{', '.join(f'{c}: {w}' for c, w in of.items())}}}}}\n"
                for n, of in sets.items())), tree={node: [
                    f"{{{'node' if c in TREE else 'series'}: {c}, weight: {weight.get(c, 1)}}}" for c in children]
                    for node, children in TREE.items()})

    def score(*options):
        return rift("score", folder / "i.yaml", "--data", folder / "data.csv", "--countries", folder / "countries.csv", *options)

    expected = {}
    for name in (None, *sets):
        write(by=name or "own")
        expected[name] = score()
    assert len(set(expected.values())) == 3
    write()
    assert score() == expected[None]
    for name in sets:
        assert score("--weights", name) == expected[name], name
    write("weights: tilted\n")
    assert score() == expected["tilted"] and score("--weights", "flat") == expected["flat"]
    assert score("--without", "s2", "--weights", "flat") != expected["flat"]
    result = run(folder)
    table = asked(result, "weight-set-ranks")
    assert [r["weights"] for r in asked(result, "weight-sets")] == ["own", "tilted", "flat"]
    for name in ("own", *sets):
        mine = {r["country"]: r for r in table if r["weights"] == name}
        total = {r["country"]: r for r in rows(expected[None if name == "own" else name])
                 if r["node"] == "total" and r["value"] and r["year"] == "2020"}
        assert {c for c, r in mine.items() if r["score"] is not None} == set(total) and len(total) > 15
        for c, r in total.items():
            near(mine[c]["score"], float(r["value"]))
            assert mine[c]["rank"] == int(r["rank"])
            assert name != "tilted" or mine[c]["rank_change"] == 0
    shift = next(r for r in asked(result, "weight-sets") if r["weights"] == "flat")
    both = [(r["rank"], r["rank"] - r["rank_change"]) for r in table if r["weights"] == "flat" and r["rank_change"] is not None]
    places = [[sum(x[k] < r[k] for x in both) for r in both] for k in (0, 1)]  # among those that both rank
    near(shift["mean_shift"], statistics.mean(abs(a - b) for a, b in zip(*places)))
    for used, told in [("weights: titled\n", "did you mean 'tilted'?"), ("aggregation: arithmetic\nweighting: equal\n", "'P1' takes no weights of a set")]:
        write(used)
        assert told in score_error(folder), told
    for name, weights, told in [("x", {"M1": 0, "M2": 0}, "leaves the children of 'P1' without a weight"), ("x", {"Q1": 1}, "unknown series or node 'Q1'"),
                                ("x", {"total": 1}, "unknown series or node 'total'"), ("x", {"M1": -1}, "i.yaml:")]:
        sets = {name: weights}
        write()
        assert told in score_error(folder), told


def score_error(folder):
    return rift("score", folder / "i.yaml", "--data", folder / "data.csv", code=1)


def ties_in_groups(folder):
    """Whoever is tied shares a rank in the group as the index says."""
    value = {(s, c): float(k // 3 * 10) for s in SERIES for k, c in enumerate(COUNTRIES[:18])}
    for ranking in ("competition", "modified-competition", "dense", "average"):
        study(folder, value, "groups: [{code: half, name: Half, column: half}]\n", index_more=f"ranking: {ranking}\n")
        (folder / "countries.csv").write_text("country,name,half\n" + "".join(
            f"{c},Land {c},{'odd' if k % 2 else 'even'}\n" for k, c in enumerate(COUNTRIES)))
        found = [r for r in rows(rift("export", run(folder), "group-ranks", "--year", 2020)) if r["node"] == "M1"]
        assert len(found) == 18
        for r in found:
            mine = [k for k in range(18) if (k % 2 == 1) == (r["group"] == "odd")]
            own = COUNTRIES.index(r["country"])
            above = [k for k in mine if k // 3 > own // 3]
            tied = [k for k in mine if k // 3 == own // 3]
            assert number(r["rank_in_group"]) == {"competition": len(above) + 1, "modified-competition": len(above) + len(tied),
                                                  "dense": len({k // 3 for k in above}) + 1,
                                                  "average": len(above) + (len(tied) + 1) / 2}[ranking], (ranking, r)
            assert int(r["n_in_group"]) == 9


def outranking(folder):
    """The share of weight by which each country is better than each other, over what both have."""
    study(folder, made_up(30), node_more={"M1": ", aggregation: copeland", "P2": ", aggregation: kemeny"}, tree={
        **TREE, "M1": ["{series: s1, weight: 2}", "s2", "{series: s3, weight: 0.5}"]})
    result = run(folder)
    scores = scores_of(result)
    table = asked(result, "outranking")
    weight = {"s1": 2, "s3": 0.5}
    for node in ("M1", "P2"):
        mine = {r["country"]: r for r in table if r["node"] == node}
        assert set(mine) == set().union(*(scores[s] for s in TREE[node]))
        for a, row in mine.items():
            for b in mine:
                both = [s for s in TREE[node] if a in scores[s] and b in scores[s]]
                won = sum(weight.get(s, 1) * (1 + sign(scores[s][a] - scores[s][b])) / 2 for s in both)
                expected = won / sum(weight.get(s, 1) for s in both) if both else 0.5
                assert row[b] is None if a == b else abs(row[b] - expected) < 1e-12, (node, a, b)
    net = {a: sum(sign(round(r[b] - 0.5, 9)) for b in r if b in scores["M1"] and b != a)
           for a, r in ((r["country"], r) for r in table if r["node"] == "M1")}
    assert net == scores["M1"]
    assert [r["country"] for r in asked(result, "outranking", "--country", "AFG,CHL")] == ["AFG", "CHL"] * 2
    study(folder, made_up(30), "audit: {seed: 1}\n", node_more={"M1": ", aggregation: copeland"})
    kept = rows(rift("export", run(folder), "outranking"))  # in the result itself
    assert len(kept) == len(scores["M1"]) and kept[0]["ALB"]
    assert asked(run(study(folder, made_up(30))), "outranking") == []


def shares_of(result):
    return {r["node"]: number(r["weight_share"]) for r in rows(rift("export", result, "weights"))}


def total_by(weight, scores, tree):
    """Scores of all nodes by weights, arithmetic means throughout, where nothing is missing."""
    found = {s: dict(scores[s]) for s in SERIES}

    def score(node):
        if node not in found:
            parts = [(weight[c], score(c)) for c in tree[node]]
            found[node] = {c: sum(w * x[c] for w, x in parts) / sum(w for w, _ in parts) for c in COUNTRIES}
        return found[node]

    score("total")
    return found


def objective(weight, scores, tree, level, top, target):
    found = total_by(weight, scores, tree)
    r = {x: statistics.correlation(*zip(*((found[x][c], found[top[x]][c]) for c in COUNTRIES))) for x in level}
    if target is None:
        return sum(1 - v for v in r.values())
    gap = 0
    for x in level:
        kin = [y for y in level if top[y] == top[x]]
        gap += (r[x] / sum(r[y] for y in kin) - target[x] / sum(target[y] for y in kin)) ** 2
    return gap


def strengths_are_series(folder):
    """Half of the series that a country has, at most five, best and worst by the share of those with a value that do
    worse: no node above them, and none that it lacks."""
    result = run(study(folder, made_up(30)))
    scores = scores_of(result)
    found = asked(result, "strengths", "--year", "2020")
    assert {r["series"] for r in found} <= set(SERIES)
    for c in COUNTRIES:
        own = sorted((100 * (1 - sum(x > of[c] for x in of.values()) / (len(of) - 1))
                      for of in (scores[s] for s in SERIES) if c in of), reverse=True)
        n = min(len(own) // 2, 5)
        for kind, expected in (("strength", own[:n]), ("weakness", own[::-1][:n])):
            mine = [r for r in found if r["country"] == c and r["kind"] == kind]
            assert len(mine) == n, (c, kind, n, mine)
            for r, share in zip(mine, expected):
                near(r["percentile"], share)


def balance(folder):
    """Weights of a level balanced with another: no step away from what was found is better, and where there are as many
    weights as correlations the shares are as meant."""
    tree = {"total": ["P1", "P2"], "P1": ["M1", "M2"], "M1": ["s1", "s2", "s3"], "M2": ["s4", "s5"], "P2": ["M3", "M4"],
            "M3": ["s6", "s7"], "M4": ["s8", "s9"]}
    parent = {c: n for n, of in tree.items() for c in of}
    draw, whole = random.Random(11), {}
    for c in COUNTRIES:
        common = draw.uniform(20, 80)
        for k, s in enumerate(SERIES):
            whole[s, c] = 0.5 * common + draw.uniform(0, 8 * (k + 1)) * 0.5
    start = {"M1": 1, "M2": 2}
    node_tree = {n: [f"{{{'node' if c in tree else 'series'}: {c}, weight: {start.get(c, 1)}}}" for c in of] for n, of in tree.items()}

    def found(block):
        result = run(study(folder, whole, index_more=f"balance: {{{block}}}\n", tree=node_tree))
        return shares_of(result), scores_of(result), result

    level = ["M1", "M2", "M3", "M4"]
    effective = {"M1": 1 / 6, "M2": 1 / 3, "M3": 1 / 4, "M4": 1 / 4}
    total, pillar = dict.fromkeys([*parent], "total"), {x: parent[x] for x in level}
    for block, of, top, target in [
            ("level: 2", level, total, effective), ("level: 2, targets: equal", level, total, dict.fromkeys(level, 1)),
            ("level: 2, targets: {M1: 2, M4: 0.5}", level, total, {"M1": 2, "M2": 1, "M3": 1, "M4": 0.5}),
            ("level: 2, with: 1, targets: equal", level, pillar, dict.fromkeys(level, 1)),
            ("level: 1, targets: {P1: 1.05}", ["P1", "P2"], total, {"P1": 1.05, "P2": 1}),
            ("level: series, targets: equal", SERIES, total, dict.fromkeys(SERIES, 1)),
            ("level: 2, aim: infomax", level, total, None)]:
        weight, scores, result = found(block)
        again = total_by(weight, scores, tree)
        for node in tree:
            assert all(abs(again[node][c] - scores[node][c]) < 1e-9 for c in COUNTRIES), (block, node)
        best = objective(weight, scores, tree, of, top, target)
        for x in of:
            for step in (0.98, 1.02):
                other = objective({**weight, x: weight[x] * step}, scores, tree, of, top, target)
                assert other >= best - 1e-9, (block, x, step, best, other)
        first = objective({**dict.fromkeys(parent, 1), **start}, scores, tree, of, top, target)
        assert best < first, (block, best, first)
        if "with: 1" in block or "level: 1" in block:
            assert best < 1e-10, (block, best)
    table = asked(result, "removal")
    assert len(table) == len(parent)  # the audit scores again by the weights that were found
    kept = shares_of(result)
    rift("audit", result, "acceptability", "--noise", 0.0001, "--draws", 5)
    assert kept == shares_of(result)
    near_own = asked(result, "acceptability", "--noise", 0.0001, "--draws", 5)
    assert all(r["rank_best"] == r["rank_worst"] == r["rank"] for r in near_own)
    bounded, _, _ = found("level: 2, aim: infomax, bounds: {low: 0.499, high: 0.501}")
    assert all(0.499 - 1e-9 <= bounded[x] <= 0.501 + 1e-9 for x in level) and any(not 0.499 <= weight[x] <= 0.501 for x in level)
    for block, told in [("level: 7", "the level has 0 nodes to weigh"), ("level: total", "'level' is series, or the number"),
                        ("level: 1, with: 2", "does not lie below the level"), ("level: 2, with: series", "'with' is total"),
                        ("level: 2, targets: {P1: 2}", "'P1'"), ("level: 2, aim: infomax, targets: equal", "has no effect"),
                        ("level: 2, aim: most", "aim")]:
        study(folder, whole, index_more=f"series_files: [c.yaml]\nbalance: {{{block}}}\n", tree=node_tree)
        assert told in score_error(folder), (block, score_error(folder))
    study(folder, whole, index_more="series_files: [c.yaml]\nweighting: pca\nbalance: {level: 2}\n", tree=node_tree)
    assert "weighs its children by 'pca', which 'balance' would replace" in score_error(folder)


def balance_out_of_reach(folder):
    """Where no weights reach what is meant, the search ends all the same and says how near it came."""
    folder.mkdir()
    value = {"A": range(10, 90, 10), "B": [12, 22, 28, 41, 52, 59, 71, 79], "C": [15, 18, 33, 38, 55, 57, 74, 76],
             "D": [40, 10, 60, 20, 30, 70, 50, 45]}
    (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2020,{s},{x}\n" for s, of in value.items() for c, x in zip(COUNTRIES, of)))
    (folder / "i.yaml").write_text(
        "code: i\nnormalisation: min-max\nbalance: {level: series, targets: equal}\nseries: [{code: A}, {code: B}, {code: C}, "
        "{code: D}]\nnodes: [{code: total, children: [p, q]}, {code: p, children: [A, B]}, {code: q, children: [C, D]}]\n")
    done = subprocess.run([RIFT, "score", folder / "i.yaml", "--data", folder / "data.csv"], capture_output=True, text=True)
    assert done.returncode == 0 and "did not end" not in done.stderr, done
    score = {}
    for r in rows(done.stdout):
        score.setdefault(r["node"], []).append(number(r["value"]))
    r = {s: numpy.corrcoef(score[s], score["total"])[0, 1] for s in value}
    share = {s: x / sum(r.values()) for s, x in r.items()}
    off = max(share, key=lambda s: abs(share[s] - 0.25))
    assert f"by which '{off}', the furthest off, has {share[off]:.3f} of them (0.250 meant)" in done.stderr, (share, done.stderr)
    assert abs(sum((x - 0.25) ** 2 for x in share.values()) - 6.1677e-05) < 1e-8, share  # by brute force


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        result, scores, level = correlations_between_levels(work / "levels")
        matrix_is_the_list(result, level)
        thresholds_are_ones_own(result)
        sentence_counts_the_list(result)
        few_countries(work / "few")
        in_a_study(work / "block", result)
        every_series(work / "all")
        denominators(work / "denominators")
        without(work / "without")
        removal_is_kept(work / "removal")
        weight_sets(work / "sets")
        ties_in_groups(work / "ties")
        outranking(work / "outranking")
        strengths_are_series(work / "strengths")
        balance(work / "balance")
        balance_out_of_reach(work / "reach")
    passed(16)


main()
