# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes that everyone's files have: labels beside codes, SDMX-CSV in all its forms, tables of the UN and the WHO, one series
named by the file, years in headers and in odd spellings."""
from expected import each, expect, ingest, refused, run


def check_labels(folder):
    """Labels of codes, in columns of their own or behind a colon, are names and not part of the series."""
    both = {("DEU", 2020, "USE.PC"): 93.1, ("FRA", 2020, "USE.PC"): 87.2}
    plain = ("STRUCTURE,STRUCTURE_ID,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
             "dataflow,ESTAT:USE(1.0),A,PC,DE,2020,93.1,\ndataflow,ESTAT:USE(1.0),A,PC,FR,2020,87.2,b\n")
    named = ("STRUCTURE,STRUCTURE_ID,freq,Time frequency,unit,Unit of measure,geo,Geopolitical entity (reporting),TIME_PERIOD,Time,"
             "OBS_VALUE,Observation value,OBS_FLAG,Observation status (Flag)\n"
             "dataflow,ESTAT:USE(1.0),A,Annual,PC,Percentage,DE,Germany,2020,,93.1,,,\n"
             "dataflow,ESTAT:USE(1.0),A,Annual,PC,Percentage,FR,France,2020,,87.2,,b,break in time series\n")
    third = ("STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency,UNIT,Unit,REF_AREA,Reference area,SEX,Sex,TIME_PERIOD,Time period,"
             "OBS_VALUE,Observation value,OBS_STATUS,Observation status\n"
             "DATAFLOW,X:USE(1.0),Use,I,A,Annual,PC,Percent,DEU,Germany,_T,Total,2020,,93.1,,A,Normal value\n"
             "DATAFLOW,X:USE(1.0),Use,I,A,Annual,PC,Percent,FRA,France,_T,Total,2020,,87.2,,B,Break\n")
    colon = ("DATAFLOW,FREQ: Frequency,UNIT: Unit,REF_AREA: Reference area,TIME_PERIOD: Time period,OBS_VALUE: Observation value,OBS_STATUS: S\n"
             "X:USE(1.0): Use,A: Annual,PC: Percent,DEU: Germany,2020: 2020,93.1,A: Normal\n"
             "X:USE(1.0): Use,A: Annual,PC: Percent,FRA: France,2020: 2020,87.2,B: Break\n")
    for text in (plain, named, third, colon):
        expect(folder, text, both)
        status = {r.split(",")[0]: r.split(",")[5] for r in run(folder, "export", "p.h5", "panel").stdout.splitlines()[1:]}
        assert status == {"DEU": "A", "FRA": "B"}, (text, status)
    stat = ('"LOCATION","Country","IND","Indicator","TIME","Time","Unit Code","Unit","PowerCode Code","PowerCode","Value","Flag Codes","Flags"\n'
            '"NOR","Norway","BB1","Fixed lines","2018","2018","NBR","Number","3","Thousands",2201,,\n'
            '"NOR","Norway","BB1","Fixed lines","2019","2019","NBR","Number","3","Thousands",2250,"B","Break"\n'
            '"DNK","Denmark","BB1","Fixed lines","2018","2018","NBR","Number","0","Units",2540000,,\n')
    expect(folder, stat, {("NOR", 2018, "BB1"): 2201000, ("NOR", 2019, "BB1"): 2250000, ("DNK", 2018, "BB1"): 2540000},
           words="2 values are multiplied by the power of ten")
    expect(folder, "REF_AREA,Geographic area,INDICATOR,Indicator,SEX,Sex,TIME_PERIOD,OBS_VALUE\nKEN,Kenya,USE,Internet use,F,Female,2016,12\n"
                   "KEN,Kenya,USE,Internet use,M,Male,2016,20\nCHN,China,USE,Internet use,M,Male,2016,60\n",
           {("KEN", 2016, "USE[sex=female]"): 12, ("KEN", 2016, "USE[sex=male]"): 20, ("CHN", 2016, "USE[sex=male]"): 60})
    fao = ("Iso3,Area Code,Area,Item Code,Item,Element,Year Code,Year,Unit,Value,Flag\n"
           "KEN,114,Kenya,21010,Energy supply,Value,2001,2001,kcal,89,E\nKEN,114,Kenya,21011,Value of production,Value,2006,2006,I$,114,E\n"
           "CHN,351,China,21010,Energy supply,Value,2001,2001,kcal,117,E\nCHN,351,China,21010,Energy supply,Value,2002,2002,kcal,118,E\n")
    expect(folder, fao, {("KEN", 2001, "21010"): 89, ("KEN", 2006, "21011"): 114, ("CHN", 2001, "21010"): 117, ("CHN", 2002, "21010"): 118})


def check_sdmx(folder):
    """Columns that change what a value means are obeyed, or the file is refused."""
    start = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
    rows = "dataflow,X:Y(1.0),I,KEN,USE,2016,16.6\ndataflow,X:Y(1.0),A,CHN,USE,2016,53.2\n"
    wanted = {("KEN", 2016, "Y.USE"): 16.6, ("CHN", 2016, "Y.USE"): 53.2}
    expect(folder, start + rows, wanted)
    for action in ("D", "d", "Delete"):
        refused(folder, start + rows + f"dataflow,X:Y(1.0),{action},CHN,USE,2016,\ndataflow,X:Y(1.0),{action},IND,USE,2016,20.1\n",
                "input.csv:4:1: error: the row deletes values (ACTION D), as 2 of the file do")
    for head, cells in (("OBS_VALUE,UNIT_MULT,OBS_STATUS", "{v},{p},A"), ("UNIT_MULT,OBS_VALUE,OBS_STATUS", "{p},{v},A")):
        text = f"DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,{head}\n" + "".join(
            f"X:POP(1.0),{c},POP,2016,{cells.format(v=v, p=p)}\n" for c, v, p in (("CHN", 1387, 6), ("IND", 1324171, 3), ("KEN", 48461567, 0), ("BRA", 5, "")))
        expect(folder, text, {("CHN", 2016, "POP.POP"): 1387e6, ("IND", 2016, "POP.POP"): 1324171e3, ("KEN", 2016, "POP.POP"): 48461567,
                              ("BRA", 2016, "POP.POP"): 5}, words="2 values are multiplied by the power of ten that stands beside them")
        expect(folder, text.replace(",6,", ",many,"), {}, words="the power of ten 'many' is not a whole number", code=1)
    expect(folder, "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,NOTE,TIME_PERIOD,OBS_VALUE\n"
                   "dataflow,X:Y(1.0),I,KEN,USE,revised in 2020,,\ndataflow,X:Y(1.0),I,KEN,USE,,2016,16.6\n",
           {("KEN", 2016, "Y.USE"): 16.6}, words="1 rows say something of a series and hold no value")
    # A dimension that names the countries once more makes no series of each.
    refused(folder, "DATAFLOW,REF_AREA,PLACE,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),KEN,Nairobi,2016,1\nX:Y(1.0),CHN,Peking,2016,2\n"
                    "X:Y(1.0),IND,Delhi,2016,3\n", "each series has values of one country alone, so that one of the columns 'PLACE'")
    expect(folder, "DATAFLOW,REF_AREA,PLACE,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),KEN,Nairobi,2016,1\nX:Y(1.0),CHN,Peking,2016,2\n",
           {("KEN", 2016, "Y"): 1, ("CHN", 2016, "Y"): 2}, "--remarks", "PLACE")


def check_own_marks(folder):
    """A format takes no other's file, though rows are empty or columns have its names."""
    expect(folder, "country,year,users,pop\nKEN,2018,17,51\n,2018,3,4\nCHN,2018,54,1400\n",
           {("KEN", 2018, "users"): 17, ("KEN", 2018, "pop"): 51, ("CHN", 2018, "users"): 54, ("CHN", 2018, "pop"): 1400}, "-k",
           words="input.csv:3:1: error: the country is empty", code=1)
    expect(folder, '"LOCATION","Country","SUBJECT","Subject","TIME","Year","Unit Code","Unit","PowerCode Code","PowerCode","Value","Flag Codes","Flags"\n'
                   '"FRA","France","SEED","Seed","2019","2019","USD","US Dollar","6","Millions",120.5,,\n'
                   '"FRA","France","LATER","Later stage","2020","2020","USD","US Dollar","6","Millions",310.5,,\n'
                   '"DEU","Germany","SEED","Seed","2019","2019","USD","US Dollar","6","Millions",210.5,"E","Estimated value"\n',
           {("FRA", 2019, "SEED"): 120.5e6, ("FRA", 2020, "LATER"): 310.5e6, ("DEU", 2019, "SEED"): 210.5e6}, words="multiplied by the power of ten")
    expect(folder, "geo,time,use,pop\nKEN,2018,17,51\nCHN,2018,54,1400\n",
           {("KEN", 2018, "use"): 17, ("KEN", 2018, "pop"): 51, ("CHN", 2018, "use"): 54, ("CHN", 2018, "pop"): 1400})
    expect(folder, "geo,time,use,pop\nken,2018,17,51\nchn,2018,54,1400\n",
           {("KEN", 2018, "use"): 17, ("KEN", 2018, "pop"): 51, ("CHN", 2018, "use"): 54, ("CHN", 2018, "pop"): 1400})


