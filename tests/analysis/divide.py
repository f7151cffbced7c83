# SPDX-License-Identifier: GPL-3.0-or-later
"""The divide itself, computed a second time here: gaps, inequality by double sums, its bootstrap
errors beside the jackknife's, parts that add up, curves by integration; T27 of the ITU's index."""
import itertools
import json
import math
import pathlib
import statistics
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift, rows, shipped, shipped_copy

NODES = ("total", "access", "use", "capacity")


class Data:
    """What the default study read and scored."""

    def __init__(self, folder):
        self.folder = folder
        self.value, self.panel, self.group = {}, {}, {}
        for r in rows(rift("export", folder, "scores")):
            if r["value"]:
                self.value.setdefault((r["node"], int(r["year"])), {})[r["country"]] = float(r["value"])
        for r in rows(rift("export", folder, "panel")):
            self.panel.setdefault((r["indicator"], int(r["year"])), {})[r["country"]] = float(r["value"])
        for r in rows(rift("export", folder, "groups")):
            for by in ("region", "income", "partners"):
                if r.get(by):
                    self.group.setdefault(by, {})[r["country"]] = r[by]

    def sample(self, node, year, weighting, positive=False):
        people = self.panel["SP.POP.TOTL", year]
        x = {c: v for c, v in self.value[node, year].items() if not positive or v > 0}
        if weighting == "population":
            x = {c: v for c, v in x.items() if c in people}
        w = {c: people[c] if weighting == "population" else 1 for c in x}
        total = sum(w.values())
        return sorted(x), x, {c: w[c] / total for c in x}

    def ask(self, part, *more):
        return rows(rift("divide", self.folder, part, "--to", "csv", *more))


def near(a, b, tolerance=1e-10):
    assert abs(float(a) - b) <= tolerance * max(1, abs(b)), (a, b)


def gini(x, w):
    mean = w @ x
    return (w[:, None] * w[None, :] * numpy.abs(x[:, None] - x[None, :])).sum() / (2 * mean)


def theil(x, w):
    s = x / (w @ x)
    return (w * s * numpy.where(s > 0, numpy.log(numpy.where(s > 0, s, 1)), 0)).sum()


def arrays(data, node, year, weighting, positive=False):
    codes, x, w = data.sample(node, year, weighting, positive)
    return codes, numpy.array([x[c] for c in codes]), numpy.array([w[c] for c in codes])


def inequality(data):
    """Values by double sums; standard errors of the unweighted Gini by leaving one out."""
    for row in data.ask("inequality", "--year", "2010:2012", "--measures", "gini,theil-t,atkinson-1"):
        codes, x, w = arrays(data, row["variable"], int(row["year"]), row["weighting"],
                             row["measure"] == "atkinson-1")
        assert int(row["n_countries"]) == len(codes)
        expected = {"gini": gini, "theil-t": theil,
                    "atkinson-1": lambda x, w: 1 - math.exp(w @ numpy.log(x)) / (w @ x)}[row["measure"]](x, w)
        near(row["value"], expected)
        low, high = float(row["ci_low"]), float(row["ci_high"])
        assert low < float(row["value"]) < high
        if row["measure"] == "gini" and row["weighting"] == "unweighted":
            n = len(x)
            left = numpy.array([gini(numpy.delete(x, i), numpy.full(n - 1, 1 / (n - 1))) for i in range(n)])
            jackknife = math.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())
            assert 0.85 < float(row["standard_error"]) / jackknife < 1.15, (row, jackknife)
            # BCa pulls the interval a little, but it is about four errors wide
            assert 3.2 < (high - low) / jackknife < 4.8, row
    again = data.ask("inequality", "--year", "2010", "--seed", "2")
    same = data.ask("inequality", "--year", "2010", "--seed", "2")
    other = data.ask("inequality", "--year", "2010", "--seed", "3")
    assert again == same and again != other
    # kinds of intervals of the same samples: basic mirrors percentile, normal is even about the corrected value
    asked = ("inequality", "--year", "2010", "--measures", "gini")
    kind = {k: data.ask(*asked, "--intervals", k) for k in ("bca", "percentile", "basic", "normal")}
    assert kind["bca"] == data.ask(*asked) and all(r["interval"] == k for k in kind for r in kind[k])
    for percentile, basic, normal in zip(kind["percentile"], kind["basic"], kind["normal"]):
        value = float(basic["value"])
        near(basic["ci_low"], 2 * value - float(percentile["ci_high"]))
        near(basic["ci_high"], 2 * value - float(percentile["ci_low"]))
        near(float(normal["ci_high"]) - float(normal["ci_low"]), 2 * 1.959963984540054 * float(normal["standard_error"]))
        assert len({r["ci_low"] for r in (percentile, basic, normal)}) == 3


