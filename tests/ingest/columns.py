# SPDX-License-Identifier: GPL-3.0-or-later
"""Which rows belong to one series: columns that tell rows apart are groups of people, or asked about, in every layout, whether
or not two rows collide; and what the user says of them is done."""
import csv
import io

from expected import SANITIZED, each, expect, ingest, refused, run


def check_groups(folder):
    """Sex, age, area and the like make series of their own in every layout; a total of them is the series itself."""
    long = ("country,year,indicator,Sex,value\nKEN,2019,use,male,44.1\nKEN,2020,use,female,30\nKEN,2020,use,Total,37\n"
            "CHN,2020,use,M,71\n")
    wanted = {("KEN", 2019, "use[sex=male]"): 44.1, ("KEN", 2020, "use[sex=female]"): 30, ("KEN", 2020, "use"): 37,
              ("CHN", 2020, "use[sex=male]"): 71}
    expect(folder, long, wanted)
    years = "country,indicator,sex,2019,2020\nKEN,use,male,44.1,\nKEN,use,female,,30\nKEN,use,both sexes,,37\nCHN,use,M,,71\n"
    expect(folder, years, wanted)
    wide = "country,year,gender,use\nKEN,2019,male,44.1\nKEN,2020,female,30\nKEN,2020,all,37\nCHN,2020,M,71\n"
    expect(folder, wide, wanted)
    bank = ("Country Name,Country Code,Indicator Name,Indicator Code,Sex,2019,2020\nKenya,KEN,Users,use,male,44.1,\n"
            "Kenya,KEN,Users,use,female,,30\nKenya,KEN,Users,use,total,,37\nChina,CHN,Users,use,male,,71\n")
    expect(folder, bank, wanted)
    two = "country,year,Age group,Wealth quintile,use\nKEN,2019,15-24,Q1,4\nKEN,2019,15-24,Q5,9\nKEN,2019,Total,Total,7\n"
    expect(folder, two, {("KEN", 2019, "use[age=15-24,income=Q1]"): 4, ("KEN", 2019, "use[age=15-24,income=Q5]"): 9,
                         ("KEN", 2019, "use"): 7})
    # The area of a country is a number, not a group; the age of its people too.
    expect(folder, "country,year,area,age\nKEN,2019,580,19.5\nCHN,2019,9597,38\n",
           {("KEN", 2019, "area"): 580, ("KEN", 2019, "age"): 19.5, ("CHN", 2019, "area"): 9597, ("CHN", 2019, "age"): 38})


MIXED = {
    "rank and value": ("Country,Indicator,Subindicator Type,2016,2017\nKenya,Readiness,Value,3.8,\nKenya,Readiness,Rank,,86\n"
                       "China,Readiness,Value,4.2,\nChina,Readiness,Rank,,59\n", "'Subindicator Type'", "Rank", "Value"),
    "codes": ("Country,Year,Indicator,Subindicator Id,Value\nKenya,2016,Readiness,1,3.8\nKenya,2017,Readiness,2,86\n",
              "'Subindicator Id'", "2", "1"),
    "survey": ("country,indicator,survey,year,value\nKEN,use,DHS,2019,44\nKEN,use,MICS,2020,39\nCHN,use,DHS,2019,68\n",
               "'survey'", "MICS", "DHS"),
    "wide": ("iso3,year,poverty line,use,pop\nKEN,2019,national,44,50\nKEN,2020,$2.15,39,52\n", "'poverty line'", "$2.15", "national"),
    "unit": ("country,year,indicator,value,unit of measure\nKEN,2019,use,44,percent\nKEN,2020,use,20000,thousands\n",
             "'unit of measure'", "thousands", "percent"),
    "quoted": ('country,year,indicator,"type, of line",value\nKEN,2019,use,"fixed ""old"", slow",4\nKEN,2020,use,mobile,9\n',
               "'type, of line'", "mobile", 'fixed "old", slow'),
}


