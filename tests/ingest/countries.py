# SPDX-License-Identifier: GPL-3.0-or-later
"""The country of a row: by its code, else its name, else the other column, each row for itself and
with a note; a code and a name of different countries are an error in the very row. NA is Namibia
only where it is one."""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift, rows

n_checked = 0


def ingest(work, text, code, *options, name="input.csv"):
    """Values by country, year and series; what was said."""
    (work / name).write_bytes(text.encode())
    (work / "p.h5").unlink(missing_ok=True)
    done = subprocess.run([RIFT, "ingest", name, "-o", "p.h5", *options], cwd=work,
                          capture_output=True, text=True)
    assert done.returncode == code, (text, done.returncode, done.stdout, done.stderr)
    if not (work / "p.h5").exists():
        return {}, done.stderr
    table = rows(rift("export", "p.h5", "panel", "--to", "csv", cwd=work))
    return ({(row["country"], int(row["year"]), row["indicator"]): float(row["value"])
             for row in table}, done.stderr)


def check(work, text, expected, *words, code=0, options=(), without=()):
    global n_checked
    got, said = ingest(work, text, code, *options)
    assert got == expected, (text, got, said)
    for word in words:
        assert word in said, (word, said)
    for word in without:
        assert word not in said, (word, said)
    n_checked += 1


def each_row(work):
    head = "iso3,country,year,use\n"
    check(work, head + ",Côte d'Ivoire,2024,65.3\nKEN,Kenya,2024,60.1\n",
          {("CIV", 2024, "use"): 65.3, ("KEN", 2024, "use"): 60.1},
          "input.csv:2:2: note: the code is empty; by its name 'Côte d'Ivoire' it is read as CIV")
    check(work, head + "LAO,Land of a Million Elephants,2016,6.7\nKEN,Kenya,2016,47.2\n",
          {("LAO", 2016, "use"): 6.7, ("KEN", 2016, "use"): 47.2},
          "the name 'Land of a Million Elephants' is not known; its code LAO is read")
    check(work, head + "XX9,Kenya,2016,47.2\n", {("KEN", 2016, "use"): 47.2},
          "'XX9' is not an ISO 3166 code; by its name 'Kenya' it is read as KEN")
    check(work, head + ",KEN,2016,1\nUganda,UGA,2016,2\nPeru,,2016,3\n",
          {("KEN", 2016, "use"): 1, ("UGA", 2016, "use"): 2, ("PER", 2016, "use"): 3})
    # many rows, one line
    check(work, head + ",Kenya,2016,1\n,Uganda,2016,2\n,Peru,2016,3\n,Kenya,2017,4\n",
          {("KEN", 2016, "use"): 1, ("UGA", 2016, "use"): 2, ("PER", 2016, "use"): 3,
           ("KEN", 2017, "use"): 4},
          "input.csv:2:2: note: the code is empty; by its name 'Kenya' it is read as KEN; likewise 2 "
          "more: 'Uganda' as 'UGA' (line 3), 'Peru' as 'PER' (line 4)")
    # the same code again beside the name of another country
    check(work, head + "KEN,Kenya,2016,1\nKEN,Uganda,2017,2\nKEN,Kenya,2018,3\n",
          {("KEN", 2016, "use"): 1, ("KEN", 2018, "use"): 3},
          "input.csv:3:1: error: the code 'KEN' and the name 'Uganda' (UGA) disagree",
          code=1, options=["-k"])
    check(work, head + "KEN,Kenya,2016,1\nKEN,World,2017,2\nRUS,Soviet Union,2017,2\n",
          {("KEN", 2016, "use"): 1},
          "input.csv:3:1: error: the code 'KEN' and the name 'World' (a group of countries) disagree",
          "input.csv:4:1: error: the code 'RUS' and the name 'Soviet Union' (dissolved in 1991) disagree",
          code=1, options=["-k"])
    check(work, head + "KEN,ZZZ Nowhere,2016,1\n,Nowhere,2016,1\n,,2016,1\n",
          {("KEN", 2016, "use"): 1}, "input.csv:3:2: error: unknown country 'Nowhere'",
          "input.csv:4:1: error: the country is empty", code=1, options=["-k"])
    check(work, head.replace("iso3", "country_code") + "'404,Kenya,2016,1\n'156,China,2016,2\n'159,China,2016,3\n",
          {("KEN", 2016, "use"): 1, ("CHN", 2016, "use"): 2}, "159", "kept apart")


