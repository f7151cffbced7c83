# SPDX-License-Identifier: GPL-3.0-or-later
"""COINr's iData and iMeta become a study and come back with nothing lost; the study scores as
COINr's own steps would; what is wrong with either file is told with its place; COINr's own rules
hold of what every shipped index, and an odd one, exports."""
import csv
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from coinr_rules import check
from support import RIFT, SOURCE, number, passed, rift, rows, shipped

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
    check(work / "back")
    numbers = ["Level", "Direction", "Weight", "Target", "target_some"]
    before, after = (cells(work / n / "iMeta.csv", numbers) for n in ("", "back"))
    for row in before:  # COINr wants a name and a unit, and Target of all or of none
        row["iName"] = row["iName"] or row["iCode"]
        row["target_some"] = row.pop("Target")
        row["Unit"] = row["Unit"] or {"Aggregate": "score", "Group": None}.get(row["Type"], "not stated")
    assert before == after, [(a, b) for a, b in zip(before, after) if a != b]
    head = [(work / n / f).read_text(encoding="utf-8").splitlines()[0]
            for f in ("iData.csv", "iMeta.csv") for n in ("", "back")]
    assert head[0] == head[1] and set(head[2].split(",")) ^ set(head[3].split(",")) == {"Target", "target_some"}, head
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
                                "1,x,All,1,1,Indicator\n1,y,All,1,1,Indicator\n2,All,,1,1,Aggregate\n")
    rift("import", "coinr", work / "d.csv", work / "m.csv", "-o", work / "plain", "--year", 2021)
    rift("run", work / "plain" / "study.yaml", "-o", work / "plain-out", "-q", "--no-charts",
         "--no-report")
    rift("export", work / "plain-out", "--to", "coinr", "-o", work / "plain-back")
    check(work / "plain-back")
    back = cells(work / "plain-back" / "iMeta.csv", ["Level", "Weight"])
    for row in back:
        assert row.pop("iName", row["iCode"]) == row["iCode"] and row.pop("Unit", "") in ("score", "not stated", "")
    assert back == cells(work / "m.csv", ["Level", "Weight"])
    key = lambda r: r["uCode"]
    before = cells(work / "d.csv")
    before[2]["uCode"] = "NA_"  # a unit NA would be none in R
    assert sorted(cells(work / "plain-back" / "iData.csv"), key=key) == sorted(before, key=key)


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


def write_study(work, index, data, countries="KEN,Kenya\nNAM,Namibia\nUGA,Uganda\n", years=(2019, 2020)):
    work.mkdir()
    (work / "data.csv").write_text("country,year,indicator,value\n" + data, encoding="utf-8")
    (work / "countries.csv").write_text("country,name\n" + countries, encoding="utf-8")
    if isinstance(index, str):
        (work / "index.yaml").write_text(index, encoding="utf-8")
        index = work / "index.yaml"
    (work / "study.yaml").write_text(
        f"code: made-up\ntitle: Made up\nyears: {{first: {years[0]}, last: {years[1]}}}\nsources: [data.csv]\n"
        f"countries: {{file: countries.csv}}\nindex: {index}\n", encoding="utf-8")
    rift("run", work / "study.yaml", "-q", "--no-charts", "--no-report", "-o", work / "out")
    rift("export", work / "out", "--to", "coinr", "-o", work / "coinr")
    return check(work / "coinr")


def series_of(work, index):
    """The series that an index asks for, by what it says of data without them."""
    (work / "none.csv").write_text("country,year,indicator,value\nKEN,2020,NOTHING,1\n")
    text = rift("score", index, "--data", work / "none.csv", code=1)
    return list(dict.fromkeys(re.findall(r"no data file has a value of the series '(.*)'; add", text)))