def then_and_now(data):
    """The sentence: of all of each year, and of the countries with both, where these are others."""
    said = rift("divide", data.folder, "inequality", "--series", ",".join(NODES), "--measures", "gini", "--replicates", 20)
    for node in NODES:
        count = {y: len(x) for (k, y), x in data.value.items() if k == node and y <= 2022}  # later ones are provisional
        span = [y for y in sorted(count) if count[y] >= 0.6 * max(count.values())]
        for words, weighting in (("by countries", "unweighted"), ("by people", "population")):
            of = [dict(zip(*arrays(data, node, y, weighting)[:2])) for y in (span[0], span[-1])]
            both = sorted(of[0].keys() & of[1].keys())
            value = []
            for y, x in zip((span[0], span[-1]), of):
                people = data.panel["SP.POP.TOTL", y]
                for codes in (sorted(x), both):
                    w = numpy.array([people[c] if weighting == "population" else 1.0 for c in codes])
                    value.append(gini(numpy.array([x[c] for c in codes]), w / w.sum()))
            line = next(t for t in said.split("\n") if f", {words}: gini {value[0]:.3f} in {span[0]}, {value[2]:.3f} in " in t)
            if len(both) < max(map(len, of)):
                assert line.endswith(f"; {value[1]:.3f} and {value[3]:.3f} in the {len(both)} countries with both years."), line
            else:
                assert "both years" not in line, line
    assert "countries with both years" in said


def bandwidths(data):
    """Duclos, Esteban and Ray by a bandwidth of one's own and by the rule, a double sum from the paper."""
    def der(x, w, alpha, h):
        density = (w * numpy.exp(-((x[:, None] - x) / h) ** 2 / 2)).sum(axis=1) / (h * math.sqrt(2 * math.pi))
        mean = w @ x
        return mean ** (alpha - 1) * ((w[:, None] * w * density[:, None] ** alpha) * abs(x[:, None] - x)).sum()

    for said in ((), ("--bandwidth", "rule"), ("--bandwidth", "7.5")):
        table = data.ask("inequality", "--year", "2012", "--measures", "der-0.5,gini", "--series", "use", "--replicates", "5",
                         *said)
        assert {r["measure"]: r["bandwidth"] == "" for r in table} == {"der-0.5": False, "gini": True}
        for row in table:
            if row["measure"] == "gini":
                continue
            codes, x, w = arrays(data, "use", 2012, row["weighting"], False)
            n = len(x)
            sd = math.sqrt(w @ (x - w @ x) ** 2 * n / (n - 1))
            h = float(said[1]) if said[1:] == ("7.5",) else 4.7 / math.sqrt(n) * sd * 0.5 ** 0.1
            near(row["bandwidth"], h, 1e-8)
            near(row["value"], der(x, w, 0.5, h), 1e-9)
    for wrong in ("wide", "0", "-1"):
        assert "'bandwidth' takes a number" in rift("divide", data.folder, "inequality", "--bandwidth", wrong, code=2)


def gaps(data):
    n = 0
    for row in data.ask("gaps", "--year", "2015", "--reference", "income=High income", "--series", "use,access"):
        x = data.value[row["variable"], 2015]
        mine = x[row["country"]]
        if row["benchmark"] == "best":
            mark = max(x.values())
            assert x[row["benchmark_name"]] == mark
        elif row["benchmark"] == "median of its group":
            by = next(g for g in data.group.values() if row["benchmark_name"] in g.values())
            mark = statistics.median(v for c, v in x.items() if by.get(c) == row["benchmark_name"])
        elif row["benchmark"] == "mean of countries":
            mark = statistics.fmean(x.values())
        elif row["benchmark"] == "mean of people":
            people = data.panel["SP.POP.TOTL", 2015]
            mark = sum(people[c] * v for c, v in x.items() if c in people) / sum(people[c] for c in x if c in people)
        else:
            assert row["benchmark"] == "group"
            mark = statistics.fmean(v for c, v in x.items() if data.group["income"].get(c) == "High income")
        near(row["benchmark_value"], mark)
        near(row["absolute"], mine - mark)
        near(row["relative"], mine / mark)
        if mine > 0:
            near(row["log_ratio"], math.log(mine / mark))
        if 0 < mine < 100 and mark < 100:
            near(row["odds_ratio"], mine / (100 - mine) / (mark / (100 - mark)))
        n += 1
    assert n > 1500, n