def check_providers(folder):
    """The UN's and the WHO's tables."""
    sdg = ("Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Nature,Units,[Sex],[Age]\n"
           "17,17.8,17.8.1,IT_USE,Internet users per 100,404,Kenya,2016,16.6,E,PERCENT,BOTHSEX,ALLAGE\n"
           "17,17.8,17.8.1,IT_USE,Internet users per 100,404,Kenya,2016,14,C,PERCENT,FEMALE,15-24\n"
           "17,17.8,17.8.1,IT_USE,Internet users per 100,1,World,2016,43.1,M,PERCENT,BOTHSEX,ALLAGE\n")
    expect(folder, sdg, {("KEN", 2016, "IT_USE"): 16.6, ("KEN", 2016, "IT_USE[sex=female,age=15-24]"): 14}, words="1 aggregates kept apart")
    assert ",E," in run(folder, "export", "p.h5", "panel").stdout
    expect(folder, "T30,Internet usage\nRegion/Country/Area,,Year,Series,Value,Footnotes,Source\n404,Kenya,2020,Users,27.5,,ITU\n"
                   "156,China,2020,Users,\"70.1\",Estimate.,ITU\n", {("KEN", 2020, "Users"): 27.5, ("CHN", 2020, "Users"): 70.1})
    expect(folder, '"Country or Area","Year","Value","Value Footnotes"\n"Kenya","2016","16.6","1"\n"China","2016","53.2",""\n'
                   '"footnoteSeqID","Footnote"\n"1","Estimate"\n', {("KEN", 2016, "users"): 16.6, ("CHN", 2016, "users"): 53.2},
           name="users.csv", words="2 rows after or between the data")
    who = ("IndicatorCode,Indicator,SpatialDimValueCode,Location,Period,Dim1 type,Dim1,FactValueNumeric,Value\n"
           "LE,Life expectancy,KEN,Kenya,2019,Sex,Both sexes,66.1,66.1 [65.0-67.1]\nLE,Life expectancy,KEN,Kenya,2019,Sex,Female,68.4,68.4 [67-69]\n")
    expect(folder, who, {("KEN", 2019, "LE"): 66.1, ("KEN", 2019, "LE[sex=female]"): 68.4})


