# SPDX-License-Identifier: GPL-3.0-or-later
"""COINr's iData and iMeta become a study and come back with nothing lost; the study scores as
COINr's own steps would; what is wrong with either file is told with its place."""
import csv
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import number, passed, rift, rows

META = '''Level,iCode,iName,Direction,Weight,Unit,Note,Parent,Type,Denominator,Target
1,Lines,"Lines, fixed and mobile",1,1,per 100,"ITU, ""DataHub""",Access,Indicator,NA,120
1,Price,Price of a basket,-1,0.5,% GNI,,Access,Indicator,NA,1
1,Patents,Resident patents,1,2,number,,Use,Indicator,People,
1,Users,,1,1,%,checked,Use,Indicator,,95
2,Access,Access,1,2,,,Index,Aggregate,,
2,Use,Use,1,1,,second,Index,Aggregate,,
3,Index,The index,1,1,,,,Aggregate,,
NA,Region,World region,NA,NA,NA,of 2020,NA,Group,NA,NA
NA,People,Population,NA,NA,people,,NA,Denominator,NA,NA
NA,Area,Area,NA,NA,km2,,NA,Other,NA,NA
NA,Remark,Remark,NA,NA,NA,,NA,Other,NA,NA
'''
COLUMNS = ["uName", "uCode", "Time", "Region", "Lines", "Price", "Patents", "Users", "People",
           "Area", "Remark"]
UNITS = [("AUT", "Austria", "Europe", "small"), ("NAM", "Namibia", "Africa", ""),
         ("KEN", "Kenya", "Africa", "has, a comma"), ("JPN", "Japan", "Asia", 'a "quote"'),
         ("CIV", "Côte d'Ivoire", "Africa", ""), ("VNM", "Viet Nam", "", "")]


def made_up():
    draw = random.Random(1)
    table = []
    for year in (2019, 2020):
        for code, name, region, remark in UNITS:
            row = [name, code, str(year), region or "NA"]
            row += [repr(draw.uniform(1, 150)), repr(draw.uniform(0.5, 20)),
                    str(draw.randrange(10, 90000)), repr(draw.uniform(1, 99)),
                    str(draw.randrange(10 ** 6, 10 ** 8)), repr(draw.uniform(1e3, 1e6)), remark]
            table.append(row)
    table[3][4] = "NA"
    table[8][7] = ""
    return table


def cells(path, numeric=()):
    """Rows as dictionaries: missing is None, numbers are numbers."""
    found = []
    for row in rows(path.read_text(encoding="utf-8")):
        values = {k: None if v in ("", "NA") and k != "uCode" else v for k, v in row.items()}
        found.append({k: float(v) if k in numeric and v else v for k, v in values.items()})
    return found


