# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command reads it does not write over: every command with -o, by whatever name, link or folder the input is
reached; a panel does not replace the result of a study; a run does not read what Rift wrote into a folder of sources."""
import hashlib
import json
import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows

HEAD = "country,year,indicator,value\n"
CODES = ["KEN", "TZA", "UGA", "NOR"]
DATA = HEAD + "".join(f"{c},{y},a,{10 * i + y - 2010}\n" for i, c in enumerate(CODES) for y in (2019, 2020))
ALIASES = "name,country\nDemocratic Kenya,KEN\n"
INDEX = "code: i\nnormalisation: min-max\nscope: pooled\nentities: any\nnodes: [{code: total, children: [a]}]\n"
STUDY = {"sources": "[data.csv]", "countries": "{file: countries.csv}", "series_files": "[series.yaml]",
         "index": "index.yaml"}


def study(folder, **changes):
    said = {**STUDY, **changes}
    (folder / "study.yaml").write_text("code: s\ntitle: S\nyears: {first: 2019, last: 2020}\n" +
                                       "".join(f"{k}: {v}\n" for k, v in said.items()) + "charts: []\n")


def make(folder):
    folder.mkdir()
    (folder / "data.csv").write_text(DATA)
    (folder / "dl").mkdir()
    (folder / "dl" / "x.csv").write_text(DATA)
    (folder / "al.csv").write_text(ALIASES)
    (folder / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in CODES))
    (folder / "series.yaml").write_text("series: [{code: a, unit: '%', goalposts: {low: 0, high: 100}}]\n")
    (folder / "index.yaml").write_text(INDEX)
    (folder / "iMeta.csv").write_text("Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n2,T,,1,1,Aggregate\n")
    (folder / "iData.csv").write_text("uCode,Time,x\nKEN,2019,1\nTZA,2019,2\n")
    study(folder)
    rift("run", "study.yaml", "-q", "--no-report", "-o", "out", cwd=folder)
    os.symlink("data.csv", folder / "link.csv")
    os.link(folder / "data.csv", folder / "hard.csv")
    return folder


def state(folder):
    """Every file and what it holds, but the locks, which may come and go."""
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*"))
            if p.is_file() and p.name != ".rift-lock"}


def refused(folder, *arguments, names=()):
    before = state(folder)
    said = rift(*arguments, code=1, cwd=folder)
    assert "which this command reads" in said, said
    assert all(name in said for name in names), (names, said)
    assert state(folder) == before, arguments


def ingest(folder):
    refused(folder, "ingest", "data.csv", "-o", "data.csv", names=["data.csv"])
    for spelling in ("./data.csv", "dl/../data.csv", folder / "data.csv", "link.csv", "hard.csv"):
        refused(folder, "ingest", "data.csv", "-o", spelling, names=[f"{spelling}: error", "over data.csv"])
    for named in ("link.csv", "hard.csv"):
        refused(folder, "ingest", named, "-o", "data.csv", names=["data.csv: error", f"over {named}"])
    refused(folder, "ingest", "dl", "-o", "dl/x.csv", names=["dl/x.csv"])
    refused(folder, "ingest", "data.csv", "--aliases", "al.csv", "-o", "al.csv", names=["al.csv"])
    refused(folder, "ingest", "-k", "data.csv", "-o", "data.csv")
    rift("ingest", "data.csv", "-o", "/dev/null", cwd=folder)
    for _ in "12":  # a panel may be replaced by the next
        rift("ingest", "data.csv", "-o", "panel.h5", cwd=folder)
        rift("ingest", "dl", "-o", "dl/panel.h5", cwd=folder)
    inputs = rows(rift("export", "dl/panel.h5", "files", cwd=folder))
    assert [r["file"] for r in inputs] == ["dl/x.csv"], inputs


def result(folder):
    """What a study made is no panel to be replaced, with its record, away from it, or by a table."""
    shutil.copy(folder / "out" / "s.h5", folder / "moved.h5")
    os.symlink("out/s.h5", folder / "result.h5")
    for target in ("out/s.h5", "moved.h5", "result.h5"):
        before = state(folder)
        for command in (["ingest", "data.csv"], ["export", "panel.h5", "panel"]):
            said = rift(*command, "-o", target, code=1, cwd=folder)
            assert f"{target}: error: is the result of a study" in said and "study.yaml" in said, said
            assert state(folder) == before, command
    (folder / "out" / "s.h5").write_bytes(b"damaged")
    said = rift("ingest", "data.csv", "-o", "out/s.h5", code=1, cwd=folder)
    assert "is the result of a study" in said and (folder / "out" / "s.h5").read_bytes() == b"damaged", said
    shutil.copy(folder / "moved.h5", folder / "out" / "s.h5")


def export(folder):
    refused(folder, "export", "moved.h5", "ranking", "-o", "moved.h5", names=["moved.h5"])
    refused(folder, "export", "out", "ranking", "--to", "json", "-o", "out/s.h5", names=["out/s.h5"])
    shutil.copy(folder / "moved.h5", folder / "iData.h5")
    shutil.copy(folder / "moved.h5", folder / "coinr.csv")
    sub = folder / "coinr"
    sub.mkdir()
    shutil.copy(folder / "moved.h5", sub / "iMeta.csv")
    refused(folder, "export", "coinr/iMeta.csv", "--to", "coinr", "-o", "coinr", names=["coinr/iMeta.csv"])
    shutil.rmtree(sub)


def imports(folder):
    here = folder / "in"
    here.mkdir()
    shutil.copy(folder / "iData.csv", here / "data.csv")
    shutil.copy(folder / "iMeta.csv", here / "countries.csv")
    refused(here, "import", "coinr", "data.csv", "countries.csv", "-o", ".", "--force", names=["data.csv", "countries.csv"])
    os.link(here / "data.csv", here / "study.yaml")
    refused(here, "import", "coinr", "data.csv", folder / "iMeta.csv", "-o", here, "--force", names=["study.yaml"])


def runs(folder):
    """Whatever file of a study stands where the run writes."""
    for key, file, as_listed in (("sources", "data.csv", "[to/claims.json]"), ("countries", "countries.csv", "{file: to/claims.json}"),
                                 ("index", "index.yaml", "to/claims.json"), ("series_files", "series.yaml", "[to/claims.json]"),
                                 ("aliases", "al.csv", "to/claims.json")):
        for name in ("claims.json", "s.h5", "report.html"):
            shutil.rmtree(folder / "to", ignore_errors=True)
            (folder / "to").mkdir()
            shutil.copy(folder / file, folder / "to" / name)
            study(folder, **{key: as_listed.replace("claims.json", name)})
            refused(folder, "run", "study.yaml", "-q", "--force", "-o", "to", names=[f"to/{name}: error"])
        rift("run", "study.yaml", "-q", "--force", "--no-report", "-o", "to", cwd=folder)  # it writes no report then
    (folder / "to" / "charts").mkdir()
    shutil.copy(folder / "data.csv", folder / "to" / "charts" / "d.csv")
    study(folder, sources="[to/charts/d.csv]", charts="[ranking]")
    text = (folder / "study.yaml").read_text().replace("charts: []\n", "")
    (folder / "study.yaml").write_text(text)
    refused(folder, "run", "study.yaml", "-q", "--no-report", "--force", "-o", "to", names=["to/charts/d.csv"])
    shutil.rmtree(folder / "to")


def own_outputs(folder):
    """A run into its folder of sources, again and again: the same inputs, and charts, claims and result are none."""
    text = lambda: (folder / "study.yaml").write_text((folder / "study.yaml").read_text().replace("charts: []\n", ""))
    study(folder, sources="[dl]", charts="[ranking]")
    text()
    for path in (folder / "dl").glob("*.h5"):
        path.unlink()
    kept = []
    for turn in range(3):
        rift("run", "study.yaml", "-q", "-o", "dl", cwd=folder)
        kept.append((folder / "dl" / "s.h5").read_bytes())
        told = json.loads(rift("verify", "dl", "study.yaml", "--inputs", "--json", cwd=folder))
        assert not any("changed" in map(str, r.values()) for r in told["rows"]), told
        inputs = [r for r in told["rows"] if "claims" in str(r) or "s.h5" in str(r) or "report" in str(r)]
        assert not [r for r in inputs if "input" in map(str, r.values())], inputs
    assert kept[0] == kept[1] == kept[2]
    assert {p.name for p in (folder / "dl").iterdir()} >= {"x.csv", "s.h5", "claims.json", "report.html", "charts"}
    told = rift("check", "dl", "--json", cwd=folder)
    assert "4 of its entries are left out" in told and "claims.json" in told and "dl/charts" not in told, told
    (folder / "dl" / "claims.json").rename(folder / "dl" / "other.json")    # no longer what the record names
    assert "other.json" in rift("check", "dl", "--json", cwd=folder)


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = make(pathlib.Path(base) / "w")
        ingest(folder)
        result(folder)
        export(folder)
        imports(folder)
        runs(folder)
        own_outputs(folder)
    passed(6)


main()
