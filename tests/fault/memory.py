# SPDX-License-Identifier: GPL-3.0-or-later
"""Every allocation of the program fails once, in turn, for each command: the run ends with
status 3 and a word about memory, or does its work whole; it never crashes, and it never
leaves a wrong result."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, skip

LIBRARY = pathlib.Path(RIFT).parent / "tests" / "libfail_malloc.so"
if not LIBRARY.exists():
    skip("the failing allocator is not built (with sanitizers it cannot be)")


def run(arguments, work, **environment):
    done = subprocess.run([RIFT, *arguments], cwd=work, capture_output=True, timeout=60,
                          env={**os.environ, "LD_PRELOAD": str(LIBRARY), **environment})
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def each_allocation(arguments, work, good_codes, result=None):
    counter = work / "count"
    code, wanted, _ = run(arguments, work, FAIL_AT="1000000000", COUNT_FILE=str(counter))
    assert code in good_codes, (arguments, code)
    total = int(counter.read_text())
    assert total > 20, total
    whole = result.read_bytes() if result else None
    for number in range(1, total + 1):
        code, found, said = run(arguments, work, FAIL_AT=str(number))
        where = (arguments, number, code, said[-300:])
        assert code == 3 or code in good_codes, where
        if code == 3:
            assert "memory" in said or "cannot" in said or "could not" in said, where
        elif code == 0:
            assert found == wanted, where
        if result:
            assert result.read_bytes() == whole, where
    for number in range(1, total, max(1, total // 20)):
        code, _, said = run(arguments, work, FAIL_AT=str(number), FAIL_ALL="1")
        assert code == 3 or code in good_codes, (arguments, number, code, said)
    return total


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
        "  - {code: m, weighting: critic, aggregation: kemeny, children: [c, d]}\n")
    (work / "iMeta.csv").write_text(
        "Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n1,y,T,-1,1,Indicator\n"
        "2,T,,1,1,Aggregate\nNA,g,NA,NA,NA,Group\n")
    (work / "iData.csv").write_text("uCode,Time,g,x,y\na,2019,p,1,5\nb,2019,q,3,NA\n")


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
        for arguments, codes in [
                (["score", "good-index.yaml", "--data", "districts.csv"], [0]),
                (["check", "district-study.yaml"], [0]),
                (["check", "bad-keys.yaml"], [1]),
                (["check", "bad-data.csv"], [1]),
                (["show", "out", "ranking"], [0]),
                (["export", "out", "divide", "--to", "json"], [0]),
                (["audit", "out", "correlations", "loadings", "importance", "removal",
                  "rank-differences", "strengths"], [0]),
                (["audit", "out", "--against", "out"], [0]),
                (["divide", "out", "inequality", "sources", "lorenz-dominance", "--replicates", "9"], [0]),
                (["converge", "out", "sigma", "mobility", "time-distance"], [0]),
                (["forecast", "out", "group-target", "--target", "9", "--ceiling", "99"], [0]),
                (["paradox", "out", "--no-store"], [0]),
                (["export", "out", "trends"], [0]),
                (["export", "out", "--to", "coinr", "-o", "back"], [0]),
                (["import", "coinr", "iData.csv", "iMeta.csv", "-o", "study", "--force"], [0]),
                (["score", "all-steps.yaml", "--data", "steps.csv"], [0]),
                (["list", "methods"], [0])]:
            total += each_allocation(arguments, work, codes)
    print(f"{total} allocations failed in turn")
    passed(19)


main()
