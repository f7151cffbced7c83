#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every format, on small made-up files in the providers' layouts. The files have names that
say nothing, so that only their content can tell the format. For each: the format that is
found, every value with its status, and what must be said of the rest."""
import gzip
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed

BOM = "\ufeff"
API = (BOM + '"Data Source","World Development Indicators",\r\n\r\n'
       '"Last Updated Date","%s",\r\n\r\n'
       '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020","2021",\r\n'
       '"Kenya","KEN","Users (%% of population)","X.1","%s","","3.5",\r\n'
       '"World","WLD","Users (%% of population)","X.1","50","51","52",\r\n'
       '"C\u00f4te d\'Ivoire, ""new""","CIV","Users (%% of population)","X.1","","7","",\r\n')

# name: (bytes, format, {(country, year, indicator): (value, status)}, words of a finding)
CASES = {
    "api": (API % ("2025-04-15", "1"), "world-bank",
            {("KEN", 2019, "X.1"): (1, "A"), ("KEN", 2021, "X.1"): (3.5, "A"),
             ("CIV", 2020, "X.1"): (7, "A")}, "1 rows of 1 aggregates kept apart: WLD (line 7)"),
    "databank": ("Country Name,Country Code,Series Name,Series Code,2019 [YR2019],2020 [YR2020]\n"
                 "Namibia,NAM,Users,X.1,..,4\n,,,,,\n,,,,,\n"
                 "Data from database: World Development Indicators,,,,,\n"
                 "Last Updated: 02/24/2026,,,,,\n", "world-bank-databank",
                 {("NAM", 2020, "X.1"): (4, "A")}, "4 rows after or between the data"),
    "json": ('[{"page":1,"pages":1,"per_page":50,"total":2,"lastupdated":"2026-04-08"},'
             '[{"indicator":{"id":"X.1","value":"Users"},"country":{"id":"KE","value":"Kenya"},'
             '"countryiso3code":"KEN","date":"2021","value":3.5,"unit":"","obs_status":"E",'
             '"decimal":2},\n{"indicator":{"id":"X.1","value":"Users"},"country":'
             '{"id":"1W","value":"World"},"countryiso3code":"","date":"2021","value":9,'
             '"unit":"","obs_status":"","decimal":2},{"indicator":{"id":"X.1","value":"U"},'
             '"country":{"id":"KE","value":"Kenya"},"countryiso3code":"KEN","date":"2020",'
             '"value":null,"unit":"","obs_status":"","decimal":2}]]', "world-bank-json",
             {("KEN", 2021, "X.1"): (3.5, "E")}, "1 aggregates kept apart: World (line 2)"),
    "wdi": ('"country"|"iso2c"|"iso3c"|"year"|"X.1"\n"Namibia"|"NA"|"NAM"|2020|4\n'
            '"Namibia"|"NA"|"NAM"|2019|NA\n"High income"|"XD"|""|2020|90\n', "r-wdi",
            {("NAM", 2020, "X.1"): (4, "A")}, "High income (line 4)"),
    "datahub": (BOM + '"seriesID","seriesCode","seriesName","seriesParent","seriesUnits",'
                '"entityID","entityIso","entityName","dataValue","dataYear","dataNote",'
                '"dataSource","seriesDescription"\n'
                '1,"i99H","Users",,"%",4,"KOR","Korea (Rep. of)","96.5",2020,"a, ""b"" #c\nd",'
                '"ITU estimate.",""\n'
                '2,"t1","Price regulation",,,4,"KOR","Korea (Rep. of)","Without",2020,"","",""\n'
                '2,"t1","Price regulation",,,4,"KEN","Kenya","Without",2020,"","",""\n'
                '2,"t1","Price regulation",,,4,"PER","Peru","With",2020,"","",""\n'
                '2,"t1","Price regulation",,,4,"NOR","Norway","With",2020,"","",""\n',
                "itu-datahub", {("KOR", 2020, "i99H"): (96.5, "E")},
                "the series 't1' holds text such as 'Without' and no number"),
    "sheet": ("ShortName,2019_note,2019_source,2019_value,2020_value,2020_source,2020_note\n"
              "Iran (I.R.),,ITU estimate._x000D_,5,6,Survey,x\n", "itu-sheet",
              {("IRN", 2019, "sheet.dat"): (5, "E"), ("IRN", 2020, "sheet.dat"): (6, "A")},
              "has no code for its series"),
    "groups": (',"Individuals using the Internet, by gender",,,,,,,,\n'
               ",,,Latest,All,Gender,,Urban,,\n"
               ",Economy name,,year,Individuals,Male,Female,Total,Male,Female\n"
               ",C\u00f4te d'Ivoire,,2019,36.3,39.8,32.9,53.6,58.2,...\n,,,,,,,,,\n,Source:,ITU,,,,,,,\n",
               "itu-groups",
               {("CIV", 2019, "groups.dat"): (36.3, "A"),
                ("CIV", 2019, "groups.dat[sex=male]"): (39.8, "A"),
                ("CIV", 2019, "groups.dat[sex=female]"): (32.9, "A"),
                ("CIV", 2019, "groups.dat[area=urban]"): (53.6, "A"),
                ("CIV", 2019, "groups.dat[sex=male,area=urban]"): (58.2, "A")}, ""),
    "oecdcodes": ('"LOCATION","Country","IND","Indicator","TIME","Time","PowerCode Code","PowerCode","Value","Flag Codes","Flags"\n'
                  '"NOR","Norway","BB1","Fixed lines","2018","2018","3","Thousands",2201,"B","Break"\n', "oecd-stat-codes",
                  {("NOR", 2018, "BB1"): (2201000, "B")}, "multiplied by the power of ten"),
    "sdg": ("Goal,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Nature,[Sex]\n"
            "17,IT_USE,Users,404,Kenya,2016,16.6,E,BOTHSEX\n17,IT_USE,Users,404,Kenya,2016,14,C,FEMALE\n", "un-sdg",
            {("KEN", 2016, "IT_USE"): (16.6, "E"), ("KEN", 2016, "IT_USE[sex=female]"): (14, "A")}, ""),
    "yearbook": ("T30,Internet usage\nRegion/Country/Area,,Year,Series,Value,Footnotes,Source\n404,Kenya,2020,Users,27.5,,ITU\n",
                 "un-yearbook", {("KEN", 2020, "Users"): (27.5, "A")}, ""),
    "undata": ('"Country or Area","Year","Value","Value Footnotes"\n"Kenya","2016","16.6","1"\n"footnoteSeqID","Footnote"\n"1","x"\n',
               "undata", {("KEN", 2016, "undata.dat"): (16.6, "A")}, "2 rows after or between the data"),
    "gho": ("IndicatorCode,Indicator,SpatialDimValueCode,Location,Period,Dim1 type,Dim1,FactValueNumeric,Value\n"
            "LE,Life expectancy,KEN,Kenya,2019,Sex,Female,68.4,68.4 [67-69]\n", "who-gho",
            {("KEN", 2019, "LE[sex=female]"): (68.4, "A")}, ""),
    "grid": ("country,use_2015,use_2016,pop_2015\nKenya,16,16.6,47.2\n", "tidy-series-years",
             {("KEN", 2015, "use"): (16, "A"), ("KEN", 2016, "use"): (16.6, "A"), ("KEN", 2015, "pop"): (47.2, "A")}, ""),
    "one": ("Country Name,Country Code,Year,Value\nKenya,KEN,2016,16.6\n", "tidy-one", {("KEN", 2016, "one.dat"): (16.6, "A")},
            "has no code for its series"),
    "egov": ("Survey Year,Country Name,E-Government Rank,E-Government Index,Online Service Index\n"
             '2010,"Iraq ",184,0.00000,0.1\n2010,"Ireland ",17,0.69651,0.61572\n', "un-egov",
             {("IRL", 2010, "E-Government Index"): (0.69651, "A"),
              ("IRL", 2010, "Online Service Index"): (0.61572, "A"),
              ("IRQ", 2010, "Online Service Index"): (0.1, "A")},
             "0 means 'not ranked' up to 2012"),
    "hdr": ('"Human Development Index (HDI)"\n"Source: made up"\n""\n'
            '"HDI Rank","Country","2018","","2019",""\n'
            '"117"," C\u00f4te d\'Ivoire","0.5","","0.538",""\n"1"," Norway","..","","0.957","a"\n'
            '"","Regions","","","..",""\n" ","Arab States","0.7","","0.705",""\n"a. A note."\n',
            "undp-hdr", {("CIV", 2018, "Human Development Index (HDI)"): (0.5, "A"),
                         ("CIV", 2019, "Human Development Index (HDI)"): (0.538, "A"),
                         ("NOR", 2019, "Human Development Index (HDI)"): (0.957, "A")},
            "Arab States (line 8)"),
    "hdrseries": ("iso3,country,hdicode,region,hdi_rank_2022,hdi_2021,hdi_2022,le_f_2022\n"
                  "NOR,Norway,Very High,,2,0.96,0.966,84.7\nZZK.WORLD,World,,,,0.73,0.739,74\n",
                  "undp-hdr-series",
                  {("NOR", 2022, "hdi_rank"): (2, "A"), ("NOR", 2021, "hdi"): (0.96, "A"),
                   ("NOR", 2022, "hdi"): (0.966, "A"), ("NOR", 2022, "le_f"): (84.7, "A")},
                  "ZZK.WORLD (line 3)"),
    "hdrlong": ("countryIsoCode,country,indexCode,index,dimension,indicatorCode,indicator,year,"
                "value,note\nNOR,Norway,HDI,HDI,,hdi,HDI,2022,0.966,\n", "undp-hdr-long",
                {("NOR", 2022, "hdi"): (0.966, "A")}, ""),
    "hdrtable": (",Table 1,,,,\n,,Human Development Index (HDI) ,,Life expectancy,\n"
                 "HDI rank,Country,Value,,(years),\n,,2019,,2019,a\n,VERY HIGH,,,,\n"
                 "1,Norway,0.957,,82.4,b\n,Notes,,,,\n,a. Said of Kenya,3,,,\n", "undp-hdr-table",
                 {("NOR", 2019, "Human Development Index (HDI)"): (0.957, "A"),
                  ("NOR", 2019, "Life expectancy (years)"): (82.4, "A")}, "after or between"),
    "uis": (BOM + "SDG_IND,Indicator,LOCATION,Country,TIME,Time,Value,Flag Codes,Flags\n"
            'S1_F,"Skills, female (%)",HKG,"China, Hong Kong Special Administrative Region",'
            "2018,2018,19.5,\u2021,UIS Estimation\n", "uis-stat",
            {("HKG", 2018, "S1_F"): (19.5, "E")}, ""),
    "natmon": ("NATMON_IND,LOCATION,Time,Value\nO1,MLT,1971,2233\nO1,MLT,1972,1031\n",
               "uis-bulk", {("MLT", 1971, "O1"): (2233, "A"), ("MLT", 1972, "O1"): (1031, "A")},
               ""),
    "browser": ("indicatorId,geoUnit,year,value,qualifier,magnitude\nF.5,AFG,2020,4.5,UIS_EST,\n"
                "F.5,ALB,2020,,,NA\n", "uis-browser", {("AFG", 2020, "F.5"): (4.5, "E")}, ""),
    "tsv": ("freq,unit,sex,geo\\TIME_PERIOD\t2019 \t2020 \r\nA,PC,F,EL\t22.1 be\t: c\r\n"
            "A,PC,T,UK\t: \t30 p\r\nA,PC,T,EU27_2020\t1 \t2 \r\nQ,PC,T,AT\t5 \t6 \r\n",
            "eurostat-tsv",
            {("GRC", 2019, "tsv.dat.PC[sex=female]"): (22.1, "BE"),
             ("GBR", 2020, "tsv.dat.PC"): (30, "P")}, "1 rows are not annual"),
    "desi": ('"observation","time_period","ref_area","indicator","breakdown","unit_measure",'
             '"value","flag","note"\n"http://x","2020","EL","i1","b1","u1",0.5,b,\n', "eu-desi",
             {("GRC", 2020, "i1.b1.u1"): (0.5, "B")}, ""),
    "sdmx1": ("DATAFLOW,FREQ,SEX,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
              "ILO:DF_X(1.0),A,SEX_F,KEN,2020,5,E,0\nILO:DF_X(1.0),M,SEX_F,KEN,2020-01,5,E,0\n",
              "sdmx-csv", {("KEN", 2020, "DF_X[sex=SEX_F]"): (5, "E")}, "not annual"),
    "sdmx2": ("STRUCTURE,STRUCTURE_ID,ACTION,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
              "dataflow,ESTAT:ISOC_X(1.0),I,A: Annual,PC: Percent,AT: Austria,2020,5.5,b\n",
              "sdmx-csv", {("AUT", 2020, "ISOC_X.PC"): (5.5, "B")}, ""),
    "oecd": (BOM + '"LOCATION","INDICATOR","SUBJECT","MEASURE","FREQUENCY","TIME","Value",'
             '"Flag Codes"\n"AUS","ICTINV","TOT","PC","A","2010",12.5,"E"\n'
             '"OECD","ICTINV","TOT","PC","Q","2010-Q1",3,\n', "oecd",
             {("AUS", 2010, "ICTINV.TOT.PC"): (12.5, "E")}, "1 rows are not annual"),
    "oecdstat": ("Indicator,Country,Industry,Sex,Measure,Time,Value,Flags\n"
                 "ICT jobs,Slovak Republic,All,Women,Share,2011,3.2,Break\n"
                 "ICT jobs,European Union (28 countries),All,Total,Share,2011,3,\n", "oecd-stat",
                 {("SVK", 2011, "ICT jobs.All.Share[sex=female]"): (3.2, "B")}, "kept apart"),
    "toolkit": (BOM + "Year,Indicator,ISO,Country,Domain,Level,Unit of measure,Value\n"
                "2012,Skills,AUS,Australia,Numeracy,Level 2,Share of adults,32.1\n",
                "oecd-toolkit", {("AUS", 2012, "Skills.Numeracy.Level 2"): (32.1, "A")}, ""),
    "unece": (BOM + '"Use by Age, Sex, Country and Year",,,,,\n,,,,,\n,,,,2019,2020\n'
              "16 - 74,Female,Weekly users,Albania,98.4,..\n,,,Andorra,..,89.1\n"
              ",Male,Weekly users,Albania,50,51\n,,,,,\nNotes:,,,,,\n", "unece",
              {("ALB", 2019, "Weekly users[age=16 - 74,sex=female]"): (98.4, "A"),
               ("AND", 2020, "Weekly users[age=16 - 74,sex=female]"): (89.1, "A"),
               ("ALB", 2019, "Weekly users[age=16 - 74,sex=male]"): (50, "A"),
               ("ALB", 2020, "Weekly users[age=16 - 74,sex=male]"): (51, "A")}, ""),
    "unctad": (BOM + "Year,Economy,Economy Label,Flow,Flow Label,US dollars,US dollars Footnote\n"
               "2005,0,World,2,Exports,100,Estimated\n2005,8,Albania,2,Exports,73.4,\n"
               "2005,842,United States of America,1,Imports,9,\"Break, estimated\"\n", "unctad",
               {("ALB", 2005, "Exports.US dollars"): (73.4, "A"),
                ("USA", 2005, "Imports.US dollars"): (9, "BE")},
               "'842' is not an ISO 3166 code; by its name 'United States of America'"),
    "b2c": (BOM + '2020 Rank,Economy,"Accounts (15+, 2017)",2020 Index value,Rank 2019\n'
            "1,Switzerland,98,95.9,2\n", "unctad-b2c",
            {("CHE", 2020, "Accounts (15+, 2017)"): (98, "A"),
             ("CHE", 2020, "2020 Index value"): (95.9, "A")}, ""),
    "owid": ("Entity,Code,Year,Users\nTurkey,TUR,2020,77.7\nAfrica,,2020,40\n"
             "Kosovo,OWID_KOS,2020,89\n", "owid",
             {("TUR", 2020, "Users"): (77.7, "A"), ("XKX", 2020, "Users"): (89, "A")},
             "Africa (line 3)"),
    "ddf": ("geo,time,internet_users\nabw,2000,15.5\nnld_curacao,2001,3\n", "gapminder-ddf",
            {("ABW", 2000, "internet_users"): (15.5, "A"),
             ("CUW", 2001, "internet_users"): (3, "A")}, ""),
    "tidy": ("indicator,year,value,country,flag,sex\nX,2020,1.5,NA,e,F\nX,2020,2,Peru,,Total\n",
             "tidy", {("NAM", 2020, "X[sex=female]"): (1.5, "E"), ("PER", 2020, "X"): (2, "A")},
             ""),
    "semicolon": ("sep=;\nLand;country;year;indicator;value\nx;KEN;2020;X;12,5\n"
                  "x;PER;2020;X;7\n", "tidy",
                  {("KEN", 2020, "X"): (12.5, "A"), ("PER", 2020, "X"): (7, "A")}, ""),
    "years": ("iso3,indicator,2019,2020\nKEN,X,1,2\nPER,X,,4\n", "tidy-years",
              {("KEN", 2019, "X"): (1, "A"), ("KEN", 2020, "X"): (2, "A"),
               ("PER", 2020, "X"): (4, "A")}, ""),
    "wide": ("country,year,users,note\nKEN,2020,5,good\nPER,2020,6,bad\n", "tidy-wide",
             {("KEN", 2020, "users"): (5, "A"), ("PER", 2020, "users"): (6, "A")}, ""),
    "latin": ("country,year,indicator,value\nC\u00f4te d'Ivoire,2020,X,5\n"
              "T\u00fcrkiye,2020,X,6\n".encode("latin-1"), "tidy",
              {("CIV", 2020, "X"): (5, "A"), ("TUR", 2020, "X"): (6, "A")}, ""),
    "twice": ("country,year,indicator,value\nC\u00c3\u00b4te d'Ivoire,2020,X,5\n", "tidy",
              {("CIV", 2020, "X"): (5, "A")}, ""),
    "utf16": (BOM.encode("utf-16-le") + "country,year,indicator,value\nC\u00f4te d'Ivoire,2020,X,5\n"
              .encode("utf-16-le"), "tidy", {("CIV", 2020, "X"): (5, "A")}, ""),
    "utf16be": ("country,year,indicator,value\nKEN,2020,X,5\n".encode("utf-16-be"), "tidy",
                {("KEN", 2020, "X"): (5, "A")}, ""),
}


