# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources are files and folders: whatever else stands at a path that Rift is to read is refused at
once with a word that says what it is, wherever the path was named; in folders and archives it
is told of and the rest is read."""
import gzip
import io
import os
import pathlib
import socket
import subprocess
import sys
import tarfile
import tempfile
import warnings
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift, rows

HEAD = "country,year,indicator,value\n"
DATA = HEAD + "".join(f"{c},{y},a,{10 * i + y - 2010}\n" for i, c in enumerate(["KEN", "TZA", "UGA", "NOR"])
                      for y in (2019, 2020))
INDEX = "code: i\nnormalisation: min-max\nscope: pooled\nentities: any\nnodes: [{code: total, children: [a]}]\n"


def run(work, *arguments, **options):
    done = subprocess.run([RIFT, *map(str, arguments)], cwd=work, capture_output=True, stdin=subprocess.DEVNULL,
                          **options)
    return done.returncode, done.stderr.decode("utf-8", "replace"), done.stdout.decode("utf-8", "replace")


def odd_things(work):
    """What is neither a file nor a folder, and the word for each."""
    os.mkfifo(work / "fifo")
    for name, target in (("zero", "/dev/zero"), ("random", "/dev/urandom"), ("full", "/dev/full")):
        os.symlink(target, work / name)
    held = socket.socket(socket.AF_UNIX)
    held.bind(str(work / "socket"))
    held.close()
    return {"fifo": "a pipe", "zero": "a device", "random": "a device", "full": "a device", "socket": "a socket"}


def study(work, name, **changes):
    """A study in which some of the files that it names are others."""
    said = {"sources": "[data.csv]", "countries": "{file: countries.csv}", "series_files": "[series.yaml]",
            "index": "index.yaml", **changes}
    (work / name).write_text("code: s\ntitle: S\nyears: {first: 2019, last: 2020}\n" +
                             "".join(f"{k}: {v}\n" for k, v in said.items()) + "charts: []\nreport: false\n")
    return name


def files(work):
    (work / "data.csv").write_text(DATA)
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in ("KEN", "TZA", "UGA", "NOR")))
    (work / "series.yaml").write_text("series: [{code: a, unit: '%', goalposts: {low: 0, high: 100}}]\n")
    (work / "index.yaml").write_text(INDEX)
    (work / "alone.yaml").write_text(INDEX.replace("nodes:", "series: [{code: a}]\nnodes:"))
    (work / "iMeta.csv").write_text("Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n2,T,,1,1,Aggregate\n")
    (work / "iData.csv").write_text("uCode,Time,x\nKEN,2019,1\nTZA,2019,2\n")
    code, said, _ = run(work, "run", study(work, "good.yaml"), "-q", "-o", "out")
    assert code == 0, said


def everywhere(work):
    """Each odd thing at each place where a path may be named."""
    things, n = odd_things(work), 0
    files(work)
    for thing, word in things.items():
        commands = [["check", thing], ["check", "data.csv", thing], ["ingest", thing, "-o", "p.h5"],
                    ["ingest", "data.csv", "--aliases", thing, "-o", "p.h5"],
                    ["score", "alone.yaml", "--data", thing], ["score", thing, "--data", "data.csv"],
                    ["score", "alone.yaml", "--data", "data.csv", "--countries", thing],
                    ["show", thing], ["export", thing, "panel"], ["audit", thing], ["divide", thing],
                    ["converge", thing], ["paradox", "out", "channels", "--links", thing],
                    ["import", "coinr", thing, "iMeta.csv", "-o", "imported"],
                    ["import", "coinr", "iData.csv", thing, "-o", "imported"]]
        for key, value in (("sources", f"[{thing}]"), ("countries", f"{{file: {thing}}}"), ("series_files", f"[{thing}]"),
                           ("index", thing), ("map", f"{{outlines: {thing}}}"), ("aliases", thing)):
            name = study(work, f"{key}-{thing}.yaml", **{key: value})
            commands += [["check", name], ["run", name, "-o", "other"]]
        for command in commands:
            code, said, _ = run(work, *command)
            assert code == 1 and word in said, (command, code, said)
            n += 1
    for name in ("fifo", "zero"):
        os.symlink(work / name, work / f"{name}.yaml")
        code, said, _ = run(work, "check", f"{name}.yaml")
        assert code == 1 and things[name] in said, said
    for name in ("/dev/stdin", "-"):
        done = subprocess.run([RIFT, "check", name], cwd=work, input=DATA.encode(), capture_output=True)
        assert done.returncode == 1 and (b"a pipe" in done.stderr or b"standard input is not read" in done.stderr), done
    with open(work / "data.csv") as whole:   # a regular file all the same
        done = subprocess.run([RIFT, "check", "/dev/stdin"], cwd=work, stdin=whole, capture_output=True)
        assert done.returncode == 0, done.stderr
    return n


def folder(work):
    """Of a folder every file is read, and every other entry named."""
    tree = work / "tree"
    (tree / "deep").mkdir(parents=True)
    (tree / "deep" / "x.csv").write_text(HEAD + "KEN,2020,X,1\n")
    (tree / "z.csv").write_text(HEAD + "PER,2020,X,2\n")
    os.mkfifo(tree / "fifo")
    os.symlink("..", tree / "deep" / "above")
    os.symlink("/dev/zero", tree / "zero")
    code, said, _ = run(work, "ingest", "tree", "-o", "p.h5", "-v")
    assert code == 0, said
    for words in ("tree/fifo: warning: is not a regular file but a pipe", "leads back to a folder above",
                  "tree/zero: warning: is not a regular file but a device"):
        assert words in said, said
    assert {r["country"] for r in rows(rift("export", work / "p.h5", "panel"))} == {"KEN", "PER"}
    os.symlink("nowhere", tree / "a-dangling.csv")
    os.symlink("loop.csv", tree / "loop.csv")
    for command in (["ingest", "tree", "-o", "q.h5", "-v"], ["check", "tree", "-v"]):
        code, said, out = run(work, *command)
        assert code == 1, (code, said)
        for words in ("tree/a-dangling.csv: error: is a link to what is not there",
                      "tree/loop.csv: error: is a link that leads back to itself"):
            assert words in said, said
        assert "tree/deep/x.csv" in out and "tree/z.csv" in out, out   # read all the same
    assert not (work / "q.h5").exists()
    code, said, _ = run(work, "check", "tree/a-dangling.csv")
    assert code == 1 and "is a link to what is not there" in said, said


def archive(path, kind):
    """Two files of one name, a name that is not ASCII, names that climb, and what is no file."""
    members = [("x.csv", HEAD + "KEN,2020,X,1\n"), ("x.csv", HEAD + "KEN,2020,X,2\n"),
               ("donn\u00e9es/\u6570.csv", HEAD + "PER,2020,X,3\n"), ("../../up.csv", HEAD + "CHN,2020,X,4\n"),
               ("/etc/abs.csv", HEAD + "NOR,2020,X,5\n")]
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as out, warnings.catch_warnings():
            warnings.simplefilter("ignore")   # of the name that comes twice
            for name, text in members:
                out.writestr(name, text)
            link = zipfile.ZipInfo("link.csv")
            link.create_system, link.external_attr = 3, 0o120777 << 16
            out.writestr(link, "/etc/passwd")
        return
    with tarfile.open(path, "w:gz" if kind == "tar.gz" else "w", format=tarfile.PAX_FORMAT) as out:
        for name, text in members:
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            out.addfile(info, io.BytesIO(text.encode()))
        for name, what, target in (("link.csv", tarfile.SYMTYPE, "/etc/passwd"), ("hard.csv", tarfile.LNKTYPE, "x.csv"),
                                   ("device.csv", tarfile.CHRTYPE, ""), ("fifo.csv", tarfile.FIFOTYPE, "")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = what, target
            out.addfile(info)


def archives(work):
    for kind in ("zip", "tar", "tar.gz"):
        name = f"all.{kind}"
        archive(work / name, kind)
        for locale in ("C", "C.UTF-8"):
            code, said, out = run(work, "check", name, "-v", env={**os.environ, "LC_ALL": locale})
            assert code == 0, said
            # The conflict names two places, and every member that was read is in the list.
            assert f"{name}:x.csv[2]:2:" in said and f"{name}:x.csv:2:" in said, said
            for member in ("x.csv", "x.csv[2]", "donn\u00e9es/\u6570.csv", "../../up.csv", "/etc/abs.csv"):
                assert f"{name}:{member}: " in out, (member, out)
            odd = ["link.csv"] if kind == "zip" else ["link.csv", "hard.csv", "device.csv", "fifo.csv"]
            for member in odd:
                assert f"{name}:{member}: warning: is " in said and f"{name}:{member}:" not in out, (member, said, out)
    for kind in ("zip", "tar"):
        bare = work / f"bare.{kind}"
        if kind == "zip":
            zipfile.ZipFile(bare, "w").close()
        else:
            with tarfile.open(bare, "w") as out:
                info = tarfile.TarInfo("folder")
                info.type = tarfile.DIRTYPE
                out.addfile(info)
        code, said, _ = run(work, "check", bare.name)
        assert code == 1 and "the archive holds no file" in said, said


def bombs(work):
    """What is unpacked is counted, also that which no one reads, and all members together."""
    with gzip.open(work / "skipped.tar.gz", "wb", 9) as packed:
        with tarfile.open(fileobj=packed, mode="w|") as out:
            info = tarfile.TarInfo("picture.png")
            info.size = 200 << 20
            out.addfile(info, Zeros(info.size))
            text = DATA.encode()
            last = tarfile.TarInfo("data.csv")
            last.size = len(text)
            out.addfile(last, io.BytesIO(text))
    code, said, _ = run(work, "check", "skipped.tar.gz")
    assert code == 1 and "unpacks to more than 250 times its size" in said, said
    with zipfile.ZipFile(work / "many.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for i in range(3):   # each below what is looked at, all together far above
            out.writestr(f"{i}.csv", HEAD + "KEN,2020,X,1\n" + "\n" * (48 << 20))
    code, said, _ = run(work, "check", "many.zip")
    assert code == 1 and "unpacks to more than 250 times its size" in said, said


class Zeros(io.RawIOBase):
    def __init__(self, n):
        self.left = n

    def readable(self):
        return True

    def read(self, n=-1):
        n = self.left if n < 0 else min(n, self.left)
        self.left -= n
        return bytes(n)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        for part in (everywhere, folder, archives, bombs):
            work = pathlib.Path(scratch) / part.__name__
            work.mkdir()
            part(work)
    passed(4)


main()
