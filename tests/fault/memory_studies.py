# SPDX-License-Identifier: GPL-3.0-or-later
"""Small studies that have something for every command, analysis, table and method, and the
commands that make them of it: for tests that break what all of them share."""
from support import SOURCE

COUNTRIES = "AUT BEL CHN DEU ETH FRA GHA IND JPN KEN NAM TZA".split()
INCOME = ["Low income", "Lower middle income", "High income"]
YEARS = range(2005, 2016)
# One index for each: nodes take the weights and the means of the first, series the rest.
STEPS = {
    "imputation": ["latest", "linear", "mean", "median", "within-parent", "{method: regression, on: [a, c]}", "em",
                   "{method: nearest, neighbours: 2}"],
    "transformation": ["log", "log1p", "log10", "sqrt", "parity"],
    "treatment": ["{method: winsorise, skewness: 0.1, kurtosis: -3, then: box-cox}", "percentiles", "fences", "log",
                  "log-above-minimum", "log-mirrored", "log-gii", "box-cox"],
    "normalisation": ["min-max", "z-score", "scaled-z-score", "rank", "percentile-rank", "borda", "distance-to-best",
                      "{method: distance-to-reference, reference: CHN}", "{method: distance-to-target, target: 40}",
                      "fraction-of-best", "{method: target-band, target: {low: 8, high: 12}}", "{method: bands, bands: [5, 9]}"],
    "weighting": ["effective-share", "{method: budget, votes: votes.csv}", "entropy", "critic", "pca", "factor", "correlation",
                  "infomax"],
    "aggregation": ["geometric", "harmonic", "{method: generalised, power: 2}", "minimum", "median", "weighted-median",
                    "{method: owa, order_weights: [1, 2, 3, 4]}", "mazziotta-pareto", "adjusted-mazziotta-pareto", "wroclaw",
                    "mean-min", "copeland", "kemeny", "benefit-of-the-doubt",
                    "{method: benefit-of-the-doubt-directional, undesirable: [d]}",
                    "{method: benefit-of-the-doubt-order-m, peers: 2, draws: 3}"],
    "ranking": ["modified-competition", "dense", "average"],
    "screening": ["{series: 0.1}", "{country: 0.2}", "{nonzero: 0.1}", "{balanced: true}"],
}
DENOMINATION = ["ratio", "per-100", "per-100000", "per-million", "world-share", "rate-world-share", "representation"]


def value(i, k, y):
    """Of country i, series k, year y: rising, with countries and years out of step."""
    return 4 + (5 * i + 3 * k) % 13 + (y - YEARS[0]) * (0.4 + (i * (k + 2)) % 7 / 10) + (7 * i + 3 * y + 11 * k) % 5 / 3


def steps(work):
    """Data with gaps, and for each method an index that uses it: names of these."""
    (work / "steps.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{9 * i + value(i, k, y)!r}\n" for i, c in enumerate(COUNTRIES[:7]) for y in (2009, 2010, 2011)
        for k, s in enumerate("abcd") if (i + y + k) % 6) + "".join(
        f"{c},{y},z,{1000 + 37 * i * i}\n" for i, c in enumerate(COUNTRIES[:7]) for y in (2009, 2010, 2011)))
    (work / "votes.csv").write_text("expert,a,b,c,d\nx,20,30,40,10\ny,25,25,30,20\n")
    made = []
    for step, methods in [*STEPS.items(), ("denomination", DENOMINATION)]:
        for k, method in enumerate(methods):
            head = "" if step == "normalisation" else "normalisation: min-max\n"
            head += "" if step == "imputation" else "imputation: [linear, mean]\n"
            series = "series: [{code: a}, {code: b}, {code: c}, {code: d}]\n"
            if step == "weighting":
                series = series.replace("{code: d}", "{code: d, polarity: higher-is-better}")
            if method.startswith("{method: target-band"):
                series = series.replace("}", ", goalposts: {low: 0, high: 40}}")
            if step == "transformation":
                series = series.replace("}", f", transformation: {method}}}")
            elif step == "denomination":
                series = series.replace("{code: a}", f"{{code: a, denominator: z, denomination: {method}}}")
                series = series.replace("{code: d}]", "{code: d}, {code: z}]")
            else:
                head += f"{step}: {method}\n"
            best = "best_score: 100\nworst_score: 1\n" if "geo" in method or "harm" in method or "entropy" in method else ""
            name = f"{step}-{k}.yaml"
            (work / name).write_text(f"code: steps\n{best}scope: pooled\n{head}{series}"
                                     "nodes: [{code: total, children: [a, b, c, d]}]\n")
            made.append(name)
    return made


