"""Writes assets/zones/comune_zones.csv: which comuni lie in which alert zone, dated.

    VENV/bin/python assets/scripts/comune_zones.py FOLDER

FOLDER holds what DPC publishes, in these forms: `dpc_zones_187_simplified.json` (zone outlines),
`official_comuni_*.json` (DPC's own comuni lists of zones), `zone_comuni_170.csv` (the list before June 2026,
used for Veneto only). The rules are in assets/zones/SOURCE.md.
"""

import collections
import csv
import glob
import json
import sys
from pathlib import Path

import shapely

import istat

NEW_SET = "2026-06-01"  # Veneto went from 8 zones to 25; every other zone stayed
OLD_SET_END = "2026-05-31"
OLD_SET = "2020-03-30"
# Below this share of the comune's area an overlap is taken for the noise of simplified outlines.
LEAST_SHARE = 0.10
# Regions whose zones are drawn along watersheds: there a comune may lie in several zones.
# Elsewhere the zones are made of whole comuni (DPC's lists name each comune once, and hardly an overlap is mixed).
BY_WATERSHED = {
    "Piem", "VDAo", "Ligu", "Marc", "Tosc", "Umbr", "Lazi", "Pugl", "Basi", "Sici", "Sard",
}


def shares(comuni, zones):
    """Comune -> [(share of its area, zone)], largest first."""
    codes = sorted(zones)
    tree = shapely.STRtree([zones[code] for code in codes])
    result = {}
    for comune, shape in comuni.items():
        near = sorted(int(i) for i in tree.query(shape, predicate="intersects"))
        parts = [(shapely.intersection(shape, zones[codes[i]]).area / shape.area, codes[i]) for i in near]
        result[comune] = sorted(parts, key=lambda part: (-part[0], part[1]))
    return result


def nearest(shape, zones):
    """The zone nearest to a comune that none touches (small islands left out of simplified outlines)."""
    return min(sorted(zones), key=lambda code: shape.distance(zones[code]))


def official(folder, names):
    """Comune -> zone, from DPC's own comuni lists (by name within the region)."""
    told = {}
    for path in sorted(glob.glob(str(folder / "official_comuni_*.json"))):
        for zone in json.load(open(path))["zones"].values():
            for name in zone["Comuni"]:
                told[names[name.replace(" - ", "-")]] = zone["zone"]
    return told


def main(folder):
    outlines = istat.outlines()
    zones = {}
    for zone in json.load(open(folder / "dpc_zones_187_simplified.json")):
        # Each ring is taken as an area of its own: the file has no holes, only islands and parts.
        rings = [shapely.make_valid(shapely.Polygon(ring)) for ring in zone["rings"] if len(ring) > 3]
        zones[zone["zona"]] = shapely.union_all(rings)
    emilia = {row["name"].replace(" - ", "-"): row["code"] for row in istat.listed() if row["region"] == "Emilia-Romagna"}
    told = official(folder, emilia)

    today = collections.defaultdict(list)
    for comune, parts in shares(outlines, zones).items():
        if comune in told:
            today[comune] = [told[comune]]
        elif not parts:
            today[comune] = [nearest(outlines[comune], zones)]
            print("no overlap, nearest zone taken:", comune, today[comune], file=sys.stderr)
        else:
            first = parts[0][1]
            split = first.split("-")[0] in BY_WATERSHED
            today[comune] = [first] + [z for share, z in parts[1:] if split and share >= LEAST_SHARE and z.split("-")[0] == first.split("-")[0]]

    # Before June 2026: Veneto by the old list. It is wrong for capitals and empty for some names:
    # those, and the comuni merged since, take the old zone of most comuni of their new zone.
    with open(folder / "zone_comuni_170.csv", newline="") as file:
        listed = {row["pro_com_t"]: row["zona_codice"] for row in csv.DictReader(file)}
    capitals = {"023091", "024116", "025006", "026086", "027042", "028060", "029041"}
    veneto = [c for c in today if today[c][0].startswith("Vene-")]
    votes = collections.defaultdict(collections.Counter)
    for comune in veneto:
        if listed.get(comune, "").startswith("Vene-") and comune not in capitals:
            votes[today[comune][0]][listed[comune]] += 1
    before = {}
    for comune in veneto:
        old = listed.get(comune, "")
        if comune in capitals or not old.startswith("Vene-"):
            old = votes[today[comune][0]].most_common(1)[0][0]
        before[comune] = old
    for zone, counter in sorted(votes.items()):
        print(zone, dict(counter), file=sys.stderr)

    by_zone = collections.defaultdict(list)
    for comune in sorted(today):
        for zone in today[comune]:
            start, end = (NEW_SET, "") if zone.startswith("Vene-") else (OLD_SET, "")
            by_zone[(zone, start, end)].append(comune)
    for comune in sorted(before):
        by_zone[(before[comune], OLD_SET, OLD_SET_END)].append(comune)

    target = Path(__file__).parent.parent / "zones" / "comune_zones.csv"
    with open(target, "w", newline="") as file:
        file.write("zone,valid_from,valid_to,comuni\n")
        for (zone, start, end), comuni in sorted(by_zone.items()):
            file.write(f"{zone},{start},{end},{' '.join(comuni)}\n")


main(Path(sys.argv[1]))
