# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGINT, SIGTERM and SIGHUP end a command at whatever call they come: the thread that they come to
goes no further (it would wait for ever), and still the program ends by that signal, with no file
under a name of its own left, and the old result or the whole new one in place. What is done
after the signal is counted in calls of the allocator and of read."""
import pathlib
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from called import at_call
from support import SOURCE, passed, rift


SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LAST = 120
POINTS = int(sys.argv[3]) if len(sys.argv) > 3 else 9


def snapshot(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and p.name != ".rift-lock"}


def each_point(work, arguments, first, act, most):
    """Signals at calls spread evenly over a command that changes the folder `out` from what `first`
    made to something else; how many found the old state, and the most calls made afterwards."""
    def renew():
        shutil.rmtree(work / "out", ignore_errors=True)
        shutil.copytree(first, work / "out", symlinks=True)
    renew()
    old = snapshot(work / "out")
    done, total, _ = at_call(work, arguments, 0, "memory", "0")
    assert done.returncode in (0, 1), (arguments, done)
    new = snapshot(work / "out")
    kept, after = 0, 0
    # Evenly over the command, and closer together at its end, where files are put in place.
    points = [1 + i * (total - 1) // POINTS for i in range(POINTS)]
    points += [max(1, total - 2 - i * LAST // POINTS) for i in range(POINTS)]
    for i, number in enumerate(points):
        renew()
        which = SIGNALS[i % len(SIGNALS)]
        done, _, rest = at_call(work, arguments, number, "memory", f"{act}{int(which)}")
        assert done.returncode == -which, (arguments, which, number, total, done)
        found = snapshot(work / "out")
        assert found in (old, new), (arguments, which, number, total, set(found) ^ set(old))
        left = [p for p in (*work.iterdir(), *(work / "out").rglob("*")) if ".rift-" in p.name and p.name != ".rift-lock"]
        assert not left, (arguments, which, number, left)
        kept += found == old
        after = max(after, rest)
    assert after <= most, (arguments, after, total)
    print(f"{' '.join(map(str, arguments))}: {total} calls, {kept} of {len(points)} kept the old, at most {after} calls after")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        shutil.copytree(SOURCE / "tests" / "cli" / "files", work)
        (work / "steps.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},{s},{(7 * i + 3 * y + 11 * k * k) % 23 + i}\n"
            for i, c in enumerate(["KEN", "TZA", "UGA", "RWA", "ETH"]) for y in range(2000, 2020)
            for k, s in enumerate("abcd")))
        (work / "index.yaml").write_text("code: i\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}]\n"
                                         "nodes: [{code: total, children: [a, b]}]\n")
        study = (work / "district-study.yaml").read_text()
        (work / "other.yaml").write_text(study.replace("title:", "title: Not", 1))
        rift("run", "other.yaml", "-q", "-o", "first", cwd=work)
        rift("ingest", "steps.csv", "-q", "-o", "first/p.h5", cwd=work)
        result = next(p.name for p in (work / "first").glob("*.h5") if p.name != "p.h5")
        first = work / "first"
        # A thread that a signal came to does no more, others until the program has ended; else what follows is the
        # removal of a folder, or the file or the folder that was being put in place.
        for arguments in (["check", "district-study.yaml"], ["check", "steps.csv"], ["score", "index.yaml", "--data", "steps.csv"],
                          ["show", f"out/{result}", "ranking"], ["list", "methods"]):
            each_point(work, arguments, first, "", 100)
        for arguments in (["run", "district-study.yaml", "-o", "out", "--no-charts"], ["ingest", "steps.csv", "-o", "out/p.h5"],
                          ["audit", f"out/{result}", "correlations"], ["divide", f"out/{result}", "split"],
                          ["export", f"out/{result}", "scores", "-o", "out/x.csv"]):
            each_point(work, arguments, first, "", 2000)
        # Where gnuplot runs, it has to be ended first: the command goes on until it looks.
        each_point(work, ["plot", f"out/{result}", "ranking", "-o", "out"], first, "on:", 20000)
    passed(1)


main()
