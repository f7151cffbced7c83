# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit of an index: its numbers against a second computation here, from the exported
scores, and against planted data; its tables in the result file, which keeps all else."""
import itertools
import json
import math
import pathlib
import statistics
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import STUDY, number, passed, rift, rows, shipped_copy, study_text

YEAR = 2022


def part(result, name):
    tables = json.loads(rift("audit", result, name, "--year", YEAR, "--json"))
    return tables[0]["rows"]


def scores_of(result):
    found = {}
    for r in rows(rift("export", result, "scores", "--year", YEAR)):
        if r["value"]:
            found.setdefault(r["node"], {})[r["country"]] = number(r["value"])
    return found


def pearson(x, y):
    return statistics.correlation(x, y)


def kendall(x, y):
    s = tx = ty = 0
    for (a, b), (c, d) in itertools.combinations(zip(x, y), 2):
        i, j = (a > c) - (a < c), (b > d) - (b < d)
        s, tx, ty = s + i * j, tx + (i != 0), ty + (j != 0)
    return s / math.sqrt(tx * ty)


def middle_ranks(x):
    return [sum(b < a for b in x) + (sum(b == a for b in x) + 1) / 2 for a in x]


def near(found, expected, tolerance=1e-9):
    assert abs(found - expected) <= tolerance, (found, expected)


def check_correlations(result, scores):
    for row in part(result, "correlations"):
        both = sorted(scores[row["variable_a"]].keys() & scores[row["variable_b"]].keys())
        x = [scores[row["variable_a"]][c] for c in both]
        y = [scores[row["variable_b"]][c] for c in both]
        assert row["n_countries"] == len(both)
        near(row["pearson"], pearson(x, y))
        if row["variable_a"] == "access":
            near(row["kendall"], kendall(x, y))
            near(row["spearman"], pearson(middle_ranks(x), middle_ranks(y)))


def check_statistics(result):
    """Of the series' own values, as files have them, as they were scored, treated and normalised."""
    with h5py.File(next(pathlib.Path(result).glob("*.h5"))) as file:
        year = list(file["year"][()]).index(YEAR)
        codes = [s.decode() for s in file["series"][()]]
        stage = {name: dict(zip(codes, file[name][:, year, :])) for name in ("input", "treated", "normalised")}
        raw = dict(zip([s.decode() for s in file["indicator"][()]], file["value"][:, year, :]))
    tables = {name: json.loads(rift("audit", result, "statistics", "--year", YEAR, "--data", name, "--json"))
              [0]["rows"] for name in (*stage, "raw")}
    assert tables["input"] == part(result, "statistics") and tables["input"] != tables["raw"] != tables["treated"]
    for name, table in tables.items():
        value = raw if name == "raw" else stage[name]
        assert len(table) == len(codes) > 5
        for row in table:
            check_row(row, value[row["series"]][~numpy.isnan(value[row["series"]])])
    assert any(r["same"] > 1 for r in tables["input"])


def check_row(row, x):
    n, d = len(x), x - (x.mean() if len(x) else 0)
    assert row["n_countries"] == n and row["distinct"] == len(set(x))
    if n == 0:
        assert row["same"] == 0 and row["mean"] is row["same_share"] is row["zeros"] is None
        return
    most = max(list(x).count(v) for v in set(x))
    assert row["same"] == most
    near(row["same_share"], most / n)
    near(row["distinct_share"], len(set(x)) / n)
    near(row["zeros"], (x == 0).mean())
    with numpy.errstate(all="ignore"):
        skew, kurt = (d ** 3).mean() / x.std() ** 3, (d ** 4).mean() / x.std() ** 4 - 3
        skew, kurt = (skew * math.sqrt(n * (n - 1)) / numpy.float64(n - 2),
                      ((n + 1) * kurt + 6) * (n - 1) / numpy.float64((n - 2) * (n - 3)))
    for name, expected in (("min", x.min()), ("median", numpy.median(x)), ("mean", x.mean()), ("max", x.max()),
                           ("sd", x.std()), ("sd_sample", x.std(ddof=1) if n > 1 else 0), ("skewness", skew), ("kurtosis", kurt)):
        if n > 3:
            near(row[name], expected, 1e-9 * max(1, abs(expected)))


