# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of a result and their digest, by docs/result-file.md and h5py."""
import hashlib
import struct

import h5py
import numpy


def record(kind, name, letter="", shape=(), data=b""):
    size = list(shape) + [0] * (8 - len(shape))
    name = name.encode() + b"\0"
    return struct.pack("<ccBxI8QQ", kind, letter.encode() or b"\0", len(shape), len(name), *size, len(data)) + name + data


def values(array):
    """The letter of a type, and the bytes of its values."""
    if array.dtype.kind in "SO":
        texts = [t if isinstance(t, bytes) else t.encode() for t in array.ravel().tolist()]
        return "s", b"".join(struct.pack("<I", len(t)) + t for t in texts)
    letter = "d" if array.dtype.kind == "f" else {1: "b", 2: "h", 4: "i", 8: "q"}[array.dtype.itemsize]
    letter = letter.upper() if array.dtype.kind == "u" else letter
    return letter, array.astype("<f8" if letter == "d" else array.dtype.newbyteorder("<")).tobytes()


def records(item, path=""):
    if path.count("/") > 8 or (isinstance(item, h5py.Dataset) and (item.size or 0) > 10**7):
        raise ValueError("no result has such a thing")
    if isinstance(item, h5py.Dataset):
        array = numpy.asarray(item[()])
        letter, data = values(array)
        yield record(b"d", path, letter, array.shape, data)
    else:
        yield record(b"g", path)
    for name in sorted(item.attrs, key=str.encode):
        if name in ("DIMENSION_LIST", "REFERENCE_LIST", "rift_digest"):
            continue
        array = numpy.asarray(item.attrs[name])
        letter, data = values(array if array.dtype.kind != "U" else array.astype(object))
        yield record(b"a", f"{path}@{name}", letter, array.shape, data)
    if isinstance(item, h5py.Group):
        for name in sorted(item, key=str.encode):
            yield from records(item[name], f"{path}/{name}" if path else name)


def digest(file):
    """The digest of what a file says, and the one that stands in it."""
    with h5py.File(file) as data:
        return hashlib.sha256(b"".join(records(data))).hexdigest(), data.attrs["rift_digest"].decode()


def sign(file):
    """Give a changed file the digest of what it says now."""
    with h5py.File(file, "r+") as data:
        data.attrs["rift_digest"] = numpy.bytes_(hashlib.sha256(b"".join(records(data))).hexdigest())
