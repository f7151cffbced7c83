#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes country-names.csv anew from Debian's iso-codes and the CLDR, in English and eight
languages. Rows of another origin (the spellings that providers use, names of groups of countries
and of states that are gone) are kept as they stand, and decide where both have a name. Run by
hand when one of them changes:
    python3 make-country-names.py
Needs the packages iso-codes, python3 and python3-babel (without it the CLDR's rows are kept).
Names that two countries share are not written."""
import csv
import gettext
import json
import pathlib
import sys
import unicodedata

try:
    from babel import Locale
except ImportError:
    Locale = None

TABLE = pathlib.Path(__file__).with_name("country-names.csv")
COLUMNS = ["country", "name", "language", "origin", "remark"]
LANGUAGES = ["en", "fr", "es", "pt", "de", "it", "ru", "zh", "ar"]

# Words that say nothing, and short forms; the same lists as in engine/read/name/key.c.
STOP = {"of", "the", "and", "la", "le", "de", "du", "des", "les", "el"}
SHORT = {"st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic",
         "fed": "federated", "sts": "states", "is": "islands", "isl": "islands",
         "isls": "islands", "terr": "territory"}


def key(name):
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    out = ""
    for c in text:
        kind = unicodedata.category(c)[0]
        if kind != "M" and c not in "'\u2019\u2018`\u00b4\u02bb\u02bc.":
            out += c if kind in "LN" else " "
    words = [SHORT.get(word, word) for word in out.split()]
    words = [word for word in words if word not in STOP] or words
    return " ".join(sorted(words))


def spoken_names():
    """Names of iso-codes: (name, code, language)."""
    with open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as file:
        countries = json.load(file)["3166-1"]
    say = {"en": lambda text: text}
    for language in LANGUAGES[1:]:
        say[language] = gettext.translation("iso_3166-1", "/usr/share/locale", [
            "zh_CN" if language == "zh" else language]).gettext
    for country in countries:
        for field in ("name", "common_name", "official_name"):
            for language in LANGUAGES if field in country else ():
                yield say[language](country[field]), country["alpha_3"], language


def common_names():
    """Names of the CLDR, which says what people say: "Corée du Sud"."""
    with open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as file:
        code = {country["alpha_2"]: country["alpha_3"]
                for country in json.load(file)["3166-1"]}
    code["XK"] = "XKX"
    for language in LANGUAGES:
        for alpha2, name in sorted(Locale(language).territories.items()):
            if alpha2 in code:
                yield name, code[alpha2], language


def add(by_key, names, origin):
    """Add names whose key is new; a key of two countries keeps both codes and is not written."""
    new = {}
    for name, code, language in names:
        if key(name) in by_key:
            continue
        new.setdefault(key(name), [name, set(), language, origin])[1].add(code)
    by_key.update(new)


def main():
    with open(TABLE, encoding="utf-8", newline="") as file:
        before = [tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)]
    kept = [row for row in before if row[3] == "provider" or
            (row[3] == "cldr" and not Locale)]
    by_key = {key(row[1]): None for row in kept if row[0] or row[4]}
    add(by_key, spoken_names(), "iso-codes")
    add(by_key, common_names() if Locale else (), "cldr")
    rows = list(kept)
    for name, codes, language, origin in filter(None, by_key.values()):
        if len(codes) > 1:
            print("not written:", name, codes, file=sys.stderr)
        else:
            rows.append((*codes, name, language, origin, ""))
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(sorted(rows, key=lambda row: (not row[0], row)))


main()
