# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that run or deceive, in every field that a user may fill: what a spreadsheet would run is
guarded wherever it is written and comes back as it was; marks of direction and what else is not shown
reach neither terminal nor file; nothing is executed."""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows

# What is not shown, by code point: the lists of Unicode's TR 36, TR 39 and default ignorables.
HIDDEN = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
                    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]")
FORMULAS = ["=cmd|'/c calc'!A0", "+1+1", "-1", "@SUM(1+1)", "=HYPERLINK(\"http://x\",\"y\")", " =1+1", "\"=1\"",
            "'=1", "''=1", "＝1+1", "＋1", "－1", "＠A1", "−1", "\t=1", "\n=1",
            "﹦1", "⁼1", "₌1", "﹢1", "⁺1", "﹣1", "⁻1", "﹫A1", "⩵1", "x;=cmd|'/C calc'!A0", "x\t=1", "x; @1", "y;'-1", "z;﹦1"]
MARKS = ["\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u180e",
         "\u2028", "\u2029", "\U000e0041", "\U000e007f", "\ufff9", "\ufffb", "\x1b[31m", "\x07", "\x08", "\x9b", "\x85"]
RUNS = ["`touch {m}`", "$(touch {m})", "\"; system('touch {m}') #", "'; system(\"touch {m}\") #", "| touch {m}",
        "!touch {m}", "< touch {m}", "\\n!touch {m}", "%s%n%n%n%n", "<script>alert(1)</script>", "\" onload=alert(1) x=\"",
        "]]><script>", "</title><script>", "{{/Symbol a}}", "javascript:alert(1)", "&lt;b&gt;"]


def quoted(text):
    """As YAML in double quotes."""
    escaped = "".join(c if 0x20 <= ord(c) < 0x7F and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{escaped}"'


class Study:
    """A study whose every text is a payload, and what each text is when it is shown."""

    def __init__(self, folder, payload):
        folder.mkdir()
        self.folder, self.n, self.payload, self.texts = folder, 0, payload, []

    def text(self):
        said = self.payload[self.n % len(self.payload)]
        self.n += 1
        self.texts.append(said)
        return said

    def write(self, units=12, charts="[ranking, gini, gdp, sigma, behind, regions]"):
        codes = [f"U{k:02}" for k in range(units)]
        with open(self.folder / "countries.csv", "w", newline="", encoding="utf-8") as out:
            sheet = csv.writer(out)
            sheet.writerow(["country", "name", "region", "group"])
            for k, code in enumerate(codes):
                sheet.writerow([code, self.text(), self.region(k % 3), self.region(k % 2)])
        with open(self.folder / "data.csv", "w", newline="", encoding="utf-8") as out:
            sheet = csv.writer(out)
            sheet.writerow(["country", "year", "indicator", "value", "unit", "indicator_name"])
            unit, name = self.text(), self.text()
            for k, code in enumerate(codes):
                for y in range(2010, 2021):
                    for i, s in enumerate(["A", "B", "POP", "GDP"]):
                        sheet.writerow([code, y, s, 10 + (7 * k + 3 * i) % 50 + (y - 2010) * (1 + k % 4) / 4, unit, name])
        say = lambda: quoted(self.text())
        (self.folder / "index.yaml").write_text(
            f"code: {quoted(self.code())}\nname: {say()}\nnotes: {say()}\nentities: any\nnormalisation: min-max\nseries:\n"
            f"  - {{code: A, name: {say()}, unit: {say()}, notes: {say()}}}\n  - {{code: B, name: {say()}, unit: {say()}}}\n"
            f"  - {{code: POP, name: {say()}, unit: {say()}}}\n  - {{code: GDP, name: {say()}}}\n"
            f"nodes:\n  - {{code: total, name: {say()}, children: [{{node: {quoted(self.code())}}}, B]}}\n"
            f"  - {{code: {quoted(self.code())}, name: {say()}, children: [A]}}\n", encoding="utf-8")
        (self.folder / "study.yaml").write_text(
            f"code: injected\ntitle: {say()}\nnotes: {say()}\nnoun: {say()}\nyears: {{first: 2010, last: 2020}}\n"
            "sources: [data.csv]\ncountries: {file: countries.csv}\nindex: index.yaml\npopulation: POP\n"
            f"gdp_per_head: GDP\ngroups:\n  - {{code: grp, name: {say()}, column: group}}\n"
            f"  - {{code: region, name: {say()}, column: region}}\nconverge: {{}}\ndivide: {{measures: [gini]}}\n"
            f"charts: {charts}\n", encoding="utf-8")
        return self.folder / "study.yaml"

    def code(self):
        return "node"

    def region(self, k):
        return self.payload[k % len(self.payload)]


def runs(cell):
    """OWASP's rule, and what trimming or a quote may bring about."""
    first = cell.lstrip(" \"\u00a0\u3000")[:1]
    return re.match("[=+@\t\r\n\v\f\u2212-]", unicodedata.normalize("NFKC", first))