def rift(*arguments, cwd, code=0):
    done = subprocess.run([RIFT, *map(str, arguments)], cwd=cwd, capture_output=True)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == code, (arguments, done.returncode, said)
    return done.stdout.decode(), said


def rows(work, panel="p.h5", table="panel"):
    return json.loads(rift("export", panel, table, "--to", "json", cwd=work)[0])["rows"]


def values(work, panel="p.h5"):
    return {(r["country"], int(r["year"]), r["indicator"]): (r["value"], r["obs_status"])
            for r in rows(work, panel)}


def check_case(work, name, text, kind, expected, words):
    path = work / (name + ".dat")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = subprocess.run([RIFT, "ingest", path.name, "-o", "p.h5", "-v"], cwd=work,
                          capture_output=True)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, (name, said)
    assert words in said, (name, words, said)
    assert rows(work, table="files")[0]["format"] == kind, (name, rows(work, table="files"))
    found = values(work)
    assert found == expected, (name, found)
    # every row by way of libcsv: the same file, to the byte
    rift("ingest", path.name, "-o", "q.h5", "--libcsv-only", cwd=work)
    assert (work / "p.h5").read_bytes() == (work / "q.h5").read_bytes(), name


def check_conflicts(work):
    """The same cell from two vintages, by each of the five rules, with both places."""
    (work / "old.dat").write_text(API % ("2024-01-01", "1"))
    (work / "new.dat").write_text(API % ("2025-01-01", "3"))
    cell = ("KEN", 2019, "X.1")
    for files in (["old.dat", "new.dat"], ["new.dat", "old.dat"]):
        said = rift("ingest", *files, "-o", "p.h5", cwd=work)[1]
        assert values(work)[cell][0] == 3, files
        assert "X.1 of KEN in 2019" in said and ":6:" in said, said
        assert "old.dat" in said and "new.dat" in said, said
    for how, expected in (("first", 1), ("last", 3), ("mean", 2)):
        rift("ingest", "old.dat", "new.dat", "-o", "p.h5", "--on-conflict", how, cwd=work)
        assert values(work)[cell][0] == expected, how
    before = (work / "p.h5").read_bytes()
    (work / "undated.dat").write_text((API % ("", "9")).replace('"Last Updated Date","",\n', ""))
    found = rows(work, table="findings")
    assert any("X.1 of KEN in 2019 is 3 here but 1 at old.dat:6:" in r["message"] for r in found)
    out = subprocess.run([RIFT, "ingest", "old.dat", "new.dat", "-o", "p.h5", "--on-conflict",
                          "first", "--years", "2019:2019", "--series", "X.1", "--json"],
                         cwd=work, capture_output=True)
    assert out.returncode == 0 and json.loads(out.stdout)["files"][0]["format"] == "world-bank"
    assert (work / "p.h5").read_bytes() != before
    assert list(values(work)) == [cell]


