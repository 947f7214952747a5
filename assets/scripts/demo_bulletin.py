"""Writes assets/demo/bulletin_20230516_1522.csv: the published levels of one bulletin as a table of facts.

    python3 assets/scripts/demo_bulletin.py OGGI.csv DOMANI.csv

Both are zone tables of the edition of 16 May 2023, 15:22 (columns zona_codice, avviso_idraulico and so on).
"""

import csv
import sys
from pathlib import Path

LEVELS = {"NESSUNA ALLERTA": "verde", "ALLERTA GIALLA": "gialla", "ALLERTA ARANCIONE": "arancione", "ALLERTA ROSSA": "rossa"}
RISKS = ["idraulico", "temporali", "idrogeologico"]


def main(paths):
    target = Path(__file__).parent.parent / "demo" / "bulletin_20230516_1522.csv"
    with open(target, "w", newline="") as out:
        out.write(",".join(["day", "zone", *RISKS]) + "\n")
        for day, path in enumerate(paths):
            with open(path, newline="") as file:
                rows = sorted(csv.DictReader(file), key=lambda row: row["zona_codice"])
            for row in rows:
                levels = [LEVELS[row[f"avviso_{risk}"].split(" / ")[1]] for risk in RISKS]
                out.write(",".join([str(day), row["zona_codice"], *levels]) + "\n")


main(sys.argv[1:])