def check_mixed(folder):
    """A column that takes two texts in one country and series is an error, with two rows of it, though none collide."""
    for name, (text, column, here, there) in MIXED.items():
        refused(folder, text, f"the column {column} tells rows of one country and series apart: it is '{here}' here",
                f"'{there}' in line 2", "--dimension", "--where", "dimension, where, remarks")
    text, column = MIXED["survey"][:2]
    expect(folder, text, {("KEN", 2019, "use.DHS"): 44, ("KEN", 2020, "use.MICS"): 39, ("CHN", 2019, "use.DHS"): 68},
           "--dimension", "survey")
    expect(folder, text, {("KEN", 2019, "use"): 44, ("CHN", 2019, "use"): 68}, "--where", "survey=DHS",
           words="1 rows have other texts than those to be kept")
    expect(folder, text, {("KEN", 2019, "use"): 44, ("KEN", 2020, "use"): 39, ("CHN", 2019, "use"): 68}, "--remarks", "survey")
    expect(folder, MIXED["quoted"][0], {("KEN", 2019, "use.fixed \"old\", slow"): 4, ("KEN", 2020, "use.mobile"): 9},
           "--dimension", "type, of line")
    expect(folder, "country,year,sex,use\nKEN,2019,F,3\nKEN,2019,M,4\n", {("KEN", 2019, "use[sex=female]"): 3},
           "--where", "sex=F", words="1 rows have other")
    expect(folder, text, {}, "--where", "surwey=DHS", words="no header has the column 'surwey' that was stated", code=1)
    expect(folder, text, {}, "--dimension", "nothing", words="no header has the column 'nothing'", code=1)
    done = run(folder, "ingest", "input.csv", "-o", "p.h5", "--where", "survey")
    assert done.returncode == 2 and "--where takes a column and a text" in done.stderr, done.stderr


def check_between(folder):
    """Two countries of one series under two texts: a warning, unless the column belongs to the countries."""
    rich = "country,indicator,category,year,value\nKEN,use,rich,2019,44.1\nCHN,use,poor,2019,68.2\n"
    expect(folder, rich, {("KEN", 2019, "use"): 44.1, ("CHN", 2019, "use"): 68.2},
           words="the column 'category' tells countries of one series apart: it is 'poor' here (CHN) and 'rich' in line 2 (KEN)")
    for harmless in ("continent", "World Bank region", "income group", "Source", "Footnotes", "Last Updated", "ISO2"):
        expect(folder, rich.replace("category", harmless), {("KEN", 2019, "use"): 44.1, ("CHN", 2019, "use"): 68.2})
    # One text for each country in all its rows is of the country, whatever the column is called.
    expect(folder, "country,year,bloc,use\nKEN,2019,a,1\nKEN,2020,a,2\nCHN,2019,b,3\nCHN,2020,b,4\n",
           {("KEN", 2019, "use"): 1, ("KEN", 2020, "use"): 2, ("CHN", 2019, "use"): 3, ("CHN", 2020, "use"): 4})
    # So is one text for each series: a label.
    expect(folder, "country,year,indicator,label,value\nKEN,2019,a,A a,1\nCHN,2019,a,A a,2\nKEN,2019,b,B b,3\nCHN,2019,b,B b,4\n",
           {("KEN", 2019, "a"): 1, ("CHN", 2019, "a"): 2, ("KEN", 2019, "b"): 3, ("CHN", 2019, "b"): 4})
    # Other units of other countries are other things.
    expect(folder, "country,year,indicator,value,unit_measure\nKEN,2019,gdp,1,KES\nCHN,2019,gdp,2,CNY\n",
           {("KEN", 2019, "gdp"): 1, ("CHN", 2019, "gdp"): 2}, words="the column 'unit_measure' tells countries of one series apart")
    # A text in some rows only may be a remark.
    expect(folder, "country,year,indicator,basis,value\nKEN,2019,use,,4\nKEN,2020,use,new,5\n",
           {("KEN", 2019, "use"): 4, ("KEN", 2020, "use"): 5}, words="the column 'basis' tells rows of one country and series apart")


