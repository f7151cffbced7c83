# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/first-index.md from top to bottom: its files are written as it shows them, its commands run in
their order, and each answers what the page says (--update writes the answers and the picture)."""
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed

PAGE = SOURCE / "docs" / "first-index.md"
PICTURE = SOURCE / "docs" / "first-index.png"
BLOCK = re.compile(r"```(\w+)\n(.*?)```\n", re.S)


def answer(folder, path, command):
    """What a terminal shows of a command; check, which finds an error, ends with 1."""
    done = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "LC_ALL": "C", "PATH": f"{path}:{os.environ['PATH']}"})
    assert done.returncode == (1 if "error: " in done.stdout else 0), (command, done.stdout)
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def written(folder, before, text):
    """A file goes by the last name that the sentence before its block has in backticks."""
    names = re.findall(r"`([\w/-]+\.(?:csv|yaml))`", before.split("```")[-1])
    assert names, before[-200:]
    (folder / names[-1]).write_text(text)


def follow(page, home, path):
    """The page with what its commands answer now, the folder in which it ends, how many they are."""
    out, at, folder, n = "", 0, home, 0
    for block in BLOCK.finditer(page):
        kind, text = block.groups()
        out += page[at:block.start()]
        at = block.end()
        if kind in ("csv", "yaml"):
            written(folder, page[:block.start()], text)
        elif kind == "console":
            commands, text = re.findall(r"^\$ (.*)$", text, re.M), ""
            for command in commands:
                text += f"$ {command}\n{answer(folder, path, command)}"
                folder = folder / command[3:] if command.startswith("cd ") else folder
            n += len(commands)
        else:
            assert text == "sh setup.sh install\n", text    # which house/installed does
        out += f"```{kind}\n{text}```\n"
    return out + page[at:], folder, n


def main():
    page = PAGE.read_text()
    with tempfile.TemporaryDirectory() as work:
        path, home = pathlib.Path(work) / "bin", pathlib.Path(work) / "home"
        path.mkdir()
        home.mkdir()
        (path / "rift").symlink_to(RIFT)
        now, folder, n = follow(page, home, path)
        assert n >= 15, n
        report = (folder / "results" / "my-study" / "report.html").read_text()
        assert "My first index" in report and "Korea" in report
        picture = folder / "figures" / "ranking.png"
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        if "--update" in sys.argv:
            PAGE.write_text(now)
            shutil.copy(picture, PICTURE)
            return
    changed = "\n".join(difflib.unified_diff(page.splitlines(), now.splitlines(), "the page", "the program",
                                             lineterm=""))
    assert not changed, changed + "\nrun with --update, and read the difference"
    passed(n)


main()
