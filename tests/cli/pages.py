# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages of docs/ list is what the program lists: methods, settings, formats, options, columns, which --update
writes; the keys of definitions; the limits. Links lead to pages and headings that are there,
and CONTRIBUTING to files that are."""
import json
import math
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift

DOCS = SOURCE / "docs"
COMMON = 5     # tables that have a column for it to be explained once


def listed(what):
    return json.loads(rift("list", what, "--json"))["rows"]


def table(heads, lines):
    """Markdown; an empty cell has no second blank."""
    rule = ["---"] * len(heads)
    rows = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in [heads, rule, *lines]]
    return "".join(f"| {row} |\n" for row in rows).replace("|  |", "| |").replace("|  |", "| |")


def methods():
    lines, step = [], ""
    for m in listed("methods"):
        lines.append(["" if m["step"] == step else m["step"], m["method"], m["what"], m["settings"], m["reference"]])
        step = m["step"]
    return table(["step", "method", "what", "settings", "reference"], lines)


def settings():
    return table(["step", "setting", "takes", "else", "what"],
                 [[m["step"], f"`{m['setting']}`", m["takes"], m["else"], m["what"]] for m in listed("settings")])


def formats():
    return table(["format", "what"], [[f"`{m['format']}`", m["what"]] for m in listed("formats")])


def options():
    """A row an option; commands that take it in one cell."""
    of = {}
    for m in listed("options"):
        form = f"`-{m['letter']}`, " if m["letter"] else ""
        form += f"`--{m['option'].replace('_', '-')} {m['argument']}`"
        row = (f"`{m['option']}`", form, m["takes"], m["else"], m["what"])
        of.setdefault(row, []).append(m["command"])
    return table(["key", "on the command line", "takes", "else", "what", "of"],
                 [[*row, ", ".join(commands)] for row, commands in of.items()])


def column_row(c):
    return [f"`{c['column']}`", c["kind"], c["unit"], c["what"]]


def columns():
    """Of each analysis and view what it holds; columns that many have are explained once."""
    every = listed("columns")
    same = Counter(tuple(column_row(c)) for c in every)
    common = {row: n for row, n in same.items() if n >= COMMON}
    heads = ["column", "kind", "unit", "what"]
    of = {}
    for c in every:
        of.setdefault(c["table"], []).append(column_row(c))
    commands = {o["command"]: None for o in listed("options")}
    about = [("`rift " + m["step"] + "`", m["method"], m["what"], m["reference"])
             for m in listed("methods") if m["step"] in commands]
    about += [("Views", v["table"], v["what"], "") for v in listed("tables")]
    out = "### Columns that many tables have\n\nThey mean this wherever a table says nothing else.\n\n" + table(heads, [list(row) for row in common])
    group = ""
    for command, name, what, reference in about:
        out += f"\n### {command}\n" if command != group else ""
        group = command
        source = f" ({reference})" if reference else ""
        out += f"\n#### {name}\n\n{what[0].upper()}{what[1:]}{source}. "
        out += "Columns: " + ", ".join(row[0] for row in of[name]) + ".\n"
        own = [row for row in of[name] if tuple(row) not in common]
        out += "\n" + table(heads, own) if own else ""
    assert set(of) == {name for _, name, *_ in about}, set(of) ^ {name for _, name, *_ in about}
    return out


# page, heading above, heading below ("": none), what stands between them
MADE = [("methods.md", "## Methods", "## Tests of trends", methods),
        ("studies.md", "### Settings", "### The chain", settings),
        ("formats.md", "## Formats", "## Your own data", formats),
        ("analyses.md", "## Options", "## Tables", options),
        ("analyses.md", "## Tables", "", columns)]


def check_made(update):
    for page, above, below, make in MADE:
        text = (DOCS / page).read_text()
        begin = text.index(f"\n{above}\n\n") + len(above) + 3
        end = text.index(f"\n{below}\n", begin) if below else len(text)
        if update:
            (DOCS / page).write_text(text[:begin] + make() + text[end:])
        else:
            assert text[begin:end] == make(), \
                f"docs/{page}, '{above}', is not what the program lists; run with --update"


def anchors(page):
    """What links can call the headings of a page by."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


