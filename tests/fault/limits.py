# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits end a command at once and say what they are; below them, work grows with the size and not
with its square, which is seen in comparisons of texts that are counted."""
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from called import at_call, said
from support import RIFT, passed

HEAD = "country,year,indicator,value\n"
START = "code: w\nnormalisation: min-max\nscope: pooled\nentities: any\n"


def run(work, *arguments, code=1):
    done = subprocess.run([RIFT, *arguments], cwd=work, capture_output=True, text=True)
    assert done.returncode == code, (arguments, done.returncode, done.stderr[-500:])
    return done.stderr


def comparisons(work, *arguments):
    done, total, _ = at_call(work, arguments, 0, "compare", "0")
    assert done.returncode == 0, (arguments, said(done)[-500:])
    return total


def series(n):
    return "series:\n" + "".join(f"  - {{code: s{i}}}\n" for i in range(n))


def flat(n):
    """All series under one node."""
    return START + series(n) + "nodes: [{code: total, children: [" + ", ".join(f"s{i}" for i in range(n)) + "]}]\n"


def nodes(n):
    """As many nodes as series."""
    return START + series(n) + "nodes:\n  - {code: total, children: [" + ", ".join(f"n{i}" for i in range(n)) + "]}\n" + \
        "".join(f"  - {{code: n{i}, children: [s{i}]}}\n" for i in range(n))


def years(n):
    """Every series twice, for two runs of years."""
    return START + series(n) + "nodes: [{code: total, children: [" + ", ".join(
        f"{{series: s{i}, from: {y}, to: {y + 9}}}" for y in (2000, 2010) for i in range(n)) + "]}]\n"


def sets(n):
    """A set with a weight for every series."""
    return flat(n) + "weight_sets: [{name: x, weights: {" + ", ".join(f"s{i}: 2" for i in range(n)) + "}}]\n"


def linear(work):
    for what in (flat, nodes, years, sets):
        n = []
        for size in (500, 1000, 2000):
            (work / "w.yaml").write_text(what(size))
            n.append(comparisons(work, "check", "w.yaml"))
        ratio = [b / a for a, b in zip(n, n[1:])]
        print(f"{what.__name__}: {n} comparisons for 500, 1,000 and 2,000")
        # Of twice the size twice the comparisons; four times where each meets each.
        assert max(ratio) < 2.4, (what.__name__, n)


def definitions(work):
    (work / "wide.yaml").write_text(flat(10001))
    assert "there are more than 10000 series, the limit" in run(work, "check", "wide.yaml")
    (work / "nodes.yaml").write_text(nodes(4096))
    assert "there are 4097 nodes, and 4096 are the limit" in run(work, "check", "nodes.yaml")
    (work / "one.yaml").write_text(series(1))
    for i in range(1000):
        (work / f"f{i}.yaml").write_text(f"series: [{{code: f{i}}}]\n")
    (work / "c.csv").write_text("country,name\nKEN,K\n")
    (work / "d.csv").write_text(HEAD + "KEN,2020,s0,1\n")
    (work / "i.yaml").write_text(START + "nodes: [{code: total, children: [s0]}]\n")
    (work / "study.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2020, last: 2020}\nsources: [d.csv]\ncountries: {file: c.csv}\nindex: i.yaml\n"
        "charts: []\nreport: false\nseries_files: [one.yaml, " + ", ".join(f"f{i}.yaml" for i in range(1000)) + "]\n")
    assert "more than 1000 files of definitions, the limit" in run(work, "check", "study.yaml")


def archives(work):
    """More members than may be, refused before one is read; a few less are read."""
    for name in ("many.zip", "many.tar"):
        text = (HEAD + "QQQ,2020,X,1\n").encode()   # an error in each that is read
        if name.endswith("zip"):
            with zipfile.ZipFile(work / name, "w") as out:
                for i in range(10001):
                    out.writestr(f"{i}.csv", text)
        else:
            (work / "x.csv").write_bytes(text)
            with tarfile.open(work / name, "w") as out:
                for i in range(10001):
                    out.add(work / "x.csv", f"{i}.csv")
        said = run(work, "check", name)
        assert "the archive has more than 10000 members, the limit" in said and "QQQ" not in said, said[-500:]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        for part in (linear, definitions, archives):
            work = pathlib.Path(scratch) / part.__name__
            work.mkdir()
            part(work)
    passed(3)


main()