def check_places(work):
    """Every value is followed to its file, line and field, and an export is read again."""
    cases = {"api": ("api.dat", {("KEN", 2019): (6, 5), ("KEN", 2021): (6, 7),
                             ("CIV", 2020): (8, 6)}),
             "datahub": ("datahub.dat", {("KOR", 2020): (2, 9)}),
             "json": ("json.dat", {("KEN", 2021): (1, CASES["json"][0].index("3.5") + 1)})}
    for name, (file, places) in cases.items():
        (work / file).write_text(CASES[name][0])
        (work / "nothing.dat").write_text("\x89PNG")  # counts among the files all the same
        rift("ingest", "nothing.dat", file, "-o", "p.h5", cwd=work)
        found = {(r["country"], r["year"]): (r["file"], r["line"], r["field"])
                 for r in rows(work)}
        assert found == {k: (file, *v) for k, v in places.items()}, (name, found)
    (work / "old.dat").write_text(API % ("2024-01-01", "1"))
    (work / "new.dat").write_text(API % ("2025-01-01", "3"))
    rift("ingest", "new.dat", "old.dat", "-o", "p.h5", cwd=work)
    assert {r["file"] for r in rows(work)} == {"new.dat"}
    before = values(work)
    (work / "panel.csv").write_text(rift("export", "p.h5", "panel", "--to", "csv", cwd=work)[0])
    rift("ingest", "panel.csv", "-o", "again.h5", cwd=work)
    assert values(work, "again.h5") == before


