#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the default study: processor time, best of N, with the parts that can be told apart
by leaving them out. Run by hand: python3 tests/bench/study.py build/release/rift .
Ratios hold on a noisy machine, seconds less so; nothing here is a test."""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

RIFT, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
STUDY = SOURCE / "indicators" / "studies" / "three-layer.yaml"
N = int(sys.argv[3]) if len(sys.argv) > 3 else 7


def best(*arguments):
    wall, user = [], []
    for _ in range(N):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([RIFT, *map(str, arguments)], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.monotonic() - start)
        user.append(after.ru_utime - before.ru_utime)
    return min(user), min(wall)


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        parts = [
            ("read the data (check of four files)",
             ["check", *(SOURCE / "data" / f"{n}.csv"
                         for n in ("access", "use", "capacity", "context"))]),
            ("read, score, measure (check of the study)", ["check", STUDY]),
            ("and store", ["run", STUDY, "-o", out, "--no-charts", "--no-report"]),
            ("and report", ["run", STUDY, "-o", out, "--no-charts"]),
            ("and draw nine charts as SVG and PNG", ["run", STUDY, "-o", out]),
        ]
        print(f"{'':44}{'user s':>8}{'wall s':>8}")
        for name, arguments in parts:
            user, wall = best(*arguments)
            print(f"{name:44}{user:8.3f}{wall:8.3f}")


main()
