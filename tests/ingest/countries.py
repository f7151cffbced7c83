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
          "'NA' among codes of three letters is read as NAM (Namibia)")
    check(work, "country,year,use\nKE,2016,1\nUG,2016,2\nNA,2016,3\n", {**known, ("NAM", 2016, "use"): 3},
          without=["'NA' among"])
    # beside a good code NA says nothing
    check(work, head + three + "XKX,NA,2016,3\n", {**known, ("XKX", 2016, "use"): 3},
          without=["disagree", "is not known"])


with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    each_row(work)
    namibia(work)
passed(n_checked)
