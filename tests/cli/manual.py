# SPDX-License-Identifier: GPL-3.0-or-later
"""The man page has every command, option, list, table and chart that the program has, and no other: its synopsis and
its tables are those of --help and `rift list` (--update writes them), and what its prose names is there."""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift

PAGE = SOURCE / "engine" / "cli" / "rift.1.scd"
COMMON = ["--json", "--quiet", "--verbose", "--color", "--help"]


def commands():
    """Name and summary, as `rift --help` has them."""
    block = re.search(r"Commands:\n(.*?)\n\n", rift("--help"), re.S).group(1)
    return [line.split(None, 1) for line in block.splitlines()]


def options(command):
    """[(letter or "", name, argument or "", help)] of `rift COMMAND --help`."""
    block = re.search(r"Options:\n(.*?)\n\n", rift(command, "--help"), re.S).group(1)
    rows = [re.fullmatch(r"  (?:-(\w), |    )(--[\w-]+)(?: (\S+))?\s+(.*)", line) for line in block.splitlines()]
    assert all(rows), block
    return [tuple(part or "" for part in row.groups()) for row in rows]


def usages(command):
    """Lines under Usage: of a command's --help."""
    block = re.search(r"Usage: (.*?)\n\n", rift(command, "--help"), re.S).group(1)
    return [line.strip() for line in block.splitlines()]


def marked(usage):
    """A line of usage in scdoc's marks: what is typed *so*, what stands for something _so_."""
    usage = re.sub(r"^rift \w+", lambda m: f"*{m.group(0)}*", usage)
    usage = re.sub(r"(?<![\w*-])--?[a-z][a-z-]*", lambda m: f"*{m.group(0)}*", usage)
    return re.sub(r"(?<![\w*])[A-Z][A-Za-z0-9]*(?:[=,:./][A-Za-z0-9]+)*", lambda m: f"_{m.group(0)}_", usage)


def synopsis():
    lines = [marked(line) for command, _ in commands() for line in usages(command)]
    return "++\n".join(lines) + "\n"


def option_lines(rows):
    out = ""
    for letter, name, argument, what in rows:
        out += (f"*-{letter}*, " if letter else "") + f"*{name}*" + (f" _{argument}_" if argument else "")
        out += f"\n\t{what}\n\n"
    return out


def option_tables():
    common = [row for row in options("run") if row[1] in COMMON]
    assert len(common) == len(COMMON)
    out = "## Of every command\n\n" + option_lines(common)
    for command, _ in commands():
        rows = options(command)
        assert set(common) <= set(rows), command
        own = [row for row in rows if row not in common]
        out += f"## Of rift {command}\n\n" + option_lines(own) if own else ""
    return out.rstrip("\n") + "\n"


def named(what, key):
    return "".join(f"*{row[key]}*\n\t{row['what']}\n\n"
                   for row in json.loads(rift("list", what, "--json"))["rows"]).rstrip("\n") + "\n"


# section, what it holds
MADE = {"SYNOPSIS": synopsis, "OPTIONS": option_tables, "TABLES": lambda: named("tables", "table"),
        "CHARTS": lambda: named("charts", "chart")}


def section(text, heading):
    begin = text.index(f"\n# {heading}\n\n") + len(heading) + 5
    return begin, text.index("\n# ", begin)


def slice_of(text, heading):
    begin, end = section(text, heading)
    return text[begin:end]


def check_prose(body):
    """A passage for each command, which names no option that the command lacks."""
    passages = re.findall(r"^(\*\w+\*(?:, \*\w+\*)*)\n(.*?)(?=^\*\w+\*(?:, \*\w+\*)*\n|\Z)", body, re.M | re.S)
    told = [name for heads, _ in passages for name in re.findall(r"\w+", heads)]
    assert sorted(told) == sorted(name for name, _ in commands()), told
    for heads, prose in passages:
        known = {name for head in re.findall(r"\w+", heads) for _, name, _, _ in options(head)}
        for word in re.findall(r"\*(--[\w-]+)\*", prose):
            assert word in known or f"*rift export* _RESULT_ *{word}*" in prose, (heads, word)
    lists = re.search(r"^\*list\*\n(.*?)(?=^\*|\Z)", body, re.M | re.S).group(1)
    for name in re.search(r"\[(.*?)\]", usages("list")[0]).group(1).split("|"):
        assert re.search(rf"\b{name}\b", lists), f"*list* does not name {name}"


def main():
    text = PAGE.read_text()
    for heading, make in MADE.items():
        begin, end = section(text, heading)
        if "--update" in sys.argv:
            text = text[:begin] + make() + text[end:]
        assert slice_of(text, heading) == make(), \
            f"{PAGE.name}: {heading} is not that of the program; run with --update"
    if "--update" in sys.argv:
        PAGE.write_text(text)
        return
    check_prose(slice_of(text, "COMMANDS"))
    if shutil.which("scdoc"):
        made = subprocess.run(["scdoc"], input=text, capture_output=True, text=True)
        assert made.returncode == 0 and ".TH" in made.stdout, made.stderr
    passed(len(MADE) + 1)


main()
