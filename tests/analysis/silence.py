# SPDX-License-Identifier: GPL-3.0-or-later
"""What not having a value gains or costs: by hand on planted data, and on the shipped study computed a
second time from normalised scores, weights and coverage rules; and studies with little to look at."""
import json
import math
import pathlib
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, shipped_copy

YEAR = 2022
LAYER, COUNTRY = 0.6, 0.65  # coverage rules of the shipped index
NAN = float("nan")


def part(result, name, *more):
    return json.loads(rift("audit", result, name, *more, "--json"))[0]["rows"]


def near(found, expected, tolerance=1e-9):
    if expected is None or expected != expected:
        assert found is None, (found, expected)
    else:
        assert found is not None and abs(found - expected) <= tolerance, (found, expected)


def run(work, value, nodes, name="out"):
    """A study of series with goalposts 0 and 100 and one year; the index has `nodes`."""
    work.mkdir(exist_ok=True)
    series = sorted({s for s, _ in value})
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2020,{s},{x!r}\n" for (s, c), x in value.items()))
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in sorted({c for _, c in value})))
    (work / "index.yaml").write_text("code: i\nnormalisation: goalposts\nseries:\n" + "".join(
        f"  - {{code: {s}, name: Series {s}, goalposts: {{low: 0, high: 100}}}}\n" for s in series) + f"nodes:\n{nodes}")
    (work / "study.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2020, last: 2020}\nsources: [data.csv]\ncountries: {file: countries.csv}\n"
        "index: index.yaml\ncharts: []\nreport: false\n")
    rift("run", work / "study.yaml", "-q", "-o", work / name)
    return work / name


def em(x):
    """Maximum likelihood of a multivariate normal with gaps, from the moments of what is there."""
    x = x[:, ~numpy.isnan(x).all(0)]
    mean, cov = numpy.nanmean(x, 1), numpy.diag(numpy.nanvar(x, 1))
    for _ in range(20000):
        full, rest = x.copy(), numpy.zeros_like(cov)
        for i in range(x.shape[1]):
            gap = numpy.isnan(x[:, i])
            if gap.any():
                slope = numpy.linalg.solve(cov[~gap][:, ~gap], cov[~gap][:, gap])
                full[gap, i] = mean[gap] + (x[~gap, i] - mean[~gap]) @ slope
                rest[numpy.ix_(gap, gap)] += cov[gap][:, gap] - cov[gap][:, ~gap] @ slope
        new = full.mean(1)
        d = full - new[:, None]
        spread = (d @ d.T + rest) / x.shape[1]
        moved, mean, cov = abs(spread - cov).max(), new, spread
        if moved < 1e-10:
            break
    return full


def filled(x):
    out = x.copy()
    out[:, ~numpy.isnan(x).all(0)] = em(x)
    return out


def t_tail(t, df):
    """Two tails of Student's t, by Simpson's rule over the angle: x = sqrt(df) tan a."""
    a = numpy.linspace(math.atan(abs(t) / math.sqrt(df)), math.pi / 2, 20001)
    y = numpy.cos(a) ** (df - 1)
    area = (a[1] - a[0]) / 3 * (y[0] + y[-1] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum())
    return 2 * area * math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)


