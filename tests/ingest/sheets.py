#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets, made here part by part: the text that each sheet is read as, cell by cell; the same
panel of one table whatever holds it; which sheets are read; and what is refused, with its words."""
import csv
import io
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
from books import Cell, Xlsx, ods, ods_parts, ods_table, ole, record, xls, xls_stream, zipped
from support import RIFT, passed, rift, rows

TEXT = pathlib.Path(RIFT).parent / "tests" / "decode_text"
COUNT = 0


def told(condition, *what):
    global COUNT
    COUNT += 1
    assert condition, what


def decoded(path, sheet=None, code=0):
    """{name: rows of cells} of the documents in a file, and what was found."""
    done = subprocess.run([TEXT, path, *([sheet] if sheet else [])], capture_output=True)
    assert done.returncode == code, (path, done.returncode, done.stderr.decode()[-600:])
    parts = re.split(r"^== (.*)\n", done.stdout.decode(), flags=re.M)[1:]
    names, texts = parts[::2], parts[1::2]
    return ({n.removeprefix(f"{path}:"): [next(csv.reader([line]), []) for line in t.split("\n")[:-1]]
             for n, t in zip(names, texts)}, done.stderr.decode())


def refused(work, name, data, *words, sheet=None):
    """Every command that reads files tells it the same, at exit status 1."""
    path = work / name
    path.write_bytes(data)
    option = ["--sheet", sheet] if sheet else []
    for command in (["check", path], ["ingest", path, "-o", work / "refused.h5"]):
        done = subprocess.run([RIFT, *map(str, command), *option], capture_output=True, text=True)
        told(done.returncode == 1, name, command[0], done.returncode, done.stderr[-600:])
        for word in words:
            told(word in done.stderr, name, word, done.stderr[-600:])
    told(not (work / "refused.h5").exists(), name)


def panel(work, *files, options=(), code=0):
    done = subprocess.run([RIFT, "ingest", *map(str, files), *options, "-o", str(work / "p.h5")],
                          capture_output=True, text=True, cwd=work)
    assert done.returncode == code, (files, done.stderr[-1500:])
    return rows(rift("export", work / "p.h5", "panel")), done.stderr


TABLE = [["Country", "Year", "use", "skills, \"all\""],
         ["KEN", 2019, 22.5, 0.1 + 0.2],
         ["KEN", 2020, 1e-05, None],
         [],
         ["Côte d'Ivoire", 2019, 100, 7],
         ["NAM", 2020, 36.4999999999999, 0.10000000000000001]]
VALUES = {("KEN", "2019", "use"): 22.5, ("KEN", "2019", 'skills, "all"'): 0.1 + 0.2,
          ("KEN", "2020", "use"): 1e-05, ("CIV", "2019", "use"): 100, ("CIV", "2019", 'skills, "all"'): 7,
          ("NAM", "2020", "use"): 36.4999999999999, ("NAM", "2020", 'skills, "all"'): 0.1}
LINE = {("KEN", "2019"): "2", ("KEN", "2020"): "3", ("CIV", "2019"): "5", ("NAM", "2020"): "6"}


def as_csv(table):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue().encode()


def check_same_panel(work):
    """One table in every form, and in every way that a form may be written."""
    plain = Xlsx({"Data": TABLE})
    lone = Xlsx({"Data": TABLE})
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        del lone.parts[part]
    forms = {
        "a.csv": as_csv(TABLE), "shared.xlsx": plain.bytes(), "stored.xlsx": plain.bytes(method=zipfile.ZIP_STORED),
        "inline.xlsm": Xlsx({"Data": TABLE}, shared=False).bytes(), "prefix.xlsx": Xlsx({"Data": TABLE}, prefix="x:").bytes(),
        "bare.xlsx": Xlsx({"Data": TABLE}, references=False).bytes(), "named-csv.csv": plain.bytes(),
        "turned.xlsx": zipped(list(reversed(plain.parts.items()))),
        "backslash.xlsx": zipped({k.replace("/", "\\"): v for k, v in plain.parts.items()}),
        "case.xlsx": zipped({k.upper() if "sheet1" in k else k: v for k, v in plain.parts.items()}),
        "no-relations.xlsx": lone.bytes(), "tail.ods": ods({"Data": TABLE}), "short.ods": ods({"Data": TABLE}, tail=False), "a.xls": xls({"Data": TABLE}),
        "small.xls": xls({"Data": TABLE}, padded=False), "old.xls": xls({"Data": TABLE}, wide=False),
        "cut.xls": xls({"Data": TABLE}, most=40)}
    for name, data in forms.items():
        (work / name).write_bytes(data)
        found, _ = panel(work, work / name)
        values = {(r["country"], r["year"], r["indicator"]): float(r["value"]) for r in found if r["value"]}
        told(values == VALUES, name, values)
        for row in found:
            if row["value"]:
                told(row["line"] == LINE[row["country"], row["year"]], name, row)
                told(row["field"] == ("3" if row["indicator"] == "use" else "4"), name, row)
                told(name == "a.csv" or row["file"].endswith(f"{name}:Data"), name, row)
    # a table whose series has the name of its file
    years = [["Country", 2019, 2020], ["KEN", 1.5, 2], ["NAM", 3, 4]]
    for name, data in (("speed.csv", as_csv(years)), ("speed.xlsx", Xlsx({"Sheet1": years}).bytes()),
                       ("speed.ods", ods({"Sheet1": years})), ("speed.xls", xls({"Sheet1": years}))):
        (work / name).write_bytes(data)
        found, _ = panel(work, work / name)
        told({r["indicator"] for r in found} == {"speed"} and len(found) == 4, name, found)
    (work / "two.xlsx").write_bytes(Xlsx({"2019": years, "b": years}).bytes())
    told({r["indicator"] for r in panel(work, work / "two.xlsx")[0]} == {"two 2019", "two b"})
    return len(forms)


def check_cells(work):
    """What stands in the text for every kind of cell."""
    table = [["text", "a,b", 'say "so"', "two\nlines", ("rich ", "text"), "_x0041__x000D__x005F_x"],
             [True, False, Cell("#N/A", error=True), Cell(4.5, formula="B1*2"), Cell("made", formula="A1&1"), -0.0],
             [0.10000000000000001, 81.60000000000001, 1e21, 2.5e-7, 123456789012345678, 0.30000000000000004],
             [],
             [Cell(0.816, "0.0%"), Cell(1, "0.0%"), Cell(0.0005, "0.0%"), Cell(-0.07, "0.0%"), Cell(0, "0.0%"),
              Cell(0.28999999999999998, "0.0%")],
             [Cell(42370, "yyyy\\-mm\\-dd"), Cell(42370, "yyyy"), Cell(42370, "mmm\\-yy"), Cell(42370.5, "d/m/yy h:mm"),
              Cell(59, "yyyy\\-mm\\-dd"), Cell(60, "yyyy\\-mm\\-dd")],
             [Cell(81.6, '0.0" %"'), Cell(1.5, "[h]:mm"), Cell(1234.5, "#,##0.00"), Cell(0.5, "[$-409]0.0%;[Red]-0.0%"),
              Cell(0.25, "h:mm:ss"), Cell(-1, "yyyy")],
             ["", None, "  in  "]]
    want = [["text", "a,b", 'say "so"', "two lines", "rich text", "A _x"],
            ["TRUE", "FALSE", "#N/A", "4.5", "made", "-0.0"],
            ["0.1", "81.60000000000001", "1e+21", "2.5e-07", "1.2345678901234568e+17", "0.30000000000000004"],
            [],
            ["81.6%", "100%", "0.05%", "-7%", "0%", "29%"],
            ["2016-01-01", "2016", "2016-01", "2016-01-01T12:00:00", "1900-02-28", "1900-02-29"],
            ["81.6", "1.5", "1234.5", "50%", "06:00:00", "-1"],
            ["", "", "  in  ", "", "", ""]]
    (work / "cells.xlsx").write_bytes(Xlsx({"S": table}).bytes())
    table[0][5] = "A _x"  # without the escapes of XML
    table[7][1] = Cell(None, "0.0%")
    for most in (8224, 30):
        (work / f"cells{most}.xls").write_bytes(xls({"S": table}, most=most))
    for name in ("cells.xlsx", "cells8224.xls", "cells30.xls"):
        got, _ = decoded(work / name)
        for k, row in enumerate(want):
            row = ["0" if x == "-0.0" and "xls" == name[-3:] else x for x in row]
            told(got["S"][k] == row, name, k, got["S"][k], row)
    (work / "1904.xls").write_bytes(xls({"S": [[Cell(40908, "yyyy\\-mm\\-dd")]]}, from_1904=True))
    told(decoded(work / "1904.xls")[0]["S"] == [["2016-01-01"]])
    words = [["Größe", "Иванов", "数据", "a\U0001F600b", "x" * 9000]]
    (work / "words.xls").write_bytes(xls({"Größe": words, "数": words}))
    told(decoded(work / "words.xls")[0] == {"Größe": words, "数": words})
    (work / "old.xls").write_bytes(xls({"Größe": [["Größe", 0.5, Cell(0.816, "0.0%")]]}, wide=False))
    told(decoded(work / "old.xls")[0] == {"Größe": [["Größe", "0.5", "81.6%"]]})
    (work / "cells.xlsx").write_bytes(Xlsx({"S": [[Cell(40908, "yyyy\\-mm\\-dd")]]}, from_1904=True).bytes())
    told(decoded(work / "cells.xlsx")[0]["S"] == [["2016-01-01"]])
    simple = [[True, "a,b", 'say "so"', "two\nparagraphs", ("ri", "ch")], [0.10000000000000001, Cell(0.816, "0.0%"),
              Cell(42370, "yyyy\\-mm\\-dd"), Cell(42370, "yyyy"), Cell(4.5, formula="A1")]]
    (work / "cells.ods").write_bytes(ods({"S": simple}))
    told(decoded(work / "cells.ods")[0]["S"] ==
         [["TRUE", "a,b", 'say "so"', "two paragraphs", "rich"], ["0.1", "81.6%", "2016-01-01", "2016", "4.5"]],
         decoded(work / "cells.ods"))
    odd = ('<table:table table:name="S"><table:table-source/><table:shapes><draw:frame><table:table table:name="in">'
           '<table:table-row><table:table-cell office:value-type="string"><text:p>no</text:p></table:table-cell>'
           '</table:table-row></table:table></draw:frame></table:shapes><table:table-header-rows>'
           '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" '
           'office:value-type="float" office:value="7"><text:p>7,00</text:p><office:annotation><text:p>note</text:p>'
           '</office:annotation></table:table-cell></table:table-row></table:table-header-rows><table:table-row '
           'table:number-rows-repeated="4"/><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
           '<table:table-cell office:value-type="string"><text:p>  a\n <text:s text:c="2"/>b<text:tab/>c'
           '<draw:frame><text:p>drawn</text:p></draw:frame></text:p></table:table-cell><table:table-cell '
           'office:value-type="float" office:value="0.816"><text:p>81,6 %</text:p></table:table-cell>'
           '<table:table-cell office:value-type="float" office:value="81.6"><text:p>81.6 %</text:p></table:table-cell>'
           '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
           '<table:table-cell office:value-type="string" office:string-value=""><text:p>#N/A</text:p>'
           '</table:table-cell></table:table-row></table:table>')
    (work / "odd.ods").write_bytes(zipped(ods_parts([odd])))
    got = decoded(work / "odd.ods")[0]["S"]
    told(got[:2] == [["7", "7", "7"] + [""] * 4] * 2 and got[2:6] == [[]] * 4, got)
    told(got[6][2:] == ["a   b c", "81.6%", "81.6", "", "#N/A"], got[6])
    return len(want)


def check_percent(work):
    """A percentage is never a share in silence."""
    table = [["Country", "Year", "use"], ["KEN", 2019, Cell(0.816, "0.0%")], ["NAM", 2019, Cell(0.5, "0.0%")]]
    for name, data in (("percent.xlsx", Xlsx({"S": table}).bytes()), ("percent.ods", ods({"S": table})), ("percent.xls", xls({"S": table}))):
        (work / name).write_bytes(data)
        done = subprocess.run([RIFT, "ingest", work / name, "-o", work / "q.h5"], capture_output=True, text=True)
        if done.returncode == 0:
            values = {float(r["value"]) for r in rows(rift("export", work / "q.h5", "panel")) if r["value"]}
            told(values == {81.6, 50}, name, values)
        else:
            told(done.returncode == 1 and not (work / "q.h5").exists(), name, done.stderr)
        told(decoded(work / name)[0]["S"][1][2] == "81.6%", name)


def check_merged(work):
    """A heading over columns stands in each of them, a label over rows in each or above the header;
    titles and numbers stand once."""
    table = [[Cell("Title", across=4)],
             [Cell("Country", down=2), Cell("Use", across=2), None, Cell("Note", down=2)],
             [None, 2019, 2020, None],
             [Cell("Kenya", down=2), 1, 2, "a"],
             [None, Cell(3, across=2), None, "b"],
             ["Namibia", 5, 6, "c"]]
    want = [["Title", "", "", ""], ["", "Use", "Use", ""], ["Country", "2019", "2020", "Note"],
            ["Kenya", "1", "2", "a"], ["Kenya", "3", "", "b"], ["Namibia", "5", "6", "c"]]
    for name, data in (("merged.xlsx", Xlsx({"S": table}).bytes()), ("merged.ods", ods({"S": table})), ("merged.xls", xls({"S": table}))):
        (work / name).write_bytes(data)
        got = decoded(work / name)[0]["S"]
        told(got == want, name, got)
    tall = [[Cell("Country", down=2), Cell("Year", down=2), Cell("use", down=2)], [None, None, None], ["KEN", 2019, 5]]
    (work / "tall.xlsx").write_bytes(Xlsx({"S": tall}, references=False).bytes())
    told(decoded(work / "tall.xlsx")[0]["S"] == [["Country", "Year", "use"], [], ["KEN", "2019", "5"]])
    long = [["Country", "Year", "use"], [Cell("Kenya", down=2), 2019, 1], [None, 2020, 2], ["Namibia", 2019, 3]]
    (work / "long.xlsx").write_bytes(Xlsx({"S": long}).bytes())
    found, said = panel(work, work / "long.xlsx")
    told({(r["country"], r["year"]): r["value"] for r in found if r["value"]} ==
         {("KEN", "2019"): "1", ("KEN", "2020"): "2", ("NAM", "2019"): "3"}, found)
    told("the text of 1 range of merged cells" in said, said)
    many = [["Country", "Year", "use"], ["Kenya", 2019, Cell(1, down=2)], ["Kenya", 2020]]
    (work / "number.xlsx").write_bytes(Xlsx({"S": many}).bytes())
    found, said = panel(work, work / "number.xlsx")
    told([r["value"] for r in found if r["value"]] == ["1"], found)
    told("1 range of merged cells holds a number" in said, said)


def check_headings(work):
    """Columns of one name are told apart by the headings over them, merged or not; else refused."""
    def table(cell, gap):
        return [[Cell("Country", down=2), cell("Use"), gap, cell("Skills"), gap], [None, 2019, 2020, 2019, 2020],
                ["Kenya", 1, None, None, 4], ["Namibia", 5, None, None, 8]]
    want = {("KEN", "2019", "Use"): 1, ("NAM", "2019", "Use"): 5, ("KEN", "2020", "Skills"): 4, ("NAM", "2020", "Skills"): 8}
    merged = table(lambda t: Cell(t, across=2), None)
    for name, data in (("h.xlsx", Xlsx({"S": merged}).bytes()), ("h.ods", ods({"S": merged})), ("h.xls", xls({"S": merged})),
                       ("h.csv", b",Use,,Skills,\nCountry,2019,2020,2019,2020\nKenya,1,,,4\nNamibia,5,,,8\n")):
        (work / name).write_bytes(data)
        found = {(r["country"], r["year"], r["indicator"]): float(r["value"]) for r in panel(work, work / name)[0] if r["value"]}
        told(found == want, name, found)
    wide = [[Cell("Country", down=2), Cell("Year", down=2), Cell(2019, across=2), None, Cell(2020, across=2), None],
            [None, None, "Male", "Female", "Male", "Female"], ["Kenya", 2019, 1, None, None, 4]]
    (work / "wide.xlsx").write_bytes(Xlsx({"S": wide}).bytes())
    found = {(r["indicator"], r["value"]) for r in panel(work, work / "wide.xlsx")[0] if r["value"]}
    told(found == {("2019 Male", "1"), ("2020 Female", "4")}, found)
    refused(work, "t.csv", b"Country,2019,2020,2019,2020\nKenya,1,,,4\nNamibia,5,,,8\n",
            "has two columns '2019', and nothing over them tells them apart")


def check_world_bank(work):
    """The Bank's workbook of an indicator: groups are known by its sheet of notes on countries."""
    data = [["Data Source", "World Development Indicators"], [], ["Last Updated Date", Cell(45762, "yyyy\\-mm\\-dd")], [],
            ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019", "2020"],
            ["Kenya", "KEN", "Users", "X.1", 1.5, None], ["Made up", "XQX", "Users", "X.1", 9, 9]]
    notes = [["Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName"],
             ["KEN", "Sub-Saharan Africa", "Lower middle income", "", "Kenya"], ["XQX", None, None, "a group", "Made up"]]
    series = [["INDICATOR_CODE", "INDICATOR_NAME", "SOURCE_NOTE", "SOURCE_ORGANIZATION"], ["X.1", "Users", "", ""]]
    book = {"Data": data, "Metadata - Countries": notes, "Metadata - Indicators": series}
    for name, made in (("API_X.xlsx", Xlsx(book).bytes()), ("API_X.ods", ods(book)), ("API_X.xls", xls(book))):
        (work / name).write_bytes(made)
        found, said = panel(work, work / name)
        told([(r["country"], r["value"], r["line"]) for r in found if r["value"]] == [("KEN", "1.5", "6")], name, found)
        told("aggregates kept apart: XQX (line 7)" in said, name, said)


