# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: full disk, unwritable folder, no gnuplot, gnuplot that fails or hangs, interrupts
and kills. Each ends with a message and the right status; earlier results stay whole."""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, STUDY, passed, rift


def snapshot(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*")
            if p.is_file() and ".rift-" not in p.name}


def fails(arguments, code, words, **options):
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, **options)
    assert done.returncode == code, (arguments, done.returncode, done.stderr)
    assert words in done.stderr, done.stderr


def untouched(before, folder):
    assert snapshot(folder) == before
    left = [p.name for p in folder.iterdir() if p.name.startswith(".rift-staging")]
    assert not left, left


def file_size_limit(kilobytes):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))
    return limit


def fake_gnuplot(work, name, body):
    folder = work / name
    folder.mkdir()
    program = folder / "gnuplot"
    program.write_text("#!/bin/sh\nif [ \"$1\" = --version ]; then exit 0; fi\n" + body)
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}




def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        out = work / "out"
        rift("run", STUDY, "-q", "-o", out)
        before = snapshot(out)

        # The file system takes only so much: the result, then a chart, then the report.
        fails(["run", STUDY, "-o", out, "--no-charts"], 3, "File too large",
              preexec_fn=file_size_limit(1000))
        untouched(before, out)
        fails(["run", STUDY, "-o", out], 3, "", preexec_fn=file_size_limit(2400))
        untouched(before, out)

        # A folder that cannot be written: a file stands in its way.
        fails(["run", STUDY, "-o", out / "report.html" / "x"], 3, "cannot create the folder")
        fails(["run", STUDY, "-o", "/proc/rift"], 3, "cannot create the folder")
        untouched(before, out)

        # gnuplot: absent, failing, cut off, silent about a full disk.
        empty = work / "empty"
        empty.mkdir()
        fails(["run", STUDY, "-o", out], 3, "install it (Debian: gnuplot-nox)",
              env={**os.environ, "PATH": str(empty)})
        bad = fake_gnuplot(work, "fail", "echo 'line 3: undefined' >&2\nexit 1\n")
        fails(["run", STUDY, "-o", out], 3, "line 3: undefined", env=bad)
        cut = fake_gnuplot(work, "cut", "printf '<svg' > map.svg; printf x > map.png\n")
        fails(["run", STUDY, "-o", out], 3, "missing or cut short", env=cut)
        untouched(before, out)

        slow = fake_gnuplot(work, "slow", "sleep 60\n")
        fails(["run", STUDY, "-o", out], 3, "gnuplot took over 1 s for the chart 'map'",
              env={**slow, "RIFT_GNUPLOT_SECONDS": "1"})
        untouched(before, out)

        # Interrupts leave no half file; a kill leaves a staging folder, which goes next time.
        child = subprocess.Popen([RIFT, "run", str(STUDY), "-o", str(out)], env=slow,
                                 stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        time.sleep(1)
        started = time.monotonic()
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=30)
        assert child.returncode == -signal.SIGINT, child.returncode
        assert time.monotonic() - started < 1.5
        untouched(before, out)
        child = subprocess.Popen([RIFT, "run", str(STUDY), "-o", str(out)], env=slow,
                                 stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        time.sleep(1)
        # While it runs, a second run into the same folder is refused.
        fails(["run", STUDY, "-o", out], 3, "another run writes here")
        child.kill()
        child.communicate(timeout=30)
        assert snapshot_without_staging(out) == before
        rift("run", STUDY, "-q", "-o", out)
        untouched(before, out)

        # Standard output closed or full.
        full = subprocess.run(f"'{RIFT}' show '{out}' > /dev/full", shell=True,
                              capture_output=True, text=True)
        assert full.returncode == 3 and "No space left" in full.stderr
        # A comma locale changes no byte.
        rift("run", STUDY, "-q", "-o", work / "de",
             env={**os.environ, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"})
        assert snapshot(work / "de") == before
    passed(15)


def snapshot_without_staging(folder):
    return {name: data for name, data in snapshot(folder).items() if not name.startswith(".")}


main()