def split_runs(cell):
    """What a program that separates by another mark makes of a cell: quotes within it count for nothing."""
    return any(runs(part) and not is_number(part) for part in re.split("[;\t\r\n]", cell)[1:] if part.strip())


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def harmless(text, where, delimiter=","):
    """Every cell of a CSV file: no formula without its guard."""
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            assert is_number(cell) or not (runs(cell) or split_runs(cell)), (where, cell)


def without_hidden(folder):
    """Every text file of a folder, and the figures."""
    seen = 0
    for path in folder.rglob("*"):
        if path.suffix in (".csv", ".tsv", ".json", ".svg", ".html", ".gp"):
            found = HIDDEN.search(path.read_text(encoding="utf-8"))
            assert not found, (path, hex(ord(found[0])), path.read_text(encoding="utf-8")[max(0, found.start() - 60):][:120])
            seen += 1
    return seen


def listed(what):
    return [next(iter(r.values())) for r in json.loads(rift("list", what, "--json"))["rows"]]


def say(*arguments):
    """Both streams of a command that may fail but not crash."""
    done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, timeout=300)
    assert done.returncode in (0, 1, 2), (arguments, done.returncode, done.stderr[-900:])
    text = done.stdout.decode() + done.stderr.decode()
    assert not HIDDEN.search(text), (arguments, HIDDEN.search(text), text[:900])
    return done.stdout.decode()


def everything(result, to):
    """Every table, as the terminal, CSV and JSON have it."""
    to.mkdir()
    for name in listed("tables"):
        say("show", result, name)
        harmless(say("export", result, name), name)
    for name in ("ranking", "country", "groups", "panel", "weights", "claims"):
        rift("export", result, name, "--to", "json", "-o", to / f"{name}.json")
        rift("export", result, name, "--to", "csv", "-o", to / f"{name}.csv")
        harmless((to / f"{name}.csv").read_text(encoding="utf-8"), name)
    for command in ("divide", "converge", "audit", "forecast"):
        say(command, result)
    say("divide", result, "--json")
    for command, table in (("divide", "gaps"), ("converge", "clubs"), ("audit", "series")):
        harmless(say(command, result, table, "--to", "csv"), table)
    without_hidden(to)