def check_consistency(result, scores):
    table = [r for r in part(result, "consistency") if r["node"] == "use"]
    children = [r["child"] for r in table]

    def alpha(of):
        own = sum(statistics.variance(x) for x in of)
        whole = statistics.variance([sum(x) for x in zip(*of)])
        return len(of) / (len(of) - 1) * (1 - own / whole)

    both = set.intersection(*(set(scores[c]) for c in children))
    x = [[scores[c][k] for k in both] for c in children]
    for k, row in enumerate(table):
        assert row["n_countries"] == len(both)
        near(row["alpha"], alpha(x))
        near(row["alpha_without"], alpha(x[:k] + x[k + 1:]))


def check_components(result, scores):
    table = [r for r in part(result, "components") if r["node"] == "use"]
    loads = [r for r in part(result, "loadings") if r["node"] == "use"]
    children = list(dict.fromkeys(r["child"] for r in loads))
    both = sorted(set.intersection(*(set(scores[c]) for c in children)))
    r = numpy.corrcoef([[scores[c][k] for k in both] for c in children])
    value, vector = numpy.linalg.eigh(r)
    value, vector = value[::-1], vector[:, ::-1]
    assert [(r["child"], r["component"]) for r in loads] == [(c, k + 1) for c in children for k in range(len(children))]
    for row in loads:  # scores of the components themselves correlate with the children as loadings say
        i, k = children.index(row["child"]), row["component"] - 1
        one = vector[:, k] * (1 if vector[:, k].sum() >= 0 else -1)
        near(row["eigenvector"], one[i], 1e-8)
        z = numpy.array([[scores[c][x] for x in both] for c in children])
        z = (z - z.mean(1, keepdims=True)) / z.std(1, keepdims=True)
        near(row["loading"], numpy.corrcoef(z[i], one @ z)[0, 1], 1e-8)
    inverse = numpy.linalg.inv(r)
    partial = inverse / numpy.sqrt(numpy.outer(inverse.diagonal(), inverse.diagonal()))
    off = ~numpy.eye(len(r), dtype=bool)
    for k, row in enumerate(table):
        near(row["eigenvalue"], value[k])
    assert all((row["kmo"] is None) == (row["component"] > 1) for row in loads)
    near(table[0]["kmo"], (r[off] ** 2).sum() / ((r[off] ** 2).sum() + (partial[off] ** 2).sum()))
    p, n = len(r), len(both)
    near(table[0]["chi_squared"], -(n - 1 - (2 * p + 5) / 6) * math.log(numpy.linalg.det(r)), 1e-7)


def ranks(scores):
    return {c: 1 + sum(x > y for x in scores.values()) for c, y in scores.items()}


def check_removal(result, scores):
    """Without mobile telephones, by hand: the other two keep their weights 1 and 2."""
    row = next(r for r in part(result, "removal") if r["without"] == "IT.CEL.SETS.P2")
    electricity, broadband = scores["EG.ELC.ACCS.ZS"], scores["IT.NET.BBND.P2"]
    again = {}
    for country in scores["total"]:
        if country in electricity and country in broadband:
            access = (electricity[country] + 2 * broadband[country]) / 3
            again[country] = (access * scores["use"][country]
                              * scores["capacity"][country]) ** (1 / 3)
    before = ranks({c: scores["total"][c] for c in again})
    after = ranks(again)
    shifts = [abs(before[c] - after[c]) for c in again]
    assert row["n_countries"] == len(again) and row["largest_shift"] == max(shifts), (row, max(shifts))
    near(row["mean_shift"], statistics.mean(shifts))