def expected(data):
    gdp = data.panel["NY.GDP.PCAP.PP.CD", 2015]
    table = data.ask("income-adjusted", "--year", "2015", "--series", "use")
    x = numpy.array([[1, math.log(gdp[r["country"]])] for r in table])
    y = numpy.array([data.value["use", 2015][r["country"]] for r in table])
    assert len(table) == sum(c in gdp for c in data.value["use", 2015])
    b, rss = numpy.linalg.lstsq(x, y, rcond=None)[:2]
    s2, inverse = rss[0] / (len(y) - 2), numpy.linalg.inv(x.T @ x)
    t = 1.973  # of 95 % with about 180 degrees of freedom
    outside = 0
    for row, line, value in zip(table, x, y):
        mean = line @ b
        half = t * math.sqrt(s2 * (1 + line @ inverse @ line))
        near(row["expected"], mean, 1e-9)
        near(row["residual"], value - mean, 1e-8)
        leverage = line @ inverse @ line
        near(float(row["line_high"]) - mean, t * math.sqrt(s2 * leverage), 1e-3)
        near(mean - float(row["line_low"]), float(row["line_high"]) - mean, 1e-8)
        near((float(row["line_high"]) - mean) / (float(row["prediction_high"]) - mean),
             math.sqrt(leverage / (1 + leverage)), 1e-9)
        near(float(row["prediction_high"]) - mean, half, 2e-3)
        conclusion = "below" if value < float(row["prediction_low"]) else "above" if value > float(row["prediction_high"]) else "as expected"
        assert row["conclusion"] == conclusion
        outside += conclusion != "as expected"
    assert outside < 0.1 * len(table)
    terms = data.ask("income-coefficients", "--year", "2015", "--series", "use")
    assert [r["term"] for r in terms] == ["intercept", "ln-gdp"]
    for k, row in enumerate(terms):
        error = math.sqrt(s2 * inverse[k, k])
        near(row["coefficient"], b[k], 1e-8)
        near(row["standard_error"], error, 1e-8)
        near(row["t"], b[k] / error, 1e-8)
        assert int(row["n_countries"]) == len(y) and int(row["df"]) == len(y) - 2 and float(row["p_value"]) < 1e-6
        near(row["r2"], 1 - rss[0] / ((y - y.mean()) ** 2).sum(), 1e-9)


def splits(data):
    """Parts add up to 1e-12, and the part between is the index of the groups' means."""
    n = 0
    for row in data.ask("split", "--year", "2015"):   # one year is both its ends, and has errors
        codes, x, w = arrays(data, row["variable"], 2015, row["weighting"], row["measure"] == "theil-l")
        total, between, within, overlap = (float(row[k]) for k in ("total", "between", "within", "overlap"))
        assert abs(between + within + overlap - total) < 1e-12, row
        of = [data.group[row["grouping"]].get(c) for c in codes]
        means = {g: sum(w[i] * x[i] for i in range(len(codes)) if of[i] == g) /
                 sum(w[i] for i in range(len(codes)) if of[i] == g) for g in set(of)}
        smooth = numpy.array([means[g] for g in of])
        if row["measure"] == "theil-t":
            near(total, theil(x, w))
            near(between, theil(smooth, w))
        elif row["measure"] == "gini":
            near(between, gini(smooth, w), 1e-9)
        else:
            near(between, math.log(w @ smooth) - w @ numpy.log(smooth))
        if row["measure"] == "theil-t" and row["weighting"] == "unweighted":
            def share(keep):
                y, g = x[keep], [of[i] for i in keep]
                even = numpy.full(len(keep), 1 / len(keep))
                mean = {k: y[[i for i, own in enumerate(g) if own == k]].mean() for k in set(g)}
                return theil(numpy.array([mean[k] for k in g]), even) / theil(y, even)
            every = list(range(len(codes)))
            left = numpy.array([share(every[:i] + every[i + 1:]) for i in every])
            jackknife = math.sqrt((len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum())
            assert 0.7 < float(row["standard_error"]) / jackknife < 1.4, (row, jackknife)
        n += 1
    assert n == 4 * 2 * 3 * 3, n
    nested = data.ask("nested", "--year", "2015")
    for key in {(r["variable"], r["weighting"], r["measure"]) for r in nested}:
        mine = [r for r in nested if (r["variable"], r["weighting"], r["measure"]) == key]
        codes, x, w = arrays(data, key[0], 2015, key[1], key[2] == "theil-l")
        total = theil(x, w) if key[2] == "theil-t" else math.log(w @ x) - w @ numpy.log(x)
        assert abs(sum(float(r["part"]) for r in mine) - total) < 1e-12
        assert [r["grouping"] for r in mine] == ["region", "income", "partners", "countries"]
        for r in mine:
            near(r["contribution_share"], float(r["part"]) / total)
        assert all(float(r["part"]) > -1e-15 for r in mine)


def levels(data):
    """Means and percentiles by numpy; of people the value of the country in which the share is reached."""
    names = ["minimum", "p10", "p25", "median", "p75", "p90", "maximum"]
    shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]

    def check(row, x, w):
        near(float(row["mean"]), w @ x)
        for name, p in zip(names, shares):
            if row["weighting"] == "unweighted":
                expected = numpy.quantile(x, p)
            else:
                order = numpy.argsort(x, kind="stable")
                reached = numpy.searchsorted(numpy.cumsum(w[order]), p - 1e-12)
                expected = x[order][min(reached, len(x) - 1)]
            assert abs(float(row[name]) - expected) < 1e-9, (row, name, expected)

    found = data.ask("levels")
    seen = 0
    for row in found:
        if row["sample"] == "all" and row["year"] in ("2005", "2015"):
            codes, x, w = arrays(data, row["variable"], int(row["year"]), row["weighting"])
            assert int(row["n_countries"]) == len(codes)
            check(row, x, w)
            seen += 1
    assert seen == 4 * 2 * 2, seen
    both = [r for r in found if r["sample"] == "both"]
    assert len(both) == 4 * 2 * 2
    for first, last in zip(both[::2], both[1::2]):
        assert int(first["year"]) < int(last["year"]) and first["n_countries"] == last["n_countries"], (first, last)
        if first["weighting"] == "unweighted":
            ends = [arrays(data, first["variable"], int(r["year"]), "unweighted") for r in (first, last)]
            same = set(ends[0][0]) & set(ends[1][0])
            assert len(same) == int(first["n_countries"])
            for row, (codes, x, _) in zip((first, last), ends):
                kept = numpy.array([v for c, v in zip(codes, x) if c in same])
                check(row, kept, numpy.full(len(kept), 1 / len(kept)))


