#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden command-line cases. A case is cases/GROUP/NAME.cmd, a shell command that calls $RIFT
in a folder of links to files/; NAME.out holds what it prints (standard output, then standard
error), and its exit status. `run.py RIFT SOURCE GROUP` runs a group, without GROUP all;
--update writes the expected files anew."""
import os
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent


def link(files, work):
    for file in files.iterdir():
        (work / file.name).symlink_to(file)


def large(folder):
    """Two files too large to be kept."""
    folder.mkdir()
    (folder / "brackets.yaml").write_text("[" * (1024 * 1024))
    (folder / "large.yaml").write_text("# long\n" * 160000)
    return folder


def run(rift, source, made, command):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        work.mkdir()
        link(here / "files", work)
        link(made, work)
        environment = {"PATH": os.environ["PATH"], "RIFT": rift, "SOURCE": source,
                       "LC_ALL": "C.UTF-8", "HOME": folder,
                       "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        done = subprocess.run(["sh", "-c", command], cwd=work, env=environment,
                              capture_output=True)
    text = done.stdout.decode("utf-8", "backslashreplace")
    text += "--- stderr\n" + done.stderr.decode("utf-8", "backslashreplace")
    return text.replace(source, "$SOURCE") + f"--- exit {done.returncode}\n"


def contents():
    return {file.name: file.read_bytes() for file in (here / "files").iterdir()}


def main():
    update = "--update" in sys.argv
    rift, source, *groups = [a for a in sys.argv[1:] if a != "--update"]
    rift, source = os.path.abspath(rift), os.path.abspath(source)
    assert not list((here / "cases").glob("*.cmd")), "a case belongs into a group's folder"
    cases = sorted(case for group in groups or ["*"] for case in (here / "cases").glob(f"{group}/*.cmd"))
    before, failed = contents(), []
    with tempfile.TemporaryDirectory() as folder:
        made = large(pathlib.Path(folder) / "made")
        for case in cases:
            found = run(rift, source, made, case.read_text())
            expected = case.with_suffix(".out")
            if update:
                expected.write_text(found)
            elif not expected.exists() or expected.read_text() != found:
                failed.append(case.stem)
                print(f"FAILED {case.stem}: {case.read_text().strip()}\nfound:\n{found}")
    assert contents() == before, "a case wrote through a link into files/"
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not cases else 0


sys.exit(main())
