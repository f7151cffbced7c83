# SPDX-License-Identifier: GPL-3.0-or-later
"""What the digest of a result does not have: the references that tie arrays to their axes, by which other readers name values, and
bytes behind the end of a text. A result in which they are not as Rift writes them is refused, by `rift verify` and by all else."""
import gzip
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from content import digest, sign
from made import OLD, new_study
from support import RIFT, passed, rift, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py: {missing}")


def exchange(data, name, one, other):
    """The scales of two axes of an array."""
    dims = data[name].dims
    scales = [data[data[name].attrs["DIMENSION_LABELS"][k]] for k in (one, other)]
    dims[one].detach_scale(scales[0])
    dims[other].detach_scale(scales[1])
    dims[one].attach_scale(scales[1])
    dims[other].attach_scale(scales[0])


def swapped(data):
    exchange(data, "input", 0, 1)


def another(data):
    data["score"].dims[2].detach_scale(data["country"])
    data["score"].dims[2].attach_scale(data["grouping"])


def lost(data):
    data["country_name"].dims[0].detach_scale(data["country"])


def one_more(data):
    data["value"].dims[1].attach_scale(data["country"])


def on_another_array(data):
    data["provenance/input_size"].dims[0].attach_scale(data["country"])


def one_end(data):
    """DIMENSION_LIST is exchanged, REFERENCE_LIST is as it was."""
    held = data["input"].attrs["DIMENSION_LIST"]
    changed = numpy.empty(3, dtype=object)
    for k, of in enumerate((1, 0, 2)):
        changed[k] = held[of]
    kind = data["input"].attrs.get_id("DIMENSION_LIST").dtype
    del data["input"].attrs["DIMENSION_LIST"]
    data["input"].attrs.create("DIMENSION_LIST", changed, dtype=kind)


def other_end(data):
    held = data["year"].attrs["REFERENCE_LIST"]
    del data["year"].attrs["REFERENCE_LIST"]
    data["year"].attrs.create("REFERENCE_LIST", held[:-1], dtype=held.dtype)


def of_table(data):
    column = next(v for v in data["analysis_audit/statistics"].values() if "DIMENSION_LIST" in v.attrs)
    column.dims[0].detach_scale(data["analysis_audit/statistics/row"])


def relabelled(data):
    """Labels too, which the digest has; it is made anew."""
    swapped(data)
    labels = data["input"].attrs["DIMENSION_LABELS"]
    data["input"].attrs["DIMENSION_LABELS"] = numpy.array([labels[1], labels[0], labels[2]], dtype=object)


def unlabelled(data):
    del data["input"].attrs["DIMENSION_LABELS"]
    for dim, scale in zip(data["input"].dims, ("series", "year", "country")):
        dim.detach_scale(data[scale])


def behind_attribute(data):
    text = data.attrs["title"]
    data.attrs.create("title", numpy.bytes_(text + b"\0forged"))


def behind_attribute_of_array(data):
    data["value"].attrs.create("long_name", numpy.bytes_(data["value"].attrs["long_name"] + b"\0\0x"))


def behind_text(data):
    held = data["country_name"][()]
    attributes = dict(data["country_name"].attrs)
    data["country_name"].dims[0].detach_scale(data["country"])
    del data["country_name"]
    texts = numpy.array([t + b"\0forged" if k == 1 else t for k, t in enumerate(held)], dtype="S60")
    made = data.create_dataset("country_name", data=texts)
    for name, value in attributes.items():
        if name not in ("DIMENSION_LIST", "REFERENCE_LIST"):
            made.attrs[name] = value
    made.dims[0].attach_scale(data["country"])


TIES = {swapped: "input", another: "score", lost: "country_name", one_more: "value", on_another_array: "provenance/input_size",
        one_end: "input", other_end: "", of_table: "analysis_audit/statistics/"}
LABELS = {relabelled: "input", unlabelled: "input"}
BEHIND = {behind_attribute: "@title", behind_attribute_of_array: "value@long_name", behind_text: "country_name"}


def refused(file, why, name, *more):
    for command in (("verify", file), ("show", file, *more)):
        done = subprocess.run([RIFT, *map(str, command)], capture_output=True, text=True)
        assert done.returncode == 1 and not done.stdout, (why, command, done)
        assert "is no Rift result" in done.stderr and why in done.stderr and f"'{name}" in done.stderr, (why, name, done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole = new_study(work)
        rift("audit", whole, "--store", "-q")
        rift("verify", whole)
        file = work / "changed.h5"

        def changed(change, keeps_digest):
            shutil.copy(whole, file)
            with h5py.File(file, "r+") as data:
                change(data)
            made, kept = digest(file)
            assert (made == kept) == keeps_digest, change
            if not keeps_digest:
                sign(file)

        for change, name in TIES.items():
            changed(change, True)
            refused(file, "is not tied to the axes", name, "--no-verify")
        for change, name in LABELS.items():
            changed(change, False)
            refused(file, "has other labels on its axes", name)
        for change, name in BEHIND.items():
            shutil.copy(whole, file)
            with h5py.File(file, "r+") as data:
                change(data)
            refused(file, "has bytes behind the end of a text", name, "--no-verify")
        old = work / "old.h5"
        old.write_bytes(gzip.decompress((OLD / "old.h5.gz").read_bytes()))
        rift("show", old)
        with h5py.File(old, "r+") as data:
            exchange(data, "used", 0, 1)
        refused(old, "is not tied to the axes", "used")
    passed(len(TIES) + len(LABELS) + len(BEHIND) + 2)


main()
