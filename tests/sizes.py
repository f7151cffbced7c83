#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often each test that Rift prints rejects at a nominal 5 %, where its null is true, and where it is not.

    tests/sizes.py [RIFT] [--series N] [--only WORDS] [--seed S]

Studies of made-up countries are run through the program; each series of them is a draw. n, years and
dependence are those of the shipped data: 150 countries and 22 years, values that remember nine tenths
of the year before. Prints the table of docs/methods.md ("Sizes of the tests that Rift prints"). Takes
ten minutes; run by hand. Exit 1 where a size is above 8 % by more than twice its Monte-Carlo error, and
the test is not one of those of which the program says so (TOO_OFTEN)."""
import argparse
import csv
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "claim"))
import definitions

YEARS, COUNTRIES = 22, 150
FIRST = 2003
# where it is printed, it is said that these reject too often, or when
TOO_OFTEN = ("`clubs`", "`modes`: Silverman", "`modes`: dip, ties", "`inequality`", "`regression` others-on-rich: p_value", "`channels` abroad")


class Made:
    """A study of values[series, country, year], which are above 0."""

    def __init__(self, program, folder, values, children=1, groups=None, since=None, rich=None, people=None,
                 income=None, ask=""):
        self.program, self.out = program, folder / "out"
        folder.mkdir()
        n_series, n_country, n_year = values.shape
        code = [f"S{s:04}" for s in range(n_series)]
        name = [f"C{c:03}" for c in range(n_country)]
        with open(folder / "data.csv", "w") as file:
            file.write("country,year,indicator,value\n")
            for s in range(n_series):
                for c in range(n_country):
                    file.writelines(f"{name[c]},{FIRST + t},{code[s]},{values[s, c, t]:.12g}\n" for t in range(n_year)
                                    if not math.isnan(values[s, c, t]))
            file.writelines(f"{c},{FIRST + t},GDP,{income[i]:.12g}\n" for i, c in enumerate(name) if income is not None
                            for t in range(n_year))
            file.writelines(f"{c},{FIRST + t},POP,{1 if people is None else people[i]:.6g}\n" for i, c in enumerate(name)
                            for t in range(n_year))
        (folder / "c.yaml").write_text("series:\n  - {code: POP, unit: people}\n  - {code: GDP}\n" + "".join(
            f"  - {{code: {s}, unit: points, goalposts: {{low: 0, high: 1000}}}}\n" for s in code))
        (folder / "i.yaml").write_text(
            "code: i\nentities: any\nnormalisation: goalposts\nnodes:\n" + "".join(
                f"  - {{code: N{k}, children: [{', '.join(code[k:k + children])}]}}\n"
                for k in range(0, n_series, children)) +
            f"  - {{code: total, children: [{', '.join(f'N{k}' for k in range(0, n_series, children))}]}}\n")
        (folder / "countries.csv").write_text("country,name,income\n" + "".join(
            f"{c},Land {c},{groups[i] if groups is not None else 'High income' if rich is not None and rich[i] else 'other'}\n"
            for i, c in enumerate(name)))
        more = "groups: [{code: income, column: income}"
        if since is not None:
            (folder / "members.csv").write_text("country,group,first,last\n" + "".join(
                f"{name[c]},club,{FIRST + t},\n" for c, t in enumerate(since) if t))
            more += ", {code: club, members: members.csv}"
        (folder / "s.yaml").write_text(
            f"code: s\ntitle: S\nyears: {{first: {FIRST}, last: {FIRST + n_year - 1}}}\nsources: [data.csv]\n"
            "countries: {file: countries.csv}\nseries_files: [c.yaml]\nindex: i.yaml\nreport: false\n"
            f"population: POP\n{'gdp_per_head: GDP' if income is not None else ''}\n{more}]\n" + "".join(
                f"{block}: {{series: [{', '.join(code)}]{', replicates: 10' if block == 'divide' else ''}}}\n"
                for block in ask.split()))
        self.run("run", folder / "s.yaml", "-o", self.out, "-q", "--no-charts")

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stderr[-2000:])
        return done.stdout

    def table(self, command, table, *options):
        text = (self.run("export", self.out, table, "--to", "csv", *options) if command == "export" else
                self.run(command, self.out, table, "--to", "csv", *options))
        return list(csv.DictReader(text.splitlines()))


def errors(draw, shape, rho):
    """AR(1), stationary with deviation 1; at rho 1 a random walk of steps of 1."""
    e = draw.standard_normal(shape)
    if rho < 1:
        e[..., 1:] *= math.sqrt(1 - rho * rho)
    for t in range(1, shape[-1]):
        e[..., t] += rho * e[..., t - 1]
    return e


def p_values(rows, column="p_value", **where):
    """Of series themselves, not of nodes; undefined ones do not reject."""
    return [float(r[column]) if r[column] else math.nan for r in rows
            if r.get("variable", r.get("node", "S")).startswith("S") and all(r[k] == v for k, v in where.items())]


def share(p):
    p = numpy.array(p)
    assert len(p) > 0
    return 100 * (p < 0.05).mean(), len(p)


class Report:
    def __init__(self):
        self.bad = 0
        print("| test | null | n | rejected, % | error | alternative | rejected, % |\n| --- | --- | --- | ---: | ---: | --- | ---: |")

    def add(self, test, null, n, p, alternative="", power=None, of=None):
        size, count = share(p)
        error = 100 * math.sqrt(max(size, 5) * (100 - max(size, 5)) / 1e4 / (of or count))
        self.bad += size > 8 + 2 * error and not test.startswith(TOO_OFTEN)
        print(f"| {test} | {null} | {n} | {size:.1f} | {error:.1f} | {alternative} | "
              f"{f'{share(power)[0]:.0f}' if power is not None else ''} |", flush=True)


def spread_over_time(job):
    """The spread of a year is AR(1): sigma-trend; the year's countries lie as normal quantiles do."""
    z = numpy.linspace(-1.8, 1.8, 40)
    for rho in (0, 0.8, 0.9):
        p = []
        for slope in (0, 0.15):
            level = 20 + errors(job.draw, (job.n, YEARS), rho) + slope * numpy.arange(YEARS)
            made = job.made(500 + level[:, None, :] * z[:, None])
            p.append(p_values(made.table("converge", "sigma-trend", "--series", "all"), scale="level", weighting="unweighted"))
        job.report.add("`sigma-trend`, `convergence`", f"no trend, AR(1) {rho}", "22 years", p[0],
                       "3 sd of the errors in 21 years", p[1])