class Index:
    """The shipped index in its edition's year: weights, normalised scores, rules."""

    def __init__(self, result):
        with h5py.File(next(pathlib.Path(result).glob("*.h5"))) as file:
            t = list(file["year"][()]).index(YEAR)
            word = lambda name: [x.decode() for x in file[name][()]]
            self.node, self.parent, self.country = word("node"), list(file["node_parent"][()]), word("country")
            self.weight = file["weight"][()]
            self.series = word("series")
            self.normalised = file["normalised"][:, t, :]
            self.score, self.rank = file["score"][:, t, :], file["rank"][0, t, :]
        self.layer = [k for k, p in enumerate(self.parent) if p == 0]
        self.leaf = {k: [i for i, p in enumerate(self.parent) if p == k] for k in self.layer}

    def scores(self, x):
        """Layers and total of normalised scores x: weighted means of what is there; a geometric mean."""
        layer = []
        for k in self.layer:
            of = numpy.array([x[self.series.index(self.node[i])] for i in self.leaf[k]])
            w = numpy.where(numpy.isnan(of), 0, self.weight[self.leaf[k]][:, None])
            with numpy.errstate(all="ignore"):
                mean = numpy.nansum(of * w, 0) / w.sum(0)
            layer.append(numpy.where((~numpy.isnan(of)).sum(0) < LAYER * len(of) - 1e-9, NAN, mean))
        total = numpy.exp(numpy.log(numpy.maximum(layer, 1e-300)).mean(0))
        return layer, numpy.where((~numpy.isnan(x)).mean(0) < COUNTRY - 1e-9, NAN, total)

    def place(self, c, score):
        others = (self.rank > 0) & (numpy.arange(len(self.rank)) != c)
        return NAN if score != score else 1 + (self.score[0][others] > score + 1e-9).sum()


def check_shipped(result):
    index = Index(result)
    layer, total = index.scores(index.normalised)
    ranked = index.rank > 0
    numpy.testing.assert_allclose(total[ranked], index.score[0][ranked], rtol=1e-12)
    table = {r["series"]: r for r in part(result, "silence")}
    assert set(table) == set(index.series)
    for row in table.values():
        check_price(index, row, layer, total)
    countries = part(result, "silence-countries")
    check_countries(index, countries)
    check_told(countries, " ".join(rift("audit", result, "silence-countries").split()))
    check_complete(index, layer, table)
    said = rift("audit", result, "silence").split("\n\n")[1].splitlines()
    pays, costs = (sum(r["conclusion"] == f"silence {w}" for r in table.values()) for w in ("pays", "costs"))
    assert said[1] == (f"In {YEAR}, not reporting a value pays with {pays} of {len(table)} series, costs with {costs}, "
                       f"and with {len(table) - pays - costs} does neither for sure."), said
    assert "Fixed-broadband" in said[2] and "Mobile-cellular" in said[3], said


def check_price(index, row, layer, total):
    s, k = index.series.index(row["series"]), index.node.index(row["series"])
    up = index.layer.index(index.parent[k])
    x = index.normalised.copy()
    ranked, has = index.rank > 0, ~numpy.isnan(x[s])
    x[s] = NAN
    layer_without, without = index.scores(x)
    both = ranked & has & ~numpy.isnan(without)
    gain = without[both] - total[both]
    n = len(gain)
    moved = [index.place(c, total[c]) - index.place(c, without[c]) for c in numpy.flatnonzero(both)]
    assert (row["n_with"], row["n_without"]) == ((ranked & has).sum(), (ranked & ~has).sum())
    assert row["n_unranked"] == (ranked & has & numpy.isnan(without)).sum()
    near(row["score_gain"], gain.mean())
    near(row["places_gained"], numpy.mean(moved))
    assert abs(row["largest_places"]) == max(map(abs, moved)), row
    at = numpy.flatnonzero(both).tolist().index(index.country.index(row["country"]))
    assert moved[at] == row["largest_places"]
    near(row["share_gaining"], (gain > 1e-9).mean())
    near(row["t"], gain.mean() / (gain.std(ddof=1) / math.sqrt(n)), 1e-7)
    near(row["p_value"], t_tail(row["t"], n - 1), 1e-7)
    above = (layer_without[up] - layer[up])[ranked & has]
    near(row["parent_gain"], numpy.nanmean(above))
    siblings = [i for i in index.leaf[index.parent[k]] if i != k]
    of = numpy.array([index.score[i] for i in siblings])[:, ranked & has]
    w = numpy.where(numpy.isnan(of), 0, index.weight[siblings][:, None])
    near(row["siblings_score"], (numpy.nansum(of * w, 0) / w.sum(0)).mean())
    near(row["mean_score"], index.score[k][ranked & has].mean())
    sure = row["p_value"] < 0.05 / len(index.series)
    expected = ("silence pays" if sure and gain.mean() > 0 and row["share_gaining"] > 0.5 else
                "silence costs" if sure and gain.mean() < 0 and row["share_gaining"] < 0.5 else "neither")
    assert row["conclusion"] == expected


