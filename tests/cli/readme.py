# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of methods in docs/ is that of `rift list methods` (--update writes it), its example index scores its example data, and the
example of every --help and the commands under "What next" run as they are printed."""
import json
import math
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
METHODS = SOURCE / "docs" / "methods.md"
FORMATS = (SOURCE / "docs" / "formats.md").read_text()
ANALYSES = (SOURCE / "docs" / "analyses.md").read_text()
COMMANDS = ["run", "check", "ingest", "score", "audit", "divide", "converge", "forecast", "paradox",
            "show", "export", "plot", "list"]


def methods_table():
    lines, step = ["| step | method | what | settings | reference |",
                   "| --- | --- | --- | --- | --- |"], ""
    for m in json.loads(rift("list", "methods", "--json"))["rows"]:
        shown = "" if m["step"] == step else m["step"]
        step = m["step"]
        lines.append("| " + " | ".join([shown, m["method"], m["what"], m["settings"],
                                        m["reference"]]).replace("|  |", "| |") + " |")
    return "\n".join(lines).replace("|  |", "| |") + "\n"


def check_methods(update=False):
    text = METHODS.read_text()
    found = re.search(r"## Methods\n\n((?:\|.*\n)+)", text)
    if update:
        METHODS.write_text(text.replace(found.group(1), methods_table()))
        return
    assert found.group(1) == methods_table(), \
        "the table of docs/methods.md is not that of 'rift list methods'; run with --update"


def settings_table():
    lines = ["| step | setting | takes | else | what |", "| --- | --- | --- | --- | --- |"]
    for m in json.loads(rift("list", "settings", "--json"))["rows"]:
        lines.append("| " + " | ".join([m["step"], f"`{m['setting']}`", m["takes"], m["else"],
                                        m["what"]]) + " |")
    return "\n".join(lines).replace("|  |", "| |") + "\n"


def check_settings(update=False):
    """The guide's table of settings is that of the program."""
    path = SOURCE / "docs" / "studies.md"
    guide = path.read_text()
    found = re.search(r"### Settings\n\n((?:\|.*\n)+)", guide)
    if update:
        path.write_text(guide.replace(found.group(1), settings_table()))
        return
    assert found.group(1) == settings_table(), \
        "the table of settings is not that of 'rift list settings'; run with --update"


def check_links():
    """Every file that a page links to is there; README stays short."""
    assert README.count("\n") <= 140, README.count("\n")
    pages = [*SOURCE.glob("*.md"), *SOURCE.glob("*/README.md"),
             *sorted((SOURCE / "docs").rglob("*.md"))]
    for page in pages:
        for link, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text()):
            there = page.parent / link if link else page
            assert there.exists(), (page, link)
            assert not anchor or anchor in anchors(there), (page, link, anchor)