def check_shape(work):
    """Sparse rows and a stray cell; hidden things are read and counted; limits."""
    wide = [["Country", "Year", "use"]] + [["KEN", 1900 + k, k] for k in range(110)]
    wide[5] = wide[5] + [None] * 200 + ["stray"]
    sheet = Xlsx({"S": wide})
    (work / "stray.xlsx").write_bytes(sheet.bytes())
    got = decoded(work / "stray.xlsx")[0]["S"]
    told(len(got[4]) == 3 and len(got[5]) == 204, len(got[4]), len(got[5]))
    far = Xlsx({"S": [[1]]})
    far.parts["xl/worksheets/sheet1.xml"] = far.parts["xl/worksheets/sheet1.xml"].replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>')
    (work / "far.xlsx").write_bytes(far.bytes())
    got = decoded(work / "far.xlsx")[0]["S"]
    told(len(got) == 1048576 and got[1] == [] and got[-1] == [""] * 16383 + ["2"] and got[0][:1] == ["1"])
    hidden = dict(hidden_rows=(2, 9), hidden_columns=(3, 40))
    table = [["Country", "Year", "use"], ["KEN", 2019, 1], ["NAM", 2019, 2]]
    (work / "hidden.xlsx").write_bytes(Xlsx({"S": table, "T": [["a note"]]}, hidden=("S",), **hidden).bytes())
    (work / "hidden.ods").write_bytes(zipped(ods_parts([ods_table("S", table, hidden=True, hidden_rows=(2,), hidden_columns=(3,)),
                                                        ods_table("T", [["a note"]])])))
    (work / "hidden.xls").write_bytes(xls({"S": table, "T": [["a note"]]}, hidden=("S",), **hidden))
    for name in ("hidden.xlsx", "hidden.ods", "hidden.xls"):
        found, said = panel(work, work / name)
        told(len([r for r in found if r["value"]]) == 2, name, found)
        told("S: note: the sheet is hidden; it was read" in said, name, said)
        told("1 hidden row and 1 hidden column were read" in said, name, said)
    (work / "many.ods").write_bytes(zipped(ods_parts(
        ['<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
         'table:number-columns-repeated="40" office:value-type="float" office:value="1"/></table:table-row></table:table>'])))
    done = subprocess.run([TEXT, work / "many.ods"], capture_output=True)
    told(done.returncode != 0 and b"more than 250 times" in done.stderr, done.stderr)