def every_index(work):
    assert len(check_shipped(work)) > 25
    seen = 0
    for index in sorted((SOURCE / "indicators" / "indices").glob("*.yaml")):
        codes = series_of(work, index)
        assert codes, index
        draw = random.Random(7)
        quoted = ['"' + c.replace('"', '""') + '"' for c in codes]
        data = "".join(f"{c},{y},{s},{draw.uniform(0.2, 0.9):.4f}\n" for s in quoted for y in (2018, 2020)
                       for c in ("KEN", "NAM", "UGA", "BEL", "CHN"))
        row = write_study(work / index.stem, index, data,
                          "KEN,Kenya\nNAM,Namibia\nUGA,Uganda\nBEL,Belgium\nCHN,China\n", (2018, 2020))
        kept = [r["iCode"] for r in row if r["Type"] in ("Indicator", "Denominator")]
        assert len(kept) == len(codes), (index, kept, codes)
        seen += 1
    assert seen >= 17, seen


def check_shipped(work):
    rift("export", shipped(), "--to", "coinr", "-o", work / "shipped")
    return check(work / "shipped")


ODD = """code: odd
entities: any
normalisation: min-max
series: [{code: "1 a"}, {code: uCode}, {code: "b,c"}, {code: ü}, {code: if}, {code: e.L2, unit: "%"}]
nodes:
  - {code: total, children: [{node: deep}, "1 a", e]}
  - {code: deep, children: [{node: two}, uCode]}
  - {code: two, children: ["b,c", ü, if]}
  - {code: e, children: [e.L2]}
"""


def odd(work):
    """Codes that are no names in R, a series beside deep nodes, units of any kind."""
    codes = ["1 a", "uCode", "b,c", "ü", "if", "e.L2"]
    data = "".join(f'{u},{y},"{s}",{1 + (3 * i + 5 * k + y) % 7}\n' for i, u in enumerate(["north-1", "1st", "two words"])
                   for k, s in enumerate(codes) for y in (2019, 2020))
    row = write_study(work / "odd", ODD, data, 'north-1,"North, 1"\n1st,First\ntwo words,\'=Two\n', (2019, 2020))
    names = {r["iName"] for r in row}
    assert {"1 a", "uCode", "b,c", "ü", "if"} <= names, names
    assert [r["Level"] for r in row if r["iName"] == "total"] == [4.0]
    told = (work / "odd" / "coinr" / "settings.csv").read_text(encoding="utf-8")
    assert "renamed" in told and "steps added" in told, told
    back = work / "odd" / "coinr"
    rift("import", "coinr", back / "iData.csv", back / "iMeta.csv", "-o", work / "odd-study", "--name", "again")
    rift("run", work / "odd-study" / "study.yaml", "-q", "--no-charts", "--no-report", "-o", work / "odd-out")
    total = [sorted(number(r["value"]) for r in rows(rift("export", o, "scores")) if r["node"] == "total")
             for o in (work / "odd" / "out", work / "odd-out")]
    assert max(abs(a - b) for a, b in zip(*total)) < 1e-9, total


SCALES = """code: scales
normalisation: goalposts
series:
  - {code: a, goalposts: {low: 0, high: 20}, maximum_age: 3}
  - {code: b, goalposts: {low: 1, high: 9}, polarity: lower-is-better, clip: false}
  - {code: c, normalisation: {method: scaled-z-score, mean: 10, sd: 2, sample: true}}
  - {code: d, normalisation: min-max, worst_score: 1, best_score: 50}
nodes: [{code: total, aggregation: geometric, children: [{series: a, weight: 2}, b, c, d]}]
"""


