# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told is what is wrong: a reader that has enough is no error, a full disk is; a file of NULs, and a record that
says something twice, are called what they are."""
import gzip
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SANITIZED, SOURCE, passed, rift

KEYS = ('"indicator": {"id": "A", "value": "Series"}', '"country": {"id": "KE", "value": "Kenya"}', '"countryiso3code": "KEN"',
        '"date": "2020"', '"value": 5', '"unit": "u"', '"obs_status": ""')


def closed(work):
    """Standard output that nobody reads any longer, of every kind of command."""
    data = work / "d.csv"
    data.write_text("country,year,indicator,value\nKEN,2020,A,1\nNAM,2020,A,3\n")
    rift("ingest", data, "-o", work / "p.h5")
    commands = (["show", work / "p.h5", "panel"], ["export", work / "p.h5", "panel"], ["list", "formats"], ["check", data],
                ["ingest", data, "-o", work / "q.h5"], ["--help"], ["--version"], ["show", "--help"], ["list", "--json", "charts"])
    for command in commands:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([RIFT, *map(str, command)], stdout=write, stderr=subprocess.PIPE, text=True)
        os.close(write)
        assert done.returncode == -signal.SIGPIPE and done.stderr == "", (command, done.returncode, done.stderr)
        with open("/dev/full", "w") as full:
            done = subprocess.run([RIFT, *map(str, command)], stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 3 and "cannot write to standard output: No space left" in done.stderr, (command, done.stderr)
    assert (work / "q.h5").exists()


def twice(work):
    """Each key of a record twice, whatever the two say."""
    head = {"page": 1, "pages": 1, "per_page": 50, "total": 1, "sourceid": "2", "lastupdated": "2024-01-01"}
    path = work / "wb.json"
    write = lambda keys: path.write_text("[" + json.dumps(head) + ",\n[{" + ", ".join(keys) + "}]]")
    write(KEYS)
    rift("check", path)
    for i, key in enumerate(KEYS):
        for again in (key, key.replace("5", "7").replace("KEN", "UGA")):
            write([*KEYS[:i + 1], again, *KEYS[i + 1:]])
            told = rift("check", path, code=1)
            assert re.search(r"wb.json:2:\d+: error: the record has this key twice", told), (key, told)
    write([KEYS[0].replace('"id": "A"', '"id": "A", "id": "B"'), *KEYS[1:]])
    assert "has this key twice" in rift("check", path, code=1)


def nul(work):
    for name, data in (("zero.csv.gz", bytes(4 << 20)),):
        (work / name).write_bytes(gzip.compress(data))
        told = rift("check", work / name, code=1)
        assert re.search(name + ": error: .*NUL", told) and "holds no file" not in told, (name, told)


def small_stack(work):
    """Commands that read and write need little of the stack."""
    def limit():
        resource.setrlimit(resource.RLIMIT_STACK, (65536, resource.RLIM_INFINITY))
    study = SOURCE / "tests" / "cli" / "files" / "district-study.yaml"
    for command in (["check", work / "d.csv"], ["ingest", work / "d.csv", "-o", work / "r.h5"],
                    ["run", study, "-q", "--no-charts", "-o", work / "out"], ["show", work / "out"]):
        done = subprocess.run([RIFT, *map(str, command)], capture_output=True, text=True, preexec_fn=limit)
        assert done.returncode == 0, (command, done.returncode, done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        closed(work)
        twice(work)
        nul(work)
        if not SANITIZED:  # whose frames are several times as large
            small_stack(work)
    passed(4)


main()
