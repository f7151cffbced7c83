# SPDX-License-Identifier: GPL-3.0-or-later
"""Allocations of the program fail, one after the other, for each command: the run ends with
status 3 and a word about memory, or does its work whole; it never crashes, it leaves no
file open and no memory lost (told by the sanitizers), and never a wrong result. A fixed
sample of allocations, evenly from the first to the last of each command, and of two all;
with --every after the two arguments, all of them, which takes minutes:

    tests/fault/memory.py build/test/rift . --every"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, skip

PROGRAM = pathlib.Path(RIFT).parent / "tests" / "fail_malloc"
if not PROGRAM.exists():
    skip("the failing allocator needs a linker that wraps symbols")

RUNS = 0 if "--every" in sys.argv else 60


def each_allocation(arguments, work, codes, result=None, runs=RUNS):
    """Sampled allocations of one command, or every one, in one process."""
    at = work / "at"
    done = subprocess.run([PROGRAM, str(runs), "".join(map(str, codes)), result or "-", at,
                           *arguments], cwd=work, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.returncode, done.stderr,
                                  "at allocation " + at.read_text().splitlines()[-1])
    return int(done.stdout)


def made_up(work):
    """Small input for the steps of the chain, and for interchange."""
    (work / "steps.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{(7 * i + 3 * y + 11 * k * k) % 23 + i}\n"
        for i, c in enumerate(["KEN", "TZA", "UGA", "RWA", "ETH"]) for y in (2019, 2020)
        for k, s in enumerate("abcd") if (i + y + k) % 6))
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
    (work / "iMeta.csv").write_text(
        "Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n1,y,T,-1,1,Indicator\n"
        "2,T,,1,1,Aggregate\nNA,g,NA,NA,NA,Group\n")
    (work / "iData.csv").write_text("uCode,Time,g,x,y\na,2019,p,1,5\nb,2019,q,3,NA\n")


def with_gaps(work):
    """A study with gaps at home and a channel, and links: its result is the folder `gaps`."""
    countries = [("R" if i < 7 else "P") + f"0{i}" for i in range(10)]
    (work / "gaps.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{v}\n" for i, c in enumerate(countries) for y in range(2000, 2012)
        for s, v in (("F", 30 + (7 * i + 5 * y) % 11), ("M", 45), ("x", 40 + i + (3 * i + y) % 5), ("I", 9 + (i * y) % 7))))
    (work / "gaps-names.csv").write_text("country,name,income\n" + "".join(
        f"{c},{c},{'High income' if c[0] == 'R' else 'other'}\n" for c in countries))
    (work / "gaps-series.yaml").write_text("series:\n" + "".join(
        f"  - {{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}\n" for s in "FMxI"))
    (work / "gaps-index.yaml").write_text(
        "code: g\nentities: any\nnormalisation: goalposts\nnodes: [{code: total, children: [x]}]\n")
    (work / "gaps.yaml").write_text(
        "code: g\ntitle: G\nyears: {first: 2000, last: 2011}\nsources: [gaps.csv]\ncountries: {file: gaps-names.csv}\n"
        "series_files: [gaps-series.yaml]\nindex: gaps-index.yaml\ngroups: [{code: income, column: income}]\n"
        "charts: []\nreport: false\n")
    (work / "links.csv").write_text("from,to,weight,year\n" + "".join(
        f"{a},{b},{1 + i + k * i},{y}\n" for i, a in enumerate(countries[:7]) for k, b in enumerate(countries[7:])
        for y in (1999, 2005)))
    (work / "bad-links.csv").write_text("from,to,weight\nR00,Q00,1\nR01,P07,-1\nR02,P07,1\nR02,P07,1\n")
    rift("run", "gaps.yaml", "-q", "-o", "gaps", cwd=work)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        shutil.copytree(SOURCE / "tests" / "cli" / "files", work)
        rift("run", "district-study.yaml", "-q", "-o", "out", cwd=work)
        result = work / "out" / "districts.h5"
        total = each_allocation(["run", "district-study.yaml", "-q", "-o", "out"], work,
                                [0], result)
        # A folder that could not be removed for want of memory goes with the next run.
        rift("run", "district-study.yaml", "-q", "-o", "out", cwd=work)
        assert not [p for p in result.parent.iterdir() if "staging" in p.name]
        # Reading a result that keeps tables of inquiries is tried once; then one without.
        total += each_allocation(["show", "out", "split"], work, [0])
        study = (work / "district-study.yaml").read_text()
        (work / "plain.yaml").write_text("\n".join(
            line for line in study.splitlines() if not line.startswith("divide:")) + "\n")
        rift("run", "plain.yaml", "-q", "-o", "out", cwd=work)
        made_up(work)
        with_gaps(work)
        for arguments, codes in [
                (["check", "district-study.yaml"], [0]),
                (["check", "bad-keys.yaml"], [1]),
                (["check", "bad-data.csv"], [1]),
                (["show", "out", "ranking"], [0]),
                (["export", "out", "divide", "--to", "json"], [0]),
                (["audit", "out", "correlations", "loadings", "importance", "removal",
                  "rank-differences", "strengths"], [0]),
                (["audit", "out", "correlation-matrix", "denominators", "outranking", "weight-sets", "--levels",
                  "series,total", "--correlation", "kendall"], [0]),
                (["audit", "out", "--against", "out"], [0]),
                (["export", "out", "group-ranks"], [0]),
                (["score", "weighed.yaml", "--data", "steps.csv", "--weights", "x", "--without", "b"], [0]),
                (["score", "balanced.yaml", "--data", "steps.csv"], [0]),
                (["divide", "out", "inequality", "gini-sources", "lorenz-dominance", "--replicates", "9"], [0]),
                (["divide", "out", "inequality", "--measures", "egr-2-1,gini", "--replicates", "3"], [0]),
                (["divide", "out", "theil-change", "nested", "concentration-curve", "--measures", "der-0.5",
                  "--bandwidth", "2", "--intervals", "basic", "--replicates", "3"], [0]),
                (["converge", "out", "sigma", "mobility", "time-distance"], [0]),
                (["converge", "out", "beta", "time-at-level", "mobility", "--errors", "hc1", "--level", "5", "--classes",
                  "yearly"], [0]),
                (["forecast", "out", "curves", "--ceiling", "free", "--intervals", "normal"], [0]),
                (["forecast", "out", "group-target", "--target", "9", "--ceiling", "99"], [0]),
                (["paradox", "out"], [0]),
                (["paradox", "gaps", "paradox", "paradox-periods", "quadrants", "channels", "--series", "x", "--pairs", "g=F/M",
                  "--channels", "I", "--links", "links.csv", "--replicates", "3"], [0]),
                (["paradox", "gaps", "channels", "--links", "bad-links.csv"], [1]),
                (["export", "out", "trends"], [0]),
                (["export", "out", "--to", "coinr", "-o", "back"], [0]),
                (["import", "coinr", "iData.csv", "iMeta.csv", "-o", "study", "--force"], [0]),
                (["score", "all-steps.yaml", "--data", "steps.csv"], [0]),
                (["list", "methods"], [0])]:
            total += each_allocation(arguments, work, codes)
        # all of those that have a few hundred, among which a sample could miss the ones of a step
        for arguments in (["paradox", "gaps", "channels", "--pairs", "g=F/M", "--channels", "I", "--links", "links.csv",
                           "--replicates", "3"],
                          ["score", "good-index.yaml", "--data", "districts.csv"]):
            total += each_allocation(arguments, work, [0], runs=0)
    print(f"{total} allocations failed in turn")
    passed(27)


main()
