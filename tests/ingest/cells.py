# SPDX-License-Identifier: GPL-3.0-or-later
"""A column with a header and a number anywhere is a series, judged by all of it; its other cells are read, or asked about; numbers
with percent signs and thousands marks are numbers."""
import h5py

from expected import SANITIZED, each, expect, ingest, refused, run

COUNTRIES = ["BRA", "CHN", "IND", "KEN"]


def check_late(folder):
    """Numbers that come behind any number of texts are read, and the texts asked about, once for each text."""
    rows = [(c, y) for c in COUNTRIES for y in range(1990, 2020)]
    for late in (1, 30, 119):
        begin = len(rows) - late
        text = "country,year,use,speed\n" + "".join(f"{c},{y},{i % 90},{'n.a.' if i < begin else i}\n" for i, (c, y) in enumerate(rows))
        wanted = {(c, y, "use"): i % 90 for i, (c, y) in enumerate(rows)}
        wanted.update({(c, y, "speed"): i for i, (c, y) in enumerate(rows) if i >= begin})
        words = f"the value 'n.a.' is not a number, here and in {begin - 1} further cells of 'speed'" if begin > 3 else "'n.a.' is not a number"
        expect(folder, text, {}, words=[words, "--missing" if begin > 3 else ""], code=1)
        expect(folder, text, wanted, "-k", words=words, code=1)
        expect(folder, text, wanted, "--missing", "n.a.", words="")
    # Whatever the parts of a large file are.
    many = [f"{COUNTRIES[i % 4]},{1000 + i // 4 % 1900},filling up the line with some digits 12345678901234567890,{i % 97}\n"
            for i in range(7600)] * 1
    big = "country,year,remark,use,late\n" + "".join(r[:-1] + ",none\n" for r in many)
    padding = " " * 2400
    big = big.replace(",filling", f",{padding}filling")
    assert len(big) > 17 << 20
    big += "BRA,2999,x,5,8\n"
    for threads in (2,) if SANITIZED else (1, 2):
        _, code, said = ingest(folder, big, "--threads", threads)
        assert code == 1 and "'none' is not a number, here and in" in said and "of 'late'" in said, said[:1000]
        values, code, _ = ingest(folder, big, "-k", "--threads", threads)
        assert values["BRA", 2999, "late"] == 8 and values["BRA", 2999, "use"] == 5


def check_texts(folder):
    """A column of texts alone is named and left; nothing is said of it."""
    text = "country,year,blurb,use\nKEN,2019,long story,4\nCHN,2019,long story,5\n"
    wanted = {("KEN", 2019, "use"): 4, ("CHN", 2019, "use"): 5}
    expect(folder, text, wanted)
    done = run(folder, "check", "input.csv")
    assert "columns ignored: blurb" in done.stdout, done.stdout
    done = run(folder, "check", "input.csv", "--remarks", "use")
    assert done.returncode == 1 and "no column of values is left" in done.stdout + done.stderr, (done.stdout, done.stderr)
    # Mostly dashes: asked, and the number is there.
    text = "country,year,pop,use\nKEN,2016,48,-\nCHN,2016,1403,-\nIND,2016,1324,29.5\n"
    wanted = {("KEN", 2016, "pop"): 48, ("CHN", 2016, "pop"): 1403, ("IND", 2016, "pop"): 1324, ("IND", 2016, "use"): 29.5}
    expect(folder, text, {}, words="input.csv:2:13: error: the value '-' is not a number", code=1)
    expect(folder, text, wanted, "--missing", "-")
    for odd in ("<0.1", "~5", "66.8 [63.1-70.2]", "5 Mbps", "1.2e", "12-", "3/4"):
        expect(folder, text.replace("48,-", f"48,{odd}").replace("1403,-", "1403,1"), {}, words=f"the value '{odd}' is not a number", code=1)