def check_countries(index, rows):
    ranked = index.rank > 0
    assert {(r["country"], r["series"]) for r in rows} == {
        (index.country[c], s) for i, s in enumerate(index.series) for c in numpy.flatnonzero(ranked & numpy.isnan(index.normalised[i]))}
    for s, code in enumerate(index.series):
        k = index.node.index(code)
        of = [index.series.index(index.node[i]) for i in index.leaf[index.parent[k]]]
        low, high = numpy.nanmin(index.normalised[s]), numpy.nanmax(index.normalised[s])
        imputed = numpy.clip(filled(index.normalised[of])[of.index(s)], low, high)
        found = [r for r in rows if r["series"] == code]
        score = {}
        for name, value in (("ignored", NAN), ("imputed", imputed), ("low", low), ("high", high)):
            x = index.normalised.copy()
            x[s] = numpy.where(numpy.isnan(x[s]), value, x[s])
            score[name] = index.scores(x)[1]
        for r in found:
            c = index.country.index(r["country"])
            near(r["imputed_score"], imputed[c], 1e-5)
            for name, of_all in score.items():
                near(r["score_" + name], of_all[c], 1e-5)
            for name in ("ignored", "low", "high"):
                assert r["rank_" + name] == index.place(c, score[name][c]), (r, name)
            assert r["rank_imputed"] == index.place(c, r["score_imputed"])
            assert r["rank_high"] <= r["rank_imputed"] <= r["rank_low"]
            near(r["score_change"], r["score_imputed"] - r["score_ignored"])
            assert r["rank_change"] == r["rank_imputed"] - r["rank_ignored"]


def check_told(rows, said):
    """Of the rows, which are checked: how many moves are of 5 places or more, and the widest range."""
    moved = [abs(r["rank_change"]) for r in rows if r["rank_change"] is not None]
    assert 5 in moved and 4 in moved
    widest = max(r["rank_low"] - r["rank_high"] for r in rows if r["rank_low"] is not None)
    assert f"lack {len(rows)} values in {YEAR}. Imputed instead of ignored, {sum(m >= 5 for m in moved)} of these move" in said, said
    assert f"leaves up to {widest} places open." in said, (widest, said)


def check_complete(index, layer, table):
    """Countries with every series, as an earlier audit counted: harsher goalposts make silence pay."""
    complete = (index.rank > 0) & ~numpy.isnan(index.normalised).any(0)
    assert complete.sum() > 100
    capacity = index.layer.index(index.node.index("capacity"))
    gain = {}
    for code in ("GB.XPD.RSDV.GD.ZS", "SP.POP.SCIE.RD.P6"):
        x = index.normalised.copy()
        x[index.series.index(code)] = NAN
        gain[code] = (index.scores(x)[0][capacity] - layer[capacity])[complete].mean()
        assert abs(gain[code] - table[code]["parent_gain"]) < 1.5, (gain, table[code])
    assert 7 < gain["GB.XPD.RSDV.GD.ZS"] < 10 and -7 < gain["SP.POP.SCIE.RD.P6"] < -4, gain