def check_periods(folder):
    """Quarters and months are no years, however few rows there are."""
    for column, part in (("quarter", "Q1"), ("Month", "1"), ("month_name", "January"), ("Half-year", "H1"), ("Trimestre", "T1")):
        refused(folder, f"country,year,{column},use\nKEN,2016,{part},16.6\nCHN,2016,{part},53.2\n",
                f"the column '{column}' says that the rows are parts of a year: '{part}' here")
    refused(folder, "country,year,quarter,indicator,value\nKEN,2016,Q1,use,16.6\nCHN,2016,Q3,use,53.2\n", "parts of a year")
    expect(folder, "country,year,quarter,use\nKEN,2016,Q1,16.6\nKEN,2016,Q4,17\nCHN,2016,Q4,53.2\n",
           {("KEN", 2016, "use"): 17, ("CHN", 2016, "use"): 53.2}, "--where", "quarter=Q4", words="1 rows have other")
    expect(folder, "country,year,quarter,use\nKEN,2016,Annual,16.6\nCHN,2016,,53.2\n",
           {("KEN", 2016, "use"): 16.6, ("CHN", 2016, "use"): 53.2})


def check_parts(folder):
    """The same in a file so large that it is read in parts by several threads: the two rows stand in different parts."""
    begin = "country,year,indicator,line,value\n"
    rows = [f"KEN,{1000 + i % 1900},s{i // 1900},fixed,{i}\n" for i in range(800000)]
    filler = "".join(rows)
    assert len(filler) > 17 << 20
    text = begin + "CHN,2019,use,fixed,44\n" + filler + "CHN,2020,use,mobile,39\n"
    for threads in (2,) if SANITIZED else (1, 2, 5):
        values, code, said = ingest(folder, text, "--threads", threads)
        assert code == 1 and not values, (threads, code, said[:2000])
        assert "the column 'line' tells rows of one country and series apart: it is 'mobile' here (CHN) and 'fixed' in line 2 (CHN)" \
            in said and f"input.csv:{len(rows) + 3}:1: error" in said, (threads, said[:2000])


def check_study(folder):
    """A study says the same of its sources, and so do check and score."""
    (folder / "input.csv").write_text(MIXED["survey"][0])
    (folder / "i.yaml").write_text("code: i\nname: I\nnodes:\n  - code: i\n    name: I\n    series: [use]\n")
    done = run(folder, "check", "input.csv")
    assert done.returncode == 1 and "tells rows of one country and series apart" in done.stderr, done.stderr
    (folder / "countries.csv").write_text("country,name\nKEN,Kenya\nCHN,China\nIND,India\n")
    text = MIXED["survey"][0] + "IND,use,DHS,2020,20\nCHN,use,DHS,2020,70\nIND,use,MICS,2020,21\n"
    (folder / "input.csv").write_text(text)
    (folder / "i.yaml").write_text("code: i\nname: I\nnormalisation: min-max\nnodes:\n  - {code: n, children: [use]}\n")
    (folder / "f.yaml").write_text("series:\n  - {code: use, name: Use, unit: percent}\n")
    for key, wanted in (("where: {survey: DHS}", None), ("where: {survey: MICS}", 39)):
        (folder / "s.yaml").write_text(f"code: s\ntitle: S\nyears: {{first: 2019, last: 2020}}\nsources:\n  - file: input.csv\n    {key}\nseries_files: [f.yaml]\n"
                                       "countries: {file: countries.csv}\nindex: i.yaml\n")
        done = run(folder, "run", "s.yaml", "-o", "o", "--no-charts", "--no-report", "--force")
        rows = list(csv.DictReader(io.StringIO(run(folder, "export", "o", "panel").stdout)))
        value = {(r["country"], r["year"]): r["value"] for r in rows if r["indicator"] == "use"}
        assert done.returncode == 0 and float(value.get(("KEN", "2020")) or 0) == (wanted or 0), (key, done.stderr, value)
    done = run(folder, "check", "input.csv", "--where", "survey=DHS")
    assert done.returncode == 0 and "2 rows have other texts" in done.stderr, done.stderr


each([check_groups, check_mixed, check_between, check_periods, check_parts, check_study])