def namibia(work):
    head = "iso3,country,year,use\n"
    three = "KEN,Kenya,2016,1\nUGA,Uganda,2016,2\n"
    known = {("KEN", 2016, "use"): 1, ("UGA", 2016, "use"): 2}
    check(work, head + three + "NA,Namibia,2016,3\n", {**known, ("NAM", 2016, "use"): 3})
    check(work, head + three + "NA,Kosovo,2016,3\nNA,World,2016,4\n", {**known, ("XKX", 2016, "use"): 3},
          "'NA' is not an ISO 3166 code; by its name 'Kosovo' it is read as XKX",
          "1 rows of 1 aggregates kept apart: NA (line 5)")
    check(work, head + three + "NA,Somewhere,2016,3\n", known, "input.csv:4:1: error: unknown country",
          code=1, options=["-k"])
    check(work, "iso3,year,use\nKEN,2016,1\nUGA,2016,2\nNA,2016,3\n", {**known, ("NAM", 2016, "use"): 3},
          "'NA' is read as NAM (Namibia)")
    check(work, "country,year,use\nKE,2016,1\nUG,2016,2\nNA,2016,3\n", {**known, ("NAM", 2016, "use"): 3},
          without=["'NA' is read"])
    check(work, "country,year,use\nKenya,2016,1\nUganda,2016,2\nNA,2016,3\n", {**known, ("NAM", 2016, "use"): 3},
          "'NA' is read as NAM (Namibia)")
    # beside a good code NA says nothing
    check(work, head + three + "XKX,NA,2016,3\n", {**known, ("XKX", 2016, "use"): 3},
          without=["disagree", "is not known"])


CODES = ["iso3", "iso3c", "ISO3", "Country Code", "CountryCode", "countrycode", "country_code",
         "COUNTRY.CODE", "ISO Code", "iso_code", "ISO3166", "ISO3166-1-Alpha-3", "alpha-3", "cca3", "REF_AREA",
         "GeoAreaCode", "SpatialDimValueCode", "Country Code (ISO 3166-1 alpha-3)", "Code", "Country ISO Code",
         "Code pays", "Código de país", "Código do país", "Ländercode", "Codice paese", "Код страны",
         "国家代码", "رمز الدولة", "Location", "GEO", "wbcode", "country_text_id"]
ALPHA2 = ["iso2c", "iso2", "ISO2", "alpha-2", "ISO 3166-1 alpha-2", "ISO3166-1-Alpha-2", "iso_a2"]
NUMBERS = ["Area Code (M49)", "M49 Code", "ISO numeric", "Country code M49", "GeoAreaCode"]
NAMES = ["Country", "country_name", "CountryName", "Country Name", "GeoAreaName", "ref_area.label", "Area",
         "Country or Area", "COUNTRY/ECONOMY", "Country/Region", "Economy", "Origin", "Entity", "Location", "State",
         "Name", "Countries and areas", "Pays", "Nom du pays", "País", "Nombre del país", "Nome do país", "Land",
         "Länder", "Staat", "Paese", "Страна", "Название страны", "国家", "国家名称", "国家和地区", "دولة", "الدولة",
         "البلد", "Geographic area", "Reference area", "Member State", "Nation"]
YEARS = ["Year", "YEAR", "TIME_PERIOD", "Time Period", "année", "Année", "ANNÉE", "año", "Ano", "Jahr", "Anno", "год", "Год",
         "年", "年份", "سنة", "السنة"]