def check_dominance(result, scores):
    leaves = [r["without"] for r in part(result, "removal") if r["kind"] == "series"]
    whole = set.intersection(*(set(scores[s]) for s in leaves))
    wins, losses = dict.fromkeys(whole, 0), dict.fromkeys(whole, 0)
    for a, b in itertools.permutations(whole, 2):
        gaps = [scores[s][a] - scores[s][b] for s in leaves]
        wins[a] += min(gaps) >= 0 and max(gaps) > 0
        losses[b] += min(gaps) >= 0 and max(gaps) > 0
    for column, count in (("dominates", wins), ("dominated_by", losses)):
        found = {r["country"]: r[column] for r in part(result, "dominance")}
        assert {c: n for c, n in count.items() if n} == {c: n for c, n in found.items() if n}, column


def check_importance(result, scores):
    for row in part(result, "importance"):
        both = scores[row["node"]].keys() & scores[row["part"]].keys()
        r = pearson([scores[row["node"]][c] for c in both],
                    [scores[row["part"]][c] for c in both])
        near(row["r_squared"], r * r)
        assert row["n_countries"] == len(both), row
        assert 0 <= row["correlation_ratio"] <= 1, row
    nodes = {}
    for row in part(result, "importance"):
        nodes.setdefault(row["node"], []).append(row["importance_share"])
    near(sum(nodes["use"]), 1)


def ratio_is_a_share(work):
    """Here the smooth curve strays more than the values do: its estimate is above 1."""
    work = work / "ratio-study"
    work.mkdir()
    value = {"BRA": (42.8, 56.4), "CHN": (46.0, 59.5), "DEU": (52.5, 64.9), "EGY": (42.9, 50.6), "FRA": (57.6, 66.2),
             "IND": (39.9, 51.1), "JPN": (50.6, 63.8), "KEN": (41.5, 43.1), "KOR": (52.5, 63.9), "RWA": (36.0, 39.5)}
    (work / "index.yaml").write_text(
        "code: planted\nnormalisation: none\nseries: [{code: P}, {code: Q}]\n"
        "nodes:\n  - {code: total, children: [{series: P, weight: 1}, {series: Q, weight: 2}]}\n")
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{YEAR},{s},{x}\n" for c, of in value.items() for s, x in zip("PQ", of)))
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in value))
    (work / "study.yaml").write_text(
        f"code: planted\ntitle: Planted\nyears: {{first: {YEAR}, last: {YEAR}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\ncharts: []\nreport: false\n")
    rift("run", work / "study.yaml", "-q", "-o", work / "ratio")
    assert max(r["correlation_ratio"] for r in part(work / "ratio", "importance")) == 1
    assert "Of 1 ratio the estimate was above 1 and counts as 1." in rift("audit", work / "ratio", "importance")


def json_says(result):
    """JSON carries what a table comes to, line by line, and its source."""
    for command, table in (("audit", "correlations"), ("divide", "levels"), ("converge", "rank-mobility")):
        answer = json.loads(rift(command, result, table, "--json"))[0]
        lines = rift(command, result, table).split("\n\n")[1].splitlines()[1:]
        assert answer["says"] == lines and answer["reference"], (answer["says"], lines)


def flat_importance(work):
    """Where series stand right under the total, each is a part of it once."""
    seen = [(r["node"], r["part"]) for r in part(work / "ratio-study" / "ratio", "importance")]
    assert sorted(seen) == [("total", "P"), ("total", "Q")], seen


