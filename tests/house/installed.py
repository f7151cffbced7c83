# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples build against the installed package, by CMake and by pkg-config, and say what the
program says."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows, shipped, skip

BUILD = pathlib.Path(RIFT).parent
EXAMPLES = SOURCE / "docs" / "examples"
if "RIFT_SANITIZE:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text():
    skip("a sanitized library is not installed")


def run(*words, **options):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **options)
    assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def main():
    shown = (SOURCE / "docs/library.md").read_text()
    assert (EXAMPLES / "ask_question.c").read_text() in shown, "docs/library.md shows another example"
    result = next(shipped().glob("*.h5"))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        prefix = work / "prefix"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        run("cmake", "-S", EXAMPLES, "-B", work / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
        run("cmake", "--build", work / "build")
        pkgconfig = next(prefix.rglob("rift.pc")).parent
        flags = run("pkg-config", "--cflags", "--libs", "rift",
                    env={**os.environ, "PKG_CONFIG_PATH": str(pkgconfig)}).split()
        run("cc", EXAMPLES / "read_result.c", *flags, "-lm", "-o", work / "by-pkg-config")
        library = {**os.environ, "LD_LIBRARY_PATH": str(next(prefix.rglob("librift.so")).parent)}
        said = run(work / "build" / "read_result", result, env=library)
        assert said == run(work / "by-pkg-config", result, env=library)
        values = [float(r["value"]) for r in rows(rift("export", result, "inequality")) if r["value"]]
        assert f"mean of {len(values)} cells {sum(values) / len(values):.6f}" in said, said[-300:]
        assert "view   ranking" in said and "answer gaps" in said, said
        said = run(work / "build" / "ask_question", result, "IT.NET.USER.ZS", env=library)
        table = rows(rift("divide", result, "inequality", "--series", "IT.NET.USER.ZS",
                          "--measures", "gini", "--to", "csv"))
        values = [f"{float(r['year']):.0f} gini {float(r['value']):.6f}" for r in table]
        assert len(values) > 10 and [v for v in said.splitlines() if v[4:10] == " gini "] == values, said
        assert "gaps: " in said, said
        index = SOURCE / "indicators/indices/three-layer.yaml"
        data = [SOURCE / "data" / f"{name}.csv" for name in ("access", "use", "capacity", "context")]
        said = run(work / "build" / "score_panel", index, *data, env=library)
        assert said == rift("score", index, "--data", *data)
        assert run(work / "build" / "measure", env=library).startswith(f"rift {rift('--version').split()[1]}: gini 0.1")
    passed(1)


main()
