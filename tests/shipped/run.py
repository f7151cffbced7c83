# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped study, run once for all tests that read its result, as README says: by its path
from the folder of the program's files. What lies there already is kept while it is whole and
newer than the program and all that the study reads. --unchanged only tells whether each file
is still as it was made, for the tests that read it may not write to it."""
import hashlib
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SHIPPED, SOURCE, passed, rift

SUMS = SHIPPED / "sums"


def sums():
    files = sorted(p for p in (SHIPPED / "results").rglob("*") if p.is_file())
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(SHIPPED)}\n" for p in files)


def whole():
    return SUMS.exists() and SUMS.read_text() == sums()


def newer():
    made = SUMS.stat().st_mtime
    read = [pathlib.Path(RIFT), *(p for name in ("indicators", "data") for p in (SOURCE / name).rglob("*"))]
    return all(p.stat().st_mtime < made for p in read)


def make():
    SHIPPED.mkdir(parents=True, exist_ok=True)
    SUMS.unlink(missing_ok=True)
    shutil.rmtree(SHIPPED / "results", ignore_errors=True)
    for name in ("indicators", "data"):
        (SHIPPED / name).unlink(missing_ok=True)
        (SHIPPED / name).symlink_to(SOURCE / name)
    rift("run", "indicators/studies/three-layer.yaml", cwd=SHIPPED)
    SUMS.write_text(sums())


def main():
    if "--unchanged" in sys.argv:
        assert whole(), f"a test has changed the result that all read: {SHIPPED}"
    elif not (whole() and newer()):
        make()
    passed(1)


main()