def write(work, table, meta=META):
    with open(work / "iData.csv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS] + table)
    (work / "iMeta.csv").write_text(meta, encoding="utf-8")


def round_trip(work):
    write(work, made_up())
    rift("import", "coinr", work / "iData.csv", work / "iMeta.csv", "-o", work / "study",
         "--name", "example")
    rift("run", work / "study" / "study.yaml", "-o", work / "out", "-q", "--no-charts",
         "--no-report")
    rift("export", work / "out", "--to", "coinr", "-o", work / "back")
    numbers = COLUMNS[4:10]
    key = lambda r: (r["uCode"], r["Time"])
    assert sorted(cells(work / "iData.csv", numbers), key=key) == \
        sorted(cells(work / "back" / "iData.csv", numbers), key=key)
    numbers = ["Level", "Direction", "Weight", "Target"]
    before, after = (cells(work / n / "iMeta.csv", numbers) for n in ("", "back"))
    assert before == after, [(a, b) for a, b in zip(before, after) if a != b]
    head = [(work / n / f).read_text(encoding="utf-8").splitlines()[0]
            for f in ("iData.csv", "iMeta.csv") for n in ("", "back")]
    assert head[0] == head[1] and head[2] == head[3], head
    # and a second time around, to the byte
    rift("import", "coinr", work / "back" / "iData.csv", work / "back" / "iMeta.csv", "-o",
         work / "study-2", "--name", "example")
    rift("run", work / "study-2" / "study.yaml", "-o", work / "out-2", "-q", "--no-charts",
         "--no-report")
    rift("export", work / "out-2", "--to", "coinr", "-o", work / "back-2")
    for name in ("iData.csv", "iMeta.csv"):
        assert (work / "back" / name).read_bytes() == (work / "back-2" / name).read_bytes()


def same_scores(work):
    """Denominate, min-max to 0..100 with directions, weighted means of what is there."""
    table = [dict(zip(COLUMNS, r)) for r in made_up() if r[2] == "2020"]

    def value(row, column):
        x = number(row[column]) if row[column] not in ("", "NA") else None
        return x / number(row["People"]) if x is not None and column == "Patents" else x

    score = {r["uCode"]: {} for r in table}
    for column, direction in [("Lines", 1), ("Price", -1), ("Patents", 1), ("Users", 1)]:
        there = {r["uCode"]: value(r, column) for r in table if value(r, column) is not None}
        low, high = min(there.values()), max(there.values())
        for code, x in there.items():
            share = (x - low) / (high - low)
            score[code][column] = 100 * (share if direction > 0 else 1 - share)

    def mean(of, weights):
        there = {k: w for k, w in weights.items() if k in of}
        return sum(of[k] * w for k, w in there.items()) / sum(there.values())

    for of in score.values():
        of["Access"] = mean(of, {"Lines": 1, "Price": 0.5})
        of["Use"] = mean(of, {"Patents": 2, "Users": 1})
        of["Index"] = mean(of, {"Access": 2, "Use": 1})
    for r in rows(rift("export", work / "out", "scores", "--year", 2020)):
        if r["value"]:
            assert abs(float(r["value"]) - score[r["country"]][r["node"]]) < 1e-9, r
        else:
            assert r["node"] not in score[r["country"]], r


def without_time(work):
    """Units that are no countries, no time, no groups."""
    (work / "d.csv").write_text("uCode,x,y\nnorth-1,1,5\nsouth-2,3,NA\nNA,2,7\n")
    (work / "m.csv").write_text("Level,iCode,Parent,Direction,Weight,Type\n"
                                "1,x,T,1,1,Indicator\n1,y,T,1,1,Indicator\n2,T,,1,1,Aggregate\n")
    rift("import", "coinr", work / "d.csv", work / "m.csv", "-o", work / "plain", "--year", 2021)
    rift("run", work / "plain" / "study.yaml", "-o", work / "plain-out", "-q", "--no-charts",
         "--no-report")
    rift("export", work / "plain-out", "--to", "coinr", "-o", work / "plain-back")
    assert cells(work / "plain-back" / "iMeta.csv", ["Level", "Weight"]) == \
        cells(work / "m.csv", ["Level", "Weight"])
    key = lambda r: r["uCode"]
    assert sorted(cells(work / "plain-back" / "iData.csv"), key=key) == \
        sorted(cells(work / "d.csv"), key=key)


def from_any_result(work):
    """A study that never was COINr's: what it exports is read again, with the same tree."""
    result = work / "out"
    index = (work / "study" / "index.yaml").read_text(encoding="utf-8")
    (work / "study" / "index.yaml").write_text(index[:index.index("# What COINr needs")],
                                               encoding="utf-8")
    rift("run", work / "study" / "study.yaml", "-o", work / "own", "-q", "--no-charts",
         "--no-report")
    rift("export", work / "own", "--to", "coinr", "-o", work / "own-back")
    rift("import", "coinr", work / "own-back" / "iData.csv", work / "own-back" / "iMeta.csv",
         "-o", work / "own-study")
    rift("run", work / "own-study" / "study.yaml", "-o", work / "own-out", "-q", "--no-charts",
         "--no-report")
    key = lambda r: (r["country"], r["year"], r["node"])
    assert sorted(rows(rift("export", result, "scores")), key=key) == \
        sorted(rows(rift("export", work / "own-out", "scores")), key=key)


def errors(work):
    def told(*words, meta=META, table=None, code=1):
        write(work, table or made_up(), meta)
        text = rift("import", "coinr", work / "iData.csv", work / "iMeta.csv", "-o",
                    work / "none", code=code)
        for word in words:
            assert word in text, (word, text)
        assert not (work / "none").exists()

    told("iMeta.csv:3:27", "Direction is 1 or -1, found 2", meta=META.replace(
        "basket,-1", "basket,2"))
    told("'Indicators' is not a Type", meta=META.replace("Access,Indicator,NA,120",
                                                      "Access,Indicators,NA,120"))
    told("'Accesss' is not an Aggregate", meta=META.replace(",Access,Indicator,NA,120",
                                                        ",Accesss,Indicator,NA,120"))
    told("appears twice; keep one", meta=META + "NA,Area,Area,NA,NA,km2,,NA,Other,NA,NA\n")
    told("iData has no column 'More'", meta=META + "1,More,,1,1,,,Use,Indicator,,\n")
    told("the column 'Type' is missing", meta=META.replace(",Type,", ",Kind,"))
    told("iMeta has no row for the column 'Remark'",
         meta="\n".join(META.splitlines()[:-1]) + "\n")
    told("the Denominator 'Nobody' is not a row", meta=META.replace("Indicator,People",
                                                                 "Indicator,Nobody"))
    told("has no Parent, and it is not the only one",
         meta=META.replace("2,Use,Use,1,1,,second,Index", "2,Use,Use,1,1,,second,"))
    table = made_up()
    table[2][4] = "many"
    table[4][2] = "20x9"
    told("iData.csv:4:", "'many' is not a number for 'Lines'", "'20x9' is not a year", table=table)
    table = made_up()
    told("'AUT' appears twice in 2019", table=table + [table[0]])
    table = made_up()
    table[6][3] = "Asia"
    told("'Region' of AUT is 'Asia' here and 'Europe' in line 2", table=table)
    write(work, made_up())
    assert "already exists" in rift("import", "coinr", work / "iData.csv", work / "iMeta.csv",
                                      "-o", work / "study", code=1)
    assert "say where to write" in rift("import", "coinr", "a", "b", code=2)
    assert "name 'coinr'" in rift("import", "compind", "a", "b", "-o", "c", code=2)
    assert "takes a result and a folder" in rift("export", work / "out", "--to", "coinr", code=2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        round_trip(work)
        same_scores(work)
        without_time(work)
        from_any_result(work)
        errors(work)
    passed(5)


main()
