"""Writes assets/comuni/{comuni,provinces,superseded}.csv from ISTAT's list and population.

    VENV/bin/python assets/scripts/comuni.py
"""

import csv
from pathlib import Path

import istat

TARGET = Path(__file__).parent.parent / "comuni"


def write(name, header, rows):
    with open(TARGET / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    comuni, people = istat.listed(), istat.population()
    write(
        "comuni.csv",
        ["code", "name", "other_name", "province", "population"],
        [[c["code"], c["name"], c["other_name"], c["sigla"], people.get(c["code"], "")] for c in comuni],
    )
    provinces = {c["sigla"]: (c["province"], c["region"]) for c in comuni}
    write("provinces.csv", ["sigla", "name", "region"], [[s, *provinces[s]] for s in sorted(provinces)])
    write("superseded.csv", ["code", "now"], sorted(istat.SUPERSEDED.items()))


main()