def scales(work):
    """Goalposts, z-scores and ranges go there in columns of iMeta and come back; what has none is listed."""
    data = "".join(f"{u},{y},{s},{2 + (3 * i + 5 * k + y) % 7}\n" for i, u in enumerate(["KEN", "NAM", "UGA"])
                   for k, s in enumerate("abcd") for y in (2019, 2020))
    row = {r["iCode"]: r for r in write_study(work / "scales", SCALES, data)}
    assert (row["a"]["goalpost_lower"], row["a"]["goalpost_upper"], row["a"]["goalpost_scale"]) == (0, 20, 100)
    assert row["a"]["goalpost_trunc2posts"] is True and row["b"]["goalpost_trunc2posts"] is False
    assert (row["c"]["zscore_mean"], row["c"]["zscore_sd"]) == (10, 2) and row["c"]["goalpost_lower"] is None
    assert (row["d"]["minmax_lower"], row["d"]["minmax_upper"]) == (1, 50)
    told = rows((work / "scales" / "coinr" / "settings.csv").read_text())
    assert {(r["of"], r["code"], r["setting"]) for r in told if r["changes_scores"] == "yes"} >= {
        ("series", "a", "maximum_age"), ("node", "total", "aggregation")}, told
    write_study(work / "divisor", SCALES.replace(", sample: true", ""), data)
    told = {(r["of"], r["code"], r["setting"]): r for r in rows((work / "divisor" / "coinr" / "settings.csv").read_text())}
    divisor = told["series", "c", "normalisation"]
    assert divisor["changes_scores"] == "yes" and "divisor n - 1, this index with n" in divisor["in_coinr"], divisor
    assert told["study", "made-up", "title"]["value"] == "Made up", told
    back = work / "scales" / "coinr"
    rift("import", "coinr", back / "iData.csv", back / "iMeta.csv", "-o", work / "scales-study", "--name", "again")
    rift("run", work / "scales-study" / "study.yaml", "-q", "--no-charts", "--no-report", "-o", work / "scales-out")
    key = lambda r: (r["country"], r["year"], r["node"])
    for a, b in zip(*(sorted((r for r in rows(rift("export", o, "scores")) if r["node"] != "total"), key=key)
                      for o in (work / "scales" / "out", work / "scales-out"))):
        assert key(a) == key(b) and abs(number(a["value"]) - number(b["value"])) < 1e-12, (a, b)
    meta = (back / "iMeta.csv").read_text().replace("Level,", "Level,Colour,minmax_lower2,", 1).splitlines()
    (back / "iMeta.csv").write_text("\n".join([meta[0]] + [f"{m.split(',', 1)[0]},red,,{m.split(',', 1)[1]}" for m in meta[1:]]) + "\n")
    done = subprocess.run([RIFT, "import", "coinr", back / "iData.csv", back / "iMeta.csv", "-o", work / "coloured"],
                          capture_output=True, text=True)
    assert done.returncode == 0 and "does not use, kept for the way back: 'Colour', 'minmax_lower2'" in done.stderr, done.stderr
    (work / "scales-study" / "index.yaml").read_text().index("goalposts: {low: 0, high: 20}")


YEARS = """code: years
normalisation: goalposts
series:
  - {code: a, goalposts: {low: 0, high: 20}}
  - {code: b, goalposts: [{low: 0, high: 9, to: 2019}, {low: 0, high: 10, from: 2020}]}
nodes:
  - {code: total, children: [{node: n, weight: 2, to: 2019}, {node: n, from: 2020}, {series: a, weight: 3, to: 2019}, {series: a, from: 2020}]}
  - {code: n, children: [b]}
"""


def years(work):
    """What changes with the years stands in iMeta as of the last; the rest is listed."""
    data = "".join(f"{u},{y},{s},{2 + (3 * i + y) % 7}\n" for i, u in enumerate(["KEN", "NAM", "UGA"])
                   for s in "ab" for y in (2019, 2020))
    row = {r["iCode"]: r for r in write_study(work / "years", YEARS, data)}
    assert (row["n"]["Weight"], row["a"]["Weight"], row["b"]["goalpost_upper"]) == (1, 1, 10), row
    told = {(r["of"], r["code"], r["setting"], r["value"]) for r in rows((work / "years" / "coinr" / "settings.csv").read_text())}
    assert told >= {("node", "n", "weight", "2"), ("node", "n", "to", "2019"), ("series", "a", "weight", "3"),
                    ("series", "a", "from", "2020")}, told
    assert any(t[:3] == ("series", "b", "goalposts") and "to: 2019" in t[3] for t in told), told


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
        every_index(work)
        odd(work)
        scales(work)
        years(work)
    passed(9)


main()
