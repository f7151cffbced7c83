# SPDX-License-Identifier: GPL-3.0-or-later
"""What the system cannot read ends with status 3, whatever file it is: each call that looks at, opens
or reads an input, or lists a folder of inputs, fails once with EIO, in each command that reads.
And a file that is written to while it is read is an error, not the data of a moment."""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, skip

PRELOAD = pathlib.Path(RIFT).parent / "tests" / "at_call.so"
if not PRELOAD.exists() or b"__asan_init" in pathlib.Path(RIFT).read_bytes():
    skip("calls fail by a library that is loaded first, which a sanitizer has to be")
MOST = int(sys.argv[3]) if len(sys.argv) > 3 else 40


def at_call(work, arguments, number, under):
    count = work / "count"
    count.write_bytes(bytes(16))
    done = subprocess.run([RIFT, *map(str, arguments)], cwd=work, capture_output=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "LD_PRELOAD": str(PRELOAD), "AT_CALL": str(number), "AT_WHAT": "input",
                               "AT_UNDER": under, "AT_FOLDER": f"{work.resolve()}/", "AT_DO": "error",
                               "AT_COUNT": str(count)})
    return done.returncode, struct.unpack("QQ", count.read_bytes())[0], done.stderr.decode("utf-8", "replace")


def each_call(work, arguments):
    """How many calls were tried: each ends with 3 and says why. A folder is also looked through for what killed programs left,
    which may fail: of a result only calls on the file count, and of a folder of data such a call changes nothing."""
    under = "in/r/districts.h5" if arguments[0] in ("show", "export") else "in/"
    code, total, said = at_call(work, arguments, 0, under)
    assert code == 0 and total > 0, (arguments, code, total, said)
    step, untold = max(1, total // MOST), []
    for number in range(1, total + 1, step):
        code, _, said = at_call(work, arguments, number, under)
        if code == 0 and any("in/tree" in word for word in arguments):
            untold.append(number)
            continue
        assert code == 3 and "Input/output error" in said, (arguments, number, total, code, said)
    tried = len(range(1, total + 1, step))
    assert max(untold, default=0) < 15, (arguments, untold)   # before anything of it is read
    print(f"{' '.join(map(str, arguments))}: {tried} of {total} calls failed, {len(untold)} of them in vain, status 3 of the others")
    return tried


def shrinking(work):
    """A file that loses its end between two reads of it."""
    data = work / "in" / "long.csv"
    lines = ["country,year,indicator,value\n"] + [f"KEN,{1900 + i % 120},s{i // 120},{i}\n" for i in range(60000)]
    data.write_text("".join(lines))
    whole, codes = data.read_bytes(), []
    for number in range(1, 40):
        data.write_bytes(whole)
        (work / "count").write_bytes(bytes(16))
        done = subprocess.run([RIFT, "check", "in/long.csv", "-v"], cwd=work, capture_output=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, "LD_PRELOAD": str(PRELOAD), "AT_CALL": str(number), "AT_WHAT": "input",
                                   "AT_UNDER": "in/", "AT_FOLDER": f"{work.resolve()}/", "AT_DO": "shrink",
                                   "AT_COUNT": str(work / "count")})
        if data.stat().st_size == len(whole) and struct.unpack("QQ", (work / "count").read_bytes())[0] < number:
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
        (work / "in" / "tree" / "deep" / "a.csv").write_text(data)
        with zipfile.ZipFile(work / "in" / "tree" / "b.zip", "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("b.csv", data.replace(",a,", ",c,").replace(",b,", ",d,"))
        (work / "in" / "index.yaml").write_text("code: i\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}]\n"
                                                "nodes: [{code: total, children: [a, b]}]\n")
        rift("run", "in/district-study.yaml", "-q", "-o", "in/r", cwd=work)
        tried = 0
        for arguments in (["check", "in/district-study.yaml"], ["check", "in/tree"], ["check", "in/index.yaml"],
                          ["run", "in/district-study.yaml", "-o", "out", "--no-charts"],
                          ["score", "in/index.yaml", "--data", "in/tree/deep/a.csv"],
                          ["ingest", "in/tree", "-o", "p.h5"], ["show", "in/r/districts.h5", "ranking"],
                          ["export", "in/r/districts.h5", "scores"],
                          ["import", "coinr", "in/iData.csv", "in/iMeta.csv", "-o", "imported", "--force"]):
            tried += each_call(work, arguments)
        shrinking(work)
    print(f"{tried} calls")
    passed(2)


main()
