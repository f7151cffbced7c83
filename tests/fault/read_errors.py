# SPDX-License-Identifier: GPL-3.0-or-later
"""What the system cannot read ends with status 3, whatever file it is: each call that looks at, opens
or reads an input, or lists a folder of inputs, fails once with EIO, in each command that reads.
And a file that is written to while it is read is an error, not the data of a moment."""
import pathlib
import shutil
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from called import at_call, said
from support import SOURCE, passed, rift

MOST = int(sys.argv[3]) if len(sys.argv) > 3 else 40


def each_call(work, arguments, under):
    """How many calls on what is below `under` were tried: each ends with 3 and says why. The folder that an input is in is
    also looked through for what killed programs left, which may fail; such a folder is not below."""
    done, total, _ = at_call(work, arguments, 0, "input", "error", under)
    assert done.returncode == 0 and total > 0, (arguments, total, done)
    step = max(1, total // MOST)
    for number in range(1, total + 1, step):
        done, *_ = at_call(work, arguments, number, "input", "error", under)
        assert done.returncode == 3 and "Input/output error" in said(done), (arguments, number, total, done)
    tried = len(range(1, total + 1, step))
    print(f"{' '.join(map(str, arguments))}: {tried} of {total} calls failed, status 3 each")
    return tried


def shrinking(work):
    """A file that loses its end between two reads of it."""
    data = work / "in" / "long.csv"
    lines = ["country,year,indicator,value\n"] + [f"KEN,{1900 + i % 120},s{i // 120},{i}\n" for i in range(60000)]
    data.write_text("".join(lines))
    whole, codes = data.read_bytes(), []
    for number in range(1, 40):
        data.write_bytes(whole)
        done, total, _ = at_call(work, ["check", "in/long.csv", "-v"], number, "input", "shrink", "in/")
        if data.stat().st_size == len(whole) and total < number:
            break   # there were no more calls
        codes.append(done.returncode)
        told = b"was changed while it was read" in done.stderr
        assert told == (done.returncode == 3), (number, done)
    assert codes.count(3) > 3, codes
    print(f"shortened at one of {len(codes)} calls: status 3 for {codes.count(3)}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder).resolve() / "w"
        shutil.copytree(SOURCE / "tests" / "cli" / "files", work / "in")
        (work / "in" / "iMeta.csv").write_text(
            "Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n2,T,,1,1,Aggregate\n")
        (work / "in" / "iData.csv").write_text("uCode,Time,x\nKEN,2019,1\nTZA,2019,2\n")
        data = "country,year,indicator,value\n" + "".join(
            f"{c},{y},{s},{i + 2 * y % 7}\n" for i, c in enumerate(("KEN", "UGA", "NOR")) for y in (2019, 2020) for s in "ab")
        (work / "in" / "tree" / "deep").mkdir(parents=True)
        for place in ("a.csv", "tree/deep/a.csv"):
            (work / "in" / place).write_text(data)
        with zipfile.ZipFile(work / "in" / "tree" / "b.zip", "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("b.csv", data.replace(",a,", ",c,").replace(",b,", ",d,"))
        (work / "in" / "index.yaml").write_text("code: i\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}]\n"
                                                "nodes: [{code: total, children: [a, b]}]\n")
        rift("run", "in/district-study.yaml", "-q", "-o", "in/r", cwd=work)
        tried = 0
        for arguments, under in ((["check", "in/district-study.yaml"], "in/"), (["check", "in/tree"], "in/tree/"),
                                 (["check", "in/index.yaml"], "in/"),
                                 (["run", "in/district-study.yaml", "-o", "out", "--no-charts"], "in/"),
                                 (["score", "in/index.yaml", "--data", "in/a.csv"], "in/"),
                                 (["ingest", "in/tree", "-o", "p.h5"], "in/tree/"),
                                 (["show", "in/r/districts.h5", "ranking"], "in/r/districts.h5"),
                                 (["export", "in/r/districts.h5", "scores"], "in/r/districts.h5"),
                                 (["verify", "in/r/districts.h5", "in/district-study.yaml", "--inputs"], "in/d"),
                                 (["import", "coinr", "in/iData.csv", "in/iMeta.csv", "-o", "imported", "--force"], "in/")):
            tried += each_call(work, arguments, under)
        shrinking(work)
    print(f"{tried} calls")
    passed(2)


main()
