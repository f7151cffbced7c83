# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: full disk, unwritable folder, no gnuplot, gnuplot that fails or hangs, interrupts
and kills. Each ends with a message and the right status; earlier results stay whole."""
import os
import pathlib
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift, study_text


def snapshot(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*")
            if p.is_file() and ".rift-" not in p.name}


def unfinished(folder):
    """Private folders and files in a folder and beside it."""
    return [p.name for place in (folder, folder.parent) for p in place.iterdir()
            if p.name.startswith(".rift-") and p.name != ".rift-lock"]


def fails(arguments, code, words, **options):
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, text=True, **options)
    assert done.returncode == code, (arguments, done.returncode, done.stderr)
    assert words in done.stderr, done.stderr


def untouched(before, folder):
    assert snapshot(folder) == before
    left = unfinished(folder)
    assert not left, left


def file_size_limit(n):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
    return limit


def gnuplot(work, name, body):
    """An environment in which gnuplot is a program of ours; asked for its version it is well."""
    folder = work / name
    folder.mkdir()
    program = folder / "gnuplot"
    program.write_text("#!/bin/sh\nif [ \"$1\" = --version ]; then exit 0; fi\n" + body)
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


class Endless:
    """A gnuplot that says when it has begun and never ends by itself: it waits for a pipe into
    which nothing is written."""

    def __init__(self, work):
        begun, hold = work / "begun", work / "hold"
        os.mkfifo(begun)
        os.mkfifo(hold)
        self.begun, self.hold = (os.open(pipe, os.O_RDWR) for pipe in (begun, hold))
        self.environment = gnuplot(work, "endless", f"echo $$ > '{begun}'\nread -r line < '{hold}'\n")
        self.process = []

    def run(self, study, out, seconds=100000):
        """A run of rift that is now waiting for a gnuplot, or for one for each kind of picture."""
        child = subprocess.Popen([RIFT, "run", str(study), "-o", str(out)], stderr=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True,
                                 env={**self.environment, "RIFT_GNUPLOT_SECONDS": str(seconds)})
        end = os.pidfd_open(child.pid)
        ready = select.select([self.begun, end], [], [])[0]
        os.close(end)
        assert self.begun in ready, child.communicate()
        self.process = os.read(self.begun, 4096).split()
        return child

    def release(self):
        os.write(self.hold, b"go on\n" * 9)

    def ended(self):
        """Whether none that had begun runs on."""
        os.set_blocking(self.begun, False)
        try:
            self.process += os.read(self.begun, 4096).split()
        except BlockingIOError:
            pass
        os.set_blocking(self.begun, True)
        return self.process and not any(pathlib.Path("/proc", p.decode()).exists() for p in self.process)


def small_study(work):
    """Four countries in two years, two charts and no questions: the faults of the system do not
    depend on the size, and sooner come."""
    (work / "small.yaml").write_text(study_text("map, layers", ["KEN", "TZA", "UGA", "NOR"], (2020, 2021)))
    return work / "small.yaml"


def full_disk(work, study, out, before):
    """The file system takes only so much: no result, then a result but no chart, then no report."""
    result, report = (out / name for name in ("three-layer.h5", "report.html"))
    size = {p: p.stat().st_size for p in (result, report)}
    most = max(size[result], *(p.stat().st_size for p in (out / "charts").iterdir()))
    assert size[report] > 1.2 * most  # all but the report fits into what lies between the two
    fails(["run", study, "-o", out, "--no-charts"], 3, "File too large",
          preexec_fn=file_size_limit(size[result] // 2))
    untouched(before, out)
    program = shutil.which("gnuplot")
    small = gnuplot(work, "small-disk", f"ulimit -f 20\nexec '{program}' \"$@\"\n")
    fails(["run", study, "-o", out], 3, "missing or cut short", env=small)
    untouched(before, out)
    fails(["run", study, "-o", out], 3, "report.html: error: cannot write: File too large",
          preexec_fn=file_size_limit((most + size[report]) // 2))
    untouched(before, out)
    done = subprocess.run(f"'{RIFT}' show '{out}' > /dev/full", shell=True, capture_output=True, text=True)
    assert done.returncode == 3 and "No space left" in done.stderr


def bad_gnuplots(work, study, out, before):
    """gnuplot: absent, failing, cut off, too slow."""
    empty = work / "empty"
    empty.mkdir()
    fails(["run", study, "-o", out], 3, "install it (Debian: gnuplot-nox)",
          env={**os.environ, "PATH": str(empty)})
    bad = gnuplot(work, "fail", "echo 'line 3: undefined' >&2\nexit 1\n")
    fails(["run", study, "-o", out], 3, "line 3: undefined", env=bad)
    cut = gnuplot(work, "cut", "printf '<svg' > map.svg; printf x > map.png\n")
    fails(["run", study, "-o", out], 3, "missing or cut short", env=cut)
    untouched(before, out)


def stopped(work, study, out, before):
    """Interrupts leave no half file; a kill leaves a private folder, which goes next time."""
    endless = Endless(work)
    child = endless.run(study, out)
    # While it runs, a second run into the same folder is refused.
    fails(["run", study, "-o", out], 3, "another run writes here")
    child.send_signal(signal.SIGINT)
    child.communicate()   # ends though gnuplot does not
    assert child.returncode == -signal.SIGINT, child.returncode
    assert endless.ended()
    untouched(before, out)
    # The program's own limit on gnuplot; how long it took is not looked at.
    child = endless.run(study, out, seconds=1)
    said = child.communicate()[1]
    assert child.returncode == 3 and "gnuplot took over 1 s for the chart 'map'" in said, said
    assert endless.ended()
    untouched(before, out)
    child = endless.run(study, out)
    child.kill()
    child.communicate()
    endless.release()     # a gnuplot whose rift was killed ends when it can
    assert unfinished(out)
    assert {name: data for name, data in snapshot(out).items() if not name.startswith(".")} == before
    rift("run", study, "-q", "-o", out)
    untouched(before, out)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        out, study = work / "out", small_study(work)
        rift("run", study, "-q", "-o", out)
        before = snapshot(out)
        full_disk(work, study, out, before)
        # A folder that cannot be written: a file stands in its way.
        fails(["run", study, "-o", out / "report.html" / "x"], 3, "cannot create the folder")
        fails(["run", study, "-o", "/proc/rift"], 3, "cannot create the folder")
        untouched(before, out)
        bad_gnuplots(work, study, out, before)
        stopped(work, study, out, before)
    passed(14)


main()