def split_groups(data):
    """Each group's own measures, by the formulas; its parts add up to those of `split` and of all."""
    whole = {(r["variable"], r["weighting"], r["grouping"], r["measure"]): r for r in data.ask("split", "--year", "2015")}
    rows_of = data.ask("split-groups", "--year", "2015")
    assert {(r["variable"], r["weighting"], r["grouping"]) for r in rows_of} == {k[:3] for k in whole}
    for key in {k[:3] for k in whole}:
        mine = [r for r in rows_of if (r["variable"], r["weighting"], r["grouping"]) == key]
        codes, x, w = arrays(data, key[0], 2015, key[1], False)
        of = [data.group[key[2]].get(c) or "" for c in codes]
        assert {r["group"] for r in mine} == set(of) and sum(int(r["n_countries"]) for r in mine) == len(codes)
        for r in mine:
            own = [i for i, g in enumerate(of) if g == r["group"]]
            y, v = x[own], w[own] / w[own].sum()
            near(float(r["weight_share"]), w[own].sum())
            near(float(r["value_share"]), (w[own] @ y) / (w @ x))
            near(float(r["mean"]), v @ y)
            assert abs(float(r["theil_t"]) - theil(y, v)) < 1e-12, r
            assert abs(float(r["gini"]) - gini(y, v)) < 1e-9, r
        t = whole[(*key, "theil-t")]
        for part, all_of in (("theil_t_between", "between"), ("theil_t_within", "within")):
            assert abs(sum(float(r[part]) for r in mine) - float(t[all_of])) < 1e-12, key
        assert abs(sum(float(r["theil_t_share"]) for r in mine) - 1) < 1e-9
        if all(r["theil_l"] for r in mine):
            l = whole[(*key, "theil-l")]
            for part, all_of in (("theil_l_between", "between"), ("theil_l_within", "within")):
                assert abs(sum(float(r[part]) for r in mine) - float(l[all_of])) < 1e-12, key
        else:
            assert all(not r["theil_l_share"] for r in mine), mine


def changes(data):
    for row in data.ask("theil-change"):
        first, last = int(row["year_first"]), int(row["year_last"])
        both = [c for c in data.value[row["variable"], first] if c in data.value[row["variable"], last]]
        ends = []
        positive = [c for c in both if all(data.value[row["variable"], y][c] > 0 for y in (first, last))]
        for year in (first, last):
            people = data.panel["SP.POP.TOTL", year]
            use = [c for c in (positive if row["measure"] == "theil-l" else both)
                   if row["weighting"] == "unweighted" or c in people]
            x = numpy.array([data.value[row["variable"], year][c] for c in use])
            w = numpy.array([people[c] if row["weighting"] == "population" else 1 for c in use], float)
            w /= w.sum()
            ends.append(theil(x, w) if row["measure"] == "theil-t" else math.log(w @ x) - w @ numpy.log(x))
        near(row["change"], ends[1] - ends[0], 1e-12)
        parts = sum(float(row[k]) for k in ("by_means", "by_within", "by_shares"))
        assert abs(parts - (ends[1] - ends[0])) < 1e-12, row
        if row["weighting"] == "unweighted":
            assert abs(float(row["by_shares"])) < 1e-12


