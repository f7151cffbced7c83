# SPDX-License-Identifier: GPL-3.0-or-later
"""README's table names every method, its example index scores its example data, and the
example of every --help and the commands under "What next" run as they are printed."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows

README = (SOURCE / "README.md").read_text()
COMMANDS = ["run", "check", "score", "show", "export", "plot", "list"]


def check_methods():
    cells = {w.strip() for row in re.findall(r"^\|(.*)\|$", README, re.M)
             for cell in row.split("|")[:2] for w in cell.split(",")}
    methods = [m["method"] for m in json.loads(rift("list", "methods", "--json"))["rows"]]
    missing = [m for m in methods if m not in cells]
    assert not missing, f"README's table lacks {missing}"


def check_snippets(work):
    for kind, name in (("yaml", "small.yaml"), ("csv", "my-data.csv")):
        block = re.search(rf"```{kind}\n(.*?)```", README, re.S).group(1)
        (work / name).write_text(block)
    found = rows(rift("score", "small.yaml", "--data", "my-data.csv", cwd=work))
    total = {r["country"]: float(r["value"]) for r in found if r["node"] == "total"}
    # (2 x 100 x 35/95 + 1 x 100 x 1.9/60) / 3
    assert abs(total["KEN"] - (200 * 35 / 95 + 190 / 60) / 3) < 1e-12, total
    assert set(total) == {"KEN", "NAM"}


def check_examples(work):
    for name in ("indicators", "data"):
        (work / name).symlink_to(SOURCE / name)
    for command in COMMANDS:
        text = rift(command, "--help").split("Example:\n")[1]
        words = shlex.split(text.replace("\\\n", " "))
        assert words[:2] == ["rift", command], words
        done = subprocess.run([RIFT, *words[1:]], cwd=work, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)


def check_shell_block(work):
    """The commands under "What next", on the result that the examples left."""
    block = re.search(r"## What next.*?```sh\n(.*?)```", README, re.S).group(1)
    (work / "bin").mkdir()
    (work / "bin" / "rift").symlink_to(RIFT)
    lines = [line for line in block.replace("\\\n", " ").splitlines()
             if "my-study.yaml" not in line]
    assert len(lines) == 7, lines
    for line in lines:
        done = subprocess.run(["sh", "-c", line], cwd=work, capture_output=True, text=True,
                              env={**os.environ,
                                   "PATH": f"{work / 'bin'}:{os.environ['PATH']}"})
        assert done.returncode == 0 and (done.stdout or "-o" in line), (line, done.stderr)


def main():
    check_methods()
    with tempfile.TemporaryDirectory() as folder:
        check_snippets(pathlib.Path(folder))
        check_examples(pathlib.Path(folder))
        check_shell_block(pathlib.Path(folder))
    passed(4)


main()