def check_columns(work):
    """Decimal mark and missing texts are found and told for each column."""
    (work / "c.dat").write_text("country;year;gdp;users\nKEN;2020;1,5;2.25\nPER;2020;..;\n"
                                "PER;2021;NA;3\n")
    rift("ingest", "c.dat", "-o", "p.h5", cwd=work)
    assert values(work) == {("KEN", 2020, "gdp"): (1.5, "A"), ("KEN", 2020, "users"): (2.25, "A"),
                            ("PER", 2021, "users"): (3, "A")}, values(work)
    report = rows(work, table="files")[0]
    assert report["decimal_comma"] == "gdp", report
    assert report["missing_by_column"] == "gdp: 'NA' 1, '..' 1; users: '' 1", report
    assert report["missing_texts"] == "'' 1, 'NA' 1, '..' 1", report
    (work / "c.dat").write_text("country;year;gdp;users\nKEN;2020;1,500;2.25\n")
    said = subprocess.run([RIFT, "check", "c.dat"], cwd=work, capture_output=True).stderr
    assert b"c.dat:2:1: " in said and b"is '1,500' in column 'gdp' written with" in said, said


def check_archives(work):
    """Members are read where they are; names that climb out are only shown."""
    text = API % ("2025-04-15", "1")
    with zipfile.ZipFile(work / "a.bin", "w") as out:
        out.writestr("Metadata_Country_API_X.csv", '"Country Code","Region","IncomeGroup"\n')
        out.writestr("../../climbs.csv", text)
    with gzip.open(work / "b.bin", "wt", encoding="utf-8") as out:
        out.write(text)
    with tarfile.open(work / "c.bin", "w:xz") as out:
        data = text.encode()
        info = tarfile.TarInfo("inner/x.csv")
        info.size = len(data)
        out.addfile(info, io.BytesIO(data))
    names = set(os.listdir(work.parent)) | set(os.listdir(work))
    for name in ("a.bin", "b.bin", "c.bin"):
        said = rift("ingest", name, "-o", "p.h5", "-v", cwd=work)[1]
        assert values(work)[("KEN", 2021, "X.1")][0] == 3.5, (name, said)
    assert names | {"p.h5"} == set(os.listdir(work.parent)) | set(os.listdir(work)) | {"p.h5"}