def check_links():
    assert (SOURCE / "README.md").read_text().count("\n") <= 140
    for page in [*SOURCE.glob("*.md"), *SOURCE.glob("*/README.md"), *sorted(DOCS.rglob("*.md"))]:
        for link, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text()):
            there = page.parent / link if link else page
            assert there.exists(), (page, link)
            assert not anchor or anchor in anchors(there), (page, link, anchor)


FILES = "256 MiB; 64 MiB; 256 MiB"
TABLES = "16 MiB; 16 MiB; 16 MiB; 1 GiB"
SHEET = "1,000; 1,048,576 and 16,384; 8 MiB"
XML = "64; 8 MiB; 1 GiB"
DEFINITION = "1 MiB; 1,000; 1,024; 32"
LIMITS = [("panel/build.c", r"CELL_LIMIT = (.*?),", 400_000_000, "400,000,000"),
          ("decode/grammar.h", r"RIFT_CELL_LIMIT = (\d+)", 65536, "65,536"),
          ("decode/rows.c", r"LINE_BYTES = (.*?),", 8 << 20, "8 MiB; 1 MiB"),
          ("decode/rows.c", r"QUOTE_BYTES = (.*?),", 1 << 20, "8 MiB; 1 MiB"),
          ("decode/document.c", r"FILE_LIMIT = (\d+)", 100_000, "100,000; 32"),
          ("decode/document.c", r"DEPTH_LIMIT = (\d+)", 32, "100,000; 32"),
          ("decode/unpack.h", r"MEMBER_LIMIT = (\d+)", 10_000, "10,000; 16 GiB"),
          ("decode/unpack.c", r"UNPACKED_LIMIT \(\(uint64_t\)(.*?)\)", 16 << 30, "10,000; 16 GiB"),
          ("decode/unpack.c", r"RATIO_LIMIT = (\d+)", 250, "250"),
          ("decode/unpack.c", r"RATIO_FREE = (.*?) }", 64 << 20, "250"),
          ("decode/archive.c", r"HELD_LIMIT = (.*?) }", 256 << 20, "256 MiB; 256 MiB"),
          ("decode/workbook/ole.c", r"FILE_BYTES = (.*?),", 256 << 20, "256 MiB; 256 MiB"),
          ("decode/workbook/book.h", r"RIFT_SHEET_LIMIT = (\d+)", 1000, SHEET),
          ("decode/workbook/grid.h", r"RIFT_GRID_ROWS = (\d+)", 1 << 20, SHEET),
          ("decode/workbook/grid.h", r"RIFT_GRID_COLUMNS = (\d+)", 1 << 14, SHEET),
          ("decode/workbook/grid.c", r"ROW_BYTES = (.*?),", 8 << 20, SHEET),
          ("decode/workbook/xml.c", r"DEPTH_LIMIT = (\d+)", 64, XML),
          ("decode/workbook/xml.c", r"TOKEN_BYTES = (.*?),", 8 << 20, XML),
          ("decode/workbook/xlsx_shared.c", r"SHARED_BYTES (\d+)", 1 << 30, XML),
          ("define/define.h", r"RIFT_SERIES_LIMIT = (\d+)", 10_000, "10,000"),
          ("define/define.h", r"RIFT_NODE_LIMIT = (\d+)", 4096, "4,096; 32"),
          ("define/tree.c", r"DEPTH_LIMIT = (\d+)", 32, "4,096; 32"),
          ("define/study_parts.c", r'"last", INTEGER, years_read, last, 1000, (\d+)', 2999, "1000 to 2999"),
          ("define/series.c", r"YAML_BYTES = (.*?) }", 1 << 20, DEFINITION),
          ("define/definitions.c", r"FILE_LIMIT = (\d+)", 1000, DEFINITION),
          ("define/yaml.c", r"ANCHOR_LIMIT = (\d+)", 1024, DEFINITION),
          ("define/yaml.c", r"DEPTH_LIMIT = (\d+)", 32, DEFINITION),
          ("panel/countries.c", r"\.limit = (.*?),", 256 << 20, FILES),
          ("panel/member.c", r"\.limit = (.*?)}", 64 << 20, FILES),
          ("panel/outline.c", r"\.limit = (.*?)}", 256 << 20, FILES),
          ("define/votes.c", r"VOTES_BYTES = (.*?) }", 16 << 20, TABLES),
          ("define/define.h", r"RIFT_LINKS_BYTES = (.*?) }", 16 << 20, TABLES),
          ("read/name/alias.c", r"\.limit = (.*?),", 16 << 20, TABLES),
          ("exchange/coinr_read.c", r"\.limit = (.*?),", 1 << 30, TABLES),
          ("read/format/worldbank_json.c", r"depth < (\d+);", 32, "32"),
          ("store/read.c", r"RESULT_LIMIT \(\(size_t\)(.*?)\)", 8 << 30, "8 GiB"),
          ("include/rift/divide.h", r"RIFT_SHAPLEY_LIMIT = (\d+)", 12, "12"),
          ("read/part.c", r"PART_LIMIT = (\d+)", 16, "16")]


