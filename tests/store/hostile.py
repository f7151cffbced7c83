# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that were damaged byte by byte, and results made to harm: whatever a command is given, it ends by itself with an
answer or an error, and an answer is that of the whole file. A sample of each; more by hand, in either build:

    tests/store/hostile.py build/test/rift . --mutated 2000 --structural 500 [--seed 7] [--keep FOLDER]

Mutations change 1 to 16 bytes, half of them near the head of the file, or cut it short. Structural harm is done by h5py:
shapes, types, links, layouts, filters, names and values that Rift never writes, with a digest made to fit in every other file,
so that what lies behind it is reached; half of those with a digest that does not fit are read with --no-verify."""
import collections
import hashlib
import os
import pathlib
import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made import new_study
from support import RIFT, passed, rift, skip

try:
    import h5py
    import numpy

    from content import sign
except ImportError as missing:
    skip(f"needs h5py: {missing}")

COMMANDS = [("show", "ranking"), ("export", "scores"), ("export", "panel"), ("export", "weights"), ("audit", "statistics"),
            ("divide", "gaps"), ("converge", "sigma"), ("export", "story"), ("export", "provenance")]
HEAD = 40000
LIMIT = 60   # seconds, of a machine that does other things


def option(name, standard):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else standard


def run(command, file, *more):
    begun = time.monotonic()
    done = subprocess.run([RIFT, command[0], file, *command[1:], *more], capture_output=True, timeout=LIMIT)
    return done, time.monotonic() - begun


def mutated(draw, whole):
    data = bytearray(whole)
    if draw.random() < 0.1:
        return bytes(data[:draw.randrange(len(data))])
    for _ in range(draw.randint(1, 16)):
        data[draw.randrange(min(HEAD, len(data)) if draw.random() < 0.5 else len(data))] = draw.randrange(256)
    return bytes(data)


def datasets(data):
    names = []
    data.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
    return names


def replace(data, name, value, **how):
    attributes = {k: v for k, v in data[name].attrs.items() if k not in ("DIMENSION_LIST", "REFERENCE_LIST")}
    del data[name]
    made = data.create_dataset(name, data=value, **how)
    for key, held in attributes.items():
        made.attrs[key] = held


SHAPES = [(0,), (1,), (1 << 22,), (3, 0, 5), (1 << 16, 1 << 16), (2,) * 8, (1,) * 20, (1 << 40,), (1 << 32, 1 << 32)]
TYPES = ["f2", "f4", ">f8", "i1", "i8", "u8", ">i4", "c16", "S0", "S1", "V16", "?", "longdouble",
         [("a", "f8"), ("b", "S4")], h5py.vlen_dtype("i4")]
NUMBERS = [float("nan"), float("inf"), -1e308, 1e308, 5e-324, -1, 2**31 - 1, -2**31, 2**40, 1e18]
TEXTS = [b"", b"\xff\xfe", b"a\x00b", b"=cmd|'/c calc'!A0", b"../../../etc/passwd", b"%s%n" * 50, b"x" * 70000,
         "‮‭evil".encode(), b"<script>alert(1)</script>", b"'; system('id')", b"\x1b]0;x\x07"]


def odd_shape(draw, data, name, work):
    kind = data[name].dtype if data[name].dtype.kind in "fiu" else "f8"
    shape = draw.choice(SHAPES)
    del data[name]
    data.create_dataset(name, shape, kind, chunks=tuple(min(max(s, 1), 64) for s in shape), fillvalue=draw.choice([0, 1, 77]))


def odd_type(draw, data, name, work):
    shape, kind = data[name].shape, draw.choice(TYPES)
    del data[name]
    data.create_dataset(name, shape, kind)


def odd_values(draw, data, name, work):
    array = data[name]
    if array.dtype.kind == "f":
        array[...] = draw.choice(NUMBERS)
    elif array.dtype.kind in "iu":
        range_ = numpy.iinfo(array.dtype)
        array[...] = draw.choice([range_.min, range_.max, range_.max // 2, 0, 1])
    elif array.size:
        text = draw.choice(TEXTS)
        replace(data, name, numpy.full(array.shape, text.replace(b"\0", b"?"), dtype=object), dtype=h5py.string_dtype())


def one_value(draw, data, name, work):
    array = data[name]
    if array.size and array.dtype.kind in "fiu":
        at = tuple(draw.randrange(n) for n in array.shape)
        array[at] = draw.choice(NUMBERS if array.dtype.kind == "f" else [numpy.iinfo(array.dtype).max, 0, 1])


def another_length(draw, data, name, work):
    held = data[name][()]
    if numpy.ndim(held):
        cut = numpy.concatenate([held, held]) if draw.random() < 0.5 else held[:-1]
        replace(data, name, cut, dtype=data[name].dtype)


def attribute(draw, data, name, work):
    item = data if draw.random() < 0.6 else data[name]
    if len(item.attrs):
        key = draw.choice(sorted(item.attrs))
        value = draw.choice([numpy.arange(4096.0), numpy.array([b"A" * 16] * 4096, "S16"), numpy.array([], "f8"), numpy.nan,
                             -1.0, 2**40, numpy.bytes_(b"\xff"), numpy.bytes_(b"A" * 60000), h5py.Empty("f8"),
                             numpy.zeros((2, 2, 2)), numpy.bytes_("9" * 400), "text", True])
        del item.attrs[key]
        if draw.random() < 0.9:
            item.attrs.create(key, value)


def external(draw, data, name, work):
    shape = data[name].shape or (1,)
    del data[name]
    data.create_dataset(name, shape, "f8", external=[(draw.choice(["/etc/passwd", "/dev/zero", str(work / "none")]), 0,
                                                      h5py.h5f.UNLIMITED)])


def virtual(draw, data, name, work):
    shape = data[name].shape or (1,)
    layout = h5py.VirtualLayout(shape=shape, dtype="f8")
    layout[...] = h5py.VirtualSource(draw.choice([".", str(work / "none.h5")]), name, shape=shape)
    del data[name]
    data.create_virtual_dataset(name, layout)


def link(draw, data, name, work):
    target = draw.choice([h5py.SoftLink("/" + name), h5py.SoftLink("/value"), h5py.ExternalLink("/etc/passwd", "/"),
                          h5py.ExternalLink("changed.h5", "/")])
    del data[name]
    data[name] = target


def cycle(draw, data, name, work):
    group = data.create_group(f"loop{draw.randrange(9)}")
    group["self"] = draw.choice([data["/"], group])


def twice(draw, data, name, work):
    other = draw.choice(datasets(data))
    if other != name:
        del data[name]
        data[name] = data[other]


def deep(draw, data, name, work):
    data.create_group("/".join("d" * draw.choice([1, 9, 2000]) for _ in range(draw.choice([3, 9, 60]))))


def many(draw, data, name, work):
    group = data.create_group("many")
    for i in range(draw.choice([10, 3000])):
        group.create_dataset(str(i), data=i)


def filtered(draw, data, name, work):
    held = numpy.atleast_1d(data[name][()])
    if held.size and held.dtype.kind in "fiu":
        how = draw.choice([{"compression": "lzf"}, {"scaleoffset": 0}, {"compression": "gzip", "compression_opts": 9}])
        if held.dtype.kind == "f" and "scaleoffset" in how:
            how = {"scaleoffset": 2}
        replace(data, name, held, chunks=True, **how)


def bomb(draw, data, name, work):
    n = draw.choice([10**7, 10**8, 10**9, 2**40])
    del data[name]
    data.create_dataset(name, (n,), "f8", chunks=(min(n, 1 << 20),), compression="gzip", fillvalue=1.0)


def odd_name(draw, data, name, work):
    data[draw.choice(["@", "a@b", "x" * 60000, "‮", "\n", "%n", "value@long_name"])] = draw.choice([1, "x"])


def definition(draw, data, name, work):
    texts = data["provenance/definition_text"]
    row = draw.randrange(len(texts))
    text = bytearray(texts[row])
    for _ in range(draw.randint(1, 5)):
        text[draw.randrange(len(text))] = draw.choice(b"\n\t:-{}[]&*!|>'\"%@`0aZ ")
    texts[row] = bytes(text)
    data["provenance/definition_sha256"][row] = hashlib.sha256(bytes(text)).hexdigest()


def moved(draw, data, name, work):
    if draw.random() < 0.5:
        del data[name]
    else:
        data.move(name, name + "_moved")


HARM = [odd_shape, odd_type, odd_values, odd_values, one_value, another_length, attribute, attribute, external, virtual, link,
        cycle, twice, deep, many, filtered, bomb, odd_name, definition, definition, moved]


def harmed(draw, file, work):
    """Harm a file; how, and whether its digest fits. What the libraries of the test cannot make is not harm."""
    done = []
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        how = draw.choice(HARM)
        try:
            with h5py.File(file, "r+") as data:
                how(draw, data, draw.choice(datasets(data)), work)
            done.append(how.__name__)
        except Exception:   # of the many kinds that h5py has
            continue
    signed = draw.random() < 0.5
    if signed:
        try:
            sign(file)
        except Exception:
            signed = False
    return "+".join(done), signed


def harmed_apart(draw, file, work):
    """The same in a process of its own, for the library of the test may crash over what it is to make: what stands in the
    file by then is harm as well. How, whether the digest fits, and the draws that follow."""
    end = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.write(end[1], pickle.dumps((*harmed(draw, file, work), draw.getstate())))
        os._exit(0)
    os.close(end[1])
    with os.fdopen(end[0], "rb") as pipe:
        said = pipe.read()
    if os.waitpid(child, 0)[1] != 0:
        return "half made", False
    how, signed, state = pickle.loads(said)
    draw.setstate(state)
    return how, signed


def own_fault(said):
    """Whether a sanitizer tells of Rift's own code: its report begins with the frame at fault, which may be HDF5's, in the
    process that reads the file. What the sanitizer calls on the way (memcpy, malloc) has no say."""
    if "runtime error" in said:
        return True
    for report in said.split("==ERROR: ")[1:]:
        frames = [line for line in report.splitlines() if line.lstrip().startswith("#")]
        frames = [line for line in frames if not any(own in line for own in ("libasan", "libsanitizer", "__interceptor"))]
        if not frames or "libhdf5" not in frames[0]:
            return True
    return False


class Tally:
    """What came of the files, and the first that came to no good."""

    def __init__(self, keep):
        self.count, self.slowest, self.keep, self.bad = collections.Counter(), 0.0, keep, []

    def add(self, what, file, command, good, more=()):
        try:
            done, seconds = run(command, file, *more)
        except subprocess.TimeoutExpired:
            self.note("hung", what, file, command, "")
            return
        self.slowest = max(self.slowest, seconds)
        said = done.stderr.decode(errors="replace")
        if not 0 <= done.returncode <= 3 or own_fault(said):
            self.note("crashed", what, file, command, f"{done.returncode}: {said[-600:]}")
        elif done.returncode == 0:
            if good is not None and done.stdout != good:
                self.note("another answer", what, file, command, done.stdout[:300])
            self.count["answered"] += 1
        else:
            self.count["contained" if "crash" in said or "Sanitizer" in said else "refused"] += 1

    def note(self, kind, what, file, command, more):
        self.count[kind] += 1
        self.bad.append((kind, what, command, more))
        if self.keep:
            pathlib.Path(self.keep).mkdir(exist_ok=True)
            shutil.copy(file, pathlib.Path(self.keep) / f"{len(self.bad)}-{kind.replace(' ', '-')}.h5")

    def tell(self, name):
        print(f"{name}: {dict(self.count)}, slowest {self.slowest:.1f} s")


def main():
    n_mutated, n_harmed = int(option("--mutated", 150)), int(option("--structural", 90))
    seed, keep = int(option("--seed", 1)), option("--keep", None)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole = new_study(work)
        rift("audit", whole, "--store", "-q")
        good = [run(command, whole)[0].stdout for command in COMMANDS]
        assert all(good)
        file, bad = work / "changed.h5", []
        tally = Tally(keep)
        for i in range(n_mutated):
            draw = random.Random(f"{seed} mutated {i}")
            file.write_bytes(mutated(draw, whole.read_bytes()))
            k = draw.randrange(len(COMMANDS))
            tally.add(f"mutated {i}", file, COMMANDS[k], good[k])
        tally.tell("mutated")
        bad += tally.bad
        tally = Tally(keep)
        for i in range(n_harmed):
            draw = random.Random(f"{seed} harmed {i}")
            shutil.copy(whole, file)
            how, signed = harmed_apart(draw, file, work)
            k, more = draw.randrange(len(COMMANDS)), () if signed or draw.random() < 0.5 else ("--no-verify",)
            tally.add(f"harmed {i}: {how}", file, COMMANDS[k], None if signed or more else good[k], more)
        tally.tell("harmed")
        bad += tally.bad
    assert not bad, bad[:5]
    passed(n_mutated + n_harmed)


main()