def check_notes(work):
    """A code that only the World Bank's own notes tell to be a group of countries."""
    text = (API % ("2025-04-15", "1")).replace('"World","WLD"', '"Snowy lands","ZZS"')
    notes = ('"Country Code","Region","IncomeGroup","SpecialNotes","TableName",\n'
             '"KEN","Sub-Saharan Africa","Low income","a\nb","Kenya",\n"ZZS","","","","Snowy lands",\n')
    (work / "n.csv").write_text(text)
    done = subprocess.run([RIFT, "ingest", "n.csv", "-o", "p.h5"], cwd=work, capture_output=True)
    assert done.returncode == 1 and b"unknown country 'ZZS'" in done.stderr, done.stderr
    (work / "Metadata_Country_n.csv").write_text(notes)
    said = rift("ingest", "n.csv", "-o", "p.h5", cwd=work)[1]
    assert "'ZZS' is a group of countries by the notes that came with the file" in said, said
    with zipfile.ZipFile(work / "n.zip", "w") as out:
        out.writestr("API_n.csv", text)
        out.writestr("Metadata_Country_API_n.csv", notes)
    said = rift("ingest", "n.zip", "-o", "p.h5", cwd=work)[1]
    assert "1 aggregates kept apart: ZZS (line 7)" in said, said


