# SPDX-License-Identifier: GPL-3.0-or-later
"""Allocations of the program fail, one after the other and all from one on, in every command,
analysis, table, chart and method: the command ends with status 3 and a word about memory and
leaves what it writes as it was, or it does its work whole, with the same output, messages and
files, byte for byte. It never crashes, and leaves no file open and no memory lost (told by the
sanitizers). A sample of the allocations, evenly from the first to the last of each command;
`--runs N` takes N of each, and `--every` all of them, which takes hours. `--only WORD` takes the
commands in which the word stands, `--table` prints what came out of each:

    tests/fault/memory.py build/test/rift . --every --only divide --table"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import memory_studies as studies
from support import RIFT, SANITIZED, SOURCE, passed, rift, skip

PROGRAM = pathlib.Path(RIFT).parent / "tests" / "fail_malloc"
if not PROGRAM.exists():
    skip("the failing allocator needs a linker that wraps symbols")


def option(name, other):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else other


RUNS = 0 if "--every" in sys.argv else int(option("--runs", 2 if SANITIZED else 4))
SHORT = len(sys.argv) <= 3  # as the tests are run: some charts will do


def where(line):
    """A line of a finding, its addresses as functions and lines."""
    before, calls, after = line.partition("; calls ")[0], line.partition("; calls ")[2].partition(";")[0], line.rpartition("; said:")[2]
    names = subprocess.run(["addr2line", "-fe", PROGRAM, *calls.split()], capture_output=True, text=True).stdout.splitlines()
    return f"{before}: {' < '.join(n for n in names[::2] if n != '??')}; said:{after[:300]}"


class Command:
    """A command to be tried, what it writes, and how often its allocations are to fail."""

    def __init__(self, *arguments, files="-", more=1):
        self.arguments, self.files, self.more = [str(a) for a in arguments], files, more
        self.tried = self.refused = self.same = self.total = self.code = 0
        self.wrong = []

    def once(self, work, runs):
        at = work / "at"
        at.write_text("")
        done = subprocess.run([PROGRAM, runs, option("--whose", "own"), self.files, at, *self.arguments], cwd=work,
                              capture_output=True, text=True, errors="replace")
        last = (at.read_text().splitlines() or [""])[-1]
        if done.stdout:
            self.code, self.total, *counts = map(int, done.stdout.split())
            self.tried, self.refused, self.same = (a + b for a, b in zip((self.tried, self.refused, self.same), counts))
        self.wrong += [line for line in done.stderr.splitlines() if "; said:" in line]
        if not done.stdout:
            self.wrong.append(f"{last}: ended with {done.returncode}; calls ; said:{done.stderr[-900:]}")
        return last if not done.stdout else ""

    def run(self, work):
        runs = RUNS and max(1, int(RUNS * self.more))
        crash = self.once(work, str(runs))
        while crash and RUNS == 0 and " to " in crash and not crash.startswith("0 "):  # on behind the crash
            first, last = crash.split(" to ")
            crash = first == last and self.once(work, f"{int(first) + 1}:999999999")


def listed(what, key):
    return [row[key] for row in json.loads(rift("list", what, "--json"))["rows"]]


def analyses():
    rows = json.loads(rift("list", "methods", "--json"))["rows"]
    options = {"divide": ["--by", "income", "--series", "X,total", "--replicates", "3"],
               "converge": ["--by", "club", "--series", "X"],
               "forecast": ["--by", "income", "--series", "X", "--replicates", "3"],
               "paradox": ["--series", "X", "--replicates", "3"], "audit": ["--draws", "5"]}
    for row in rows:
        if row["step"] in options:
            yield Command(row["step"], "bare", row["method"], "--to", "csv", *options[row["step"]])


def others():
    yield Command("divide", "bare", "inequality", "--series", "X", "--replicates", "2", "--year", "2010", "--measures", ",".join((
        "gini-corrected,cv-sample,p90p10,s80s20,top-10,bottom-40,theil-l,ge-2,hoover,atkinson-0.5,sigma-sample,kolm-0.1,fgt-1-30",
        "watts-30,sen-30,wolfson,esteban-ray-1.3,egr-2-1,der-0.5")))
    yield Command("divide", "bare", "--intervals", "normal", "--replicates", "2", "--store", files="bare")
    yield Command("divide", "bare", "gaps", "contributions", "--reference", "income=High income", "--compare", "KEN,DEU")
    yield Command("converge", "bare", "beta", "mobility", "time-at-level", "--errors", "hc1", "--classes", "yearly", "--level", "30",
                  "--controls", "Y", "--series", "X")
    yield Command("converge", "bare", "accession-effect", "--by", "club", "--controls", "Y", "--series", "X")
    yield Command("forecast", "bare", "curves", "--ceiling", "free", "--intervals", "normal", "--series", "X")
    yield Command("forecast", "bare", "group-target", "--target", "90", "--ceiling", "99", "--series", "X", "--by", "income")
    yield Command("paradox", "bare", "channels", "--links", "whole-links.csv", "--pairs", "g=F/M", "--channels", "I", "--series", "X",
                  "--replicates", "2")
    yield Command("paradox", "bare", "--json", "--replicates", "2")
    yield Command("audit", "bare", "correlation-matrix", "correlations", "--levels", "series,total", "--correlation", "kendall")
    yield Command("audit", "bare", "acceptability", "--noise", "20", "--draws", "5")
    yield Command("audit", "bare", "--against", "bare")
    yield Command("audit", "bare", "--draws", "3", "--store", files="bare")
    for view in listed("tables", "table"):
        yield Command("export", "kept", view)
    for view in ("scores", "divide", "story", "claims"):
        yield Command("export", "kept", view, "--to", "json")
    yield Command("export", "kept", "panel", "-o", "panel.csv", files="panel.csv")
    yield Command("export", "kept", "--to", "coinr", "-o", "back", files="back")
    yield Command("show", "kept")
    yield Command("show", "kept", "country", "--country", "KEN", "--year", "2012")
    yield Command("score", "weighed.yaml", "--data", "steps.csv", "--weights", "x", "--without", "b")
    yield Command("score", "balanced.yaml", "--data", "steps.csv")
    yield Command("score", "all-steps.yaml", "--data", "steps.csv", "--to", "json")
    yield Command("import", "coinr", "iData.csv", "iMeta.csv", "-o", "study", "--force", files="study")
    yield Command("ingest", "steps.csv", "folder", "-o", "panel.h5", files="panel.h5")
    yield Command("ingest", "bad-data.csv", "steps.csv", "-k", "-o", "part.h5", files="part.h5")
    for checked in ("whole.yaml", "whole-index.yaml", "whole.csv", "district-study.yaml", "bad-keys.yaml", "bad-data.csv", "folder",
                    "bad-study.yaml", "bad-tables.yaml"):
        yield Command("check", checked)
    for what in ("methods", "settings", "columns", "options"):
        yield Command("list", what)


def runs():
    yield Command("run", "whole.yaml", "-q", "-o", "out", files="out", more=4)
    yield Command("run", "short.yaml", "-q", "-o", "short", files="short", more=8)
    yield Command("run", "drawn.yaml", "-q", "-o", "drawn", files="drawn", more=2)
    yield Command("run", "district-study.yaml", "-q", "-o", "districts", files="districts")
    for chart in listed("charts", "chart"):
        if not SHORT or chart in ("lorenz", "behind"):
            yield Command("plot", "kept", chart, "-o", "plots", files="plots", more=0.5)


def prepare(work):
    shutil.copytree(SOURCE / "tests" / "cli" / "files", work)
    made = studies.steps(work)
    studies.tree(work)
    studies.coinr(work)
    studies.whole(work)
    studies.whole(work, name="short", years=range(2010, 2014), countries=studies.COUNTRIES[:6])
    studies.whole(work, name="drawn", charts="lorenz, behind", years=range(2010, 2014), countries=studies.COUNTRIES[:5])
    (work / "folder").mkdir()
    for name in ("whole.csv", "nation.csv"):
        shutil.copy(work / name, work / "folder" / name)
    studies.whole(work, name="bare", blocks="")
    rift("run", "whole.yaml", "-q", "-o", "kept", cwd=work)
    rift("run", "bare.yaml", "-q", "-o", "bare", cwd=work)
    # What is written is there before, so that each trial does the same.
    rift("export", "kept", "--to", "coinr", "-o", "back", cwd=work)
    rift("import", "coinr", "iData.csv", "iMeta.csv", "-o", "study", cwd=work)
    for panel in ("panel.h5", "part.h5"):
        rift("ingest", "steps.csv", "-q", "-o", panel, cwd=work)
    (work / "plots").mkdir()
    return made


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        scored = [Command("score", name, "--data", "steps.csv", "--year", "2010") for name in prepare(work)]
        commands = [c for c in [*runs(), *scored, *analyses(), *others()] if option("--only", "") in " ".join(c.arguments)]
        for command in commands:
            command.run(work)
            if "--table" in sys.argv or command.wrong:
                print(f"{' '.join(command.arguments)[:100]}|{command.total}|{command.tried}|{command.refused}|{command.same}|"
                      f"{len(command.wrong)}|{command.code}", flush=True)
            for line in command.wrong[:6]:
                print("   ", where(line), flush=True)
        if any(c.arguments[1] == "short.yaml" for c in commands):
            # what could not be removed for want of memory goes with the next run
            rift("run", "short.yaml", "-q", "-o", "short", cwd=work)
            left = [p for p in (*work.iterdir(), *(work / "short").iterdir()) if p.name.startswith(".rift-")]
            assert [p.name for p in left] == [".rift-lock"], left
    print(f"{sum(c.tried for c in commands)} allocations failed: {sum(c.refused for c in commands)} ended with 3, "
          f"{sum(c.same for c in commands)} as ever")
    assert not any(c.wrong for c in commands)
    passed(len(commands))


if __name__ == "__main__":
    main()
