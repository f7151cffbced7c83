# SPDX-License-Identifier: GPL-3.0-or-later
"""Ranks by average, 1-2.5-2.5-4, through score, run, views, audit, charts and other forms: each against ranks that
are computed here, over made-up scores with gaps and with ties of two, of three and of more; and ranks of the other
kinds beside them, which stay whole, in the file too."""
import json
import pathlib
import random
import re
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import number, passed, rift, rows, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py and numpy: {missing}")

COUNTRIES = ("AFG AGO ALB ARE ARG ARM AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BIH BLR BLZ BOL BRA BRN BTN BWA CAF CAN CHE "
             "CHL CHN CIV").split()
YEARS = [2019, 2020]
LEAVES = {"total": "abc", "p": "ab", "a": "a", "b": "b", "c": "c"}


def made_up():
    """Whole numbers, few of them, so that many are equal; the two best are so in all."""
    draw = random.Random(11)
    value = {(c, y, s): draw.randrange(12) for y in YEARS for s in "abc" for c in COUNTRIES if draw.random() > 0.12}
    return {**value, **{(c, y, s): 12 for c in COUNTRIES[5:7] for y in YEARS for s in "abc"}}


def study(folder, ranking, value=None, code="s"):
    """The result of a study: finished scores, of which the mean of two is exact."""
    folder.mkdir(exist_ok=True)
    head = f"ranking: {ranking}\n" if ranking else ""
    (folder / "i.yaml").write_text(
        f"code: i\nnormalisation: none\n{head}series: [{{code: a}}, {{code: b}}, {{code: c}}]\n"
        "nodes: [{code: total, children: [p, c]}, {code: p, children: [a, b]}]\n")
    (folder / "s.yaml").write_text(
        f"code: {code}\ntitle: S\nyears: {{first: 2019, last: 2020}}\nsources: [data.csv]\ncountries: {{file: countries.csv}}\n"
        "groups: [{code: half, name: Half, column: half}]\nindex: i.yaml\ncharts: []\n")
    (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{x}\n" for (c, y, s), x in (value or made_up()).items()))
    (folder / "countries.csv").write_text("country,name,half\n" + "".join(
        f"{c},Land {c},{'odd' if k % 2 else 'even'}\n" for k, c in enumerate(COUNTRIES)))
    rift("run", folder / "s.yaml", "-o", folder / "out", "-q")
    return folder / "out" / f"{code}.h5"


def average(score):
    """{key: rank} of {key: score}: the mean of the ranks that equal scores take, from the highest down."""
    x, which, count = numpy.unique([-v for v in score.values()], return_inverse=True, return_counts=True)
    last = numpy.cumsum(count)
    middle = last - (count - 1) / 2
    return dict(zip(score, middle[which])) if score else {}


def by_hand(value, year, node, without=""):
    """Scores of a node where leaves are left out; the mean of the children that are there. A country that lacks a
    whole layer, p or c, has no total."""
    def mean(found):
        found = [x for x in found if x is not None]
        return sum(found) / len(found) if found else None

    def total(p, k):
        layers = [x for x, leaves in ((p, "ab"), (k, "c")) if not set(leaves) <= set(without)]
        return None if None in layers else mean(layers)

    out = {}
    for c in COUNTRIES:
        a, b, k = (value.get((c, year, s)) if s not in without else None for s in "abc")
        x = {"total": total(mean([a, b]), k), "p": mean([a, b]), "a": a, "b": b, "c": k}[node]
        if x is not None:
            out[c] = x
    return out


def table(result, name, *options):
    return rows(rift("export", result, name, *options))


def asked(result, name, *options):
    return json.loads(rift("audit", result, name, "--json", *options))[0]["rows"]


def ranks_in(found, year, node):
    return {r["country"]: number(r["rank"]) for r in found if r["year"] == str(year) and r["node"] == node and r["rank"]}


def scored_and_run(folder):
    """score, run and the file hold the same ranks; n of them sum to n (n + 1) / 2."""
    value, result = made_up(), study(folder, "average")
    scored = rows(rift("score", folder / "i.yaml", "--data", folder / "data.csv"))
    exported = table(result, "scores")
    ties = set()
    with h5py.File(result) as file:
        rank = file["rank"]
        assert rank.dtype == "float64" and rank.attrs["_FillValue"] == 0
        nodes = [n.decode() for n in file["node"]]
        columns = [c.decode() for c in file["country"]]
        for node in LEAVES:
            for t, year in enumerate(YEARS):
                expected = average(by_hand(value, year, node))
                assert ranks_in(scored, year, node) == expected == ranks_in(exported, year, node), (node, year)
                kept = rank[nodes.index(node), t]
                assert {c: x for c, x in zip(columns, kept) if x} == expected
                n = len(expected)
                assert sum(expected.values()) == n * (n + 1) / 2 and (n < len(COUNTRIES) or node == "p")
                ties |= {list(expected.values()).count(x) for x in expected.values()}
    assert {1, 2, 3, 4} <= ties, ties
    return value, result


def stays_whole(folder):
    """Other rankings, and averages that nobody shares, are kept as int32."""
    distinct = {(c, y, s): k + 30 * i for i, s in enumerate("abc") for y in YEARS for k, c in enumerate(COUNTRIES)}
    for k, (ranking, value) in enumerate([(None, None), ("competition", None), ("modified-competition", None),
                                          ("dense", None), ("average", distinct)]):
        result = study(folder / str(k), ranking, value)
        rift("audit", result, "--store", "-q")
        with h5py.File(result) as file:
            assert file["rank"].dtype == "int32" and file["rank"].attrs["_FillValue"].dtype == "int32"
            columns = file["analysis_audit/removal-ranks"].attrs["columns"].decode()
        assert ranking == "average" or "\nrank count 0\n" in columns and "\nrank_change number 0\n" in columns, columns


def views(value, result):
    scores = {y: by_hand(value, y, "total") for y in YEARS}
    rank = {y: average(x) for y, x in scores.items()}
    found = table(result, "ranking", "--year", 2020)
    assert {r["country"]: number(r["rank"]) for r in found if r["rank"]} == rank[2020]
    order = [(number(r["rank"]), r["country"]) for r in found if r["rank"]]
    assert order == sorted(order)
    both = [{c: scores[y][c] for c in COUNTRIES if all(c in x for x in scores.values())} for y in YEARS]
    among = [average(x) for x in both]
    changes = [r for r in table(result, "changes") if r["node"] == "total"]
    assert {r["country"] for r in changes} == set(both[0])
    for r in changes:
        c = r["country"]
        assert (number(r["rank_first"]), number(r["rank_last"])) == tuple(rank[y][c] for y in YEARS)
        assert number(r["ranks_gained"]) == among[0][c] - among[1][c]
    assert any(number(r["ranks_gained"]) % 1 for r in changes)
    for node in LEAVES:
        all_ranks = average(by_hand(value, 2020, node))
        for half in ("even", "odd"):
            mine = {c: -all_ranks[c] for k, c in enumerate(COUNTRIES) if (k % 2 == 1) == (half == "odd") and c in all_ranks}
            inside = {r["country"]: (number(r["rank_in_group"]), number(r["rank"]))
                      for r in table(result, "group-ranks", "--year", 2020) if r["node"] == node and r["group"] == half}
            assert inside == {c: (x, all_ranks[c]) for c, x in average(mine).items()}
    country = table(result, "country", "--country", "ARM", "--year", 2020)
    assert [r["rank"] for r in country if r["node"] == "total"] == ["1.5"]


def for_people(value, result):
    """A half has one decimal, a whole rank none, in a table of text, in JSON and in the report."""
    rank = average(by_hand(value, 2020, "total"))
    shown = [line.split()[1] for line in rift("show", result, "ranking", "--year", 2020).splitlines() if re.match("2020 +[0-9]", line)]
    assert sorted(shown) == sorted(f"{x:g}" for x in rank.values()) and "1.5" in shown and any("." not in x for x in shown)
    assert '"rank": 1.5,' in rift("show", result, "ranking", "--json")
    page = (result.parent / "report.html").read_text()
    assert '<td class="n" data-v="1.5">1.5</td>' in page and "unrounded; equal scores share the mean of their ranks (1-2.5-2.5-4)." in page
    assert re.search(r'<td class="n" data-v="(\d+)">\1</td>', page)


def audit(value, result):
    own = average(by_hand(value, 2020, "total"))
    table_of, shifts = asked(result, "removal-ranks"), asked(result, "removal")
    for out, leaves in [("a", "a"), ("b", "b"), ("c", "c"), ("p", "ab")]:
        left = average(by_hand(value, 2020, "total", leaves))
        found = {r["country"]: (r["rank"], r["rank_change"]) for r in table_of if r["without"] == out}
        expected = {c: (left.get(c), left[c] - own[c] if c in left and c in own else None) for c in {*own, *left}}
        assert found == expected, (out, {c: (found.get(c), expected.get(c)) for c in COUNTRIES if found.get(c) != expected.get(c)})
        check_shift(next(r for r in shifts if r["without"] == out), own, left)
    assert any(r["rank_change"] is not None and r["rank_change"] % 1 for r in table_of)
    check_shift(next(r for r in asked(result, "rank-differences") if r["node"] == "p"), own, average(by_hand(value, 2020, "p")))
    tables = asked(result, "acceptability", "--draws", 50)
    for r in tables:
        assert r["rank"] == own[r["country"]] and r["rank_best"] <= r["rank_median"] <= r["rank_worst"]
        assert r["rank_best"] * 2 % 1 == r["rank_worst"] * 2 % 1 == 0
        first = r["country"] in COUNTRIES[5:7]  # by any weights, together
        assert (r["share_first"] == 1) == first and (not first or r["rank_best"] == r["rank_worst"] == 1.5), r
    assert {r["country"] for r in asked(result, "central-weights", "--draws", 50)} == set(COUNTRIES[5:7])
    text = rift("audit", result, "acceptability", "--draws", 50)
    assert re.search(r"^2020 +ARM +1\.5 +1\.5 +1\.5 +1\.5 +1\.5 +1\.5 ", text, re.M), text


def check_shift(row, before, after):
    """Places among the countries that both rank, shared as ranks are."""
    both = [c for c in before if c in after]
    one, two = (average({c: -rank[c] for c in both}) for rank in (before, after))
    gap = [abs(one[c] - two[c]) for c in both]
    assert row["n_countries"] == len(both) and row["largest_shift"] == max(gap), row
    assert abs(row["mean_shift"] - sum(gap) / len(gap)) < 1e-12, row


def against(folder, value, result):
    """Beside a result whose ranks are whole."""
    other = study(folder, "competition", code="other")
    rank = [{r["country"]: number(r["rank"]) for r in table(f, "ranking", "--year", 2020) if r["rank"]} for f in (result, other)]
    answer = json.loads(rift("audit", result, "--against", other, "--json"))
    found = answer[0] if isinstance(answer, list) else answer
    for r in found["rows"]:
        values = [x for k, x in r.items() if k not in ("country", "largest_shift")]
        assert values == [x[r["country"]] for x in rank] and r["largest_shift"] == values[1] - values[0]
    text = rift("audit", result, "--against", other)
    most = max(abs(rank[0][c] - rank[1][c]) for c in rank[0])
    assert f"{most:g} at most" in text, text
    assert any(x % 1 for x in rank[0].values()) and f" {min(rank[1][c] - rank[0][c] for c in rank[0]):g}\n" in text


def kept(result):
    """What is stored and read again is what was asked; each column keeps its kind."""
    text = rift("audit", result, "removal-ranks")
    rift("audit", result, "--store", "-q")
    with h5py.File(result) as file:
        columns = file["analysis_audit/removal-ranks"].attrs["columns"].decode()
    assert "\nrank rank 0\n" in columns and "\nrank_change rank-change 0\n" in columns, columns
    again = rift("show", result, "removal-ranks")
    assert again.splitlines()[1:] == text.splitlines()[-len(again.splitlines()) + 1:] and re.search(r"\d\.5 +-?\d+\.\d\d +-?\d+\.5\n", again), again
    assert [float(r["rank"]) for r in table(result, "removal-ranks") if r["rank"]] == \
        [r["rank"] for r in asked(result, "removal-ranks") if r["rank"] is not None]


def chart(folder, value, result):
    if not shutil.which("gnuplot"):
        return
    rift("plot", result, "ranking", "-o", folder, "-q")
    rank = average(by_hand(value, 2020, "total"))
    labels = [line.split("\t")[1] for line in next(folder.glob("*bars*")).read_text().splitlines() if "\t" in line and "Land" in line]
    assert labels == [f"{rank[c]:g}  Land {c}" for c in sorted(rank, key=lambda c: (rank[c], c))], labels


def to_coinr(folder, result):
    rift("export", result, "--to", "coinr", "-o", folder, "-q")
    assert ",ranking,average," in (folder / "settings.csv").read_text()


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        value, result = scored_and_run(work / "run")
        views(value, result)
        for_people(value, result)
        audit(value, result)
        against(work / "other", value, result)
        kept(result)
        chart(work / "chart", value, result)
        to_coinr(work / "coinr", result)
        stays_whole(work)
    passed(9)


main()