def check_one(folder):
    """One series that the file names, or the user; names of series without codes; headers in any spelling."""
    wanted = {("KEN", 2016, "net"): 16.6, ("CHN", 2016, "net"): 53.2}
    for head in ("Country Name,Country Code,Year,Value", "country,iso3,year,value", "Country,Code,Time,OBS_VALUE"):
        expect(folder, f"{head}\nKenya,KEN,2016,16.6\nChina,CHN,2016,53.2\n", wanted, name="net.csv", words="its name, 'net', is used")
        expect(folder, f"{head}\nKenya,KEN,2016,16.6\nChina,CHN,2016,53.2\n", wanted, "--series-of-file", "net", name="other.csv")
    for head in ("Country Name,Indicator Name,Year,Value", "Country Name,IndicatorName,Year,Value", "country,INDICATOR_CODE,year,value",
                 "country,Series,TimePeriod,Value", "CountryName,Series Code,Year,Obs_Value"):
        expect(folder, f"{head}\nKenya,net,2016,16.6\nChina,net,2016,53.2\n", wanted)
    expect(folder, "Country,CountryCode,IndicatorName,IndicatorCode,2012,2013\nKenya,KEN,Internet users,N.A,32.1,\n"
                   "Kenya,KEN,Mobile cellular,N.B,,71.8\nChina,CHN,Internet users,N.A,42.3,45.8\n",
           {("KEN", 2012, "N.A"): 32.1, ("KEN", 2013, "N.B"): 71.8, ("CHN", 2012, "N.A"): 42.3, ("CHN", 2013, "N.A"): 45.8})


