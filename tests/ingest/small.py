# SPDX-License-Identifier: GPL-3.0-or-later
"""Small tables that spreadsheets of other languages save, with semicolons and decimal commas; and what check and ingest agree on."""
import json

from expected import each, expect, run


def check_semicolons(folder):
    """COINr's sheets, aliases and countries: delimiter and decimal comma are found, and told."""
    data = [["uName", "uCode", "Time", "I1", "I2"], ["Espagne, royaume", "ESP", "2015", "62.62", "1.5"], ["France", "FRA", "2015", "90.06", "2.5"],
            ["Grèce", "GRC", "2015", "-18.47", "0.5"]]
    meta = [["Level", "iCode", "iName", "Type", "Parent", "Direction", "Weight"], ["1", "I1", "Emissions", "Indicator", "IDX", "-1", "1"],
            ["1", "I2", "Use", "Indicator", "IDX", "1", "0.5"], ["2", "IDX", "Index", "Aggregate", "NA", "1", "1"]]

    def number(cell, comma):
        return cell.replace(".", ",") if comma and cell.lstrip("-").replace(".", "", 1).isdigit() else cell

    def write(table, mark, comma, before=""):
        return before + "".join(mark.join(f'"{number(c, comma)}"' if mark in number(c, comma) else number(c, comma) for c in row) + "\n" for row in table)

    made = {}
    for name, mark, comma, before in (("comma", ",", False, ""), ("semicolon", ";", True, ""), ("tab", "\t", True, ""),
                                      ("stated", ";", True, "sep=;\n"), ("mark", ";", True, "\ufeff"), ("point", ";", False, "")):
        (folder / "iData.csv").write_text(write(data, mark, comma, before))
        (folder / "iMeta.csv").write_text(write(meta, mark, comma, before))
        done = run(folder, "import", "coinr", "iData.csv", "iMeta.csv", "-o", name)
        assert done.returncode == 0, (name, done.stderr)
        assert ("6 numbers have a decimal comma" in done.stderr) == comma, (name, done.stderr)
        made[name] = {f: (folder / name / f).read_text() for f in ("data.csv", "index.yaml", "countries.csv")}
        assert "-18.47" in made[name]["data.csv"] and "Espagne, royaume" in made[name]["countries.csv"], made[name]
    assert all(m == made["comma"] for m in made.values()), made
    (folder / "alias.csv").write_text("name;country\nKenia West;KEN\n")
    expect(folder, "country,year,use\nKenia West,2016,5\n", {("KEN", 2016, "use"): 5}, "--aliases", "alias.csv")


def check_agree(folder):
    """check and ingest end with the same status on files without values, and say what they are."""
    files = {"j.json": '[{"a": 1}]', "page.html": "<!DOCTYPE html><html></html>", "groups.csv": "country,year,use\nWorld,2016,4\nWorld,2017,5\n",
             "none.csv": "a,b\n1,2\n", "empty.csv": "", "head.csv": "country,year,use\n", "good.csv": "country,year,use\nKEN,2016,5\n",
             "bad.csv": "country,year,use\nKEN,2016,5x\n", "text.txt": "just some words\nand more of them\n"}
    for name, text in files.items():
        (folder / name).write_text(text)
        code = [run(folder, "check", name).returncode, run(folder, "ingest", name, "-o", "p.h5").returncode]
        assert code == ([0, 0] if name == "good.csv" else [1, 1]), (name, code)
        listed = json.loads(run(folder, "check", name, "--json").stdout)
        assert listed["files"], listed
    assert "not an answer from the World Bank's API" in run(folder, "check", "j.json").stderr


each([check_semicolons, check_agree])
