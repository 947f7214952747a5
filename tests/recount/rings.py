#!/usr/bin/env python3
"""Counts again, from the text of the rule alone, what `rings` found: python3 rings.py HISTORY.csv.gz COMUNE_ZONES.csv ISTAT…

The rule: for a place keep the highest level announced per risk and calendar day; a level above it is news. News rings
if it reaches arancione and is rossa, or above what was announced for the same risk on the day before. One ring per
edition and place, at the highest level that rings or is news.
"""

import csv
import datetime
import gzip
import sys

RISKS = ["idraulico", "temporali", "idrogeo"]
WORDS = {2: "arancione", 3: "rossa"}
# Its index JSON says "oggi, Mercoledì 1 aprile 2026".
NAMES_THE_DAY_BEFORE = {"2026-04-02T00:16"}


def zones_of(path, comune, day):
    found = set()
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            begun = row["valid_from"] <= day.isoformat()
            over = row["valid_to"] and row["valid_to"] < day.isoformat()
            if begun and not over and comune in row["comuni"].split():
                found.add(row["zone"])
    return found


def editions(path):
    found = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as history:
        for row in csv.DictReader(history):
            days = found.setdefault(row["published_at"], {})
            zones = days.setdefault(row["day"], {})
            if row["zone"] != "*":
                zones[row["zone"]] = [int(row[risk]) for risk in RISKS]
    return sorted(found.items(), key=lambda item: datetime.datetime.fromisoformat(item[0]))


def main():
    history, table, *comuni = sys.argv[1:]
    announced = {comune: {} for comune in comuni}
    zone_cache = {}
    for published, days in editions(history):
        at = datetime.datetime.fromisoformat(published)
        today = at.date()
        if published[:16] in NAMES_THE_DAY_BEFORE:
            today -= datetime.timedelta(days=1)
        for comune in comuni:
            list_in_force = today >= datetime.date(2026, 6, 1)
            key = (comune, list_in_force)
            if key not in zone_cache:
                zone_cache[key] = zones_of(table, comune, today)
            held = announced[comune]
            news = []
            for name, later in [("oggi", 0), ("domani", 1)]:
                listed = days.get(name)
                if listed is None or (name == "domani" and at.hour < 12 and not listed):
                    continue
                day = today + datetime.timedelta(days=later)
                for risk in range(3):
                    level = max((listed.get(zone, [0, 0, 0])[risk] for zone in zone_cache[key]), default=0)
                    if level > held.get((day, risk), 0):
                        held[(day, risk)] = level
                        before = held.get((day - datetime.timedelta(days=1), risk), 0)
                        news.append((level >= 2 and (level == 3 or level > before), level))
            if any(rings for rings, _ in news):
                print(f"{published},{comune},{WORDS[max(level for rings, level in news if rings)]}")


if __name__ == "__main__":
    main()