def check_sheets(work):
    """Which sheets are read."""
    table = [["Country", "Year", "use"], ["KEN", 2019, 1]]
    other = [["Country", "Year", "skills"], ["KEN", 2019, 2]]
    notes = [["These are the notes of the table."], [], ["They say much."]]
    sheets = {"Read me": notes, "Use": table, "2": other, "Empty": []}
    (work / "s.xlsx").write_bytes(Xlsx(sheets).bytes())
    (work / "s.ods").write_bytes(ods(sheets))
    (work / "s.xls").write_bytes(xls(sheets))
    (work / "data.csv").write_bytes(as_csv(table))
    for name in ("s.xlsx", "s.ods", "s.xls"):
        found, said = panel(work, work / name)
        told({(r["indicator"], r["value"]) for r in found} == {("use", "1"), ("skills", "2")}, found)
        told("Read me: note: holds no data" in said and "Empty: note: holds no data: the sheet is empty" in said, said)
        for sheet, values in (("Use", {"1"}), ("use", {"1"}), ("2", {"2"}), ("3", {"2"})):
            found, said = panel(work, work / name, options=["--sheet", sheet])
            told({r["value"] for r in found} == values and "Read me" not in said, name, sheet, found)
        for command in (["check"], ["ingest", "-o", work / "x.h5"]):
            done = subprocess.run([RIFT, *command, work / name, "--sheet", "5"], capture_output=True, text=True)
            told(done.returncode == 1 and "has no sheet '5'; its sheets are 1 'Read me', 2 'Use', 3 '2', 4 'Empty'"
                 in done.stderr, done.stderr)
        refused(work, "r-" + name, (work / name).read_bytes(), "holds no data", sheet="Read me")
        refused(work, "r-" + name, (work / name).read_bytes(), "the sheet is empty", sheet="Empty")
        # in an archive too
        (work / "a.zip").write_bytes(zipped({f"in/{name}": (work / name).read_bytes(), "data.csv": as_csv(other)}))
        found, said = panel(work, work / "a.zip")
        told({(r["indicator"], r["value"]) for r in found} == {("use", "1"), ("skills", "2")}, found)
        told(any(r["file"].endswith(f"a.zip:in/{name}:Use") and r["line"] == "2" for r in found), found)
    refused(work, "data2.csv", as_csv(table), "no spreadsheet was found, so there is no sheet 'Use'", sheet="Use")
    found, _ = panel(work, work / "s.xlsx", work / "data.csv", options=["--sheet", "Use"])
    told({r["value"] for r in found} == {"1"})
    refused(work, "none.xlsx", Xlsx({"a": [], "b": []}).bytes(), "the workbook has no sheet with a cell in it")
    refused(work, "prose.xlsx", Xlsx({"a": notes, "b": notes}).bytes(), "no file holds data; see what is said of each")
    twice = Xlsx({"a": table, "b": other})
    twice.parts["xl/workbook.xml"] = twice.parts["xl/workbook.xml"].replace('name="b"', 'name="a"')
    (work / "twice.xlsx").write_bytes(twice.bytes())
    told({r["file"].rsplit(":")[-1] for r in panel(work, work / "twice.xlsx")[0]} == {"a", "a[2]"})
    chart = Xlsx({"a": table, "b": other})
    chart.parts["xl/_rels/workbook.xml.rels"] = chart.parts["xl/_rels/workbook.xml.rels"].replace(
        "/worksheet\" Target=\"worksheets/sheet2", "/chartsheet\" Target=\"worksheets/sheet2")
    (work / "chart.xlsx").write_bytes(chart.bytes())
    told([r["value"] for r in panel(work, work / "chart.xlsx")[0]] == ["1"])
    refused(work, "chart2.xlsx", chart.bytes(), "sheet 'b' is a chart", sheet="b")


