# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that is no table and no definition is told what it looks like, and never quoted, wherever it
is named; what is no data at all is an error of a check; files whose names begin with - can be named."""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed

DATA = "country,year,indicator,value\nKEN,2020,a,1\nUGA,2020,a,2\n"
INDEX = ("code: i\nnormalisation: min-max\nscope: pooled\nentities: any\nseries: [{code: a}]\n"
         "nodes: [{code: total, children: [a]}]\n")
SECRETS = {
    "shadow": "root:*:20228:0:99999:7:::\ndaemon:HUSHHUSH:20228:0:99999:7:::\n",
    "key.pem": "-----BEGIN KEY-----\nHUSHHUSHHUSH\n-----END KEY-----\n",
    "passwd": "HUSH:x:0:0:HUSH,,,:/root:/bin/bash\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nHUSH\n",
    "one-line": "user,HUSHHUSH\n",
    "conf": "[client]\npassword = HUSHHUSH\nuser = HUSH\n",
    "compose": "services:\n  db:\n    environment: {PASSWORD: HUSHHUSH}\n",
    "binary": "\x01\x02\x03HUSH\x04\x05\n\x06\x07HUSH",
}


def run(work, *arguments):
    done = subprocess.run([RIFT, *arguments], cwd=work, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def study(work, name, **changes):
    said = {"sources": "[data.csv]", "countries": "{file: countries.csv}", "index": "index.yaml", **changes}
    (work / name).write_text("code: s\ntitle: S\nyears: {first: 2020, last: 2020}\n" +
                             "".join(f"{k}: {v}\n" for k, v in said.items()) + "charts: []\nreport: false\n")
    return name


def secrets(work):
    for name, text in SECRETS.items():
        (work / name).write_text(text)
        commands = [["check", name], ["ingest", name, "-o", "p.h5"], ["score", name, "--data", "data.csv"],
                    ["score", "index.yaml", "--data", name], ["score", "index.yaml", "--data", "data.csv", "--countries", name],
                    ["ingest", "data.csv", "--aliases", name, "-o", "p.h5"], ["show", name],
                    ["import", "coinr", name, "data.csv", "-o", "x"], ["import", "coinr", "data.csv", name, "-o", "x"],
                    ["paradox", name, "--links", name]]
        for key, value in (("sources", f"[{name}]"), ("countries", f"{{file: {name}}}"), ("series_files", f"[{name}]"),
                           ("index", name), ("map", f"{{outlines: {name}}}"), ("aliases", name)):
            commands += [["check", study(work, f"{key}.yaml", **{key: value})]]
        (work / f"{name}.yaml").write_text(text)
        commands.append(["check", f"{name}.yaml"])
        for command in commands:
            code, said = run(work, *command)
            assert code == 1 and "HUSH" not in said, (command, code, said)
    code, said = run(work, "check", "shadow")
    assert "no table: it looks like plain text" in said, said
    code, said = run(work, "check", "binary")
    assert "no table: it looks like binary data" in said, said
    # What is a table shows its first row, so that one sees which columns to name.
    (work / "table.csv").write_text("place;when\nx;1\ny;2\n")
    code, said = run(work, "check", "table.csv")
    assert code == 1 and "its first row is: place, when" in said, said


def foreign(work):
    pages = {"page.html": b"<!DOCTYPE html><html><body>Sorry</body></html>", "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
             "paper.pdf": b"%PDF-1.7\n", "other.json": b'{"error": "no"}'}
    for name, text in pages.items():
        (work / name).write_bytes(text)
        code, said = run(work, "check", name)
        assert code == 1 and f"{name}: error: holds no data: " in said, (name, code, said)
        (work / name).rename(work / "folder" / name)
    code, said = run(work, "check", "folder")
    assert code == 1 and "no file holds data" in said, said
    (work / "folder" / "data.csv").write_text(DATA)
    code, said = run(work, "check", "folder")
    assert code == 0, said


def dashes(work):
    (work / "-x.csv").write_text(DATA)
    for arguments in (["--", "-x.csv"], ["./-x.csv"], ["-v", "--", "-x.csv"]):
        code, said = run(work, "check", *arguments)
        assert code == 0 and "x.csv: tidy" in said, (arguments, said)
    for arguments in (["-x.csv"], ["-v", "-x.csv"], ["data.csv", "-qx.csv"]):
        code, said = run(work, "check", *arguments)
        assert code == 2 and f"'{arguments[-1]}'" in said and "./NAME" in said, (arguments, code, said)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        (work / "folder").mkdir()
        (work / "data.csv").write_text(DATA)
        (work / "countries.csv").write_text("country,name\nKEN,K\nUGA,U\n")
        (work / "index.yaml").write_text(INDEX)
        for part in (secrets, foreign, dashes):
            part(work)
    passed(3)


main()
