"""Writes assets/birthplaces/places.csv from the tables of the package python-codicefiscale.

    VENV/bin/python assets/scripts/birthplaces.py FOLDER

FOLDER is the package's folder `data`.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "birthplaces" / "places.csv"
SMALL = "Di|Del|Della|Delle|Dello|Dei|Degli|De|Dell'|D'|Da|Dal|Al|Alla|Allo|Ai|Alle|In|E|Ed|Con|Sul|Sulla|Sullo|Sui|Nel|Nella|Presso|Sopra|Sotto"
OLDEST = "1900"


def cased(name):
    """`Bagni Della Porretta` as `Bagni della Porretta`."""
    name = re.sub(rf"(?<=[ ])(?:{SMALL})(?=[ ])", lambda found: found.group().lower(), name)
    return re.sub(r"(?<=[ ])(?:Dell|D|All|Sull|Nell)'", lambda found: found.group().lower(), name)


def rows(folder):
    by_code = defaultdict(list)
    for file in ("municipalities.json", "countries.json", "deleted-countries.json"):
        for place in json.loads((folder / file).read_text()):
            # A few comuni of before 1900 never had a code.
            if re.fullmatch(r"[A-Z][0-9]{3}", place["code"]):
                by_code[place["code"]].append(place)
    for code in sorted(by_code):
        merged = []
        for place in sorted(by_code[code], key=lambda place: place["date_deleted"] or "9999"):
            until = place["date_deleted"][:10]
            if until and until < OLDEST:
                continue
            province = "" if place["province"] == "EE" else place["province"]
            if merged and merged[-1][1] == cased(place["name"]):
                merged[-1] = [code, cased(place["name"]), province, until]
            else:
                merged.append([code, cased(place["name"]), province, until])
        yield from merged


def main(folder):
    with open(TARGET, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "province", "until"])
        writer.writerows(rows(folder))


main(Path(sys.argv[1]))