def tree(work):
    """An index of every part that a definition may have: names of definitions that score."""
    (work / "all-steps.yaml").write_text(
        "code: steps\nnormalisation: min-max\nscope: pooled\nscreening: {country: 0.2}\n"
        "imputation: [latest, linear, {method: nearest, neighbours: 2}, em]\n"
        "treatment: {method: winsorise, skewness: 0.1, kurtosis: -3, then: box-cox}\n"
        "series: [{code: a}, {code: b, imputation: {method: regression, on: [a]}, cap: {low: 1}}, "
        "{code: c}, {code: d}]\nnodes:\n"
        "  - {code: total, aggregation: mazziotta-pareto, children: [n, m]}\n"
        "  - {code: n, weighting: factor, aggregation: wroclaw, children: [a, b]}\n"
        "  - {code: m, weighting: critic, aggregation: kemeny, children: [c, o]}\n"
        "  - {code: o, aggregation: {method: benefit-of-the-doubt-order-m, peers: 2, draws: 3}, children: [d]}\n")
    (work / "weighed.yaml").write_text(
        "code: weighed\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}, {code: c}, {code: d}]\n"
        "weight_sets: [{name: x, weights: {n: 2, a: 3}}, {name: y, weights: {m: 3}}]\nweights: y\nnodes:\n"
        "  - {code: total, children: [n, m]}\n  - {code: n, children: [a, b]}\n  - {code: m, children: [c, d]}\n")
    (work / "balanced.yaml").write_text((work / "weighed.yaml").read_text().replace("weights: y\n", "").replace(
        "weight_sets: [{name: x, weights: {n: 2, a: 3}}, {name: y, weights: {m: 3}}]",
        "balance: {level: 1, targets: {n: 2}, bounds: {low: 0.1}}"))


def coinr(work):
    (work / "iMeta.csv").write_text(
        "Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n1,y,T,-1,1,Indicator\n"
        "2,T,,1,1,Aggregate\nNA,g,NA,NA,NA,Group\n")
    (work / "iData.csv").write_text("uCode,Time,g,x,y\na,2019,p,1,5\nb,2019,q,3,NA\n")


BLOCKS = """divide: {measures: [gini, theil-t, egr-2-1], decompose: [income], series: [total, X], replicates: 3}
converge: {series: [X], by: [club]}
forecast: {series: [X], by: [income], replicates: 3}
paradox: {series: [X], pairs: [{name: g, lagging: F, leading: M}], channels: [I], high_income: income=High income, replicates: 3}
audit: {draws: 9}
"""


def whole(work, scale=1, blocks=BLOCKS, name="whole", charts="", years=YEARS, countries=COUNTRIES, unit="'%'"):
    """A study with every block, whose values are `scale` times what they are by themselves."""
    values = {}
    for i, c in enumerate(countries):
        for y in years:
            t = y - years[0]
            home = 12 - 0.1 * t * (i % 4) + (3 * i + y) % 5 / 5
            level = 100 / (1 + 2.718 ** (-0.25 * (t - 2 - 1.5 * (i % 7)))) + (i * 7 + y * 3) % 4 / 9
            cells = {"X": min(99, level), "Y": value(i, 1, y), "Z": value(i, 2, y), "F": 40 + i - home / 2, "M": 40 + i + home / 2,
                     "I": 9 + 0.3 * t + (i * y) % 7}
            values.update({(c, y, s): x * scale for s, x in cells.items() if (s, (i + y) % 9) != ("Z", 0)})
            values[c, y, "POP"] = 1000 + 137 * (i * i % 19) + t
            values[c, y, "GDP"] = 500 * 1.2 ** i * (1 + 0.02 * t * (1 + i % 3))
    (work / f"{name}.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{x!r}\n" for (c, y, s), x in values.items()))
    (work / f"{name}-countries.csv").write_text("country,name,income,region\n" + "".join(
        f"{c},Land {c},{INCOME[i % 3]},Region {i % 2}\n" for i, c in enumerate(countries)))
    (work / f"{name}-members.csv").write_text("country,group,first,last\n" + "".join(
        f"{c},club,{years[len(years) // 2]},\n" for c in countries[:4]))
    (work / f"{name}-links.csv").write_text("from,to,weight,year\n" + "".join(
        f"{a},{b},{1 + i + k},{years[0] - 1}\n" for i, a in enumerate(countries[2::3]) for k, b in enumerate(countries[::3])))
    post = ", goalposts: {low: 0, high: %r}" % (100 * scale)
    (work / f"{name}-index.yaml").write_text(
        "code: whole\nnormalisation: goalposts\nweight_sets: [{name: even, weights: {n: 1, m: 1}}]\nimputation: [linear]\nseries:\n" +
        "".join(f"  - {{code: {s}, unit: {unit}{post}}}\n" for s in "XYZFMI") +
        "  - {code: POP, unit: people}\n  - {code: GDP, unit: dollars}\nnodes:\n"
        "  - {code: total, children: [{node: n, weight: 2}, m]}\n  - {code: n, name: Access, children: [X, Y]}\n"
        "  - {code: m, name: Use, children: [Z]}\n")
    (work / f"{name}.yaml").write_text(
        f"code: {name}\ntitle: Whole\nyears: {{first: {years[0]}, last: {years[-1]}}}\nsources: [{name}.csv]\n"
        f"countries: {{file: {name}-countries.csv}}\npopulation: POP\ngdp_per_head: GDP\n"
        f"groups:\n  - {{code: income, column: income}}\n  - {{code: region, column: region}}\n"
        f"  - {{code: club, members: {name}-members.csv}}\n"
        f"index: {name}-index.yaml\n{blocks}"
        f"map: {{outlines: {SOURCE / 'data' / 'outlines.csv'}}}\nhighlight: {{grouping: region, group: Region 0}}\n"
        f"charts: [{charts}]\nreport: {'true' if charts else 'false'}\n")
