# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the house: every include, and every symbol that one room's objects take from
another's, is one that the table in docs/architecture.md allows; and nothing goes in circles,
neither rooms nor headers."""
import collections
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(sys.argv[2])
BUILD = pathlib.Path(sys.argv[1]).parent
ENGINE = SOURCE / "engine"
PUBLIC = "include"
# Rooms that stand below all, and so need not be named.
EVERYWHERE = {PUBLIC, "core"}


def table_of_rooms():
    allowed = {}
    for line in (SOURCE / "docs/architecture.md").read_text().splitlines():
        row = re.match(r"\| `(\w+)/` \|[^|]*\|([^|]*)\|$", line)
        if row:
            names = row[2].split()
            allowed[row[1]] = set(allowed) if names == ["all", "above"] else set(names)
    return allowed


def still_to_close():
    rows = re.findall(r"^\| `(\w+)/` \|([a-z ]*)\|$",
                      (SOURCE / "docs/architecture.md").read_text(), re.M)
    return {(room, other) for room, names in rows for other in names.split()}


def room_of(path):
    return path.relative_to(ENGINE).parts[0]


def includes():
    """(room, room) -> which file includes what."""
    found = collections.defaultdict(set)
    for path in sorted(ENGINE.rglob("*.[ch]")):
        for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.M):
            target = name.split("/")[0]
            target = PUBLIC if target in ("rift.h", "rift") else target
            found[room_of(path), target].add(f"{path.relative_to(SOURCE)} includes {name}")
    return found


def objects():
    for path in sorted(BUILD.rglob("*.c.o")):
        parts = path.parts
        if "engine" in parts and "tests" not in parts:
            yield parts[parts.index("engine") + 1], path


def symbols():
    """(room, room) -> which object takes which symbol."""
    home, wanted = {}, []
    listed = list(objects())
    assert len(listed) > 100, f"no objects under {BUILD}"
    out = subprocess.run(["nm", "-A", "-g", *[str(p) for _, p in listed]],
                         capture_output=True, text=True, check=True).stdout
    room = {str(path): name for name, path in listed}
    for line in out.splitlines():
        path, rest = line.split(":", 1)
        *_, kind, symbol = rest.split()
        if kind == "U":
            wanted.append((path, symbol))
        elif kind in "TDRBVC" and symbol.startswith("rift_"):
            home[symbol] = room[path]
    found, public = collections.defaultdict(set), public_symbols()
    for path, symbol in wanted:
        if symbol in home and not (room[path] == "cli" and symbol in public):
            name = pathlib.Path(path).name.removesuffix(".o")
            found[room[path], home[symbol]].add(f"{room[path]}/{name} uses {symbol}")
    return found


def public_symbols():
    """What the public header declares: the program may use all of it."""
    text = "".join(p.read_text() for p in sorted((ENGINE / PUBLIC).rglob("*.h")))
    return set(re.findall(r"\b(rift_\w+)", text))


def circles(edges):
    """Circles of a directed graph, as lists of names."""
    state, found = {}, []

    def visit(name, way):
        state[name] = "open"
        for other in sorted(edges.get(name, ())):
            if state.get(other) == "open":
                found.append(way[way.index(other):] + [other] if other in way else [name, other])
            elif other not in state:
                visit(other, way + [other])
        state[name] = "done"

    for name in sorted(edges):
        if name not in state:
            visit(name, [name])
    return found


def header_graph():
    edges = collections.defaultdict(set)
    for path in ENGINE.rglob("*.h"):
        own = path.relative_to(ENGINE).as_posix().removeprefix("include/")
        edges[own] = set(re.findall(r'^#include "([^"]+)"', path.read_text(), re.M))
    return edges


def main():
    sys.setrecursionlimit(10000)
    allowed = table_of_rooms()
    here = {p.name for p in ENGINE.iterdir() if p.is_dir()}
    wrong = [f"room {r}/ is not in docs/architecture.md" for r in sorted(here - set(allowed))]
    wrong += [f"docs/architecture.md names room {r}/, which is not there"
              for r in sorted(set(allowed) - here)]
    graph, used, open_ways = collections.defaultdict(set), set(), still_to_close()
    for kind, found in (("include", includes()), ("symbol", symbols())):
        for (room, other), why in sorted(found.items()):
            if room == other:
                continue
            graph[room].add(other)
            if (room, other) in open_ways:
                used.add((room, other))
            elif other not in EVERYWHERE | allowed.get(room, set()):
                wrong += [f"{room}/ may not take from {other}/ ({kind}): {w}"
                          for w in sorted(why)]
    wrong += [f"docs/architecture.md says that {room}/ takes from {other}/; it does not any more"
              for room, other in sorted(open_ways - used)]
    wrong += ["circle of rooms: " + " -> ".join(c) for c in circles(graph)]
    wrong += ["circle of headers: " + " -> ".join(c) for c in circles(header_graph())]
    print("\n".join(wrong))
    print(f"{len(here)} rooms, {sum(map(len, graph.values()))} ways between them, "
          f"{len(wrong)} against the table")
    return 1 if wrong else 0


sys.exit(main())