def planted(work):
    """Three equal parts: c is scored harshly, so that leaving it out pays 10 points or more."""
    value = {}
    for i, c in enumerate(("BEN", "BFA", "GHA", "KEN", "MLI", "NER")):
        value["a", c], value["b", c], value["c", c] = 60.0 + i, 60.0 + i, 30.0 + i - (i % 2)
    del value["c", "NER"]
    nodes = "  - {code: total, children: [a, b, c]}\n"
    result = run(work, value, nodes)
    row = {r["series"]: r for r in part(result, "silence")}
    # without c: 60 + i less (150 + 3 i - i % 2) / 3 = 10 + (i % 2) / 3, of i = 0 to 4
    near(row["c"]["score_gain"], 10 + 2 / 15)
    near(row["c"]["parent_gain"], 10 + 2 / 15)
    sd = math.sqrt((3 * (2 / 15) ** 2 + 2 * (1 / 5) ** 2) / 4)
    near(row["c"]["t"], (10 + 2 / 15) / (sd / math.sqrt(5)), 1e-6)
    assert row["c"]["conclusion"] == "silence pays" and row["c"]["share_gaining"] == 1
    assert (row["c"]["n_with"], row["c"]["n_without"], row["c"]["n_unranked"]) == (5, 1, 0)
    assert row["a"]["conclusion"] == row["b"]["conclusion"] == "silence costs"
    near(row["c"]["siblings_score"], 62)
    near(row["c"]["mean_score"], 32 - 2 / 5)
    # scores are 50, 50.67, 52, 52.67, 54, and of NER 65: leaving c out brings each to the place behind NER
    near(row["c"]["places_gained"], (4 + 3 + 2 + 1 + 0) / 5)
    assert row["c"]["largest_places"] == 4 and row["c"]["country"] == "BEN"
    (ner,) = part(result, "silence-countries")
    assert (ner["country"], ner["series"]) == ("NER", "c") and ner["rank_ignored"] == 1
    near(ner["score_ignored"], 65)
    near(ner["score_low"], (130 + 30) / 3)
    near(ner["score_high"], (130 + 34) / 3)
    assert (ner["rank_low"], ner["rank_high"]) == (2, 1), ner
    assert 30 <= ner["imputed_score"] <= 34
    said = rift("audit", result, "silence").split("\n\n")[1]
    assert "not reporting a value pays with 1 of 3 series, costs with 2, and with 0 does neither for sure." in said
    assert ("Silence pays most with Series c: without it the 5 ranked countries that have it would score 10.1 points higher and "
            "stand 2.0 places better, on average.") in said, said
    alone = part(result, "silence-countries", "--country", "KEN")
    assert alone == []


def little(work):
    """Nothing missing, one series, one country, the same everywhere, scores that others move."""
    countries = ("BEN", "BFA", "GHA", "KEN")
    whole = {(s, c): 20.0 + 10 * i + 5 * (s == "b") * (-1) ** i for i, c in enumerate(countries) for s in "ab"}
    nodes = "  - {code: total, children: [a, b]}\n"
    result = run(work / "whole", whole, nodes)
    assert part(result, "silence-countries") == []
    assert "No ranked country lacks a series in 2020." in rift("audit", result, "silence-countries")
    assert all(r["n_without"] == 0 and r["conclusion"] == "neither" for r in part(result, "silence"))
    one = run(work / "one", {k: x for k, x in whole.items() if k[0] == "a"}, "  - {code: total, children: [a]}\n")
    (row,) = part(one, "silence")
    assert row["n_unranked"] == 4 and row["conclusion"] == "neither" and row["score_gain"] is row["p_value"] is row["largest_places"] is None
    alone = run(work / "alone", {("a", "KEN"): 20.0, ("b", "KEN"): 60.0}, nodes)
    first, second = part(alone, "silence")
    near(first["score_gain"], 20)
    near(second["score_gain"], -20)
    assert first["p_value"] is None and first["conclusion"] == second["conclusion"] == "neither"
    flat = run(work / "flat", {(s, c): 50.0 for s in "ab" for c in countries}, nodes)
    assert all(r["score_gain"] == 0 and r["p_value"] == 1 and r["conclusion"] == "neither" for r in part(flat, "silence"))
    moved = run(work / "moved", whole, "  - {code: total, aggregation: copeland, children: [a, b]}\n")
    assert part(moved, "silence") == []
    assert "scores of 'total' depend on which other countries there are" in rift("audit", moved, "silence")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        check_shipped(shipped_copy(work / "result"))
        planted(work / "planted")
        (work / "little").mkdir()
        little(work / "little")
    passed(3)


main()
