# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of countries: what the table of names says is what a reader takes them for, row by row of
the table; the spellings of providers; names that must never become a neighbour's; what was a
country once is kept apart and said; a name that says too little is taken as documented, and said."""
import csv
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift

# Country: spellings of the World Bank, ITU, the UN, Penn World Table, V-Dem, the IMF, FAO, WHO,
# OWID and others.
SPELLINGS = {
    "SXM": ["Sint Maarten", "Sint Maarten (Dutch part)", "St. Maarten", "Saint Martin (Dutch part)"],
    "MAF": ["Saint Martin (French part)", "St. Martin (French part)"],
    "CHN": ["China", "China, mainland", "China, P.R.: Mainland", "China (People's Republic of)"],
    "TWN": ["Republic of China", "Taiwan, Province of China", "Chinese Taipei", "Taiwan*"],
    "HKG": ["Hong Kong SAR", "Hong Kong, China (SAR)", "China, Hong Kong SAR", "Hong Kong SAR, China",
            "China, P.R.: Hong Kong", "Hong Kong S.A.R. of China", "Hong Kong"],
    "MAC": ["Macao SAR", "Macao SAR, China", "China, Macao SAR", "Macau", "Macao, China"],
    "MMR": ["Burma", "Burma/Myanmar", "Myanmar (Burma)", "Birmanie"],
    "ARE": ["UAE", "U.A.E.", "United Arab Emirates"],
    "COD": ["DRC", "D.R. of the Congo", "Congo, Dem. Rep.", "Congo (Kinshasa)", "Dem. Rep. Congo",
            "Democratic Republic of Congo", "Congo, DR", "RDC", "ДР Конго"],
    "COG": ["Congo, Rep.", "Congo (Brazzaville)", "Republic of Congo", "Congo (Rep. of the)"],
    "BIH": ["Bosnia", "Bosnia-Herzegovina", "Bosnia and Herz."],
    "KOR": ["S. Korea", "South Korea", "Korea, South", "Korea, Rep.", "Corée du Sud", "Südkorea", "韩国"],
    "PRK": ["N. Korea", "North Korea", "Korea, North", "DPRK", "Korea, DPR", "Korea, Dem. People's Rep.",
            "Corea del Norte", "Северная Корея"],
    "MKD": ["FYROM", "Macedonia, FYR", "TFYR of Macedonia", "North Macedonia"],
    "GNQ": ["Eq. Guinea", "Equatorial Guinea", "Guinée équatoriale"],
    "GIN": ["Guinea", "Guinea Conakry"], "GNB": ["Guinea-Bissau", "Guinea Bissau"],
    "PNG": ["Papua New Guinea", "Papua N. Guinea"],
    "ATG": ["Antigua", "Antigua & Barbuda"],
    "TUR": ["Turquie", "Turkey", "Turkiye", "Türkei", "Turquía", "Турция", "土耳其", "تركيا"],
    "LAO": ["Lao People's DR", "Lao PDR", "Laos"],
    "TZA": ["U.R. of Tanzania: Mainland", "United Rep. of Tanzania"],
    "NER": ["Niger", "Niger, Republic of"], "NGA": ["Nigeria"],
    "DMA": ["Dominica"], "DOM": ["Dominican Republic", "Dominican Rep."],
    "NAM": ["Namibia"], "SDN": ["Sudan"], "SSD": ["South Sudan", "S. Sudan", "Sudan, South"],
    "WSM": ["Samoa", "Western Samoa"], "ASM": ["American Samoa", "Samoa, American"],
    "VIR": ["Virgin Islands (U.S.)", "United States Virgin Is."],
    "VGB": ["Virgin Islands (British)", "British Virgin Is."],
    "IRN": ["Iran, I.R.", "Islamic Republic of Iran"], "IRQ": ["Iraq"],
    "CYM": ["Cayman Is.", "Cayman Isl."], "MHL": ["Marshall Is.", "Marshall Islands, Rep. of the"],
    "XKX": ["Kosovo", "Kosovo (UNSCR 1244)"],
    "SWZ": ["Eswatini, Kingdom of", "Swaziland"],
    "GBR": ["UK", "U.K.", "Royaume-Uni", "Großbritannien"],
    "ZWE": ["Rhodesia"], "ZMB": ["Northern Rhodesia"],
}
APART = {
    "Yugoslavia": "dissolved in 1992", "Yugoslav SFR": "dissolved in 1992",
    "West Germany": "Germany before 1990", "German Federal Republic": "Germany before 1990",
    "East Germany": "part of Germany since 1990", "Germany, East": "part of Germany since 1990",
    "North Yemen": "part of Yemen since 1990", "Yemen, PDR": "part of Yemen since 1990",
    "Indonesia (...2002)": "until 2002", "Sudan (former)": "in 2011", "Sudan (...2011)": "in 2011",
    "Ethiopia PDR": "until 1993", "USSR": "dissolved in 1991", "U.S.S.R.": "dissolved in 1991",
    "Serbia & Montenegro": "since 2006", "Czechoslovakia (former)": "since 1993",
    "Netherlands Antilles (former)": "dissolved in 2010", "Republic of Vietnam": "since 1976",
    "Belgium-Luxembourg": "report together", "Zanzibar": "part of Tanzania",
    "Scotland": "part of the United Kingdom", "Northern Cyprus": "no ISO 3166 code",
}
NUMBERS = {"960": "Indonesia", "736": "Sudan", "159": "China", "58": "Belgium", "278": "German",
           "890": "Yugoslavia", "720": "Yemen", "830": None, "412": None}
HEAD = "country,year,indicator,value\n"


def read(work, names):
    """Country of each name, by an indicator of its own; what was said."""
    with open(work / "names.csv", "w", newline="", encoding="utf-8") as text:
        out = csv.writer(text, lineterminator="\n")
        out.writerow(["country", "year", "indicator", "value"])
        for i, name in enumerate(names):
            out.writerow([name, 2010, f"N{i}", i + 1])
    done = subprocess.run([RIFT, "ingest", "-vk", "names.csv", "-o", "p.h5"], cwd=work,
                          capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    table = csv.DictReader(rift("export", "p.h5", "panel", "--to", "csv", cwd=work).splitlines())
    got = {int(row["indicator"][1:]): row["country"] for row in table}
    return [got.get(i) for i in range(len(names))], done.stderr


def whole_table(work):
    """Every name of the table is read as the table says."""
    with open(SOURCE / "data" / "country-names.csv", newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    named = [row for row in rows if row["country"]]
    countries = {row["name"] for row in named}
    got, _ = read(work, [row["name"] for row in named])
    for row, code in zip(named, got):
        # a name of two or three letters may be a code too: "UK", "DDR"
        assert code == row["country"], (row, code)
    others = [row["name"] for row in rows if not row["country"] and row["name"] not in countries]
    got, _ = read(work, others + ["Kenya"])
    for name, code in zip(others, got):
        assert code is None or name == "Antarctica", (name, code)
    return len(rows)


def spellings(work):
    cases = [(name, code) for code, names in SPELLINGS.items() for name in names]
    got, _ = read(work, [name for name, _ in cases])
    wrong = [(name, code, found) for (name, code), found in zip(cases, got) if code != found]
    assert not wrong, wrong


def apart(work):
    got, said = read(work, [*APART, "Kenya"])
    assert got == [None] * len(APART) + ["KEN"], list(zip(APART, got))
    assert "unknown country" not in said, said
    for name, why in APART.items():
        at = said.index(f"'{name}' (")
        assert why in said[at:said.index(")", at + len(name) + 4) + 60], (name, why, said)
    got, said = read(work, [*NUMBERS, "404"])
    assert got == [None] * 7 + ["CHI", "XKX", "KEN"], list(zip(NUMBERS, got))
    for number, what in NUMBERS.items():
        assert what is None or what in said.split(f"'{number}' (", 1)[1].split(")")[0], (number, said)


def says_too_little(work):
    """"Congo" and "Korea" alone: as ISO 3166 and OECD mean them, with a note that names the
    other; with their codes there is nothing to say."""
    for name, code, other in [("Congo", "COG", "COD"), ("Korea", "KOR", "PRK"), ("Kongo", "COG", "COD"),
                              ("Saint Martin", "MAF", "SXM"), ("刚果", "COG", "COD")]:
        (work / "bare.csv").write_text(HEAD + f"{name},2010,X,1\n", encoding="utf-8")
        done = subprocess.run([RIFT, "ingest", "bare.csv", "-o", "p.h5"], cwd=work,
                              capture_output=True, text=True)
        assert done.returncode == 0 and f"'{name}' is read as {code} (" in done.stderr, done.stderr
        assert other in done.stderr, done.stderr
    (work / "bare.csv").write_text("iso3,country,year,use\nCOG,Congo,2010,1\nKOR,Korea,2010,2\n")
    done = subprocess.run([RIFT, "ingest", "bare.csv", "-o", "p.h5"], cwd=work,
                          capture_output=True, text=True)
    assert done.returncode == 0 and "is read as" not in done.stderr, done.stderr


with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    n = whole_table(work)
    spellings(work)
    apart(work)
    says_too_little(work)
passed(n + sum(map(len, SPELLINGS.values())) + len(APART) + len(NUMBERS) + 6)
