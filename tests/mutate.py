#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the engine on purpose, one place at a time, and tells which breaks no test sees.

    tests/mutate.py [--random N] [--seed S] [--from K] [--only WORDS] [--keep DIR]

Without --random the choices that are listed below are broken: critical values, spans, samples, ends
of intervals, divisors. With it, N places of the rooms that compute are drawn: an operator or a
constant is changed. Each break is built in a copy of the tree and the tests that know numbers are
run until one fails, the quick ones first; a break that makes a test hang or eat memory is seen, for
time and memory of each are bounded. Takes up to a minute a break; run by hand. --from goes on with
the K-th break of a draw. Exit 1 where a break survives."""
import argparse
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[1]
ROOMS = ("stats", "divide", "index", "uncertainty", "analysis", "audit", "claim")
# Quick ones first: most breaks are seen there.
TESTS = ("unit/(divide|index|stats|uncertainty|result|claim)|worked/|property/(variants|groups|periods)|shipped/run",
         "analysis/|claim/|view/|property/(chain|ranks|edition|comparable)|provider/(reference|published)|unit/(define|store|table)")
SECONDS = 120
BYTES = 6 << 30  # of one process

# file, text, what it becomes
CHOICES = [
    ("include/rift/divide.h", "(-1.65)", "(-1.28)"),
    ("panel/panel.c", "10 * rift_values_count(value + t * n_country, n_country) >= 6 * most",
     "10 * rift_values_count(value + t * n_country, n_country) >= 5 * most"),
    ("analysis/sample.c", "return 2 * all >= both", "return 2 * all >= 0 * both"),
    ("analysis/converge/catch_up.c", "SPEED_YEARS = 5", "SPEED_YEARS = 6"),
    ("stats/density.c", "return 0.9 * spread", "return 1.06 * spread"),
    ("stats/density.c", "1 / sqrt(1 + h * h / (sd * sd))", "1"),
    ("uncertainty/bootstrap.c", "return isfinite(a) ? a : 0;", "return 0 * a;"),
    ("index/step_denominate.c", "input + at, other, panel->n_country, input + at", "value + at, other, panel->n_country, input + at"),
    ("analysis/variable.c", "r->scores.origin[at + i] == RIFT_OBSERVED", "true"),
    ("analysis/paradox/high_income.c", "2.0 / 3", "1.0 / 2"),
    ("stats/describe.c", "1e-12 * most", "0 * most"),
    ("analysis/forecast/arrival.c", "1.96 * error", "1.64 * error"),
    ("audit/series.c", "0.5)", "0.6)"),
]
OPERATORS = [(" < ", " <= "), (" > ", " >= "), (" <= ", " < "), (" >= ", " > "), (" + ", " - "), (" - ", " + "),
             (" * ", " / "), (" / ", " * "), (" && ", " || "), (" == ", " != ")]


def places(copy):
    """Every place that may be broken: (file, position, old, new)."""
    found = []
    for room in ROOMS:
        for path in sorted((copy / "engine" / room).rglob("*.c")):
            text = path.read_text()
            name = str(path.relative_to(copy / "engine"))
            code = re.sub(r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"|#[^\n]*", lambda m: " " * len(m[0]), text, flags=re.S)
            for old, new in OPERATORS:
                for m in re.finditer(re.escape(old), code):
                    line = code[code.rfind("\n", 0, m.start()) + 1:code.find("\n", m.end())]
                    if "alloc" not in line and "sizeof" not in line:
                        found.append((name, m.start(), old, new))
            for m in re.finditer(r"(?<![\w.])\d+\.\d+(?![\w.])", code):
                found.append((name, m.start(), m[0], f"{float(m[0]) * 1.2 + 0.01:g}"))
    return found


def listed(copy, words):
    for name, old, new in CHOICES:
        text = (copy / "engine" / name).read_text()
        if old not in text:
            print(f"gone: {name}: {old}")
        elif not words or any(w in name for w in words):
            yield name, text.index(old), old, new


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)


def passes(copy, tests):
    """Whether tests pass; whatever of theirs still runs afterwards, of a loop without an end, is stopped."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    ctest = subprocess.Popen(["ctest", "-R", tests, "--stop-on-failure", "-j2", "--timeout", str(SECONDS)],
                             cwd=copy / "build/mutate", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             start_new_session=True, preexec_fn=limit)
    code = ctest.wait()
    run("pkill", "-9", "-s", ctest.pid)
    return code == 0


def survives(copy, name, at, old, new):
    """Whether every test passes with one place broken."""
    path = copy / "engine" / name
    text = path.read_text()
    assert text[at:at + len(old)] == old
    path.write_text(text[:at] + new + text[at + len(old):])
    try:
        if run("cmake", "--build", copy / "build/mutate").returncode:
            return None
        return all(passes(copy, tests) for tests in TESTS)
    finally:
        path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(given.keep or folder) / "tree"
        if not copy.exists():
            copy.mkdir(parents=True)
            run("sh", "-c", f"git -C '{SOURCE}' ls-files -z | (cd '{SOURCE}' && xargs -0 tar c) | tar x -C '{copy}'")
        run("cmake", "-S", copy, "-B", copy / "build/mutate", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DRIFT_TESTS=ON",
            "-DCMAKE_C_COMPILER_LAUNCHER=ccache")
        assert run("cmake", "--build", copy / "build/mutate").returncode == 0, "the tree does not build"
        todo = list(listed(copy, given.only))
        if given.random:
            todo = random.Random(given.seed).sample(places(copy), given.random)
        seen = lived = 0
        for number, (name, at, old, new) in enumerate(todo[given.first - 1:], given.first):
            outcome = survives(copy, name, at, old, new)
            line = (copy / "engine" / name).read_text().count("\n", 0, at) + 1
            word = {True: "SURVIVES", False: "seen", None: "does not build"}[outcome]
            print(f"{number:3} {word:14} {name}:{line}: {old.strip()} -> {new.strip()}", flush=True)
            seen += outcome is False
            lived += outcome is True
        print(f"{seen} seen, {lived} survive")
    return 1 if lived else 0


sys.exit(main())
