#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Providers' own spreadsheets. Every cell of every sheet is compared with what another reader finds in the
XML (zipfile and ElementTree); every number that Rift read stands in the cell that it names; and where
the provider's sheet was also saved as CSV by others, both give the same values. Needs the folders of
those files beside this one."""
import csv
import pathlib
import posixpath
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows, skip

FOLDERS = [SOURCE.parent / "shared" / "data", SOURCE.parent / "shared" / "data2"]
TEXT = pathlib.Path(RIFT).parent / "tests" / "decode_text"
TWINS = {"itu/xlsx/individual_internet_usage.xlsx": "itu/xlsx_as_csv/individual_internet_usage.csv",
         "itu/xlsx/gender_urban_rural_internet.xlsx": "itu/xlsx_as_csv/gender_urban_rural_internet.csv",
         "undp/HDR2020_Table1_HDI.xlsx": "undp/HDR2020_Table1_HDI.csv"}


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def parse(file, part):
    return tree.fromstring(file.read(part)) if part in file.namelist() else None


def text_of(item):
    """A text of runs, without how it is read aloud."""
    parts = []
    for child in item:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += [t.text or "" for t in child if local(t) == "t"]
    return "".join(parts)


def formats(file):
    """Code of the number format of each cell format; built-in ones by number."""
    root = parse(file, "xl/styles.xml")
    codes = {e.get("numFmtId"): e.get("formatCode") for e in root.iter() if local(e) == "numFmt"}
    cells = next(e for e in root if local(e) == "cellXfs")
    return [codes.get(xf.get("numFmtId"), int(xf.get("numFmtId", 0))) for xf in cells]


def place(reference):
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for c in letters:
        column = 26 * column + ord(c) - 64
    return int(digits), column - 1


def sheets(path):
    """{name: {(row, column): (kind, text, format)}} of a workbook."""
    file = zipfile.ZipFile(path)
    texts = [text_of(si) for si in (parse(file, "xl/sharedStrings.xml") or []) if local(si) == "si"]
    styles, found = formats(file), {}
    related = {r.get("Id"): r.get("Target") for r in parse(file, "xl/_rels/workbook.xml.rels")}
    for sheet in (e for e in parse(file, "xl/workbook.xml").iter() if local(e) == "sheet"):
        key = next(v for k, v in sheet.attrib.items() if k.endswith("}id"))
        root = parse(file, posixpath.normpath(posixpath.join("xl", related[key])))
        cells = {}
        for c in (e for e in root.iter() if local(e) == "c"):
            value = next((e.text or "" for e in c if local(e) == "v"), None)
            inline = next((text_of(e) for e in c if local(e) == "is"), None)
            kind = c.get("t", "n")
            if kind == "s" and value is not None:
                value = texts[int(value)]
            value = inline if inline is not None else value
            if value:
                cells[place(c.get("r"))] = (kind, value, styles[int(c.get("s", 0))])
        found[sheet.get("name")] = cells
    return found


def decoded(path):
    done = subprocess.run([TEXT, path], capture_output=True, check=True)
    parts = re.split(r"^== (.*)\n", done.stdout.decode(), flags=re.M)[1:]
    return {name.removeprefix(f"{path}:"): [next(csv.reader([line]), []) for line in text.split("\n")[:-1]]
            for name, text in zip(parts[::2], parts[1::2])}


def is_date(code):
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code) if isinstance(code, str) else ""
    return code in range(14, 23) or bool(re.search("[ymdhs]", bare, re.I)) and bare.lower() != "general"


def digits(number):
    return len(re.sub("[eE].*|[-+.]", "", number).lstrip("0"))


def compare(path):
    n = 0
    read = decoded(path)
    for name, cells in sheets(path).items():
        for (row, column), (kind, value, code) in cells.items():
            got = read[name][row - 1][column] if row <= len(read[name]) else None
            percent = code in (9, 10) or isinstance(code, str) and "%" in re.sub(r'"[^"]*"', "", code)
            value = re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), value)
            if kind != "n":
                assert got == re.sub(r"[\r\n]", " ", value), (path, name, row, column, got, value)
            elif percent:
                assert got[-1] == "%" and abs(float(got[:-1]) - 100 * float(value)) < 1e-9, (path, got, value)
            elif is_date(code):
                assert re.fullmatch(r"\d{4}(-\d\d)*", got), (path, name, row, column, got, value, code)
            else:
                assert float(got) == float(value) and digits(got) <= digits(value), (path, got, value)
            n += 1
        for row, line in enumerate(read[name], 1):
            extra = [(row, k) for k, text in enumerate(line) if text and (row, k) not in cells]
            assert len(extra) < 30, (path, name, extra)  # headings over merged cells alone
    return n


def values(work, path):
    subprocess.run([RIFT, "ingest", path, "-k", "-o", work / "p.h5", "-q"], capture_output=True)
    return [r for r in rows(rift("export", work / "p.h5", "panel")) if r["value"]]


def check_traced(work, path, table):
    """Every value of the panel is the number of the cell that it names."""
    n = 0
    for row in values(work, path):
        name = row["file"].split(f"{path.name}:", 1)[1]
        kind, value, _ = table[name][int(row["line"]), int(row["field"]) - 1]
        assert float(row["value"]) == float(value), (path, row, value)
        n += 1
    return n


def check_twin(work, path, twin):
    a, b = values(work, path), values(work, twin)
    key = lambda r: (r["country"], r["year"])
    count = lambda found: sorted((*key(r), float(r["value"])) for r in found)
    assert len(a) > 100 and count(a) == count(b), (path, len(a), len(b))


def main():
    books = sorted(p for folder in FOLDERS if folder.is_dir() for p in folder.rglob("*.xlsx"))
    if not books:
        skip("the providers' files are not beside this folder")
    compared = traced = 0
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for path in books:
            compared += compare(path)
        for path, twin in TWINS.items():
            at = FOLDERS[0] / path
            traced += check_traced(work, at, sheets(at))
            check_twin(work, at, FOLDERS[0] / twin)
    print(f"{len(books)} workbooks, {compared} cells compared, {traced} values traced to their cell")
    passed(len(books) + 2 * len(TWINS))


main()