def check_commands(work):
    """rift score and a study read a sheet as check and ingest do, and choose it."""
    old = [["Country", "Year", "use"], ["KEN", 2019, 10], ["NAM", 2019, 20], ["CHN", 2019, 90]]
    new = [["Country", "Year", "use"], ["KEN", 2019, 30], ["NAM", 2019, 60], ["CHN", 2019, 90]]
    for name, made in (("b.xlsx", lambda s: Xlsx(s).bytes()), ("b.ods", ods), ("b.xls", xls)):
        (work / name).write_bytes(made({"old": old, "new": new}))
        (work / "t.csv").write_bytes(as_csv(new))
        (work / "index.yaml").write_text(
            "code: p\nnormalisation: goalposts\nseries: [{code: use, goalposts: {low: 0, high: 100}}]\n"
            "nodes: [{code: total, children: [use]}]\n")
        (work / "countries.csv").write_text("country,name\nKEN,Kenya\nNAM,Namibia\nCHN,China\n")
        said = rift("score", work / "index.yaml", "--data", work / name, "--sheet", "new")
        scored = {r["country"]: float(r["value"]) for r in rows(said) if r["node"] == "total"}
        told(scored == {"KEN": 30, "NAM": 60, "CHN": 90}, name, scored)
        for source, code, word in ((f"{{file: {name}, sheet: new}}", 0, ""), (f"{{file: {name}, sheet: 2}}", 0, ""),
                                   (f"{{file: {name}, sheet: third}}", 1, "has no sheet 'third'; its sheets are 1 'old', 2 'new'"),
                                   ("{file: t.csv, sheet: new}", 1, "no spreadsheet was found, so there is no sheet 'new'")):
            (work / "study.yaml").write_text(
                "code: p\ntitle: P\nyears: {first: 2019, last: 2019}\n"
                f"sources:\n  - {source}\ncountries: {{file: countries.csv}}\nindex: index.yaml\nreport: false\n")
            said = rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts", code=code)
            told(code == 0 or word in said, source, said)
            if code == 0:
                ranked = rows(rift("export", work / "out", "ranking", "--to", "csv"))
                told(sorted(float(r["score"]) for r in ranked if r.get("score")) == [30, 60, 90], ranked)


