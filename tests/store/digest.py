# SPDX-License-Identifier: GPL-3.0-or-later
"""The digest of a result, made again here by docs/result-file.md: it is of what the file says and not of how it lies there,
and any change to that is refused by every command that opens a result, unless told not to verify."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from content import digest
from made import OLD, new_study
from support import RIFT, passed, rift, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py: {missing}")

COMMANDS = [("show",), ("export", "panel"), ("audit", "statistics"), ("divide", "gaps"), ("converge", "sigma"),
            ("forecast", "curves"), ("paradox", "people"), ("plot", "map")]


def stored_otherwise(file, to):
    """The same content with other chunks, without compression, and with text that lies there twice over."""
    arrays = []
    with h5py.File(file) as old, h5py.File(to, "w") as new:
        def copy(item, out):
            for name in item.attrs:
                if name not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                    out.attrs.create(name, item.attrs[name], dtype=item.attrs.get_id(name).dtype)
            for name in item if isinstance(item, h5py.Group) else ():
                if isinstance(item[name], h5py.Dataset) and "DIMENSION_LIST" in item[name].attrs:
                    arrays.append(item[name].name)
                if isinstance(item[name], h5py.Group):
                    copy(item[name], out.create_group(name))
                else:
                    copy(item[name], out.create_dataset(name, data=item[name][()], dtype=item[name].dtype))
        copy(old, new)
        for name in arrays:   # tied to their axes anew: by references, which the digest has not
            for dim, held in zip(new[name].dims, old[name].dims):
                for scale in held.values():
                    dim.attach_scale(new[scale.name])


def changed_value(data):
    data["score"][0, 0, 0] += 1e-9


def changed_text(data):
    data["country"][0] = "ZZZ"


def changed_attribute(data):
    data.attrs["title"] = numpy.bytes_("Another")


def another_array(data):
    data["note"] = numpy.arange(3)


def lost_array(data):
    del data["indicator_unit"]


def another_unit(data):
    data["value"].attrs["long_name"] = numpy.bytes_("values in some unit")


def renamed(data):
    data.move("indicator_layer", "indicator_layers")


def no_digest(data):
    del data.attrs["rift_digest"]


def two_digests(data):
    data.attrs["rift_digest"] = numpy.array([data.attrs["rift_digest"]] * 2)


def lower_format(data):
    data.attrs["rift_format"] = numpy.bytes_("2")


def check_refused(whole, work):
    """By every command of a changed file; for one change by each of them."""
    changes = [changed_value, changed_text, changed_attribute, another_array, lost_array, another_unit, renamed, no_digest,
               two_digests, lower_format]
    for change in changes:
        file = work / "changed.h5"
        shutil.copy(whole, file)
        with h5py.File(file, "r+") as data:
            change(data)
        for command in COMMANDS if change is changed_value else COMMANDS[:1]:
            done = subprocess.run([RIFT, command[0], file, *command[1:]], capture_output=True, text=True, cwd=work)
            assert done.returncode == 1 and not done.stdout and "digest" in done.stderr and "--no-verify" in done.stderr, \
                (change, command, done)
    shutil.copy(whole, work / "changed.h5")
    with h5py.File(work / "changed.h5", "r+") as data:
        changed_attribute(data)
    assert rift("show", work / "changed.h5", "--no-verify") == rift("show", whole)
    assert "leave one of the two out" in rift("divide", work / "changed.h5", "--store", "--no-verify", code=2)
    return len(changes)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole = new_study(work)
        rift("ingest", OLD / "data" / "old.csv", "-o", work / "panel.h5", "-q")
        for file in (whole, work / "panel.h5"):
            made, kept = digest(file)
            assert made == kept, file
        rift("divide", whole, "--store", "-q")
        rift("audit", whole, "--store", "-q")
        made, kept = digest(whole)
        assert made == kept
        stored_otherwise(whole, work / "otherwise.h5")
        assert (work / "otherwise.h5").read_bytes() != whole.read_bytes()
        assert rift("export", work / "otherwise.h5", "scores") == rift("export", whole, "scores")
        n = check_refused(whole, work)
    passed(4 + n)


main()