def sources(data):
    """Lerman and Yitzhaki by the covariance with the rank; Shapley over all 3! orders."""
    weights = {r["node"]: float(r["weight_share"]) for r in rows(rift("export", data.folder, "weights")) if r["weight_share"]}
    table = data.ask("gini-sources", "--year", "2015")
    for node in ("access", "use"):
        mine = [r for r in table if r["variable"] == node and r["weighting"] == "unweighted"]
        codes = [c for c in data.value[node, 2015]
                 if all(c in data.value[r["source"], 2015] for r in mine)]
        part = {r["source"]: numpy.array([weights[r["source"]] * data.value[r["source"], 2015][c] for c in codes])
                for r in mine}
        whole = sum(part.values())
        n = len(codes)
        w = numpy.full(n, 1 / n)
        rank = numpy.array([(whole < v).sum() + ((whole == v).sum()) / 2 for v in whole]) / n
        total = 0
        for r in mine:
            x = part[r["source"]]
            share = 2 * numpy.mean((x - x.mean()) * (rank - 0.5)) / whole.mean()
            near(r["part"], share)
            near(r["gini"], gini(x, w))
            near(r["share_of_mean"], x.mean() / whole.mean())
            total += float(r["part"])
        assert abs(total - gini(whole, w)) < 1e-12
    mine = [r for r in table if r["variable"] == "total" and r["weighting"] == "unweighted"]
    names = [r["source"] for r in mine]
    codes = [c for c in data.value["total", 2015] if all(c in data.value[k, 2015] for k in names)]
    x = {k: numpy.array([data.value[k, 2015][c] for c in codes]) for k in names}
    w = numpy.full(len(codes), 1 / len(codes))

    def value(players):
        log = sum(weights[k] * numpy.log(x[k] if k in players else numpy.full(len(codes), x[k].mean()))
                  for k in names)
        return gini(numpy.exp(log), w)

    shares = dict.fromkeys(names, 0)
    for order in itertools.permutations(names):
        for i, k in enumerate(order):
            shares[k] += (value(order[:i + 1]) - value(order[:i])) / math.factorial(len(names))
    for r in mine:
        assert r["method"] == "shapley"
        near(r["part"], shares[r["source"]], 1e-9)


def contributions(data):
    """Leaves add up to the gap; layers by LMDI, series within a layer by their weights."""
    weights = {r["node"]: float(r["weight_share"]) for r in rows(rift("export", data.folder, "weights")) if r["weight_share"]}
    table = data.ask("contributions", "--year", "2020", "--compare", "KOR,KEN")
    at = {r["variable"]: r for r in table}
    a, b = (data.value["total", 2020][c] for c in ("KOR", "KEN"))
    mean = (a - b) / math.log(a / b)
    for layer in NODES[1:]:
        x, y = (data.value[layer, 2020][c] for c in ("KOR", "KEN"))
        near(at[layer]["contribution"], mean * weights[layer] * math.log(x / y))
        assert at[layer]["method"] == "lmdi"
    leaves = sum(float(r["contribution"]) for r in table if r["series"] == "1")
    near(leaves, a - b, 1e-9)
    # most is more than half; a part of a sixth is only the largest
    said = rift("divide", data.folder, "contributions", "--year", "2020", "--compare", "KOR,KEN")
    largest = max((r for r in table if r["series"] == "1"), key=lambda r: float(r["contribution"]))
    share = float(largest["contribution"]) / (a - b)
    assert 0.05 < share < 0.5, largest
    assert f"; the largest part, {float(largest['contribution']):.2f} ({100 * share:.0f} %), comes from " in said, said
    assert "most of it" not in said, said
    groups = data.ask("contributions", "--year", "2020", "--compare", "income=High income,income=Low income")
    total = next(r for r in groups if r["variable"] == "total")
    assert float(total["contribution"]) > 40 and total["a"] == "High income"
    layers = sum(float(r["contribution"]) for r in groups if r["variable"] in NODES[1:])
    assert abs(layers - float(total["contribution"])) < 1.5  # means of products are not products of means


def curves(data):
    """Twice the area over the Lorenz curve is the Gini; dominance where a year is planted so."""
    table = data.ask("lorenz", "--series", "use")
    years = {int(r["year"]) for r in table}
    assert len(years) == 2
    for year in years:
        for weighting in ("unweighted", "population"):
            both = set.intersection(*(set(data.sample("use", y, weighting)[0]) for y in years))
            mine = [r for r in table if int(r["year"]) == year and r["weighting"] == weighting]
            p = [float(r["cumulative_share"]) for r in mine]
            curve = [float(r["lorenz"]) for r in mine]
            codes, x, w = arrays(data, "use", year, weighting)
            among = numpy.array([c in both for c in codes])
            x, w = x[among], w[among] / w[among].sum()
            assert {int(r["n_countries"]) for r in mine} == {len(x)}, (year, weighting)
            area = sum((curve[i] + curve[i + 1]) * (p[i + 1] - p[i]) / 2 for i in range(len(p) - 1))
            assert abs(1 - 2 * area - gini(x, w)) < 2e-3
            near(mine[-1]["generalised"], w @ x)
    density = [r for r in data.ask("density", "--series", "use", "--year", "2015") if r["weighting"] == "unweighted"]
    codes, x, w = arrays(data, "use", 2015, "unweighted")
    q = numpy.quantile(x, [0.25, 0.75])
    h = 0.9 * min(x.std(ddof=1), (q[1] - q[0]) / 1.34) * len(x) ** -0.2
    for r in density:
        z = (float(r["value"]) - x) / h
        near(r["density"], float((numpy.exp(-z * z / 2) / math.sqrt(2 * math.pi)).mean() / h), 1e-9)


