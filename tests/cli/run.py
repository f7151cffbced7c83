#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden command-line cases. A case is cases/NAME.cmd, a shell command that calls $RIFT in
a copy of files/; NAME.out holds what it prints (standard output, then standard error),
and its exit status. `run.py RIFT SOURCE --update` writes the expected files anew."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent


def run(rift, source, command):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        shutil.copytree(here / "files", work)
        (work / "brackets.yaml").write_text("[" * (1024 * 1024))
        (work / "large.yaml").write_text("# long\n" * 160000)
        environment = {"PATH": os.environ["PATH"], "RIFT": rift, "SOURCE": source,
                       "LC_ALL": "C.UTF-8", "HOME": folder,
                       "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        done = subprocess.run(["sh", "-c", command], cwd=work, env=environment,
                              capture_output=True)
    text = done.stdout.decode("utf-8", "backslashreplace")
    text += "--- stderr\n" + done.stderr.decode("utf-8", "backslashreplace")
    return text.replace(source, "$SOURCE") + f"--- exit {done.returncode}\n"


def main():
    rift, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    update = "--update" in sys.argv
    failed = []
    cases = sorted((here / "cases").glob("*.cmd"))
    for case in cases:
        found = run(rift, source, case.read_text())
        expected = case.with_suffix(".out")
        if update:
            expected.write_text(found)
        elif not expected.exists() or expected.read_text() != found:
            failed.append(case.stem)
            print(f"FAILED {case.stem}: {case.read_text().strip()}\nfound:\n{found}")
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not cases else 0


sys.exit(main())
