# SPDX-License-Identifier: GPL-3.0-or-later
"""The example index of README scores its example data, and the example of every --help, the commands under
"What next" and those of the page of formats run as they are printed; with `questions` behind the two
arguments, those of the page of analyses and the blocks that the page of studies shows."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows, shipped, study_text

README = (SOURCE / "README.md").read_text()
FORMATS = (SOURCE / "docs" / "formats.md").read_text()
ANALYSES = (SOURCE / "docs" / "analyses.md").read_text()
ELSEWHERE = {"fetch", "import"}    # need a server and files of COINr: fetch/fetch.py, exchange/coinr.py


def prepare(work):
    """A folder as the commands assume it, with the shipped study's result."""
    for name in ("indicators", "data"):
        (work / name).symlink_to(SOURCE / name)
    shutil.copytree(shipped(), work / "results" / "three-layer")


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
    block = re.search(r"Commands:\n(.*?)\n\n", rift("--help"), re.S).group(1)
    commands = [line.split()[0] for line in block.splitlines()]
    assert ELSEWHERE < set(commands)
    for command in [c for c in commands if c not in ELSEWHERE]:
        text = rift(command, "--help").split("Example:\n")[1]
        words = shlex.split(text.replace("\\\n", " "))
        assert words[:2] == ["rift", command], words
        if command == "run":   # done in shipped/run.py
            assert words[2:] == ["indicators/studies/three-layer.yaml"], words
            continue
        done = subprocess.run([RIFT, *words[1:]], cwd=work, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)


def run_lines(work, text, heading, n, left_out=()):
    """The commands under a heading, as printed, but those with words that are left out."""
    block = re.search(rf"## {heading}.*?```sh\n(.*?)```", text, re.S).group(1)
    lines = [line for line in block.replace("\\\n", " ").splitlines()
             if not any(word in line for word in left_out)]
    assert len(lines) == n, lines
    for line in lines:
        done = subprocess.run(["sh", "-c", line], cwd=work, capture_output=True, text=True,
                              env={**os.environ,
                                   "PATH": f"{work / 'bin'}:{os.environ['PATH']}"})
        assert done.returncode == 0 and (done.stdout or "-o" in line), (line, done.stderr)


def check_shell_blocks(work):
    """On the result that the examples left; a folder of downloads, but no network."""
    (work / "bin").mkdir()
    (work / "bin" / "rift").symlink_to(RIFT)
    (work / "downloads").mkdir()
    (work / "downloads" / "use.csv").write_bytes((SOURCE / "data" / "use.csv").read_bytes())
    run_lines(work, README, "What next", 15, ("my-study.yaml", "rift fetch"))
    run_lines(work, FORMATS, "Your own data", 5)


def check_questions(work):
    """The examples of the table of questions, and the blocks that the page of studies shows."""
    table = re.search(r"## Questions\n.*?\n## ", ANALYSES, re.S).group(0)
    commands = re.findall(r"`(rift [^`]*results/[^`]*)`", table)
    assert len(commands) == 5, commands
    for line in commands:
        done = subprocess.run([RIFT, *shlex.split(line)[1:]], cwd=work, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout, (line, done.stderr)
    guide = (SOURCE / "docs" / "studies.md").read_text()
    blocks = re.search(r"### Questions\n.*?```yaml\n(.*?)```", guide, re.S).group(1)
    head, rest = study_text("").split("\ndivide:\n")
    (work / "links.csv").write_text("from,to,weight\nFRA,KEN,2\nDEU,KEN,1\n")
    (work / "questions.yaml").write_text(head + "\n" + blocks + rest[rest.index("\ncharts:"):])
    rift("run", "questions.yaml", "-q", "--no-report", "-o", "asked", cwd=work)
    gaps = rows(rift("export", "asked", "gaps", cwd=work))
    assert {r["variable"] for r in gaps} == {"total", "IT.NET.USER.ZS"} and \
        any(r["benchmark_name"] == "KEN" for r in gaps if r["benchmark"] == "country")
    sides = {(r["a"], r["b"]) for r in rows(rift("export", "asked", "contributions", cwd=work))}
    assert sides == {("CHN", "PAK")}
    assert {r["controls"] for r in rows(rift("export", "asked", "beta", cwd=work))} == {"", "ln:NY.GDP.PCAP.PP.CD"}


def main():
    parts = [check_snippets, check_examples, check_shell_blocks]
    if sys.argv[3:] == ["questions"]:
        parts = [check_questions]
    with tempfile.TemporaryDirectory() as folder:
        prepare(pathlib.Path(folder))
        for part in parts:
            part(pathlib.Path(folder))
    passed(len(parts))


main()