def check_years(folder):
    """Years as numbers, of several years, in headers."""
    expect(folder, "country,year,use,pop\nKEN,2016.0,16.6,48\nCHN,2016.00,53.2,1403\n",
           {("KEN", 2016, "use"): 16.6, ("KEN", 2016, "pop"): 48, ("CHN", 2016, "use"): 53.2, ("CHN", 2016, "pop"): 1403},
           words="2 years are written as numbers, such as '2016.0'")
    for odd in ("2016.5", "2016.", "201.0", "20160", "1999-1998"):
        expect(folder, f"country,year,use,pop\nKEN,{odd},16.6,48\n", {}, words="is not four digits", code=1)
    text = "country,year,indicator,value\nKEN,1999-2001,hungry,30.1\nKEN,2000/2002,hungry,29.7\nKEN,2003_2006,hungry,29\nKEN,2010,hungry,20\n"
    expect(folder, text, {}, words="input.csv:2:5: error: 3 rows are of several years, such as '1999-2001'; say which", code=1)
    for option, years in (("first", (1999, 2000, 2003)), ("middle", (2000, 2001, 2004)), ("last", (2001, 2002, 2006))):
        expect(folder, text, {**dict(zip([("KEN", y, "hungry") for y in years], (30.1, 29.7, 29))), ("KEN", 2010, "hungry"): 20},
               "--period", option, words="3 rows of several years are read as of one of them")
    wanted = {("KEN", 2015, "use"): 16, ("KEN", 2016, "use"): 16.6, ("KEN", 2015, "pop"): 47.2, ("KEN", 2016, "pop"): 48.5}
    for head in ("use_2015,use_2016,pop_2015,pop_2016", "use 2015,use 2016,pop 2015,pop 2016", "2015_use,2016_use,2015_pop,2016_pop",
                 "use (2015),use (2016),pop [2015],pop [2016]", "use.2015,use.2016,pop.2015,pop.2016"):
        expect(folder, f"continent,country,{head}\nAfrica,Kenya,16.0,16.6,47.2,48.5\n", wanted)
    expect(folder, "country,Users 2015,Lines 2015\nKEN,16,4\nCHN,50,20\n",
           {("KEN", 2015, "Users"): 16, ("KEN", 2015, "Lines"): 4, ("CHN", 2015, "Users"): 50, ("CHN", 2015, "Lines"): 20})
    for head in ("X2015,X2016", "YR2015,YR2016", "2015 [YR2015],2016 [YR2016]", "2015.0,2016.0", "y2015,y2016", "F2015,F2016"):
        expect(folder, f"country,indicator,{head}\nKEN,use,16,16.6\n", {("KEN", 2015, "use"): 16, ("KEN", 2016, "use"): 16.6})


each([check_labels, check_sdmx, check_own_marks, check_providers, check_one, check_years])
