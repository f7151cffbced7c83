# SPDX-License-Identifier: GPL-3.0-or-later
"""README's table names every method, and `rift list` knows every command it shows."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift

import json

readme = (SOURCE / "README.md").read_text()
cells = {w.strip() for row in re.findall(r"^\|(.*)\|$", readme, re.M)
         for cell in row.split("|")[:2] for w in cell.split(",")}
methods = [m["method"] for m in json.loads(rift("list", "methods", "--json"))["rows"]]
missing = [m for m in methods if m not in cells]
assert not missing, f"README's table lacks {missing}"
for command in set(re.findall(r"^(?:build/release/)?rift (\w+)", readme, re.M)):
    rift(command, "--help")
passed(2)
