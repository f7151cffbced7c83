# SPDX-License-Identifier: GPL-3.0-or-later
"""Each array of a result file is taken out, cut short, given another type, or filled with values
that it cannot have: commands that are told not to verify end with an answer or an error, and never by a signal. One kind of
damage to each array and a few commands; all kinds and commands with --every after the two
arguments, by hand."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made import new_study
from support import RIFT, passed, rift, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py: {missing}")

EVERY = "--every" in sys.argv
LOOK = [["show", "FILE", "ranking"]]
USE = [["export", "FILE", "country"], ["audit", "FILE", "removal"],
       ["divide", "FILE", "gaps", "contributions"]]
if EVERY:
    USE += [["export", "FILE", t] for t in ("weights", "treatment", "divide", "panel", "coverage", "split")]
    USE += [[c, "FILE"] for c in ("audit", "divide", "converge", "forecast", "paradox")]
HALF = next((word for word in sys.argv[3:] if word in ("even", "odd")), None)


def remove(data, name):
    del data[name]


def cut(data, name):
    held = numpy.atleast_1d(data[name][()])
    kind = data[name].dtype
    del data[name]
    data.create_dataset(name, data=held.ravel()[:1], dtype=kind)


def retype(data, name):
    shape, numbers = data[name].shape, data[name].dtype.kind == "f"
    del data[name]
    data.create_dataset(name, data=numpy.zeros(shape, dtype="i4" if numbers else "f8"))


def fill(value):
    def filled(data, name):
        array = data[name]
        array[...] = numpy.full(array.shape, value, dtype=array.dtype)
    return filled


def values_for(array):
    """What such an array never holds."""
    if array.dtype.kind == "f":
        return [numpy.inf, -1e308, numpy.nan, 1e18]
    if array.dtype.kind in "iu":
        range_ = numpy.iinfo(array.dtype)
        return [range_.max, range_.min, range_.max // 2]
    return ["x", ""]


def damages(file):
    """Kinds of damage to each array; of all where every one is wanted, else one in turn."""
    with h5py.File(file) as data:
        names = []
        data.visititems(lambda n, i: names.append(n) if isinstance(i, h5py.Dataset) else None)
        for turn, name in enumerate(names):
            array = data[name]
            kinds = [(remove, LOOK), (cut, LOOK), (retype, LOOK)]
            kinds += [(fill(v), LOOK + USE) for v in values_for(array) if array.size]
            for kind in kinds if EVERY else {0: kinds[turn % 3], 1: kinds[-1 - turn % max(1, len(kinds) - 3)]}.values():
                yield name, *kind


def main():
    runs = 0
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        files = [new_study(work), work / "panel.h5"]
        (work / "data.csv").write_text("country,year,indicator,value\nKEN,2020,X,1\nWLD,2020,X,2\n")
        rift("ingest", work / "data.csv", "-o", files[1], "-q")
        for file in files:
            for at, (name, damage, commands) in enumerate(damages(file)):
                if HALF and at // 2 % 2 != (HALF == "odd"):   # the damages of every other array
                    continue
                copy = work / "damaged.h5"
                shutil.copy(file, copy)
                with h5py.File(copy, "r+") as data:
                    damage(data, name)
                for command in commands:
                    done = subprocess.run([RIFT, *(str(copy) if c == "FILE" else c for c in command), "--no-verify"],
                                          capture_output=True)
                    assert 0 <= done.returncode <= 3 and b"crash" not in done.stderr, (file.name, name, command, done)
                    runs += 1
    assert runs > (200 if HALF else 400), runs
    passed(1)


main()