def planted(work):
    """Two countries, two series: A leads where 3 w > 1 - w, for three quarters of the w."""
    (work / "index.yaml").write_text(
        "code: planted\nnormalisation: goalposts\nseries:\n"
        "  - {code: a, goalposts: {low: 0, high: 100}}\n"
        "  - {code: b, goalposts: {low: 0, high: 100}}\n"
        "nodes:\n  - {code: total, children: [a, b]}\n")
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2020,{s},{x}\n" for c, s, x in [("KEN", "a", 90), ("KEN", "b", 10),
                                              ("TZA", "a", 0), ("TZA", "b", 40),
                                              ("UGA", "a", 0), ("UGA", "b", 5)]))
    (work / "countries.csv").write_text("country,name\nKEN,Kenya\nTZA,Tanzania\nUGA,Uganda\n")
    (work / "study.yaml").write_text(
        "code: planted\ntitle: Planted\nyears: {first: 2019, last: 2020}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q")
    table = json.loads(rift("audit", work / "out", "acceptability", "--draws", 20000, "--json"))
    found = {r["country"]: r for r in table[0]["rows"]}
    # 90 w + 10 (1 - w) > 40 (1 - w): w > 1/4; within five standard errors of 20,000 draws
    near(found["KEN"]["share_first"], 0.75, 5 * math.sqrt(0.75 * 0.25 / 20000))
    near(found["KEN"]["share_first"] + found["TZA"]["share_first"], 1)
    assert found["UGA"]["rank_best"] == found["UGA"]["rank_worst"] == 3
    # 0.5 (1 + n u) > 0.5 (1 + n v) / 3, u and v even from -1 to 1: always for n = 0.25, at n = 0.8
    # but for the area 1/4 int_{-1/2}^1 (1/6 + v/3) dv = 3/32
    for noise, expected in [(25, 1), (80, 1 - 3 / 32), (0, 0.75)]:
        near_own = json.loads(rift("audit", work / "out", "acceptability", "--draws", 20000, "--noise", noise, "--json"))
        share = {r["country"]: r["share_first"] for r in near_own[0]["rows"]}
        near(share["KEN"], expected, 5 * math.sqrt(expected * (1 - expected) / 20000))
    again = rift("audit", work / "out", "acceptability", "--draws", 20000, "--json")
    assert json.loads(again) == table
    central = json.loads(rift("audit", work / "out", "central-weights", "--json"))[0]["rows"]
    mean = {(r["country"], r["node"]): r["weight_share"] for r in central}
    near(mean["KEN", "a"], (0.25 + 1) / 2, 0.02)  # the middle of 1/4 to 1
    near(mean["TZA", "a"], 0.125, 0.02)


def same(a, b):
    a, b = a[()], b[()]
    return numpy.array_equal(a, b) or (a.dtype.kind == "f" and
                                       numpy.array_equal(a, b, equal_nan=True))


def check_file(work, result):
    store = result / "three-layer.h5"
    before = work / "before.h5"
    before.write_bytes(store.read_bytes())
    text = rift("audit", result, "--year", YEAR)
    assert text.startswith("The digital divide between countries, 2000-2024\n\n== statistics")
    for question in (["audit"], ["divide", "--replicates", 20], ["converge"], ["forecast", "--replicates", 20], ["paradox"]):
        rift(question[0], result, *question[1:])
        assert store.read_bytes() == before.read_bytes(), f"{question[0]} changed the file"
    assert "--store keeps whole answers" in rift("audit", result, "removal", "--store", code=2)
    assert "--store keeps whole answers" in rift("divide", result, "--year", 2020, "--store", code=2)
    assert store.read_bytes() == before.read_bytes()
    assert rift("audit", result, "--year", YEAR, "--store") == text
    once = store.read_bytes()
    rift("audit", result, "--year", YEAR, "--store")
    assert store.read_bytes() == once, "a second audit gives other bytes"
    with h5py.File(before) as old, h5py.File(store) as new:
        lost = []
        old.visititems(lambda name, x: isinstance(x, h5py.Dataset) and not same(x, new[name])
                       and lost.append(name))
        assert not lost, lost
        table = part(result, "correlations")
        assert [r["pearson"] for r in table] == list(new["analysis_audit/correlations/pearson"])
        assert {r["year"] for r in table} == {YEAR}
        about = new["analysis_audit/correlations"].attrs
        assert about["long_name"] == b"between any two levels of the tree, pair by pair"
        assert about["references"].startswith(b"JRC audit practice")
        assert [r["flag"] for r in table] == [t.decode() for t in new["analysis_audit/correlations/flag"]]
        named = [m["method"] for m in json.loads(rift("list", "methods", "--json"))["rows"]
                 if m["step"] == "audit"]
        assert list(new["analysis_audit"]) == named and len(named) > 13
    rift("audit", result, "--store")
    with h5py.File(store) as new:
        assert set(new["analysis_audit/correlations/year"]) == {2022}, "the audit is of the edition"