def headers(work):
    """Each spelling of a header by itself, for the tables of one column a series."""
    two = {("KEN", 2018, "use"): 17.8, ("NAM", 2018, "use"): 51}
    for header in CODES:
        check(work, f"{header},year,use\nKEN,2018,17.8\nNAM,2018,51\n", two)
    for header in ALPHA2:
        check(work, f"{header},year,use\nNA,2018,51\nKE,2018,17.8\n", two)
    for header in NUMBERS:
        check(work, f"{header},year,use\n516,2018,51\n404,2018,17.8\n", two)
    for header in NAMES:
        check(work, f"{header},year,use\nNamibia,2018,51\nKenya,2018,17.8\n", two)
        check(work, f"use,{header},year,iso2c\n51,Namibia,2018,NA\n17.8,Kenya,2018,KE\n", two)
    for header in YEARS:
        check(work, f"country,{header},use\nNAM,2018,51\nKEN,2018,17.8\n", two)


def two_columns(work):
    """Two columns of codes or of names: the other is read where the first says nothing."""
    full = {("KEN", 2018, "use"): 17.8, ("NAM", 2018, "use"): 51, ("LAO", 2018, "use"): 25.5}
    check(work, "iso2c,iso3c,year,use\nKE,KEN,2018,17.8\nNA,,2018,51\n,LAO,2018,25.5\n", full,
          "note: the code is empty; by its name 'LAO' it is read as LAO" if False else "is read as")
    check(work, "countrycode,country,year,use\nLAO,Lao Something,2018,25.5\nKEN,Kenya,2018,17.8\n"
          "NAM,Namibia,2018,51\n", full, "the name 'Lao Something' is not known; its code LAO is read")
    check(work, "Country,Pays,year,use\nKenya,Kenya,2018,17.8\n,Namibie,2018,51\nLaos,Laos PDR XY,2018,25.5\n", full)
    check(work, "iso2c,iso3c,year,use\nKE,UGA,2018,17.8\nNA,NAM,2018,51\n", {("NAM", 2018, "use"): 51},
          "disagree", code=1, options=["-k"])
    # FAO's and COW's own numbers are no codes of ISO 3166
    check(work, "Country Code,Country,year,use\n114,Kenya,2018,17.8\n147,Namibia,2018,51\n"
          "4,Algeria,2018,47.7\n120,Laos,2018,25.5\n", {**full, ("DZA", 2018, "use"): 47.7})
    # nor are numbers of rows
    check(work, "M49,country,year,use\n1,KEN,2018,17.8\n2,NAM,2018,51\n3,LAO,2018,25.5\n", full)
    # a code column of indicators is none of countries
    check(work, "country,code,year,use\nKenya,IT.NET,2018,17.8\nNamibia,IT.NET,2018,51\nLaos,IT.NET,2018,25.5\n", full)
    check(work, "Code,Name,year,use\nKEN,Kenya,2018,17.8\nNAM,Namibia,2018,51\nLAO,Laos,2018,25.5\n", full)


def not_countries(work):
    """Headers that may mean anything are of countries only where their cells are."""
    two = {("KEN", 2018, "use"): 17.8, ("NAM", 2018, "use"): 51}
    for header, cells in [("Area", ("582646", "825615")), ("Origin", ("survey", "survey")),
                          ("Unit", ("percent", "percent")), ("Name", ("use", "use")), ("State", ("final", "final")),
                          ("Area", ("national", "national"))]:
        got, said = ingest(work, f"{header},iso3,year,use\n{cells[0]},KEN,2018,17.8\n{cells[1]},NAM,2018,51\n", 0)
        values = {key: value for key, value in got.items() if key[2].startswith("use")}
        assert {key[:2]: value for key, value in values.items()} == {
            key[:2]: value for key, value in two.items()}, (header, got, said)
        assert "unknown country" not in said and "is not known" not in said, said


