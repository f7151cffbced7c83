#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The providers' own files: each is recognised, or told rightly to hold no data; vintages and
providers agree where the files do and every difference is listed; the World Bank's groups
follow from their members. Needs the folder of those files beside this one."""
import csv
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, rows, skip

DATA = SOURCE.parent / "shared" / "data"
EXPECTED = [  # pattern, format ("" where it holds no data), words of the verdict
    ("worldbank/api_csv/*/API_*.csv", "world-bank", ""),
    ("worldbank/api_csv/*.zip:API_*", "world-bank", ""),
    ("worldbank/*Metadata_Country*", "", "notes on countries"),
    ("worldbank/*Metadata_Indicator*", "", "notes on an indicator"),
    ("worldbank/bulk/*.csv.gz", "world-bank", ""),
    ("worldbank/bulk/WDICountry*", "", "notes on countries"),
    ("worldbank/bulk/WDISeries-Time*", "", "notes on series and years"),
    ("worldbank/bulk_2013_split/*", "world-bank", ""),
    ("worldbank/databank/*", "world-bank-databank", ""),
    ("worldbank/api_json/*", "world-bank-json", ""),
    ("worldbank/other/*pipe*", "r-wdi", ""),
    ("worldbank/other/mobile*", "world-bank", ""),
    ("worldbank/CLASS*economies.csv", "", "list of economies"),
    ("worldbank/CLASS*groups.csv", "", "list of groups"),
    ("*CLASS_2022.xlsx:List*", "", "list of economies"),
    ("*CLASS_2022.xlsx:Groups", "", "list of groups"),
    ("*CLASS_2022.xlsx:Notes", "", "no table"),
    ("itu/xlsx/individual*:Data", "itu-sheet", ""),
    ("itu/xlsx/individual*:Definition", "", "no country and year"),
    ("itu/xlsx/gender*:10*", "itu-groups", ""),
    ("itu/xlsx/gender*:in-scope*", "", "without a year"),
    ("itu/xlsx/ITU_regional*", None, ""),  # of groups of countries alone
    ("undp/*.xlsx:Table 1", "undp-hdr-table", ""),
    ("itu/datahub/*", "itu-datahub", ""),
    ("itu/idi*", "tidy-wide", ""),
    ("itu/xlsx_as_csv/individual*", "itu-sheet", ""),
    ("itu/xlsx_as_csv/gender*", "itu-groups", ""),
    ("un_desa/EGOV*", "un-egov", ""),
    ("un_desa/egdi*", "", "countries without a year"),
    ("undp/Human*", "undp-hdr", ""),
    ("undp/*Table1*.csv", "undp-hdr-table", ""),
    ("uis/*UIS.Stat*", "uis-stat", ""),
    ("uis/*NATMON*", "uis-bulk", ""),
    ("uis/*api*", "uis-browser", ""),
    ("eurostat/*.tsv", "eurostat-tsv", ""),
    ("eurostat/*.csv", "sdmx-csv", ""),
    ("eu_desi/*", "eu-desi", ""),
    ("oecd/ICT_Inv*", "oecd", ""),
    ("oecd/ICT_prop*", "oecd-stat", ""),
    ("oecd/indicator*", "oecd-toolkit", ""),
    ("unece/*", "unece", ""),
    ("unctad/ict*", "unctad", ""),
    ("unctad/b2c*", "unctad-b2c", ""),
    ("owid/*.csv", "owid", ""),
    ("owid/*.json", "", "JSON"),
    ("gapminder/*datapoints*", "gapminder-ddf", ""),
    ("gapminder/*entities*", "", "list of countries"),
    ("geo/*.json", "", "JSON"),
    ("geo/*.csv", "", "outlines"),
    ("groups/*status*", "", "list of groups"),
    ("groups/*mou*", "", "years of membership"),
    ("names/country*", "", "list of country codes"),
    ("names/ddf*", "", "list of spellings"),
    ("unsd/*", "", "M49"),
    ("MANIFEST.md", "", "no table"),
]
# Errors that are in the files: rows without an indicator, Croatia with the code of Cuba.
KNOWN = {"eu_desi/DESI_2017-2021.csv": "the indicator is empty, here and in 1399",
         "itu/idi_published_scores_2008-2016_2021.csv": "'CUB' and the name 'Croatia'"}


def check_folder():
    done = subprocess.run([RIFT, "check", str(DATA), "--json"], capture_output=True)
    told = json.loads(done.stdout)
    seen = {}
    for file in told["files"]:
        name = file["file"].removeprefix(str(DATA) + "/")
        seen[name] = file
        errors = [f["message"] for f in file["findings"] if f["severity"] == "error"]
        rule = next((r for r in EXPECTED if fnmatch.fnmatch(name, r[0])), None)
        assert rule, f"no expectation for {name}"
        if rule[1] is None:
            continue
        assert len(errors) == (name in KNOWN), (name, errors[:3])
        assert all(KNOWN[name] in e for e in errors), (name, errors)
        assert file["format"] == rule[1], (name, file["format"], rule)
        assert rule[2] in file["summary"], (name, file["summary"])
        text_only = "mobile-services" in name
        assert not file["format"] or text_only or file["values"] > 0, name
    files = [p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.is_file()]
    missing = [f for f in files if f not in seen and not any(s.startswith(f + ":") for s in seen)]
    assert not missing, missing
    return len(seen)


def world_bank(path):
    """A per-indicator file as the csv module reads it: {(code, year): text}."""
    with open(path, encoding="utf-8-sig", newline="") as text:
        table = [row for row in csv.reader(text) if len(row) > 4]
    return {(row[1], int(year)): cell for row in table[1:]
            for year, cell in zip(table[0][4:], row[4:]) if cell and year}


def ingest(work, *files, code=0, options=()):
    said = subprocess.run([RIFT, "ingest", *map(str, files), *options, "-o", "p.h5", "-q"],
                          cwd=work, capture_output=True)
    assert said.returncode == code, said.stderr[-500:]
    panel = {(r["country"], int(r["year"])): float(r["value"])
             for r in rows(rift("export", work / "p.h5", "panel"))}
    return panel, rows(rift("export", work / "p.h5", "findings"))


def check_vintages(work):
    old = next(DATA.glob("worldbank/api_csv/2021/API_IT.NET.USER.ZS*"))
    new = next(DATA.glob("worldbank/api_csv/2026/API_IT.NET.USER.ZS*"))
    a, b = world_bank(old), world_bank(new)
    panel, findings = ingest(work, old, new)
    countries = {c for c, _ in panel}
    wanted = {**{k: v for k, v in a.items() if k[0] in countries},
              **{k: v for k, v in b.items() if k[0] in countries}}
    assert panel == {k: float(v) for k, v in wanted.items()}
    differ = {k for k in a.keys() & b.keys() if float(a[k]) != float(b[k])}
    listed = [f for f in findings if " here but " in f["message"]]
    assert len(listed) == len(differ) > 100, (len(listed), len(differ))
    for finding in listed[:200]:
        assert int(finding["line"]) > 5 and int(finding["column"]) > 10, finding
        assert ".csv:" in finding["message"], finding
    again, _ = ingest(work, new, old)
    assert again == panel
    return len(differ)


def check_providers(work):
    """The same series from a zip, from the API, and from R's package and the Bank's own file:
    one panel where they agree, and every difference listed."""
    own = next(DATA.glob("worldbank/api_csv/2026/API_IT.NET.USER.ZS*"))
    zipped = DATA / "worldbank/api_csv/2025-05/internet_users_pct.zip"
    plain = next(DATA.glob("worldbank/api_csv/2025-05/API_IT.NET.USER.ZS*"))
    panel, findings = ingest(work, zipped, plain)
    assert not [f for f in findings if " here but " in f["message"]]
    assert {k: repr(v) for k, v in panel.items()} == {
        k: repr(float(v)) for k, v in world_bank(plain).items() if k[0] in {c for c, _ in panel}}
    by_r = DATA / "worldbank/other/IT.NET.USER.ZS_pipe_long_NA.csv"
    with open(by_r, encoding="utf-8", newline="") as text:
        other = {(r["iso3c"], int(r["year"])): float(r["IT.NET.USER.ZS"])
                 for r in csv.DictReader(text, delimiter="|") if r["IT.NET.USER.ZS"] != "NA"}
    panel, findings = ingest(work, own, by_r, options=["--on-conflict", "first"])
    countries = {c for c, _ in panel}
    first = {k: float(v) for k, v in world_bank(own).items() if k[0] in countries}
    other = {k: v for k, v in other.items() if k[0] in countries}
    assert panel == {**other, **first}
    differ = {k for k in first.keys() & other.keys() if first[k] != other[k]}
    same = first.keys() & other.keys() - differ
    listed = {tuple(f["message"].split()[2:5:2]) for f in findings
              if " here but " in f["message"]}
    aggregates = {a for a, _ in listed} - countries
    assert {(c, int(y)) for c, y in listed if c not in aggregates} == differ
    assert differ and same, (len(differ), len(same))
    json_file = DATA / "worldbank/api_json/wb_IT.NET.BBND.P2.json"
    records = json.loads(json_file.read_text())[1]
    found, _ = ingest(work, json_file)
    assert found == {(r["countryiso3code"], int(r["date"])): r["value"] for r in records
                     if r["value"] is not None}
    return len(same), len(differ)


def check_groups(work):
    """Access to electricity of the income groups, from their members, to 3 decimals."""
    folder = DATA / "worldbank/api_csv/2025-05"
    access, people = next(folder.glob("API_EG.ELC*")), next(folder.glob("API_SP.POP.TOTL*"))
    with open(next(folder.glob("Metadata_Country_API_EG.ELC*")), encoding="utf-8-sig") as text:
        income = {r["Country Code"]: r["IncomeGroup"] for r in csv.DictReader(text)}
    subprocess.run([RIFT, "ingest", access, people, "-o", "p.h5", "-q"], cwd=work, check=True,
                   capture_output=True)
    value = {(r["indicator"], r["country"], int(r["year"])): float(r["value"])
             for r in rows(rift("export", work / "p.h5", "panel"))}
    group = {(r["aggregate"], int(r["year"])): float(r["value"])
             for r in rows(rift("export", work / "p.h5", "aggregates"))
             if r["indicator"] == "EG.ELC.ACCS.ZS"}
    checked = 0
    for name, code in (("Low income", "LIC"), ("Lower middle income", "LMC"),
                       ("Upper middle income", "UMC"), ("High income", "HIC")):
        for year in (2010, 2015, 2021, 2023):
            pairs = [(value["EG.ELC.ACCS.ZS", c, year], value["SP.POP.TOTL", c, year])
                     for c in income if income[c] == name and ("EG.ELC.ACCS.ZS", c, year) in value]
            mean = sum(x * w for x, w in pairs) / sum(w for _, w in pairs)
            assert abs(mean - group[code, year]) < 0.0005, (code, year, mean, group[code, year])
            checked += 1
    return checked


def main():
    if not (DATA / "MANIFEST.md").exists():
        skip(f"no {DATA}")
    print(f"{check_folder()} files and members told for what they are")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        print(f"{check_vintages(work)} revised values between two vintages, all listed")
        print("%d values agree in two providers' files, %d differ and are listed"
              % check_providers(work))
        print(f"{check_groups(work)} group values follow from their members")
    passed(4)


main()
