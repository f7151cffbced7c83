#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that breaks readers: each kind gets its verdict, by the row scan and by libcsv alone
with the same words, and nothing hangs, is unpacked to disk or is lost without a word."""
import gzip
import io
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift, rows

HEAD = "country,year,indicator,value\n"
WIDE = '"Country Name","Country Code","Indicator Name","Indicator Code","2020",\n'


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


# AddressSanitizer maps more than any limit.
LIMIT = limited if subprocess.run([RIFT, "--version"], capture_output=True,
                                  preexec_fn=limited).returncode == 0 else None


def read(work, name, data, code, words, *options):
    """Ingest a file in three ways; all say the same, and the words are among it."""
    path = work / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    said = []
    for way in (["--threads", "2"], ["--threads", "1"], ["--libcsv-only"]):
        done = subprocess.run([RIFT, "ingest", name, "-o", "p.h5", "-v", *way, *options],
                              cwd=work, capture_output=True, preexec_fn=LIMIT)
        text = "".join(line for line in done.stderr.decode("utf-8", "replace").splitlines(True)
                       if not line.startswith("rift: reading"))  # says how long it took
        assert done.returncode == code, (name, way, done.returncode, text[-600:])
        said.append(text)
    for other in said[1:]:
        assert said[0] == other, (name, said[0][-400:], other[-400:])
    for word in [words] if isinstance(words, str) else words:
        assert word in said[0], (name, word, said[0][-600:])
    return said[0]


def value(work):
    return [(r["country"], int(r["year"]), r["indicator"], float(r["value"]))
            for r in rows(rift("export", work / "p.h5", "panel"))]


def tables(work):
    """faults.md, section 3."""
    read(work, "open.csv", HEAD + "KEN,2020,X,1\nPER,2020,\"X,2\n" + "CHN,2020,X,3\n" * 1000, 1,
         "open.csv:3:10: error: a quoted cell opens here and is never closed")
    read(work, "inner.csv", HEAD + 'KEN,2020,5" screen,1\nPER,2020,X,2\n', 1,
         "inner.csv:2:10: error: there is a quote inside")
    read(work, "after.csv", HEAD + '"NOR"x,2020,X,1\nPER,2020,X,2\n', 1, "after.csv:2:1: error")
    read(work, "bom.csv", "\ufeff" + WIDE + '"Kenya","KEN","U","X","1",\n', 0, "")
    assert value(work) == [("KEN", 2020, "X", 1)]
    read(work, "nul.csv", HEAD + "KEN,2020,X,1\nP\0R,2020,X,2\n", 1,
         "nul.csv:3:1: error: the row contains a NUL byte")
    read(work, "cr.csv", HEAD.replace("\n", "\r") + "KEN,2020,X,1\rPER,2020,X,2", 0, "")
    assert len(value(work)) == 2
    read(work, "mixed.csv", HEAD + "KEN,2020,X,1\r\nPER,2020,X,2\rCHN,2020,X,3\n", 0, "")
    assert len(value(work)) == 3
    read(work, "columns.csv", HEAD + "KEN,2020,X,1" + "," * 1000000 + "\nPER,2020,X,2\n", 1,
         "columns.csv:2:1: error: the row has more than 65536 cells")
    read(work, "field.csv", HEAD + "KEN,2020,\"" + "x" * 100_000_000 + "\",1\n", 1,
         "a line of more than 8 MiB begins here")
    read(work, "open-long.csv", HEAD + "KEN,2020,X,1\nPER,2020,\"X,2\n" +
         "CHN,2020,X,3\n" * 2_000_000, 1, "open-long.csv:3:10: error: a quoted cell opens here")
    read(work, "bytes.csv", HEAD.encode() + b"\xff\xfe\xfd,2020,X,1\n", 1, "unknown country")
    read(work, "both.csv", HEAD.encode() + "C\u00f4te d'Ivoire,2020,X,1\n".encode() +
         b"T\xfcrkiye,2020,X,2\n", 0, "the file mixes UTF-8 and Windows-1252")
    read(work, "short.csv", HEAD + "KEN,2020,X\n", 1, "the row has 3 cells, the header asks for 4")
    read(work, "long.csv", HEAD + "KEN,2020,X,1,9\n", 1, "the row has 5 cells, the header has 4")
    read(work, "huge-line.csv", b"x" * (20 << 20), 1, "no table")
    read(work, "empty.csv", "", 1, "holds no data: the file is empty")
    read(work, "blank.csv", "\n\n  \n", 1, "holds no data: the file is empty")
    read(work, "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), 1,
         "holds no data: a picture (PNG)")
    read(work, "page.csv", "<!DOCTYPE html><html>", 1, "a download that failed looks like this")


def numbers(work):
    """Only documented spellings pass; no other becomes 0 or infinite."""
    good = {"1": 1, "-1.5": -1.5, "+2": 2, ".5": .5, "5.": 5, "1e3": 1000, "1E-3": .001,
            "007": 7, " 8 ": 8, "4.9e-324": 4.9e-324, "-0": 0, "0.1": .1,
            "123456789012345678901234567890": 123456789012345678901234567890.0,
            "0.30000000000000004": 0.30000000000000004, "\"9\"": 9, "1e-400": 0, "1 000": 1000}
    bad = ["1e309", "-1e309", "nan(0x1)", "NaN", "inf", "Infinity", "0x10", "1_000", "12 (e)",
           "1,5", "1.2.3", "--1", "1e", "1e+", "e3", ".", "+", "1d3", "\u0661",
           "12a", "$5", "5\u00a0", "(5)", "1/2", "~5", "<1", "n/a", "-", "null", "#N/A", "1\u066b5"]
    assert len(good) + len(bad) >= 44
    text = HEAD + "".join(f"KEN,{1900 + i},X,{spelling}\n" for i, spelling in enumerate(good))
    read(work, "good.csv", text, 0, "1 numbers are written with marks between their thousands")
    assert [v[3] for v in value(work)] == list(good.values()), value(work)
    for spelling in bad:
        cell = f'"{spelling}"' if "," in spelling else spelling
        read(work, "bad.csv", HEAD + f"KEN,2020,X,{cell}\nPER,2020,X,1\n", 1,
             ["bad.csv:2:12: error: the value '", "is not a number"])


def years(work):
    for year in ["20", "20200", "2020.5", "2O20", "", "20-20", "x2020", "0999", "2020a"]:
        read(work, "year.csv", HEAD + f"KEN,{year},X,1\n", 1, "year.csv:2:5: error: the year '")
    for year in ["2020-Q1", "2020M01", "2020-01"]:
        read(work, "year.csv", HEAD + f"KEN,{year},X,1\nPER,2020,X,1\n", 0,
             "1 rows are not annual")


def cells(work):
    """faults.md, section 4, rows 12 and 13: duplicates, unknown countries, NA."""
    read(work, "twice.csv", HEAD + "KEN,2020,X,1\nKEN,2020,X,1.0\n", 0, "1 values appear twice")
    read(work, "two.csv", HEAD + "KEN,2020,X,1\nKEN,2020,X,2\n", 1,
         "two.csv:3:12: error: X of KEN in 2020 is 2 here but 1 at two.csv:2:12")
    read(work, "land.csv", HEAD + "NA,2020,X,1\nNaN,2020,X,2\n", 1,
         "land.csv:3:1: error: unknown country 'NaN'")
    read(work, "land.csv", HEAD + "NA,2020,X,1\nXKX,2020,X,2\nWLD,2020,X,3\nANT,2005,X,4\n"
         "IDA & IBRD total,2020,X,5\nKSV,2019,X,6\n", 0,
         ["3 rows of 3 aggregates kept apart: WLD (line 4), ANT (line 5), "
          "IDA & IBRD total (line 6)", "Netherlands Antilles, dissolved in 2010",
          "'KSV' is read as 'XKX'"])
    assert {v[0] for v in value(work)} == {"NAM", "XKX"}


def archives(work):
    """faults.md, section 4, row 19: caps, damaged and climbing archives."""
    with gzip.open(work / "bomb.gz", "wb", 9) as out:
        out.write(HEAD.encode())
        block = b"KEN,2020,X,1\n" + b" " * (1 << 20)
        for _ in range(600):
            out.write(block)
    said = read(work, "bomb-copy.gz", (work / "bomb.gz").read_bytes(), 1,
                "unpacks to more than 250 times its size")
    assert "bomb-copy.gz" in said
    whole = gzip.compress((HEAD + "".join(f"KEN,{1900 + i},X{i % 97},{i * i}\n"
                                          for i in range(99))).encode() * 40)
    read(work, "cut.gz", whole[:len(whole) // 2], 1, "cannot be unpacked")
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as out:
        out.writestr("../../../tmp/rift-climbs.csv", HEAD + "KEN,2020,X,1\n")
        out.writestr("/etc/rift-climbs.csv", HEAD + "PER,2020,X,2\n")
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as second:
            second.writestr("x.csv", HEAD + "CHN,2020,X,3\n")
        out.writestr("inner.zip", inner.getvalue())
    read(work, "climb.zip", raw.getvalue(), 0, "an archive inside an archive")
    assert {v[0] for v in value(work)} == {"KEN", "PER"}
    assert not os.path.exists("/tmp/rift-climbs.csv") and not os.path.exists("/etc/rift-climbs.csv")
    damaged = bytearray(raw.getvalue())
    damaged[60:70] = b"\0" * 10
    done = subprocess.run([RIFT, "check", "-"], cwd=work, capture_output=True)
    assert done.returncode == 1 and b"standard input is not read" in done.stderr, done
    (work / "damaged.zip").write_bytes(damaged)
    assert subprocess.run([RIFT, "check", "damaged.zip"], cwd=work,
                          capture_output=True).returncode in (0, 1)


def folders(work):
    """A folder that leads back to itself, holds a picture, a pipe, a hidden file."""
    tree = work / "tree"
    (tree / "a").mkdir(parents=True)
    (tree / "a" / "x.csv").write_text(HEAD + "KEN,2020,X,1\n")
    (tree / "a" / ".hidden.csv").write_text(HEAD + "KEN,2020,X,9\n")
    (tree / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tree / "empty.csv").write_text("")
    (tree / "name with 'quotes' \u00e9\n.csv").write_text(HEAD + "PER,2020,X,2\n")
    os.symlink("..", tree / "a" / "loop")
    os.mkfifo(tree / "pipe")
    done = subprocess.run([RIFT, "ingest", "tree", "-o", "p.h5", "-v"], cwd=work,
                          capture_output=True)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    for words in ("leads back to a folder above it", "a picture (PNG)", "the file is empty",
                  "is not a regular file"):
        assert words in said, (words, said)
    assert {v[0] for v in value(work)} == {"KEN", "PER"}
    os.mkdir(work / "bare")
    done = subprocess.run([RIFT, "ingest", "bare", "-o", "p.h5"], cwd=work, capture_output=True)
    assert done.returncode == 1 and b"the folder holds no file" in done.stderr


def keeps(work):
    """An ingest that fails leaves the panel of the one before as it is."""
    read(work, "fine.csv", HEAD + "KEN,2020,X,1\n", 0, "")
    before = (work / "p.h5").read_bytes()
    read(work, "wrong.csv", HEAD + "QQQ,2020,X,1\n", 1, "unknown country")
    assert (work / "p.h5").read_bytes() == before
    done = subprocess.run([RIFT, "ingest", "wrong.csv", "fine.csv", "-o", "p.h5", "--json"],
                          cwd=work, capture_output=True)
    told = json.loads(done.stdout)
    assert done.returncode == 1 and not told["files"][0]["good"], told
    assert told["files"][0]["findings"][0]["line"] == 2, told


def keep_going(work):
    """What has no error is kept, the rest listed; the exit status still says so."""
    text = HEAD + "KEN,2020,X,1\nQQQ,2020,X,2\nPER,2020,X,bad\nPER,20,X,3\nCHN,2020,X,4\n"
    read(work, "some.csv", text, 1, "unknown country 'QQQ'", "--keep-going")
    assert {v[0] for v in value(work)} == {"KEN", "CHN"}
    errors = [r for r in rows(rift("export", work / "p.h5", "findings"))
              if r["severity"] == "error"]
    assert sorted(r["line"] for r in errors) == ["3", "4", "5"], errors
    for name in ("one.csv", "two.csv"):
        (work / name).write_text(HEAD + f"KEN,2020,X,{len(name) + (name == 'two.csv')}\n")
    for how, code in (([], 1), (["--keep-going"], 1), (["--on-conflict", "first"], 0)):
        done = subprocess.run([RIFT, "ingest", "one.csv", "two.csv", "-o", "q.h5", *how],
                              cwd=work, capture_output=True)
        assert done.returncode == code, (how, done.stderr)
        assert (work / "q.h5").exists() == bool(how), how
    done = subprocess.run([RIFT, "check", "one.csv", "two.csv"], cwd=work, capture_output=True)
    assert done.returncode == 0 and b"two.csv:2:12: warning: X of KEN" in done.stderr, done


def system(work):
    """Rows 11, 24 and 28: locales, a read that fails, nesting without end."""
    read(work, "fine.csv", HEAD + "KEN,2020,X,97.5\nI\u0307,2020,X,1\n".replace("I\u0307", "TUR"), 0, "")
    before = (work / "p.h5").read_bytes()
    for locale in ("C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"):
        subprocess.run([RIFT, "ingest", "fine.csv", "-o", "p.h5", "-q"], cwd=work, check=True,
                       env={"LC_ALL": locale, "PATH": os.environ["PATH"]}, capture_output=True)
        assert (work / "p.h5").read_bytes() == before, locale
    done = subprocess.run([RIFT, "check", "/proc/self/mem"], cwd=work, capture_output=True)
    assert done.returncode == 3 and b"cannot read" in done.stderr, done
    deep = '[{"page":1,"pages":1,"per_page":1,"total":1},' + "[" * 100000
    read(work, "deep.json", deep, 1, "this is not JSON")
    read(work, "cut.json", '[{"page":1,"pages":1,"per_page":1,"total":1},[{"indicator":', 1,
         "this is not JSON")


def text_in_names(work):
    """Formats, markup and commands in texts are only text (rows 15, 27)."""
    nasty = "%s%n`touch pwned`$(touch pwned)<script>=1+1"
    read(work, "nasty.csv", HEAD + f"KEN,2020,\"{nasty}\",1\n", 0, "")
    assert value(work)[0][2] == "\"%s%n`touch pwned`$(touch pwned)<script>=1+1"[1:]
    assert not (work / "pwned").exists()


def main():
    parts = [tables, numbers, years, cells, archives, folders, keeps, keep_going, system,
             text_in_names]
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            part(pathlib.Path(folder))
    passed(len(parts))


main()