def planted(work):
    """Curves that dominate, cross and stay; a missing GDP and no population are told."""
    codes = [f"C{i:02}" for i in range(40)]

    def study(x):
        (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},x,{x(i, y)!r}\n" for i, c in enumerate(codes) for y in (2010, 2020)))
        (work / "index.yaml").write_text(
            "code: p\nnormalisation: goalposts\nentities: any\nseries: [{code: x, goalposts: {low: 0, high: 1000}}]\n"
            "nodes: [{code: total, children: [x]}]\n")
        (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in codes))
        (work / "study.yaml").write_text(
            "code: p\ntitle: P\nyears: {first: 2010, last: 2020}\nsources: [data.csv]\n"
            "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
        rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
        found = rows(rift("divide", work / "out", "lorenz-dominance", "--series", "x", "--to", "csv"))
        return {r["curve"]: r["conclusion"] for r in found}

    assert study(lambda i, y: (1 + i) if y == 2010 else 30 + i) == {
        "lorenz": "the later curve dominates", "generalised": "the later curve dominates"}
    assert study(lambda i, y: 50 + i if y == 2010 else 2 * (50 + i))["lorenz"] == "no significant difference"
    # the poor lose, the middle gains at the cost of the top: curves that cross
    assert study(lambda i, y: (20 + i) if y == 2010 else (2 if i < 15 else 60))["lorenz"] in (
        "the curves cross", "the earlier curve dominates")
    crossing = study(lambda i, y: (0.5 + i if i < 20 else 100 + 0.1 * i) if y == 2010 else
                     (10 if i < 20 else 60 + 8.0 * (i - 20)))
    assert crossing["lorenz"] == "the curves cross", crossing
    text = rift("divide", work / "out", "income-adjusted", "concentration")
    assert text.count("names no series of GDP per head") == 2
    # without groups there is nothing to split by
    assert "No grouping" in rift("divide", work / "out", "nested")


def concentration(data):
    """2 cov(y, r) / mean by its definition, r the fractional rank, ties sharing theirs."""
    gdp = {y: data.panel["NY.GDP.PCAP.PP.CD", y] for y in range(2005, 2008)}
    n = 0
    for row in data.ask("concentration", "--year", "2005:2007", "--series", "use"):
        year, people = int(row["year"]), data.panel["SP.POP.TOTL", int(row["year"])]
        both = [(gdp[year][c], v, people[c] if row["weighting"] == "population" else 1)
                for c, v in data.value["use", year].items() if c in gdp[year] and c in people]
        assert int(row["n_countries"]) == len(both)
        total = sum(w for *_, w in both)
        rank = [(sum(w for b, _, w in both if b < a) + sum(w for b, _, w in both if b == a) / 2) / total
                for a, *_ in both]
        mean = sum(w * y for _, y, w in both) / total
        c = 2 * sum(w * (y - mean) * (q - 0.5) for (_, y, w), q in zip(both, rank)) / total / mean
        near(row["concentration"], c)
        near(row["wagstaff"], c / (1 - mean / 100))
        near(row["erreygers"], 4 * mean / 100 * c)
        assert 0 < float(row["standard_error"]) < 0.1
        n += 1
    assert n == 6, n
    curve = [r for r in data.ask("concentration-curve", "--year", "2006", "--series", "use")
             if r["weighting"] == "unweighted"]
    values = [v for _, v in sorted((gdp[2006][c], v) for c, v in data.value["use", 2006].items() if c in gdp[2006])]
    total = sum(values)
    for row in curve:
        whole = float(row["cumulative_share"]) * len(values)
        k = int(whole + 1e-9)
        part = sum(values[:k]) + ((whole - k) * values[k] if k < len(values) else 0)
        near(row["value_share"], part / total, 1e-9)


def commands(work):
    """Answers in words, as JSON, kept in the file; what is wrong is said."""
    folder = shipped_copy(work / "shipped")
    text = rift("divide", folder)
    assert "== inequality" in text and "more rows: rift divide" in text
    kept = rows(rift("export", folder, "gaps", "--country", "KEN"))
    assert kept and {r["country"] for r in kept} == {"KEN"}
    found = json.loads(rift("divide", folder, "inequality", "--json", "--year", "2015"))
    assert found[0]["table"] == "inequality" and found[0]["rows"]
    for arguments, code, words in [
            (["inequalty"], 2, "did you mean 'inequality'"),
            (["inequality", "--series", "IT.NET.USER"], 2, "did you mean 'IT.NET.USER.ZS'"),
            (["inequality", "--measures", "gimi"], 2, "did you mean 'gini'"),
            (["inequality", "--by", "continent"], 2, "unknown grouping 'continent'"),
            (["inequality", "--year", "1990"], 2, "the result, which has 2000 to 2024"),
            (["inequality", "--year", "soon"], 2, "takes a year or two"),
            (["gaps", "--reference", "income=High"], 2, "unknown group 'High'"),
            (["gaps", "--reference", "KENYAA"], 2, "unknown country 'KENYAA'"),
            (["contributions", "--compare", "KEN"], 2, "takes two countries"),
            (["inequality", "--replicates", "none"], 2, "takes a whole number"),
            (["--to", "csv"], 2, "takes one table"),
            (["inequality", "--to", "xml"], 2, "takes text, csv or json")]:
        said = rift("divide", folder, *arguments, code=code)
        assert words in said, (arguments, said)


IDI = ["i99H", "xHH6", "i911mw", "i271G", "i271GA", "i136mwi_subs", "i135tfb_subs", "i271mb_high_ts_GNI",
       "i154_FBB_ts_GNI", "xHH18"]
T27 = {"i99H": 7.483, "xHH6": 7.417, "i911mw": 6.250, "coverage": 1.842, "i136mwi_subs": 1.000,
       "i135tfb_subs": 0.158, "i271mb_high_ts_GNI": 0.208, "i154_FBB_ts_GNI": 3.025, "xHH18": 2.875}


SCORES = {"CHN": [79.6, 85.5, 71.9, 99.9, 83.2, 85.3, 100, 100, 87.4],
          "PAK": [34.7, 41.0, 34.4, 77.8, 71.2, 83.4, 97.5, 63.7, 52.9]}


def idi(work):
    """T27: China less Pakistan in the IDI 2024, from the scores that the ITU prints, to the last
    digit; and from the inputs that it prints, by the definition that ships."""
    inputs = {"CHN": [75.6, 81.2, 107.8, 99.9, 99.9, 174.8, 2575.1, 1.0, 0.5, 83.0],
              "PAK": [32.9, 39.0, 51.5, 79.9, 76.4, 82.8, 2175.3, 1.5, 12.7, 50.3]}
    names = list(T27)
    (work / "scores.yaml").write_text(
        "code: scores\nnormalisation: goalposts\nseries:\n" + "".join(
            f"  - {{code: {k}, goalposts: {{low: 0, high: 100}}}}\n" for k in names) +
        "nodes:\n  - {code: idi, children: [universal, meaningful]}\n"
        f"  - {{code: universal, children: [{', '.join(names[:3])}]}}\n"
        f"  - {{code: meaningful, children: [{', '.join(names[3:])}]}}\n")
    (work / "countries.csv").write_text("country,name\nCHN,China\nPAK,Pakistan\n")
    for values, keys, index, near_by in (
            (SCORES, names, "scores.yaml", 5e-4),
            (inputs, IDI, SOURCE / "indicators/indices/idi-2023.yaml", 0.02)):
        (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},2022,{k},{v}\n" for c, line in values.items() for k, v in zip(keys, line)))
        (work / "study.yaml").write_text(
            "code: idi\ntitle: IDI\nyears: {first: 2022, last: 2022}\nsources: [data.csv]\n"
            f"countries: {{file: countries.csv}}\nindex: {index}\nreport: false\n")
        rift("run", work / "study.yaml", "-o", work / "idi", "-q", "--no-charts")
        table = rows(rift("divide", work / "idi", "contributions", "--compare", "CHN,PAK", "--to", "csv"))
        found = {r["variable"]: float(r["contribution"]) for r in table}
        assert all(r["method"] == "exact" for r in table if r["variable"] != "idi")
        for node, value in T27.items():
            assert abs(found[node] - value) <= near_by, (node, found[node], value)
        assert abs(found["idi"] - 30.26) < 0.005 + 3 * near_by
        leaves = sum(float(r["contribution"]) for r in table if r["series"] == "1")
        assert abs(leaves - found["idi"]) < 1e-10


def level_nodes(work):
    """A node at which both stand alike hands its series what they are, not 0; what only one side has
    stays a remainder, and is told."""
    def ask(a, b, method):
        (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},2020,{k},{v}\n" for c, side in (("AAA", a), ("BBB", b)) for k, v in zip("pqr", side) if v is not None))
        (work / "index.yaml").write_text(
            "code: n\nnormalisation: goalposts\nentities: any\nseries:\n" + "".join(
                f"  - {{code: {k}, goalposts: {{low: 0, high: 100}}}}\n" for k in "pqr") +
            f"nodes:\n  - {{code: total, children: [u, r], aggregation: {method}, minimum_coverage: 0.5}}\n"
            f"  - {{code: u, children: [p, q], aggregation: {method}, minimum_coverage: 0.5}}\n")
        (work / "countries.csv").write_text("country,name\nAAA,A\nBBB,B\n")
        (work / "study.yaml").write_text(
            "code: level\ntitle: L\nyears: {first: 2020, last: 2020}\nsources: [data.csv]\n"
            "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
        rift("run", work / "study.yaml", "-o", work / "level", "-q", "--no-charts")
        arguments = ["divide", work / "level", "contributions", "--compare", "AAA,BBB"]
        found = {r["variable"]: float(r["contribution"]) for r in rows(rift(*arguments, "--to", "csv"))}
        return found, rift(*arguments)

    found, said = ask((20, 40, 80), (40, 20, 60), "arithmetic")
    for node, value in {"total": 10, "u": 0, "r": 10, "p": -5, "q": 5}.items():
        near(found[node], value)
    assert "not split by series" not in said
    assert "a gap of 10.00; as much as all of it, 10.00 (100 %), comes from r." in said, said
    # what goes against the gap is no part of it, however large: -15, -2.5 and 20 make 2.5
    found, said = ask((20, 40, 90), (80, 50, 50), "arithmetic")
    assert (found["p"], found["q"], found["r"]) == (-15, -2.5, 20), found
    assert "more than all of it, 20.00 (800 %), comes from r, and others make it smaller." in said, said
    _, said = ask((20, 40, 50), (80, 50, 62), "arithmetic")  # -15, -2.5 and -6
    assert "a gap of -23.50; most of it, -15.00 (64 %), comes from p." in said, said
    _, said = ask((40, 40, 40), (40, 40, 40), "arithmetic")
    assert "a gap of 0.00.\n" in said, said
    found, _ = ask((20, 45, 80), (45, 20, 60), "geometric")
    mean = (math.sqrt(30 * 80) - math.sqrt(30 * 60)) / math.log(math.sqrt(30 * 80) / math.sqrt(30 * 60))
    near(found["r"], mean * 0.5 * math.log(80 / 60))
    near(found["p"], mean * 0.25 * math.log(20 / 45))
    near(found["p"] + found["q"] + found["r"], found["total"])
    found, said = ask((20, 90, 80), (40, None, 60), "arithmetic")
    near(found["p"], 0.5 * (20 - 40))
    near(found["total"], (55 + 80) / 2 - (40 + 60) / 2)
    assert "17.50 of it is not split by series" in said, said


def undesirable_children(work):
    """A child that its node keeps small takes part as such: its parts make up the gap."""
    codes = [f"C{i}" for i in range(8)]
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},2020,{s},{(i * k * 7 + 3 * i + 11 * k) % 19 + 1}\n"
        for i, c in enumerate(codes) for k, s in ((1, "x"), (2, "y"), (3, "z"))))
    (work / "index.yaml").write_text(
        "code: p\nnormalisation: goalposts\nentities: any\nseries:\n" + "".join(
            f"  - {{code: {s}, goalposts: {{low: 0, high: 20}}}}\n" for s in "xyz") +
        "nodes: [{code: total, children: [x, y, z], aggregation: "
        "{method: benefit-of-the-doubt-directional, undesirable: [z]}}]\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in codes))
    (work / "study.yaml").write_text(
        "code: p\ntitle: P\nyears: {first: 2020, last: 2020}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
    rift("run", work / "study.yaml", "-o", work / "small", "-q", "--no-charts")
    found = rows(rift("divide", work / "small", "contributions", "--to", "csv"))
    total = next(r for r in found if r["method"] == "total")
    parts = [float(r["contribution"]) for r in found if r["method"] == "shapley"]
    assert len(parts) == 3 and abs(sum(parts) - float(total["contribution"])) < 1e-9, found
    assert abs(float(total["contribution"])) > 1, total


def main():
    # what follows is asked of the total and the layers
    data = Data(shipped())
    watched = data.ask
    data.ask = lambda part, *more: watched(
        part, *(() if "--series" in more else ("--series", ",".join(NODES))), *more)
    for check in (inequality, then_and_now, levels, bandwidths, gaps, expected, splits, split_groups, changes, sources, contributions, curves, concentration):
        check(data)
    with tempfile.TemporaryDirectory() as folder:
        commands(pathlib.Path(folder))
        planted(pathlib.Path(folder))
        idi(pathlib.Path(folder))
        level_nodes(pathlib.Path(folder))
        undesirable_children(pathlib.Path(folder))
    passed(19)


main()
