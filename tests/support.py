# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Python tests share."""
import csv
import os
import pathlib
import shutil
import subprocess
import sys

RIFT = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "rift"
SOURCE = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
STUDY = SOURCE / "indicators" / "studies" / "three-layer.yaml"
SANITIZED = os.path.exists(RIFT) and b"__asan_init" in pathlib.Path(RIFT).read_bytes()
SHIPPED = pathlib.Path(RIFT).parent / "tests" / "shipped"


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


def rift(*arguments, code=0, **options):
    """Run rift; its standard output. Any other exit status than `code` is a failure."""
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, text=True, **options)
    assert done.returncode == code, (arguments, done.returncode, done.stderr[-2000:])
    return done.stdout if code == 0 else done.stderr


def shipped():
    """The result of the shipped study, charts and report with it, as shipped/run.py made it: to
    be read only."""
    folder = SHIPPED / "results" / "three-layer"
    assert folder.is_dir(), f"run first: tests/shipped/run.py {RIFT} {SOURCE}"
    return folder


def shipped_copy(folder):
    """A copy of its result file for tests that write to it."""
    folder.mkdir()
    shutil.copy(shipped() / "three-layer.h5", folder)
    return folder


def study_text(charts=None, only=None, years=None):
    """The text of the shipped study, with paths that hold from any folder. Where charts are named,
    they are all, and no questions are asked; `only` and `years` narrow it to a few countries and
    years."""
    text = STUDY.read_text().replace("../../data", str(SOURCE / "data"))
    text = text.replace("../indices", str(SOURCE / "indicators" / "indices"))
    if charts is not None:
        text = text[:text.index("\nconverge:")] + f"\ncharts: [{charts}]\n" + text[text.index("\nmap:"):]
    if only:
        text = text.replace("countries.csv", f"countries.csv\n  only: [{', '.join(only)}]", 1)
    if years:
        text = text.replace("first: 2000, last: 2024", "first: {}, last: {}".format(*years))
    return text


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def number(text):
    return float(text) if text else float("nan")


def passed(n):
    print(f"{n} passed, 0 failed")