def injected(work, name, payload):
    """All outputs of a study of payloads, scanned; nothing is left of what they would have made."""
    marker = work / "marker"
    study = Study(work / name, [p.replace("{m}", str(marker)) for p in payload])
    path = study.write()
    said = subprocess.run([RIFT, "run", path, "-o", study.folder / "out"], capture_output=True, cwd=study.folder)
    assert said.returncode == 0, said.stderr.decode()[-2000:]
    assert not HIDDEN.search(said.stderr.decode() + said.stdout.decode()), said.stderr
    charts = study.folder / "out" / "charts"
    for sheet in charts.glob("*.tsv"):
        harmless(sheet.read_text(encoding="utf-8"), sheet, "\t")
    for script in charts.glob("*.gp"):
        subprocess.run(["gnuplot", "-d", script.name], cwd=charts, capture_output=True, check=True)
    everything(study.folder / "out", study.folder / "exported")
    harmless(say("score", study.folder / "index.yaml", "--data", study.folder / "data.csv"), "score")
    rift("export", study.folder / "out", "--to", "coinr", "-o", study.folder / "coinr")
    for sheet in ("iData", "iMeta", "settings"):
        harmless((study.folder / "coinr" / f"{sheet}.csv").read_text(encoding="utf-8"), sheet)
    assert without_hidden(study.folder / "out") > 20 and without_hidden(study.folder / "coinr") == 3
    assert not marker.exists() and not list(work.glob("**/marker")), "a payload was executed"
    report = (study.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in report and not re.search(r'<[^>]*\son\w+=', report), "markup of a payload"
    return study


def names_of(folder):
    """Names and groups as iMeta and iData have them, read with Python's csv and not by Rift."""
    data = rows((folder / "iData.csv").read_text(encoding="utf-8").replace("\r", ""))
    with open(folder / "iMeta.csv", encoding="utf-8", newline="") as file:
        meta = list(csv.DictReader(file))
    with open(folder / "iData.csv", encoding="utf-8", newline="") as file:
        data = list(csv.DictReader(file))
    return {r["iCode"]: r["iName"] for r in meta}, {r["uCode"]: (r["uName"], r["region"]) for r in data}


def exact_round_trip(study, work, switch):
    """To COINr and back: the texts of the second result are those of the first, with the switch and without."""
    folder = work / ("exact" + str(len(switch)))
    told = [study.folder / "out"]
    for turn in "12":
        rift("export", told[-1], "--to", "coinr", "-o", folder / f"coinr{turn}", *switch)
        rift("import", "coinr", folder / f"coinr{turn}" / "iData.csv", folder / f"coinr{turn}" / "iMeta.csv", "-o",
             folder / f"study{turn}", *switch)
        rift("run", folder / f"study{turn}" / "study.yaml", "-q", "--no-charts", "--no-report", "-o", folder / f"out{turn}")
        told.append(folder / f"out{turn}")
    first, second = names_of(folder / "coinr1"), names_of(folder / "coinr2")
    assert first == second, (first, second)
    exact = folder / "exact"
    rift("export", told[0], "--to", "coinr", "-o", exact, "--exact")
    meta, data = names_of(exact)
    said = (study.folder / "countries.csv").read_text(encoding="utf-8")
    with open(study.folder / "countries.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):  # Rift takes one guard off what it reads, and blanks around it
            name = row["name"].strip(" \t")
            name = name[1:] if name.startswith("'") and runs(name.lstrip("' \"")) else name
            assert data[row["country"]][0] == name, (row, data[row["country"]])
    assert any(runs(n) for n, _ in data.values()), said
    if not switch:
        assert all(not runs(t) for t in first[0].values()), first


def panel_round_trip(work):
    """A panel whose codes would run, exported and read again: the same codes, without a switch."""
    folder = work / "panel"
    folder.mkdir()
    (folder / "in.csv").write_text("country,year,indicator,value\n" + "".join(
        f'{c},{y},"{s}",{y - 2000}\n' for c in ("KEN", "NAM") for y in (2019, 2020) for s in ("=A", "-1", "@b", "''=c", "＝d", "x;=e")))
    rift("ingest", folder / "in.csv", "-o", folder / "p.h5")
    text = rift("export", folder / "p.h5", "panel", "--to", "csv")
    harmless(text, "panel")
    assert {r["indicator"] for r in rows(text)} == {"'=A", "'-1", "'@b", "''=c", "'＝d", "x;'=e"}
    assert {r["indicator"] for r in rows(rift("export", folder / "p.h5", "panel", "--exact"))} == {"=A", "-1", "@b", "'=c", "＝d", "x;=e"}
    (folder / "again.csv").write_text(text)
    rift("ingest", folder / "again.csv", "-o", folder / "q.h5")
    strip = lambda t: [{k: v for k, v in r.items() if k in ("country", "year", "indicator", "value")} for r in rows(t)]
    assert strip(rift("export", folder / "q.h5", "panel")) == strip(text)


def told_of(work):
    """Texts that lost something are named with their place; codes that did are refused in a definition,
    and never merged in silence in data."""
    folder = work / "told"
    folder.mkdir()
    (folder / "d.csv").write_text("country,year,indicator,value\nKEN,2020,A,1\nK\u200bEN,2021,A\u202e,2\nNAM,2020,A,3\n")
    done = subprocess.run([RIFT, "check", folder / "d.csv"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "d.csv:3:1: warning" in done.stderr and "'K\\u200bEN'" in done.stderr, done.stderr
    assert "d.csv:3:8: warning" not in done.stderr and "'A\\u202e'" in done.stderr, done.stderr
    study = Study(folder / "s", ["plain"])
    study.write(charts="[]")
    index = folder / "s" / "index.yaml"
    for what in ("A", "total"):
        text = index.read_text()
        index.write_text(text.replace(f"{{code: {what},", f'{{code: "{what}\\u2066",'))
        done = subprocess.run([RIFT, "check", folder / "s" / "study.yaml"], capture_output=True, text=True)
        assert done.returncode == 1 and re.search(r"index.yaml:\d+:\d+: error: 'code' holds .*not shown", done.stderr), done.stderr
        index.write_text(text)
    (folder / "s" / "countries.csv").write_text("country,name,region,group\nU00,x,a,b\nU\u200b00,y,a,b\n")
    done = subprocess.run([RIFT, "check", folder / "s" / "study.yaml"], capture_output=True, text=True)
    assert done.returncode == 1 and "countries.csv:3:1: warning" in done.stderr and "error" in done.stderr, done.stderr


def json_too(work):
    """The World Bank's JSON: a name that hides something has a warning, one with a NUL is an error."""
    record = lambda name: {"indicator": {"id": "A", "value": "Series"}, "country": {"id": "KE", "value": name},
                           "countryiso3code": "KEN", "date": "2020", "value": 5, "unit": "=u", "obs_status": "", "decimal": 0}
    head = {"page": 1, "pages": 1, "per_page": 50, "total": 1, "sourceid": "2", "lastupdated": "2024-01-01"}
    path = work / "wb.json"
    path.write_text("[" + json.dumps(head) + ",\n[" + json.dumps(record("Ken\u202eya")) + "]]")
    done = subprocess.run([RIFT, "ingest", path, "-o", work / "wb.h5"], capture_output=True, text=True)
    assert done.returncode == 0 and not HIDDEN.search(done.stderr), done.stderr
    assert re.search(r"wb.json:2:\d+: warning: .*Ken\\u202eya", done.stderr), done.stderr
    path.write_text("[" + json.dumps(head) + ",\n[" + json.dumps(record("Ken\0ya")) + "]]")
    assert re.search(r"wb.json:2:\d+: error: .*NUL", rift("check", path, code=1))


def names_stay(work):
    """Names in the scripts of the world come out as they went in."""
    name = ["مصر", "می‌خواهم", "יִשְׂרָאֵל", "श्री‍लंका", "क्‍ष", "ประเทศไทย", "မြန်မာ", "中国", "Ελλάδα", "👩‍👩‍👧", "🏳️‍🌈", "❤️"]
    study = Study(work / "scripts", name)
    rift("run", study.write(charts="[ranking]"), "-q", "-o", study.folder / "out")
    told = {r["name"] for r in rows(rift("export", study.folder / "out", "ranking"))}
    assert told == set(name), (told, set(name) ^ told)
    report = (study.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert all(n in report for n in name), [n for n in name if n not in report]


def file_names(work):
    """Names of files and members are shown with what they hide spelled out."""
    path = work / "da\u202eta\x1b[2J.csv"
    path.write_text("nothing,here\n1,2\n")
    assert "\\u202e" in say("check", path) + subprocess.run([RIFT, "check", path], capture_output=True, text=True).stderr
    say("show", work / "no\u2066where\x07.h5")
    say("run\u202e")
    say("show", "--t\u202eop\x1b", "x")
    say("export", work, "scores", "--to", "c\u202esv")


STUDY_CODES = {"-x": "option", ".x": "hidden", "a/b": "other folders", "a\\\\b": "other folders", "a\\0b": "NUL", "a\\x1bb": "not",
               "a\\u202eb": "not shown", "a\\tb": "tabs", "con": "Windows", "NUL": "Windows", "Aux.v2": "Windows",
               "lpt1": "Windows", "COM9.x.y": "Windows", "x" * 201: "200 bytes", "é" * 101: "200 bytes", "a ": "blank",
               " a": "blank", "a.": "dot"}


def study_codes(work):
    """A code that is no name of a file is refused at its place, with advice; the longest that is allowed runs."""
    study = Study(work / "codes", ["plain"])
    path = study.write(charts="[]")
    good = path.read_text()
    for code, word in STUDY_CODES.items():
        path.write_text(good.replace("code: injected", f'code: "{code}"'))
        told = rift("check", path, code=1)
        assert re.search(r"study.yaml:1:7: error: .*" + word, told), (code, told)
        if "\\" not in code.replace("\\\\", ""):
            told = rift("import", "coinr", "nowhere", "nowhere", "-o", work / "never", "--name", code.replace("\\\\", "\\"), code=1)
            assert "is no code of a study" in told and not (work / "never").exists(), told
    for code in ("x" * 200, "console", "com10", "a.b", "北京", "nul-1"):
        path.write_text(good.replace("code: injected", f'code: "{code}"'))
        rift("run", path, "-q", "--no-report", "-o", work / "codes" / "out")
        made = [p.name for p in (work / "codes" / "out").glob("*.h5")]
        assert len(made) == 1 and made[0][0] not in "-.", made
        (work / "codes" / "out" / made[0]).unlink()
    for key in ("title", "notes"):
        path.write_text(re.sub(f"{key}: .*", f'{key}: "a\\\\0b"', good, count=1))
        assert re.search(r"study.yaml:\d+:\d+: error: .*NUL", rift("check", path, code=1))


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        study_codes(work)
        formulas = injected(work, "formulas", FORMULAS)
        for switch in ([], ["--exact"]):
            exact_round_trip(formulas, work, switch)
        panel_round_trip(work)
        injected(work, "marks", [f"{m}a{m}b{m} {i}" for i, m in enumerate(MARKS)])
        injected(work, "runs", RUNS)
        told_of(work)
        json_too(work)
        names_stay(work)
        file_names(work)
    passed(10)


main()