def check_no_series(folder):
    """Codes, ranks and row numbers are no values, unless the study names them."""
    for column in ("#", "Ranking", "iso_num", "Item Code", "Unnamed: 0", "M49", "row", "Country Code (FAO)", "areaCode", "ID", "Rank 2016"):
        text = f"{column},country,year,use,pop\n1,KEN,2016,16.6,48\n2,CHN,2016,53.2,1403\n"
        expect(folder, text, {("KEN", 2016, "use"): 16.6, ("CHN", 2016, "use"): 53.2, ("KEN", 2016, "pop"): 48, ("CHN", 2016, "pop"): 1403},
               words="the column 'Item Code' tells countries of one series apart" if column == "Item Code" else ())
    # Indices, numbers of things and shares are.
    for column in ("E-Government Index", "Number of users", "places in school", "Internet code writers"):
        text = f"country,year,{column},pop\nKEN,2016,0.5,48\nCHN,2016,0.6,1403\n"
        expect(folder, text, {("KEN", 2016, column): 0.5, ("CHN", 2016, column): 0.6, ("KEN", 2016, "pop"): 48, ("CHN", 2016, "pop"): 1403})


def check_dressed(folder):
    """Percent signs and marks between thousands."""
    for cell, value in (("81.6%", 81.6), ("81.6 %", 81.6), ("81.6\u00a0%", 81.6), ("8 500", 8500), ("8\u00a0500", 8500), ("8\u202f500", 8500),
                        ("8\u2009500", 8500), ("8'500", 8500), ("8\u2019500", 8500), ("8'100'000", 8100000), ("1 234 567.25", 1234567.25),
                        ("-8 500", -8500), ("1,010,740,000", 1010740000), ("8,500.5", 8500.5), ("12 000%", 12000)):
        text = f'country,year,use,pop\nKEN,2016,"{cell}",48\nCHN,2016,"{cell}",1403\n'
        values, code, said = ingest(folder, text)
        assert code == 0 and values["KEN", 2016, "use"] == value, (cell, values, said)
        assert ("marks between their thousands" in said) == ("%" not in cell or "000" in cell), (cell, said)
    values, code, said = ingest(folder, "country;year;use\nKEN;2016;1 234,5\nCHN;2016;16,25\n".encode("cp1252").replace(b" ", b"\xa0"))
    assert code == 0 and values == {("KEN", 2016, "use"): 1234.5, ("CHN", 2016, "use"): 16.25}, (values, said)
    for cell in ("1 23", "12 3456", "1234 567", "1 234'567", "1  234", "1 234 56", "%", "5%%", "1 2", "2016 2017", "1,23,456", "1'2'3"):
        text = f'country,year,use,pop\nKEN,2016,"{cell}",48\nCHN,2016,5,1403\n'
        expect(folder, text, {}, words=f"the value '{cell}' is not a number", code=1)
    # One comma may be either mark; stated, it is read.
    text = 'country,year,use,pop\nKEN,2016,"8,500",48\nCHN,2016,"1,010,740",1403\n'
    expect(folder, text, {}, words="'8,500' is not a number; use '.' as the decimal mark and no thousands marks", code=1)
    expect(folder, text, {("KEN", 2016, "use"): 8500, ("CHN", 2016, "use"): 1010740, ("KEN", 2016, "pop"): 48, ("CHN", 2016, "pop"): 1403},
           "--decimal", "point", words="2 numbers are written with marks")
    # Of each column for itself: 16,6 settles its own.
    text = "country;year;use;pop\nKEN;2016;16,6;1.410,5\nCHN;2016;53,2;48\n"
    expect(folder, text, {}, words="is '1.410,5' in column 'pop' written with a decimal comma or with thousands marks?", code=1)
    expect(folder, text, {("KEN", 2016, "use"): 16.6, ("CHN", 2016, "use"): 53.2, ("KEN", 2016, "pop"): 1410.5, ("CHN", 2016, "pop"): 48},
           "--decimal", "comma", words="1 numbers are written with marks")
    # Percent signs say the unit; some with and some without is a question.
    ingest(folder, "country,year,indicator,value\nKEN,2016,use,16.6%\nCHN,2016,use,53.2%\n")
    with h5py.File(folder / "p.h5") as panel:
        assert list(panel["indicator_unit"]) == [b"%"], list(panel["indicator_unit"])
    refused(folder, "country,year,use\nKEN,2016,16.6%\nCHN,2016,0.532\nIND,2016,20.1%\n",
            "of the numbers of 'use' 2 have a percent sign and 1 have none")
    refused(folder, "country,indicator,2015,2016\nKEN,use,16.6%,17\nCHN,use,50%,53.2%\n", "3 have a percent sign and 1 have none")


each([check_late, check_texts, check_no_series, check_dressed])