def anchors(page):
    """What links can call the headings of a page by."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


LIMITS = [("panel/build.c", r"CELL_LIMIT = (.*?),", 400_000_000, "400,000,000"),
          ("decode/grammar.h", r"RIFT_CELL_LIMIT = (\d+)", 65536, "65,536"),
          ("decode/rows.c", r"LINE_BYTES = (.*?),", 8 << 20, "8 MiB; 1 MiB"),
          ("decode/rows.c", r"QUOTE_BYTES = (.*?),", 1 << 20, "8 MiB; 1 MiB"),
          ("decode/document.c", r"FILE_LIMIT = (\d+)", 100_000, "100,000; 32"),
          ("decode/document.c", r"DEPTH_LIMIT = (\d+)", 32, "100,000; 32"),
          ("decode/archive.c", r"MEMBER_LIMIT = (\d+)", 10_000, "10,000; 16 GiB"),
          ("decode/archive.c", r"UNPACKED_LIMIT \(\(uint64_t\)(.*?)\)", 16 << 30, "10,000; 16 GiB"),
          ("decode/archive.c", r"RATIO_LIMIT = (\d+)", 250, "250"),
          ("decode/archive.c", r"RATIO_FREE = (.*?),", 64 << 20, "250"),
          ("define/tree.c", r"NODE_LIMIT = (\d+)", 4096, "4,096; 32"),
          ("define/tree.c", r"DEPTH_LIMIT = (\d+)", 32, "4,096; 32"),
          ("define/series.c", r"YAML_BYTES = (.*?) }", 1 << 20, "1 MiB"),
          ("panel/countries.c", r"\.limit = (.*?),", 256 << 20, "256 MiB; 64 MiB; 256 MiB; 16 MiB"),
          ("panel/member.c", r"\.limit = (.*?)}", 64 << 20, "256 MiB; 64 MiB; 256 MiB; 16 MiB"),
          ("panel/outline.c", r"\.limit = (.*?)}", 256 << 20, "256 MiB; 64 MiB; 256 MiB; 16 MiB"),
          ("define/votes.c", r"VOTES_BYTES = (.*?) }", 16 << 20, "256 MiB; 64 MiB; 256 MiB; 16 MiB"),
          ("store/read.c", r"RESULT_LIMIT \(\(size_t\)(.*?)\)", 8 << 30, "8 GiB"),
          ("include/rift/divide.h", r"RIFT_SHAPLEY_LIMIT = (\d+)", 12, "12"),
          ("read/part.c", r"PART_LIMIT = (\d+)", 16, "16")]


def check_limits():
    """The page of scale tells the limits that the code has."""
    page = (SOURCE / "docs" / "scale.md").read_text()
    shown = re.findall(r"^\|.*\| (.*) \|$", page[page.index("## Limits"):], re.M)[2:]
    for file, pattern, bound, words in LIMITS:
        found = re.search(pattern, (SOURCE / "engine" / file).read_text()).group(1)
        assert math.prod(int(n) for n in found.split("*")) == bound, (file, pattern, found)
        assert words in shown, (words, shown)
    assert set(shown) == {words for *_, words in LIMITS}, shown


def check_keys(work):
    """The page of studies has every key that the program knows of a study, an index, a series, and no other."""
    page = (SOURCE / "docs" / "studies.md").read_text()
    (work / "series.yaml").write_text("series: [{code: a, unknown: 1}]\n")
    (work / "index.yaml").write_text("code: a\nnormalisation: none\nunknown: 1\n")
    (work / "study.yaml").write_text("code: a\nunknown: 1\nyears: {first: 1, last: 2}\n")
    for file, heading in (("series.yaml", "Series"), ("index.yaml", "Indices"), ("study.yaml", "Studies")):
        said = rift("check", file, cwd=work, code=1)
        known = set(re.search(r"unknown key 'unknown'; known are: (.*)", said).group(1).split(", "))
        table = re.search(rf"^## {heading}\n.*?((?:^\|[^\n]*\n)+)", page, re.M | re.S).group(1)
        shown = {key for row in table.splitlines()[2:] for key in re.findall(r"`(\w+)`", row.split("|")[1])}
        assert shown == known, (heading, sorted(shown ^ known))


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
    shutil.copytree(shipped(), work / "results" / "three-layer")
    for command in COMMANDS:
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
    run_lines(work, README, "What next", 14, ("my-study.yaml", "rift fetch"))
    run_lines(work, FORMATS, "Your own data", 5)


def check_questions(work):
    """The examples of the table of questions, and the blocks that the page of studies shows."""
    table = re.search(r"## Questions\n.*", ANALYSES, re.S).group(0)
    commands = re.findall(r"`(rift [^`]*results/[^`]*)`", table)
    assert len(commands) == 4, commands
    for line in commands:
        done = subprocess.run([RIFT, *shlex.split(line)[1:]], cwd=work, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout, (line, done.stderr)
    guide = (SOURCE / "docs" / "studies.md").read_text()
    blocks = re.search(r"### Questions\n.*?```yaml\n(.*?)```", guide, re.S).group(1)
    head, rest = study_text("").split("\ndivide:\n")
    (work / "questions.yaml").write_text(head + "\n" + blocks + rest[rest.index("\ncharts:"):])
    rift("run", "questions.yaml", "-q", "--no-report", "-o", "asked", cwd=work)
    gaps = rows(rift("export", "asked", "gaps", cwd=work))
    assert {r["variable"] for r in gaps} == {"total", "IT.NET.USER.ZS"} and \
        any(r["benchmark_name"] == "KEN" for r in gaps if r["benchmark"] == "country")
    sides = {(r["a"], r["b"]) for r in rows(rift("export", "asked", "contributions", cwd=work))}
    assert sides == {("CHN", "PAK")}
    assert {r["controls"] for r in rows(rift("export", "asked", "beta", cwd=work))} == {"", "ln:NY.GDP.PCAP.PP.CD"}


def main():
    if "--update" in sys.argv:
        check_settings(update=True)
        return check_methods(update=True)
    check_methods()
    check_settings()
    check_links()
    check_limits()
    with tempfile.TemporaryDirectory() as folder:
        check_keys(pathlib.Path(folder))
        check_snippets(pathlib.Path(folder))
        check_examples(pathlib.Path(folder))
        check_shell_blocks(pathlib.Path(folder))
        check_questions(pathlib.Path(folder))
    passed(5)


main()