def check_errors(work, result):
    assert "did you mean 'removal'" in rift("audit", result, "remval", code=2)
    assert "no country has a total in 2019" in rift("audit", work / "out", "--year", 2019, code=1)
    assert "'rift audit' is for one year; 2015 to 2020 are 6; name one of them" in rift(
        "audit", result, "removal", "--year", "2015:2020", code=1)
    assert "'draws' takes" in rift("audit", result, "--draws", "none", code=2)
    panel = work / "panel.h5"
    rift("ingest", STUDY.parents[2] / "data" / "use.csv", "-o", panel, "-q")
    assert "holds a panel and no scores" in rift("audit", panel, code=2)


def check_block(work):
    """A study with a block `audit` has the tables of `rift audit` at once."""
    text = (work / "study.yaml").read_text() + "audit: {draws: 500, seed: 7}\n"
    (work / "audited.yaml").write_text(text)
    rift("run", work / "audited.yaml", "-o", work / "audited", "-q")
    kept = rows(rift("export", work / "audited", "acceptability"))
    asked = rift("audit", work / "out", "acceptability", "--draws", 500, "--seed", 7, "--to", "csv")
    assert kept == rows(asked) and len(kept) == 3, (kept, asked)
    other = rift("audit", work / "out", "acceptability", "--draws", 500, "--seed", 8, "--to", "csv")
    assert rows(other) != kept
    one = rift("audit", work / "out", "acceptability", "--country", "KEN", "--to", "csv")
    assert [r["country"] for r in rows(one)] == ["KEN"]


def check_variants(work, result):
    index = (STUDY.parents[1] / "indices" / "three-layer.yaml").read_text().replace(
        "../series", f"{STUDY.parents[1]}/series").replace(
        "aggregation: geometric", "aggregation: arithmetic")
    (work / "variant.yaml").write_text(index)
    (work / "study-b.yaml").write_text(study_text("").replace(
        str(STUDY.parents[1] / "indices" / "three-layer.yaml"), "variant.yaml"))
    rift("run", work / "study-b.yaml", "-o", work / "b", "-q", "--no-charts", "--no-report")
    table = json.loads(rift("audit", result, "--against", work / "b", "--year", YEAR,
                            "--json"))["rows"]
    mine, other = (ranks(scores_of(r)["total"]) for r in (result, work / "b"))
    for row in table:
        assert row[str(result)] == mine[row["country"]]
        assert row[str(work / "b")] == other[row["country"]]
        assert row["largest_shift"] == other[row["country"]] - mine[row["country"]]
    assert any(row["largest_shift"] for row in table)
    told = rift("audit", result, "--against", work / "b", "--year", YEAR)
    shift = statistics.mean(abs(r["largest_shift"]) for r in table)
    assert f"countries shift by {shift:.2f} places" in told, told[:200]


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        result = shipped_copy(work / "result")
        scores = scores_of(result)
        check_correlations(result, scores)
        check_consistency(result, scores)
        check_components(result, scores)
        check_removal(result, scores)
        check_dominance(result, scores)
        check_importance(result, scores)
        check_statistics(result)
        planted(work)
        ratio_is_a_share(work)
        flat_importance(work)
        json_says(result)
        check_file(work, result)
        check_errors(work, result)
        check_block(work)
        check_variants(work, result)
    passed(14)


main()