def reported(work):
    """Files that were refused, or read without some of their rows."""
    check(work, "Area Code (M49),Area,Item,Year,Unit,Value,Flag\n404,Kenya,Total population,2016,1000 persons,47894.67,X\n"
          "156,China,Total population,2016,1000 persons,1414049.35,X\n",
          {("KEN", 2016, "Total population"): 47894.67, ("CHN", 2016, "Total population"): 1414049.35})
    check(work, "countrycode,country,year,pop,hours\nLAO,Lao People's DR,2016,6.7,2034\nKEN,Kenya,2016,47.2,2100\n",
          {("LAO", 2016, "pop"): 6.7, ("LAO", 2016, "hours"): 2034, ("KEN", 2016, "pop"): 47.2,
           ("KEN", 2016, "hours"): 2100})
    check(work, "economy_name,iso3,score,year\nCôte d'Ivoire,,65.3,2024\nKenya,KEN,60.1,2024\n",
          {("CIV", 2024, "score"): 65.3, ("KEN", 2024, "score"): 60.1}, "note: the code is empty")
    check(work, "iso2c,year,use,pop\nNA,2018,51,2.4\nKE,2018,17,51.4\n",
          {("NAM", 2018, "use"): 51, ("NAM", 2018, "pop"): 2.4, ("KEN", 2018, "use"): 17,
           ("KEN", 2018, "pop"): 51.4})
    check(work, "country,year,a,b\nSint Maarten,2015,1,2\nN. Korea,2015,5,6\nRepublic of China,2015,7,8\nAruba,2015,3,4\n",
          {("SXM", 2015, "a"): 1, ("SXM", 2015, "b"): 2, ("PRK", 2015, "a"): 5, ("PRK", 2015, "b"): 6,
           ("TWN", 2015, "a"): 7, ("TWN", 2015, "b"): 8, ("ABW", 2015, "a"): 3, ("ABW", 2015, "b"): 4})


def options(work):
    """A country that a user names: a code of either length in any case, or a name; one that may be
    another is asked about, one that is known and not there is said to be so."""
    global n_checked
    text = "country,year,use\nKEN,2018,17.8\nCOD,2018,8.6\nCOG,2018,8.65\nNER,2018,5.3\n"
    ingest(work, text, 0)
    for said in ["KEN", "ken", "KE", "ke", "Kenya", "kenya", "République du Kenya"]:
        table = rows(rift("export", "p.h5", "panel", "--country", said, cwd=work))
        assert [row["country"] for row in table] == ["KEN"], (said, table)
    for said, words in [("Congo", ["COG", "COD"]), ("Nigr", ["Niger (NER)", "(NGA)"]),
                        ("Peru", ["the country 'Peru' (PER) is not among"]),
                        ("per", ["the country 'per' (PER) is not among"])]:
        answer = rift("export", "p.h5", "panel", "--country", said, cwd=work, code=2)
        for word in words:
            assert word in answer, (said, word, answer)
        n_checked += 1
    (work / "aliases.csv").write_text("name,country\nA1,Kenya\nA2,ke\nA3,nam\n")
    check(work, "country,year,use\nA1,2017,1\nA2,2018,2\nA3,2018,3\n",
          {("KEN", 2017, "use"): 1, ("KEN", 2018, "use"): 2, ("NAM", 2018, "use"): 3},
          options=["--aliases", "aliases.csv"])
    (work / "aliases.csv").write_text("name,country\nA1,Congo\n")
    _, said = ingest(work, "country,year,use\nA1,2017,1\n", 1, "--aliases", "aliases.csv")
    assert "aliases.csv:2:4: error: unknown country code 'Congo'; did you mean" in said and "COD" in said, said


with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    options(work)
    reported(work)
    headers(work)
    two_columns(work)
    not_countries(work)
    each_row(work)
    namibia(work)
passed(n_checked)
