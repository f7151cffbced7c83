# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of every shape, spoilt as people spoil them: each value lands in the series, country and year it belongs to, or an error or
a warning tells. Every number of a table is another, so that where it belongs is known without reading the table. A sample; more
by hand:

    tests/ingest/mutated.py build/test/rift . --files 2000 [--seed 7] [--keep FOLDER]"""
import csv
import io
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed

NAMES = {"KEN": "Kenya", "CHN": "China", "IND": "India", "BRA": "Brazil", "NAM": "Namibia", "COD": "Congo, Dem. Rep.", "KOR": "Korea, Rep.",
         "CIV": "Côte d'Ivoire"}
SERIES = {"IT.USE": "Individuals using the Internet", "IT.CEL": "Mobile lines", "IT.BB": "Fixed broadband"}
SEXES = {"M": "male", "F": "female"}


def option(name, standard):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else standard


def facts(draw):
    """Values, each another number, by series, group, country and year."""
    countries = draw.sample(list(NAMES), draw.randint(3, 6))
    series = draw.sample(list(SERIES), draw.randint(1, 3))
    years = list(range(2010, 2010 + draw.randint(2, 4)))
    sexes = list(SEXES) if draw.random() < 0.3 else [""]
    numbers = iter(draw.sample(range(1000, 9000), 8 * 3 * 4 * 2))
    return {(s, x, c, y): next(numbers) / 100 for s in series for x in sexes for c in countries for y in years if draw.random() > 0.06}


def long_rows(draw, data, head, cells):
    rows = [[str(f(s, x, c, y, v)) for f in cells] for (s, x, c, y), v in data.items()]
    if draw.random() < 0.5:
        draw.shuffle(rows)
    return [head, *rows]


def grouped(data):
    return any(x for _, x, _, _ in data)


def tidy(draw, data):
    head, cells = ["country", "year", "indicator", "value"], [lambda s, x, c, y, v: c, lambda s, x, c, y, v: y, lambda s, x, c, y, v: s,
                                                              lambda s, x, c, y, v: v]
    if grouped(data):
        head.insert(2, "sex"), cells.insert(2, lambda s, x, c, y, v: SEXES[x])
    return long_rows(draw, data, head, cells)


def sdmx(draw, data):
    head = ["DATAFLOW", "FREQ", "INDICATOR", "SEX", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"]
    return long_rows(draw, data, head, [lambda *a: "X:DF(1.0)", lambda *a: "A", lambda s, *a: s, lambda s, x, *a: x or "_T",
                                        lambda s, x, c, *a: c, lambda s, x, c, y, v: y, lambda s, x, c, y, v: v, lambda *a: "A"])


def sdmx_named(draw, data):
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "Frequency", "INDICATOR", "Indicator", "SEX", "Sex", "REF_AREA", "Reference area",
            "TIME_PERIOD", "Time period", "OBS_VALUE", "Observation value"]
    return long_rows(draw, data, head, [
        lambda *a: "dataflow", lambda *a: "X:DF(1.0)", lambda *a: "I", lambda *a: "A", lambda *a: "Annual", lambda s, *a: s,
        lambda s, *a: SERIES[s], lambda s, x, *a: x or "_T", lambda s, x, *a: SEXES.get(x, "Total"), lambda s, x, c, *a: c,
        lambda s, x, c, *a: NAMES[c], lambda s, x, c, y, v: y, lambda *a: "", lambda s, x, c, y, v: v, lambda *a: ""])


def oecd(draw, data):
    head = ["LOCATION", "Country", "IND", "Indicator", "SEX", "Sex", "TIME", "Time", "Unit Code", "Unit", "PowerCode Code", "PowerCode", "Value",
            "Flag Codes", "Flags"]
    return long_rows(draw, data, head, [
        lambda s, x, c, *a: c, lambda s, x, c, *a: NAMES[c], lambda s, *a: s, lambda s, *a: SERIES[s], lambda s, x, *a: x or "T",
        lambda s, x, *a: SEXES.get(x, "Total"), lambda s, x, c, y, v: y, lambda s, x, c, y, v: y, lambda *a: "PC", lambda *a: "Percent",
        lambda *a: "0", lambda *a: "Units", lambda s, x, c, y, v: v, lambda *a: "", lambda *a: ""])


def by_years(draw, data, head, cells):
    years = sorted({y for *_, y in data})
    keys = list(dict.fromkeys((s, x, c) for s, x, c, _ in data))
    return [head + [str(y) for y in years], *[[f(*k) for f in cells] + [str(data.get((*k, y), "")) for y in years] for k in keys]]


def tidy_years(draw, data):
    head, cells = ["country", "indicator"], [lambda s, x, c: c, lambda s, x, c: s]
    if grouped(data):
        head.append("gender"), cells.append(lambda s, x, c: SEXES[x])
    return by_years(draw, data, head, cells)


def bank(draw, data):
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
    cells = [lambda s, x, c: NAMES[c], lambda s, x, c: c, lambda s, x, c: SERIES[s], lambda s, x, c: s]
    if grouped(data):
        head.append("Sex"), cells.append(lambda s, x, c: SEXES[x])
    return by_years(draw, data, head, cells)


def wide(draw, data):
    series = list(dict.fromkeys(s for s, *_ in data))
    keys = list(dict.fromkeys((x, c, y) for _, x, c, y in data))
    sex = grouped(data)
    return [["iso3", "country", "year", *(["Sex"] if sex else []), *series],
            *[[c, NAMES[c], str(y), *([SEXES[x]] if sex else []), *[str(data.get((s, x, c, y), "")) for s in series]] for x, c, y in keys]]


def grid(draw, data):
    pairs = list(dict.fromkeys((s, y) for s, _, _, y in data))
    keys = list(dict.fromkeys((x, c) for _, x, c, _ in data))
    sex = grouped(data)
    return [["country", *(["sex"] if sex else []), *[f"{s}_{y}" for s, y in pairs]],
            *[[c, *([SEXES[x]] if sex else []), *[str(data.get((s, x, c, y), "")) for s, y in pairs]] for x, c in keys]]


SHAPES = [tidy, sdmx, sdmx_named, oecd, tidy_years, bank, wide, grid]


# What people do to a table; each changes it in place and may change where values belong: `data` follows only where
# the change takes values away.


def swap(draw, rows, data):
    a, b = draw.sample(range(len(rows[0])), 2)
    for row in rows:
        row[a], row[b] = row[b], row[a]


def double(draw, rows, data):
    a = draw.randrange(len(rows[0]))
    for i, row in enumerate(rows):
        row.append(row[a] + (draw.choice(["", " (2)", ".1"]) if i == 0 else ""))


def rename(draw, rows, data):
    a = draw.randrange(len(rows[0]))
    rows[0][a] = draw.choice([rows[0][a].upper(), rows[0][a].lower(), rows[0][a].replace(" ", "_"), "Column", "", "X", "notes", "Value"])


def text_in_cell(draw, rows, data):
    row = draw.choice(rows[1:])
    row[draw.randrange(len(row))] = draw.choice(["n.a.", "-", "..", "see note", "<0.1", "12,5", "Kenia", "2O12", "#N/A", "1 234"])


def empty_row(draw, rows, data):
    rows.insert(draw.randint(1, len(rows)), [""] * len(rows[0]))


def empty_cell(draw, rows, data):
    row = draw.choice(rows[1:])
    row[draw.randrange(len(row))] = ""


def add_labels(draw, rows, data):
    a = draw.randrange(len(rows[0]))
    label = draw.choice(["Label", rows[0][a] + " label", "Notes", "Category"])
    at = draw.choice([a + 1, len(rows[0])])
    known = {}
    for i, row in enumerate(rows):
        row.insert(at, label if i == 0 else known.setdefault(row[a], f"the {row[a]}"))


def add_kind(draw, rows, data):
    """A column whose texts tell rows apart, of any name."""
    at = draw.randrange(len(rows[0]) + 1)
    name = draw.choice(["survey", "Subindicator Type", "basis", "category", "Dim1", "Type of line"])
    for i, row in enumerate(rows):
        row.insert(at, name if i == 0 else draw.choice(["old", "new"]))


def change_unit(draw, rows, data):
    at = draw.randrange(len(rows[0]) + 1)
    name = draw.choice(["Unit of measure", "unit_measure", "UNIT_MULT"])
    for i, row in enumerate(rows):
        row.insert(at, name if i == 0 else draw.choice(["0", "3"] if name == "UNIT_MULT" else ["%", "thousands"]))


def add_quarters(draw, rows, data):
    at = draw.randrange(len(rows[0]) + 1)
    for i, row in enumerate(rows):
        row.insert(at, draw.choice(["quarter", "Month"]) if i == 0 else draw.choice(["Q1", "Q2"]))


def drop_column(draw, rows, data):
    a = draw.randrange(len(rows[0]))
    for row in rows:
        del row[a]


def double_row(draw, rows, data):
    row = list(draw.choice(rows[1:]))
    rows.insert(draw.randint(1, len(rows)), row)


CHANGES = [swap, double, rename, text_in_cell, empty_row, empty_cell, add_labels, add_kind, change_unit, add_quarters, drop_column, double_row]


def belongs(data):
    return {v: (s, x, c, y) for (s, x, c, y), v in data.items()}


def check(folder, draw, tally):
    data = facts(draw)
    shape = draw.choice(SHAPES)
    rows = shape(draw, data)
    changes = draw.choices(CHANGES, k=draw.choice([0, 1, 1, 1, 2]))
    for change in changes:
        change(draw, rows, data)
    mark = draw.choice(",,,;\t")
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows(rows)
    file = folder / "input.csv"
    file.write_text(text.getvalue())
    what = (shape.__name__, [c.__name__ for c in changes], text.getvalue())
    (folder / "p.h5").unlink(missing_ok=True)
    done = subprocess.run([RIFT, "ingest", "input.csv", "-o", "p.h5"], capture_output=True, text=True, cwd=folder, timeout=120)
    assert done.returncode in (0, 1) and "Sanitizer" not in done.stderr, (what, done.returncode, done.stderr)
    told = done.returncode != 0 or any(w in done.stderr for w in ("warning", "excluded", "kept apart", "ignored", "left out"))
    known, series_of, seen = belongs(data), {}, set()
    if done.returncode == 0:
        panel = subprocess.run([RIFT, "export", "p.h5", "panel"], capture_output=True, text=True, cwd=folder, timeout=120).stdout
        for row in csv.DictReader(io.StringIO(panel)):
            value = float(row["value"])
            value = value if value in known or "UNIT_MULT" not in text.getvalue() else round(value / 1000, 2)  # as that column says
            fact = known.get(value)
            if fact is None:
                # a number that is none of the table's: a year, a label or a code that became a value, or a wrong one
                assert told or value in (12.5, 1234) or row["indicator"] not in SERIES, (what, row, done.stderr)
                continue
            assert told or (row["country"], int(row["year"])) == fact[2:], (what, row, fact, done.stderr)
            assert told or series_of.setdefault(row["indicator"], fact[:2]) == fact[:2], (what, row, fact, series_of, done.stderr)
            seen.add(value)
        lost = set(known) - seen
        # what a change took out of the file is not lost by the reader
        lost = {v for v in lost if any(cell == str(v) for r in rows for cell in r)}
        assert told or not lost, (what, sorted(lost), done.stdout, done.stderr)
    if not changes:
        assert done.returncode == 0 and len(seen) == len(known), (what, done.stderr)
    tally["told" if told else "read"] = tally.get("told" if told else "read", 0) + 1


def main():
    n, seed, keep = int(option("--files", 150)), option("--seed", "1"), option("--keep", None)
    tally = {}
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for i in range(n):
            try:
                check(folder, random.Random(f"{seed} {i}"), tally)
            except AssertionError:
                print(f"file {i} of seed {seed}")
                if keep:
                    shutil.copy(folder / "input.csv", pathlib.Path(keep) / f"{seed}-{i}.csv")
                raise
    print(tally)
    passed(n)


main()
