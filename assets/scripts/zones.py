"""Writes assets/zones/zones.csv: alert zones with the days on which they are valid.

    python3 assets/scripts/zones.py FOLDER

FOLDER holds DPC's zone tables before and since 1 June 2026 as zone_170.csv and zone_187.csv (zona_codice,zona_nome).
Names are written in right Italian; DPC's own spelling, where it differs, goes to the aliases.
"""

import csv
import sys
from pathlib import Path

OLD_SET, OLD_SET_END, NEW_SET = "2020-03-30", "2026-05-31", "2026-06-01"
REGIONS = {
    "Abru": "Abruzzo", "Basi": "Basilicata", "Cala": "Calabria", "Camp": "Campania", "Emil": "Emilia-Romagna",
    "Friu": "Friuli-Venezia Giulia", "Lazi": "Lazio", "Ligu": "Liguria", "Lomb": "Lombardia", "Marc": "Marche",
    "Moli": "Molise", "Piem": "Piemonte", "Pugl": "Puglia", "Sard": "Sardegna", "Sici": "Sicilia", "Tosc": "Toscana",
    "Tren": "Trentino-Alto Adige", "Umbr": "Umbria", "VDAo": "Valle d'Aosta", "Vene": "Veneto",
}
# Code -> name in right Italian where DPC's table has a scar, a slip or a cut.
WRITTEN_RIGHT = {
    "Cala-7": "Versante Jonico Centro-meridionale",
    "VDAo-A": "Valle d'Aosta centrale, Valle del Gran San Bernardo da Aosta a Valpelline, "
    "Valle di Saint-Barthélemy e Valtournenche",
    "VDAo-B": "Bassa Valle d'Aosta, dalla Gola di Montjovet a Pont-Saint-Martin, Valle del torrente Chalamy, "
    "Valle d'Ayas, Valle di Champorcher e Valle di Gressoney",
    "Vene-D2": "Pianura polesana centrale - Bacini Fissero Tartaro Canalbianco, Po, Adige",
}


def table(path):
    with open(path, newline="") as file:
        return {row["zona_codice"]: row["zona_nome"] for row in csv.DictReader(file)}


def main(folder):
    old, new = table(folder / "zone_170.csv"), table(folder / "zone_187.csv")
    rows = []
    for code in sorted(old.keys() | new.keys()):
        spelt = {names[code] for names in (old, new) if code in names}
        name = WRITTEN_RIGHT.get(code) or spelt.pop()
        aliases = "|".join(sorted(spelt - {name}))
        start = OLD_SET if code in old else NEW_SET
        end = "" if code in new else OLD_SET_END
        rows.append([code, name, REGIONS[code.split("-")[0]], start, end, aliases])
    target = Path(__file__).parent.parent / "zones" / "zones.csv"
    with open(target, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "region", "valid_from", "valid_to", "aliases"])
        writer.writerows(rows)


main(Path(sys.argv[1]))
