# SPDX-License-Identifier: GPL-3.0-or-later
"""Result files from elsewhere: attributes with more values than there is room for, values and links that lead into other
files. Each command refuses them and prints nothing of what they lead to."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made import new_study
from support import RIFT, passed, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py: {missing}")

COMMANDS = [["show", "FILE", "ranking"], ["export", "FILE", "panel"], ["audit", "FILE", "statistics"], ["divide", "FILE", "gaps"]]
SECRET = b"Twelve and a half: not for those who read results. " * 4000


def attribute(value):
    def damage(data, name, _):
        del data.attrs[name]
        data.attrs.create(name, value)
    return damage


def external(data, name, work):
    shape = data[name].shape
    del data[name]
    data.create_dataset(name, shape, "f8", external=[(str(work / "secret"), 0, h5py.h5f.UNLIMITED)])


def virtual(data, name, work):
    shape = data[name].shape
    with h5py.File(work / "other.h5", "w") as other:
        other["value"] = numpy.full(shape, 12.5)
    del data[name]
    layout = h5py.VirtualLayout(shape=shape, dtype="f8")
    layout[...] = h5py.VirtualSource(str(work / "other.h5"), "value", shape=shape)
    data.create_virtual_dataset(name, layout)


def external_link(data, name, work):
    with h5py.File(work / "linked.h5", "w") as other:
        other["value"] = numpy.full(data[name].shape, 12.5)
    del data[name]
    data[name] = h5py.ExternalLink(str(work / "linked.h5"), "/value")


def soft_link(data, name, _):
    data["kept"] = data[name]
    del data[name]
    data[name] = h5py.SoftLink("/kept")



def run(command, file):
    words = [str(file) if word == "FILE" else word for word in command]
    return subprocess.run([RIFT, *words, "--no-verify"], capture_output=True, timeout=60)


def refused(work, whole, name, damage, good):
    """Every command that reads the place ends with an error that names it; one that does not answers as if nothing were. How
    many read it."""
    file, n = work / "foreign.h5", 0
    shutil.copy(whole, file)
    with h5py.File(file, "r+") as data:
        damage(data, name, work)
    for command, as_ever in zip(COMMANDS, good):
        done = run(command, file)
        if done.returncode == 0:
            assert done.stdout == as_ever, (name, command, done.stdout[:400])
        else:
            assert done.returncode in (1, 2, 3) and name in done.stderr.decode() and not done.stdout.strip(), (name, command, done)
            n += 1
    return n


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "secret").write_bytes(SECRET)
        whole = new_study(work)
        with h5py.File(whole) as data:
            numbers = [k for k, x in data.attrs.items() if isinstance(x, (float, numpy.floating))]
            texts = [k for k, x in data.attrs.items() if isinstance(x, (bytes, numpy.bytes_, str))]
            arrays = [k for k in ("value", "score") if k in data and data[k].dtype == "f8"]
        assert numbers and len(texts) > 3 and arrays, (numbers, texts, arrays)
        cases = [(k, attribute(numpy.arange(4096.0))) for k in numbers]
        cases += [(k, attribute(numpy.array([b"A" * 16] * 4096, "S16"))) for k in texts]
        cases += [(k, attribute(numpy.array([], "f8"))) for k in numbers[:1]]
        elsewhere = [(k, how) for k in arrays[:1] for how in (external, virtual, external_link, soft_link)]
        good = [run(command, whole).stdout for command in COMMANDS]
        read = {name for name, damage in cases if refused(work, whole, name, damage, good)}
        assert {"rift_format", "rift_definition_format"} <= read, read   # what every command reads first
        for name, damage in elsewhere:
            assert refused(work, whole, name, damage, good) == len(COMMANDS), (name, damage)
    passed(len(cases) + len(elsewhere))


main()