def check_stated(work):
    """What cannot be guessed is stated in the study; a question is asked where it is not."""
    (work / "own.csv").write_text("Ort|Menge|Zeitpunkt\nKenia|1.234,5|2020\n")
    said = subprocess.run([RIFT, "check", "own.csv"], cwd=work, capture_output=True).stderr
    assert b"no country and year were found" in said, said
    (work / "own.csv").write_text("country;year;indicator;value\nKEN;2020;X;1.234,5\n")
    said = subprocess.run([RIFT, "check", "own.csv"], cwd=work, capture_output=True).stderr
    assert b"is '1.234,5' written with a decimal comma or with thousands marks?" in said, said
    (work / "own.csv").write_text("Staat|Wert|Jahr\nKenia West|12,5|2020\nPER|-9|2020\n")
    (work / "alias.csv").write_text("name,country\nKenia West,KEN\n")
    (work / "names.csv").write_text("country,name\nKEN,Kenya\nPER,Peru\n")
    (work / "index.yaml").write_text(
        "code: i\nname: I\nnormalisation: goalposts\nseries:\n"
        "  - {code: W, goalposts: {low: 0, high: 100}}\n"
        "nodes:\n  - {code: total, children: [{series: W}]}\n")
    (work / "s.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2020, last: 2020}\nsources:\n"
        "  - {file: own.csv, country: Staat, year: Jahr, value: Wert, series_of_file: W, "
        "decimal: comma, delimiter: pipe, missing: ['-9'], vintage: 2024-05-01}\n"
        "aliases: alias.csv\non_conflict: error\n"
        "countries: {file: names.csv}\nindex: index.yaml\ncharts: []\n")
    done = subprocess.run([RIFT, "run", "s.yaml", "-o", "out"], cwd=work, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert values(work, "out") == {("KEN", 2020, "W"): (12.5, "A")}, values(work, "out")
    # columns that are written differently, and texts that mean "missing" in one of them
    (work / "own.csv").write_text("country;year;W;V\nKEN;2020;1,500;2.25\nPER;2020;-9;-9\n")
    (work / "index.yaml").write_text(
        (work / "index.yaml").read_text().replace("nodes:", "  - {code: V, goalposts: "
                                                  "{low: 0, high: 9}}\nnodes:")
        .replace("[{series: W}]", "[{series: W}, {series: V}]"))
    study = (work / "s.yaml").read_text()
    start, end = study.index("  - {file"), study.index("aliases:")
    for column, decimal, expected in (
            ("W", "comma", {("KEN", 2020, "W"): (1.5, "A"), ("PER", 2020, "V"): (-9, "A"),
                            ("KEN", 2020, "V"): (2.25, "A")}),
            ("U", "comma", "own.csv:1:1: error: holds no data: no column of values is named 'U'"),
            ("W", "both", "'decimal' must be")):
        (work / "s.yaml").write_text(
            study[:start] + "  - file: own.csv\n    decimal: {%s: %s}\n    missing: {W: ['-9']}\n"
            % (column, decimal) + study[end:])
        done = subprocess.run([RIFT, "run", "s.yaml", "-o", "out"], cwd=work,
                              capture_output=True)
        said = done.stderr.decode()
        if isinstance(expected, str):
            assert done.returncode == 1 and expected in said, (expected, said)
            continue
        assert done.returncode == 0, said
        assert values(work, "out") == expected, values(work, "out")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        work.mkdir()
        for name, case in CASES.items():
            check_case(work, name, *case)
        check_conflicts(work)
        check_places(work)
        check_columns(work)
        check_archives(work)
        check_notes(work)
        check_stated(work)
    listed = {line.split()[0] for line in
              rift("list", "formats", cwd="/")[0].splitlines()[1:]}
    assert listed == {case[1] for case in CASES.values()}, listed ^ {c[1] for c in CASES.values()}
    passed(len(CASES) + 6)


main()
