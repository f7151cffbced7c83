#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes country-names.csv anew from Debian's iso-codes, in English and eight languages. Rows
of another origin (the spellings that providers use, and names of groups of countries) are kept
as they stand, and decide where both have a name. Run by hand when iso-codes changes:
    python3 make-country-names.py
Needs the packages iso-codes and python3. Names that two countries share are not written."""
import csv
import gettext
import json
import pathlib
import sys
import unicodedata

TABLE = pathlib.Path(__file__).with_name("country-names.csv")
LANGUAGES = ["fr", "es", "pt", "de", "it", "ru", "zh_CN", "ar"]

# Words that say nothing, and short forms; the same lists as in engine/read/name/key.c.
STOP = {"of", "the", "and", "la", "le", "de", "du", "des", "les", "el"}
SHORT = {"st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic",
         "fed": "federated", "sts": "states", "is": "islands", "terr": "territory"}


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
    """Each name with the codes it stands for, in English and the eight languages."""
    rows = {}
    with open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as file:
        countries = json.load(file)["3166-1"]
    spoken = [lambda text: text]
    for language in LANGUAGES:
        spoken.append(gettext.translation("iso_3166-1", "/usr/share/locale",
                                          [language]).gettext)
    for country in countries:
        for field in ("name", "common_name", "official_name"):
            for say in spoken if field in country else ():
                rows.setdefault(say(country[field]), set()).add(country["alpha_3"])
    return rows


def main():
    by_key = {}
    for name, codes in spoken_names().items():
        by_key.setdefault(key(name), [name, set()])[1].update(codes)
    with open(TABLE, encoding="utf-8", newline="") as file:
        kept = [row for row in csv.DictReader(file) if row["origin"] != "iso-codes"]
    for row in kept:
        if row["country"]:  # the name of a group may be that of a country too
            by_key.pop(key(row["name"]), None)
    rows = [(row["country"], row["name"], row["origin"]) for row in kept]
    for name, codes in by_key.values():
        if len(codes) > 1:
            print("not written:", name, codes, file=sys.stderr)
        else:
            rows.append((*codes, name, "iso-codes"))
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["country", "name", "origin"])
        out.writerows(sorted(rows, key=lambda row: (not row[0], row)))


main()