def values_over_time(job):
    """AR(1) values of each country: trends."""
    for rho in (0, 0.8, 0.9):
        rows = []
        for slope in (0, 0.15):
            y = 100 + errors(job.draw, (max(job.n // 10, 8), 100, YEARS), rho) + slope * numpy.arange(YEARS)
            rows.append(job.made(y).table("export", "trends"))
        for column, name in (("least-squares_p_value", "least-squares"), ("mann-kendall_p_value", "mann-kendall")):
            job.report.add(f"`trends`: {name}", f"no trend, AR(1) {rho}", "22 years", p_values(rows[0], column),
                           "3 sd of the errors in 21 years", p_values(rows[1], column))


def growth(job):
    """Growth that has nothing to do with the start: beta."""
    for name, start in (("normal errors", 0), ("errors as large as the start is low", 1), ("errors larger in some countries", 2)):
        p = []
        for beta in (0, -0.01):
            x = errors(job.draw, (job.n, COUNTRIES), 0)
            sd = [1, numpy.exp(-0.7 * x), numpy.where(numpy.abs(x) > 1, 2, 0.7)][start]
            g = 0.05 + beta * x + 0.06 * sd * errors(job.draw, x.shape, 0)
            ln = numpy.stack([x, x + 2 * g], -1) * 0.5 + 4
            p.append(p_values(job.made(numpy.exp(ln)).table("converge", "beta", "--series", "all"), scale="ln"))
        job.report.add("`beta`", f"growth independent of the start, {name}", "150", p[0], "1 % of a gap closes in a year", p[1])


def classes(job):
    """A chain that stays the same, by countries that remember, and one that moves twice as much later."""
    for rho in (0.5, 0.9, 0.98):
        y = 100 * numpy.exp(0.3 * errors(job.draw, (job.n, COUNTRIES, YEARS), rho))
        p = p_values(job.made(y).table("converge", "homogeneity", "--series", "all"))
        later = errors(job.draw, (job.n, COUNTRIES, YEARS), rho)
        for t in range(YEARS // 2, YEARS):
            own = rho ** 2
            later[..., t] = own * later[..., t - 1] + math.sqrt(1 - own * own) * job.draw.standard_normal(later.shape[:2])
        power = p_values(job.made(100 * numpy.exp(0.3 * later)).table("converge", "homogeneity", "--series", "all"))
        job.report.add("`homogeneity`", f"AR(1) {rho} throughout", "150 x 22", p, f"AR(1) {rho ** 2:.2f} in the second half", power)


def told_peaks(rows):
    """p of what `modes` says: of both dips where values are equal."""
    return [max(p, q) if q == q else p for p, q in zip(p_values(rows, "dip_p_value"), p_values(rows, "dip_spread_p_value"))]


def peaks(job):
    """One peak: normal, lognormal, uniform; two normals 3.5 deviations apart. Then rounded, to a grid or half of them to round numbers,
    against two 5 apart and rounded likewise."""
    shape = (max(job.n // 4, 40), COUNTRIES, 2)

    def ask(x):
        return job.made(100 + 10 * x).table("divide", "modes", "--series", "all")

    power = ask(errors(job.draw, shape, 0) + numpy.where(job.draw.random(shape) < 0.5, 3.5, 0))
    one = (("normal", lambda: errors(job.draw, shape, 0)), ("lognormal", lambda: numpy.exp(0.5 * errors(job.draw, shape, 0))),
           ("uniform", lambda: 4 * job.draw.random(shape)))
    for name, x in one:
        rows = ask(x())
        for test, column in (("Silverman", "p_value"), ("dip", "dip_p_value")):
            job.report.add(f"`modes`: {test}", name, "150", p_values(rows, column), "two normals 3.5 sd apart",
                           p_values(power, column))
    round_numbers = job.draw.random(shape) < 0.5
    for how, rounded in (("to 1 sd", numpy.round), ("to 0.25 sd", lambda x: numpy.round(4 * x) / 4),
                         ("half of them to 0.5 sd", lambda x: numpy.where(round_numbers, numpy.round(2 * x) / 2, numpy.round(x, 2)))):
        power = ask(rounded(errors(job.draw, shape, 0) + numpy.where(job.draw.random(shape) < 0.5, 5, 0)))
        for name, x in one:
            rows = ask(rounded(x()))
            for test, p in (("dip, ties as they are", p_values(rows, "dip_p_value")), ("dip, as told", told_peaks(rows))):
                job.report.add(f"`modes`: {test}", f"{name}, rounded {how}", "150", p,
                               *(("two 5 sd apart", told_peaks(power)) if "told" in test else ()))


def curves(job):
    """The same distribution in both years, countries remembering the first."""
    for n_country in (40, COUNTRIES):
        table = []
        for more in (0, 0.08):
            e = errors(job.draw, (job.n, n_country, 2), 0.8)
            y = 100 * numpy.exp(e * numpy.array([0.5, 0.5 + more]))
            table.append(job.made(y).table("divide", "lorenz-dominance", "--series", "all"))
        for curve in ("lorenz", "generalised"):
            p = [[0 if not r["conclusion"].startswith("no ") else 1 for r in t
                  if r["curve"] == curve and r["cumulative_share"] in ("0.1", "0.10") and r["weighting"] == "unweighted"
                  and r["variable"].startswith("S")] for t in table]
            job.report.add(f"`lorenz-dominance`: {curve}", "the same distribution in both years", str(n_country), p[0],
                           "sd of ln 16 % larger", p[1])


def intervals(job):
    """Intervals of measures as tests: whether they hold the measure of the lognormal."""
    sd = 0.8
    true = {"gini": math.erf(sd / 2), "theil-t": sd * sd / 2, "sigma": sd}
    for n_country in (40, COUNTRIES):
        y = 100 * numpy.exp(sd * errors(job.draw, (2 * job.n, n_country, 1), 0))
        rows = job.made(y).table("divide", "inequality", "--series", "all", "--measures", ",".join(true))
        for measure, value in true.items():
            p = [0 if not float(r["ci_low"]) <= value <= float(r["ci_high"]) else 1 for r in rows if r["measure"] == measure
                 and r["weighting"] == "unweighted" and r["variable"].startswith("S")]
            job.report.add(f"`inequality`: interval of {measure}", "the measure of the lognormal drawn from", str(n_country), p)


def expected(job):
    """What income leads one to expect: whether the line's interval holds the line, and the other one the value."""
    for n_country in (15, COUNTRIES):
        for tail in ("normal", "t of 4 degrees"):
            income = numpy.exp(9 + 1.2 * job.draw.standard_normal(n_country))
            shape = (job.n, n_country, 1)
            e = job.draw.standard_normal(shape) if tail == "normal" else job.draw.standard_t(4, shape) / math.sqrt(2)
            line = 200 + 30 * numpy.log(income)
            rows = job.made(line[None, :, None] + 20 * e, income=income).table("divide", "income-adjusted", "--series", "all")
            truth = {f"C{c:03}": x for c, x in enumerate(line)}
            rows = [r for r in rows if r["variable"].startswith("S")]
            for what, low, high, of in (("line", "line_low", "line_high", lambda r: truth[r["country"]]),
                                        ("value", "prediction_low", "prediction_high", lambda r: float(r["value"]))):
                p = [1 if float(r[low]) <= of(r) <= float(r[high]) else 0 for r in rows]
                job.report.add(f"`income-adjusted`: interval of the {what}", f"a line in ln income, {tail} errors", str(n_country), p,
                               of=job.n)


def joining(job):
    """Countries join at random, and nothing comes of it; or one standard deviation does."""
    for n_joined in (1, 6, 12, 40):
        table = []
        for effect in (0, 2):
            since = numpy.zeros(60, int)
            since[job.draw.permutation(60)[:n_joined]] = 4
            y = 200 + errors(job.draw, (job.n, 60, 8), 1)
            y[:, since > 0, 4:] += effect
            table.append(job.made(y, since=since).table("converge", "accession-effect", "--series", "all", "--by", "club"))
        for kind, where in (("overall", {"kind": "overall"}), ("before", {"kind": "years-after", "at": "-2"}),
                            ("years-after", {"kind": "years-after", "at": "0"})):
            job.report.add(f"`accession-effect`: {kind}", f"random walks, {n_joined} of 60 join", "60 x 8", p_values(table[0], **where),
                           *(("2 steps' sd", p_values(table[1], **where)) if kind != "before" else ()))


def correlated(job):
    """Series that do not go together; some that do; values with long tails."""
    for n_country in (15, COUNTRIES):
        for name, of in (("normal", lambda e: 100 + 10 * e), ("lognormal", lambda e: 100 * numpy.exp(e))):
            e = errors(job.draw, (60, n_country, 1), 0)
            common = errors(job.draw, (1, n_country, 1), 0)
            null, other = (job.made(of(x), children=60) for x in (e, 0.9 * e + math.sqrt(0.19) * common))
            ask = ("audit", "correlations", "--levels", "series")
            rows = [made.table(*ask) for made in (null, other)]
            for kind in ("pearson", "spearman", "kendall"):
                column = next((c for c in rows[0][0] if c == f"{kind}_p_value"), None)
                if column:
                    p = [[float(r[column]) for r in t if r[column]] for t in rows]
                    job.report.add(f"`correlations`: {kind}", f"independent {name} values", str(n_country), p[0],
                                   "correlation 0.19", p[1], of=60 * 59 / 4)


def bartlett(job):
    """Children that do not go together: Bartlett's test."""
    for n_country in (15, COUNTRIES):
        p = []
        for common in (0, 0.1):
            e = errors(job.draw, (5 * max(job.n // 2, 100), n_country, 1), 0)
            shared = numpy.repeat(errors(job.draw, (e.shape[0] // 5, n_country, 1), 0), 5, axis=0)
            made = job.made(100 + 10 * (math.sqrt(1 - common) * e + math.sqrt(common) * shared), children=5)
            rows = made.table("audit", "components")
            column = "p_value"
            p.append([float(r[column]) for r in rows if r["node"].startswith("N") and r[column]])
        job.report.add("`components`: Bartlett", "5 independent children", str(n_country), p[0], "correlation 0.1", p[1])


def log_t(job):
    """Paths that come together at rate L(t)^-1 t^-alpha: H0 of Phillips and Sul, its edge and inside it; and clubs."""
    t = numpy.arange(1, YEARS + 1)
    for alpha in (0, 0.2, 0.5):
        table = []
        for apart in (0, 0.5):
            shape = (job.n // 2, 100)
            own = 0.28 * numpy.abs(job.draw.standard_normal(shape))[..., None] * errors(job.draw, shape + (YEARS,), 0.5)
            delta = 1 + own / (numpy.log(t + 1) * t ** alpha)
            delta[:, ::2] += apart
            table.append(job.made(100 * numpy.exp(delta)).table("converge", "clubs", "--series", "all"))
        p = [[0 if float(r["t"]) <= -1.65 else 1 for r in rows if r["club"] == "all" and r["variable"].startswith("S")] for rows in table]
        job.report.add("`clubs`: log t of all", f"convergence, alpha {alpha}, AR(1) 0.5", "100 x 22", p[0], "two clubs", p[1])


def paradox(job):
    """Gaps at home and abroad that have nothing to do with each other, and some that do."""
    n_pair, rich = max(job.n // 4, 60), numpy.arange(60) < 30
    for n_year in (5, 12):
        table, judged = [], []
        for b in (0, -0.5):
            women, men = (200 + errors(job.draw, (n_pair, 60, n_year), 1) for _ in "wm")
            world = 300 + errors(job.draw, (n_pair, 60, n_year), 1)
            world[:, rich] += b * numpy.abs(men - women)[:, rich]
            values = numpy.concatenate([world, women, men])
            made = job.made(values, rich=rich)
            fits, verdicts = [], []
            for k in range(n_pair):
                pair = f"g=S{n_pair + k:04}/S{2 * n_pair + k:04}"
                ask = ("--series", f"S{k:04}", "--pairs", pair)
                fits += made.table("paradox", "regression", *ask)
                verdicts += made.table("paradox", "paradox", *ask)
            table.append(fits)
            judged.append(verdicts)
        for model in ("own", "others-on-rich"):
            for column in ("p_value", "wild_p_value", "lead_p_value"):
                p = [p_values(rows, column, model=model) for rows in table]
                if p[0] and not all(map(math.isnan, p[0])):
                    job.report.add(f"`regression` {model}: {column}", "random walks", f"30 + 30, {n_year} years", p[0],
                                   *(("b -0.5", p[1]) if column != "lead_p_value" and model == "own" else ()))
        if judged[0]:
            job.report.add("`paradox`: p", "random walks", f"30, {n_year} years", p_values(judged[0]), "b -0.5", p_values(judged[1]))
            p = [[0 if "for" in r["verdict"] or "against" in r["verdict"] else 1 for r in rows] for rows in judged]
            job.report.add("`paradox`: verdict", "random walks", f"30, {n_year} years", p[0], "b -0.5", p[1])


def verdict(job):
    """Shares that go by the calendar, as the shipped ones do: the gap abroad widened in 93, 23 and 3 of 100 periods; countries
    that tend to close, and to widen, in all their periods. And differences as large as the smallest that matters."""
    n_draw, ends = 3 * job.n, numpy.array([0.93, 0.23, 0.05])
    for n_rich, closing in ((12, 0.5), (32, 0.5), (32, 0.15)):
        p, same = [], []
        for effect in (0, 0.2, 0.3):
            base = ends if effect == 0 else numpy.array([0.6, 0.3, 0.1])
            lasting = errors(job.draw, (2, n_draw, n_rich, 1), 0)
            own, other = (math.sqrt(0.3) * e + math.sqrt(0.7) * errors(job.draw, (n_draw, n_rich, 3), 0) for e in lasting)
            closed = normal_share(own) < closing
            wider = normal_share(other) < base + effect * closed
            world, women = (numpy.full((n_draw, n_rich + 4, 16), 300.0) for _ in "xw")
            for t in range(3):   # each period's change in its last year
                world[:, :n_rich, 5 * (t + 1):] += numpy.where(wider, 5, -5)[:, :, t, None]
                women[:, :n_rich, 5 * (t + 1):] += numpy.where(closed, 5, -5)[:, :, t, None]
            men = numpy.full_like(women, 400.0)
            made = job.made(numpy.concatenate([world, women, men[:1]]), rich=numpy.arange(n_rich + 4) < n_rich)
            rows = []
            for k in range(n_draw):
                rows += made.table("paradox", "paradox", "--series", f"S{k:04}", "--pairs", f"g=S{n_draw + k:04}/S{2 * n_draw:04}")
            p.append(p_values(rows))
            same.append(p_values(rows, "equivalence_p_value"))
        name = f"{n_rich}, 3 periods, {100 * closing:.0f} % closing"
        job.report.add("`paradox`: p", "shares 93, 23, 5 % by the calendar", name, p[0], "difference 0.3", p[2])
        job.report.add("`paradox`: equivalence p", "difference 0.2, the smallest that matters", name, same[1], "none", same[0])


def channels(job):
    """Channels that have nothing to do with gaps at home, with errors of their own, or that reach others by the same links."""
    n_gap, n_channel, side, n_year = max(job.n // 50, 2), 40, 30, 12
    rich = numpy.arange(2 * side) < side
    for shared in (0, 1):
        table = [[], []]
        for _ in range(n_gap):
            women, men = (300 + s * 20 + errors(job.draw, (1, 2 * side, n_year), 1) for s in (-1, 1))
            weight = job.draw.random((side, side)) ** 3   # from, to
            closing = -numpy.diff(numpy.abs(men - women)[0, :side], axis=-1)
            for k, effect in enumerate((0, 1.5)):
                step = job.draw.standard_normal((n_channel, 2 * side, n_year - 1))
                links = weight / weight.sum(0)
                step[:, side:] += shared * 3 * numpy.einsum("ij,cit->cjt", links, job.draw.standard_normal((n_channel, side, n_year - 1)))
                step[:, :side] += effect / 3 * closing
                step[:, side:] -= effect * (links.T @ closing)
                level = 100 * numpy.exp(numpy.concatenate([numpy.zeros((n_channel, 2 * side, 1)), step.cumsum(-1)], -1) / 100)
                made = job.made(numpy.concatenate([women, men, level]), rich=rich)
                path = made.out.parent / "links.csv"
                path.write_text("from,to,weight\n" + "".join(f"C{i:03},C{side + j:03},{weight[i, j]:.12g}\n"
                                                              for i in range(side) for j in range(side)))
                table[k] += made.table("paradox", "channels", "--series", "S0000", "--pairs", "g=S0000/S0001", "--links", path,
                                       "--replicates", "399", "--channels", ",".join(f"S{2 + c:04}" for c in range(n_channel)))
        name = "errors that go by the same links" if shared else "independent errors"
        for model in ("home", "abroad")[shared:]:
            p = [[float(r["wild_p_value"]) for r in rows if r["model"] == model] for rows in table]
            job.report.add(f"`channels` {model}", name, f"30 + 30, {n_year} years", p[0], "0.5 %" if model == "home" else "-1.5 %", p[1])


def normal_share(z):
    """Phi(z): normal values as uniform ones."""
    return 0.5 * (1 + numpy.vectorize(math.erf)(z / math.sqrt(2)))


def shape_of(name, e):
    return e if name == "normal" else (numpy.exp(e) - math.exp(0.5)) / math.sqrt(math.exp(2) - math.exp(1))


def claim_gap(job):
    """Claims: the same change in all groups of the same level; where there are four, the highest and the lowest are looked for."""
    for sizes in ((10, 25), (50, 13), (25, 25, 25, 25)):
        groups = [f"g{k}" for k, n in enumerate(sizes) for _ in range(n)]
        for name in ("normal", "lognormal"):
            tables = []
            for more in (0, 8):
                start = 400 + 40 * errors(job.draw, (job.n, len(groups), 1), 0)
                change = 10 * shape_of(name, errors(job.draw, start.shape, 0)) + more * (numpy.array(groups) == "g0")[None, :, None]
                rows = job.made(numpy.concatenate([start, start + change], -1), groups=groups, ask="divide").table("export", "readings")
                tables.append([r for r in rows if r["kind"] == "gap" and r["weighting"] == "unweighted"])
            for measure in ("difference", "ratio"):
                p = [p_values(t, measure=measure) for t in tables]
                job.report.add(f"claim `gap`: {measure}", f"the same {name} changes", " + ".join(map(str, sizes)), p[0],
                               "0.8 sd of the changes", p[1])


def catch_up(job):
    """Two groups 50 points apart, those who are behind gaining more: whether the change of the gap is shown where there is none,
    and whether the interval of the years has those of the groups drawn from; too many years to be given are beyond it."""
    for sizes in ((10, 25), (16, 57), (57, 16)):
        groups = ["behind"] * sizes[0] + ["ahead"] * sizes[1]
        behind = numpy.array(groups) == "behind"
        for name in ("normal", "lognormal"):
            tables = []
            for gained in (0, 0.5, 1):
                e = errors(job.draw, (job.n, len(groups), 2), 0)
                last = 400 - 50 * behind + 10 * e[..., 0]
                # the change of five years, with a correlation of -0.3 to where they end
                speed = gained * behind + shape_of(name, -0.3 * e[..., 0] + math.sqrt(0.91) * e[..., 1])
                path = numpy.full(last.shape + (6,), math.nan)
                path[..., 0], path[..., 5] = last - 5 * speed, last
                rows = job.made(path, groups=groups).table("converge", "catch-up-time", "--series", "all", "--by", "income")
                tables.append([r for r in rows if r["unit_name"] == "behind" and r["variable"].startswith("S")])
            n = " + ".join(map(str, sizes))
            job.report.add("`catch-up-time`: change of the gap", f"the same {name} changes", n, p_values(tables[0]),
                           "1 sd of the changes", p_values(tables[2]))
            for gained, rows in zip((0.5, 1), tables[1:]):
                p = [1 if r["ci_low"] and float(r["ci_low"]) <= 50 / gained <= float(r["ci_high"] or "inf") else 0 for r in rows]
                job.report.add("`catch-up-time`: interval of the years", f"{50 / gained:.0f} years, {name} changes", n, p)


def claim_inequality(job):
    """Claims: the same distribution in both years, countries remembering the first; people alike, or as unequal as lognormal, sd 1.5."""
    for n_country in (40, COUNTRIES):
        for name in ("normal", "lognormal"):
            tables = []
            people = 1e6 * numpy.exp(1.5 * errors(job.draw, (n_country,), 0))
            for more in (1, 1.2):
                e = shape_of(name, errors(job.draw, (job.n, n_country, 2), 0.8)) * numpy.array([1, more])
                rows = job.made(400 + 40 * e, people=people, ask="divide").table("export", "readings")
                tables.append([r for r in rows if r["kind"] == "inequality" and r["sample"] == "both years"])
            for measure in ("standard deviation", "gini"):
                for weighting in ("unweighted", "population"):
                    p = [p_values(t, measure=measure, weighting=weighting) for t in tables]
                    job.report.add(f"claim `inequality`: {measure}, {weighting}", f"the same {name} in both years", str(n_country), p[0],
                                   "sd 20 % larger", p[1])


def claim_path(job):
    """Claims: how often a turn is told of a spread without one; and of one that rises by half and falls back. By the second
    computation, which is ten times as fast; that the program tells the same turns is checked on one study."""
    hump = 1 + 0.5 * (1 - numpy.abs(numpy.arange(YEARS) - 10) / 11)
    apart = 3 * errors(job.draw, (1, 100, 1), 0)
    checked = False
    for name, rho, start in (("AR(1) 0.5", 0.5, 0), ("AR(1) 0.9", 0.9, 0), ("random walks, sd 3 at the start", 1, apart),
                             ("random walks, sd 1 at the start", 1, 0)):
        shares = []
        for grow in (1, hump):
            draws = 5 * job.n // 2 if grow is not hump else max(job.n // 4, 20)
            x = 500 + 10 * grow * (errors(job.draw, (draws, 100, YEARS), rho) + start)
            told = [definitions.turn_told(of) for of in x]
            if not checked and grow is hump:
                rows = job.made(x[:20], ask="converge").table("export", "claims")
                assert {f"S{s:04}" for s in range(20) if told[s]} == {
                    r["variable"] for r in rows if r["kind"] == "path" and r["standing"] == "told"}
                checked = True
            shares.append([0 if t else 1 for t in told])
        job.report.add("claim `path`: a turn told", name, "100 x 22", shares[0], "the spread rises by half, and falls", shares[1])


class Job:
    def __init__(self, program, n, seed, folder):
        self.program, self.n, self.folder, self.report = program, n, pathlib.Path(folder), Report()
        self.draw, self.count = numpy.random.default_rng(seed), 0

    def made(self, values, **more):
        self.count += 1
        return Made(self.program, self.folder / str(self.count), values, **more)


CASES = [spread_over_time, values_over_time, growth, log_t, classes, peaks, curves, intervals, expected, joining, correlated, bartlett, paradox,
         verdict, channels, catch_up, claim_gap, claim_inequality, claim_path]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rift", nargs="?", default="build/test/rift")
    parser.add_argument("--series", type=int, default=400, help="draws of each null")
    parser.add_argument("--only", default="", help="cases by their names")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        job = Job(str(pathlib.Path(options.rift).resolve()), options.series, options.seed, folder)
        for case in CASES:
            if not options.only or case.__name__ in options.only.split(","):
                job.draw = numpy.random.default_rng(options.seed)
                case(job)
    sys.exit(1 if job.report.bad else 0)


if __name__ == "__main__":
    main()
