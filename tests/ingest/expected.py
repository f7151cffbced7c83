# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes of a small file: its values, what was said, the exit status."""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SANITIZED, passed


def run(folder, *arguments):
    return subprocess.run([RIFT, *map(str, arguments)], capture_output=True, text=True, timeout=120, cwd=folder)


def ingest(folder, text, *options, name="input.csv"):
    """Values by country, year and series; exit status; what was said."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "p.h5").unlink(missing_ok=True)
    done = run(folder, "ingest", name, "-o", "p.h5", *options)
    values = {}
    if (folder / "p.h5").exists():
        for row in csv.DictReader(io.StringIO(run(folder, "export", "p.h5", "panel").stdout)):
            values[row["country"], int(row["year"]), row["indicator"]] = float(row["value"])
    return values, done.returncode, done.stderr


def expect(folder, text, wanted, *options, words=(), code=0, name="input.csv"):
    values, found, said = ingest(folder, text, *options, name=name)
    assert found == code and values == wanted, (text, options, found, values, said)
    for word in [words] if isinstance(words, str) else words:
        assert word in said, (text, options, word, said)
    assert words or "warning" not in said and "error" not in said, (text, said)


def refused(folder, text, *words, options=()):
    """Nothing of the file is used, also not where errors are passed over."""
    expect(folder, text, {}, *options, words=words, code=1)
    expect(folder, text, {}, *options, "-k", words=words, code=1)


def each(checks):
    """Every check in a folder of its own."""
    for check in checks:
        with tempfile.TemporaryDirectory() as made:
            check(pathlib.Path(made))
    passed(len(checks))
