# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared library exports what tests/house/symbols.txt lists, and the public header declares
each of it as RIFT_API. --update writes the list anew."""
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(sys.argv[2])
LIBRARY = pathlib.Path(sys.argv[1]).parent / "librift.so"
LIST = pathlib.Path(__file__).with_name("symbols.txt")


def exported():
    out = subprocess.run(["nm", "-D", "--defined-only", str(LIBRARY)],
                         capture_output=True, text=True, check=True).stdout
    return {line.split()[-1] for line in out.splitlines() if line.split()[-1].startswith("rift")}


def declared():
    """Names of functions and tables that the header marks."""
    text = "".join(p.read_text() for p in sorted((SOURCE / "engine/include").rglob("*.h")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    found = set()
    for statement in re.findall(r"RIFT_API\b(?!\s*__attribute__)([^;{]*);", text):
        if "(" in statement:
            found.add(re.search(r"\b(rift_\w+)\s*\(", statement).group(1))
        else:  # a table, or several constants
            found.update(re.findall(r"\b(rift_\w+)\s*(?:\[[^\]]*\])?\s*(?:,|$)", statement))
    return found


def main():
    here = exported()
    if "--update" in sys.argv:
        LIST.write_text("\n".join(sorted(here)) + "\n")
        return 0
    listed = set(LIST.read_text().split())
    wrong = [f"{name} is exported and not listed; if it is meant, run with --update" for name in sorted(here - listed)]
    wrong += [f"{name} is listed and not exported" for name in sorted(listed - here)]
    wrong += [f"{name} is exported, but the header does not declare it as RIFT_API" for name in sorted(here - declared())]
    wrong += [f"{name} is RIFT_API in the header and not exported" for name in sorted(declared() - here)]
    print("\n".join(wrong))
    print(f"{len(here)} symbols, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
