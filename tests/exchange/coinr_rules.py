# SPDX-License-Identifier: GPL-3.0-or-later
"""What COINr asks of iData and iMeta, by the help pages of check_iData, check_iMeta and new_coin
(COINr 1.1.14), with files read as R's read.csv reads them."""
import csv
import re

REQUIRED = {"Level": "numeric", "iCode": "character", "Parent": "character", "Direction": "numeric",
            "Weight": "numeric", "Type": "character"}
OPTIONAL = {"iName": "character", "Unit": "character", "Denominator": "character", "Target": "numeric"}
TYPES = {"Indicator", "Aggregate", "Group", "Denominator", "Other"}
RESERVED = {"if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "in"}


def is_name(text):
    """What make.names leaves as it is."""
    return re.fullmatch(r"([A-Za-z]|\.(?![0-9]))[A-Za-z0-9._]*", text) and text not in RESERVED


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def column(cells):
    """Kind and values of a column: blanks are missing in numbers, and texts in characters."""
    there = [x for x in cells if x not in ("", "NA")]
    if not there:
        return "logical", [None] * len(cells)
    if all(x in ("TRUE", "FALSE", "T", "F") for x in there):
        return "logical", [None if x in ("", "NA") else x[0] == "T" for x in cells]
    if all(map(is_number, there)):
        return "numeric", [None if x in ("", "NA") else float(x) for x in cells]
    return "character", [None if x == "NA" else x for x in cells]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    assert all(len(r) == len(head) for r in body), f"{path}: rows differ in length"
    assert all(map(is_name, head)), f"{path}: R would rename {[h for h in head if not is_name(h)]}"
    assert len(set(head)) == len(head), f"{path}: two columns of one name"
    return {h: column([r[i] for r in body]) for i, h in enumerate(head)}


def check_data(data):
    kind, unit = data["uCode"]
    assert kind == "character" and None not in unit and "" not in unit, "uCode is a text, of every row"
    assert not any(u[0].isdigit() for u in unit), "a unit's code begins with a digit"
    time = [None] * len(unit)
    if "Time" in data:
        kind, time = data["Time"]
        assert kind == "numeric" and None not in time, "Time is a number, of every row"
    assert len(set(zip(unit, time))) == len(unit), "a unit is there twice"
    if "uName" in data:
        assert data["uName"][0] == "character" and None not in data["uName"][1], "uName is a text"


def check_kinds(meta):
    for name, wanted in REQUIRED.items():
        assert name in meta, f"the column {name} is missing"
        assert meta[name][0] == wanted, f"{name} is not {wanted}: {meta[name][0]}"
    for name, wanted in OPTIONAL.items():
        assert name not in meta or meta[name][0] == wanted, f"{name} is not a {wanted} vector"


def check_tree(row):
    code = [r["iCode"] for r in row]
    by = {r["iCode"]: r for r in row}
    assert None not in code and len(set(code)) == len(code), "iCode is there once for every row"
    assert all(map(is_name, code)), f"no codes: {[c for c in code if not is_name(c)]}"
    for r in row:
        assert r["Type"] in TYPES, f"{r['Type']} is no Type"
        inside = r["Type"] in ("Indicator", "Aggregate")
        for name in ("Level", "Direction", "Weight"):
            assert (r[name] is not None) == inside, f"{name} of {r['iCode']}: {r[name]}"
        assert not inside or (r["Direction"] in (-1, 1) and r["Level"] == int(r["Level"]) >= 1)
        assert (r["Type"] != "Indicator") or r["Level"] == 1, f"{r['iCode']} is an indicator above level 1"
        assert r["Parent"] is None or r["Parent"] in by, f"entries in Parent not found in iCode: {r['Parent']!r}"
        assert r["Parent"] is None or by[r["Parent"]]["Level"] == r["Level"] + 1, f"the Parent of {r['iCode']} skips a level"
        assert r.get("iName", "x") not in (None, ""), "NAs found in iName"
        assert r.get("Unit", "x") not in (None, "") or r["Type"] == "Group", f"no Unit of {r['iCode']}"
        assert r.get("Denominator") is None or r["Denominator"] in by, "a Denominator is no iCode"
        assert "Target" not in r or r["Target"] is not None or r["Type"] != "Indicator", "no Target of an indicator"
    level = sorted({r["Level"] for r in row if r["Level"] is not None})
    assert level == list(range(1, len(level) + 1)), f"levels are {level}"
    top = [r for r in row if r["Level"] == level[-1]]
    assert len(top) == 1 and top[0]["Parent"] is None, "one row is at the top, without a Parent"
    assert all(r["Parent"] is not None for r in row if r["Level"] is not None and r is not top[0]), "a Parent is missing"


def check_both(data, row):
    code = {r["iCode"]: r for r in row}
    own = {"uCode", "uName", "Time"}
    assert not own & set(code), "a row of iMeta is named as a column of the units"
    assert not set(code) & set(data["uCode"][1]), "a unit and a row of iMeta have one code"
    wanted = {c for c, r in code.items() if r["Type"] != "Aggregate"}
    assert wanted == set(data) - own, f"columns and rows differ: {wanted ^ (set(data) - own)}"
    for c in wanted:
        number = code[c]["Type"] in ("Indicator", "Denominator")
        assert not number or data[c][0] == "numeric", f"{c} holds no numbers"


def check(folder):
    """Every rule at once; an error names the first that is broken. The rows of iMeta."""
    data, meta = read(folder / "iData.csv"), read(folder / "iMeta.csv")
    check_data(data)
    check_kinds(meta)
    row = [dict(zip(meta, cells)) for cells in zip(*(m[1] for m in meta.values()))]
    check_tree(row)
    check_both(data, row)
    return row