def check_formulas(work):
    """A formula is the value that the file keeps of it; without one it is an error that names it, where
    it matters."""
    good = [["Country", "Year", "use"], ["KEN", 2019, Cell(2.5, formula="1+1.5")], ["NAM", 2019, Cell(3, formula="[1]Other!A1")]]
    bare = [["Country", "Year", "use"], ["KEN", 2019, Cell(formula="1+1.5")], ["NAM", Cell(formula="2019"), 3]]
    (work / "f.xlsx").write_bytes(Xlsx({"S": good, "T": [["notes", Cell(formula="A1")]]}).bytes())
    told({r["value"] for r in panel(work, work / "f.xlsx")[0]} == {"2.5", "3"})
    refused(work, "bare.xlsx", Xlsx({"S": bare}).bytes(), "bare.xlsx:S:2:1: error: 2 formulas without a value: C2, B3")
    refused(work, "bare.ods", ods({"S": bare}), "2 formulas without a value: C2, B3")


def check_refused(work):
    def changed(part, old, new, **how):
        book = Xlsx({"S": TABLE}, **how)
        told(old in book.parts[part], part, old)
        book.parts[part] = book.parts[part].replace(old, new, 1)
        return book.bytes()

    sheet, book, texts = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for part in (sheet, book, texts, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        for text in (laughs, outside, "<!DOCTYPE x>"):
            parts = Xlsx({"S": TABLE}).parts
            at = parts[part].index("?>") + 2 if parts[part].startswith("<?xml") else 0
            parts[part] = parts[part][:at] + text + parts[part][at:]
            refused(work, "doctype.xlsx", zipped(parts), "has a DOCTYPE", part, "line")
    refused(work, "cut.xlsx", changed(sheet, "</worksheet>", ""), "not well-formed", sheet, "line 2")
    refused(work, "cut.xlsx", changed(sheet, "</c>", "</d>"), "not well-formed", sheet)
    refused(work, "cut.xlsx", changed(sheet, "<worksheet ", "<worksheet y:z='' "), "not well-formed XML (unbound prefix)")
    refused(work, "deep.xlsx", changed(sheet, "</sheetData>", "</sheetData>" + "<a>" * 70 + "</a>" * 70), "more than 64 deep")
    refused(work, "tag.xlsx", changed(sheet, "</sheetData>", "</sheetData><!--" + "x" * 9000000 + "-->"), "more than 8 MiB")
    refused(work, "text.xlsx", changed(sheet, '<c r="A2" t="s"><v>4<', '<c r="A2" t="s"><v>400<'), "cell A2 names text 400")
    refused(work, "row.xlsx", changed(sheet, '<row r="3">', '<row r="2">'), "row 2 stands behind row 2")
    refused(work, "row.xlsx", changed(sheet, '<row r="3">', '<row r="1048577">'), "has a row 1048577")
    refused(work, "cell.xlsx", changed(sheet, '<c r="C2"', '<c r="XFE2"'), "cell XFE2 lies beyond column XFD")
    refused(work, "cell.xlsx", changed(sheet, '<c r="C2"', '<c r="A2"'), "cell A2 stands behind cells to its right")
    refused(work, "cell.xlsx", changed(sheet, '<c r="C2"', '<c r="C3"'), "row 2 has a cell 'C3'")
    refused(work, "lacks.xlsx", changed("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet7.xml"), "lacks the part that holds this sheet")
    refused(work, "bin.xlsb", zipped({"[Content_Types].xml": "", "xl/workbook.bin": "x"}), "binary workbook (.xlsb)")
    refused(work, "word.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "x"}), "a document of an office program, no spreadsheet")
    many = Xlsx({f"s{k}": [] for k in range(1001)})
    refused(work, "sheets.xlsx", many.bytes(), "more than 1000 sheets")
    two = list(Xlsx({"S": TABLE}).parts.items())
    refused(work, "two.xlsx", zipped(two + [(sheet, two[0][1])]), "has two parts 'xl/worksheets/sheet1.xml'")
    bomb = Xlsx({"S": TABLE})
    bomb.parts[sheet] = bomb.parts[sheet].replace("</sheetData>", "</sheetData>" + " " * 100000000)
    refused(work, "bomb.xlsx", bomb.bytes(), "unpacks to more than 250 times its size")
    big = Xlsx({"S": [["x" * 60000]]})
    cells = "".join(f'<row r="{k}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for k in range(2, 40))
    big.parts[sheet] = big.parts[sheet].replace("</sheetData>", cells + "</sheetData>")
    (work / "shared.xlsx").write_bytes(big.bytes())
    told("more than 250 times the size of the file" in decoded(work / "shared.xlsx", code=1)[1])
    crypt = bytearray(Xlsx({"S": TABLE}).bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := crypt.find(mark, start)) >= 0:
            crypt[start + at] |= 1
            start += 4
    refused(work, "crypt.xlsx", bytes(crypt), "is encrypted; save it without a password")
    parts = ods_parts([ods_table("S", TABLE)])
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(
        "/>", '><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>')
    refused(work, "crypt.ods", zipped(parts), "is encrypted; save it without a password")
    parts = ods_parts([ods_table("S", TABLE)])
    for text in (laughs, outside):
        with_type = dict(parts, **{"content.xml": parts["content.xml"].replace("?>", "?>" + text)})
        refused(work, "doctype.ods", zipped(with_type), "has a DOCTYPE", "content.xml")
    refused(work, "cut.ods", zipped(dict(parts, **{"content.xml": parts["content.xml"][:-30]})), "not well-formed", "content.xml, line 1")
    text = parts["content.xml"].replace("office:spreadsheet", "office:text")
    refused(work, "text.odt", zipped(dict(parts, **{"content.xml": text})), "a document of an office program, no spreadsheet")
    rows_ = '<table:table-row table:number-rows-repeated="1048577"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    refused(work, "rows.ods", zipped(ods_parts([f'<table:table table:name="S">{rows_}</table:table>'])), "is repeated 1048577 times")
    cells = '<table:table-row><table:table-cell table:number-columns-repeated="16385" office:value-type="float" office:value="1"/></table:table-row>'
    refused(work, "cells.ods", zipped(ods_parts([f'<table:table table:name="S">{cells}</table:table>'])), "lies beyond column XFD")
    refused(work, "crypt.xls", ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "is encrypted")
    stream = xls_stream({"S": TABLE})
    refused(work, "crypt2.xls", ole({"Workbook": stream[:20] + record(0x2F, bytes(54)) + stream[20:]}), "is encrypted")
    refused(work, "word.doc", ole({"WordDocument": b"x"}), "a document of an office program")
    refused(work, "cut.xls", ole({"Workbook": stream[:len(stream) // 2]}, padded=False), "cut short")
    whole = xls({"S": TABLE})
    refused(work, "head.xls", whole[:700], "is damaged")
    loop = bytearray(whole)
    table = 512 * (1 + struct.unpack_from("<I", whole, 76)[0])
    struct.pack_into("<I", loop, table + 4, 0)
    refused(work, "loop.xls", bytes(loop)[:len(loop)], "")
    old = stream[:4] + struct.pack("<H", 0x400) + stream[6:]
    refused(work, "four.xls", ole({"Workbook": old}), "of a kind that is not known")
    refused(work, "text.xls", ole({"Workbook": stream.replace(struct.pack("<HHHHHHI", 0xFD, 10, 1, 0, 15, 4, 0)[:14],
                                                             struct.pack("<HHHHHHI", 0xFD, 10, 1, 0, 15, 400, 0)[:14])}),
            "cell A2 names text 400")
    inner = zipped({"inner.csv": as_csv(TABLE)})
    refused(work, "outer.zip", zipped({"inner.zip": inner}), "an archive inside an archive")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for check in (check_commands, check_same_panel, check_cells, check_percent, check_merged, check_headings, check_world_bank, check_shape, check_sheets,
                      check_formulas, check_refused):
            check(work)
    passed(COUNT)


main()
