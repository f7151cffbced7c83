# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Python tests share."""
import csv
import os
import pathlib
import subprocess
import sys

RIFT = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "rift"
SOURCE = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
STUDY = SOURCE / "indicators" / "studies" / "three-layer.yaml"


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


def rift(*arguments, code=0, **options):
    """Run rift; its standard output. Any other exit status than `code` is a failure."""
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, **options)
    assert done.returncode == code, (arguments, done.returncode, done.stderr[-2000:])
    return done.stdout if code == 0 else done.stderr


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def number(text):
    return float(text) if text else float("nan")


def passed(n):
    print(f"{n} passed, 0 failed")