def check_paths():
    """Files that CONTRIBUTING names are there; capitals and the like stand for a name."""
    text = (SOURCE / "CONTRIBUTING.md").read_text()
    paths = [p for p in re.findall(r"(?:engine|tests|docs|data|indicators|plots|cmake)/[\w./-]+", text)
             if not re.search(r"NAME|GROUP|ROOM", p)]
    assert len(paths) > 30
    for path in paths:
        assert (SOURCE / path.rstrip(".")).exists(), path


def check_limits():
    """The page of scale tells the limits that the code has."""
    page = (DOCS / "scale.md").read_text()
    shown = re.findall(r"^\|.*\| (.*) \|$", page[page.index("## Limits"):], re.M)[2:]
    for file, pattern, bound, words in LIMITS:
        found = re.search(pattern, (SOURCE / "engine" / file).read_text())
        assert found, (file, pattern)
        found = found.group(1)
        assert math.prod(int(n) for n in found.split("*")) == bound, (file, pattern, found)
        assert words in shown, (words, shown)
    assert set(shown) == {words for *_, words in LIMITS}, shown


def check_keys(work):
    """The page of studies has every key that the program knows of a study, an index, a series, and no other."""
    page = (DOCS / "studies.md").read_text()
    (work / "series.yaml").write_text("series: [{code: a, unknown: 1}]\n")
    (work / "index.yaml").write_text("code: a\nnormalisation: none\nunknown: 1\n")
    (work / "study.yaml").write_text("code: a\nunknown: 1\nyears: {first: 1, last: 2}\n")
    for file, heading in (("series.yaml", "Series"), ("index.yaml", "Indices"), ("study.yaml", "Studies")):
        said = rift("check", file, cwd=work, code=1)
        known = set(re.search(r"unknown key 'unknown'; known are: (.*)", said).group(1).split(", "))
        table = re.search(rf"^## {heading}\n.*?((?:^\|[^\n]*\n)+)", page, re.M | re.S).group(1)
        shown = {key for row in table.splitlines()[2:] for key in re.findall(r"`(\w+)`", row.split("|")[1])}
        assert shown == known, (heading, sorted(shown ^ known))


def main():
    update = "--update" in sys.argv
    check_made(update)
    if update:
        return
    check_links()
    check_paths()
    check_limits()
    with tempfile.TemporaryDirectory() as folder:
        check_keys(Path(folder))
    passed(5)


main()
