"""Writes assets/comuni/outlines.bin: simplified outlines of all comuni, shared borders written once.

    VENV/bin/python assets/scripts/outlines.py

The form is described in assets/comuni/SOURCE.md and read by core/src/area/outlines.rs.
Borders are simplified together, so that neighbours stay neighbours and no strip of land is lost between them.
"""

import collections
from pathlib import Path

import shapely

import istat

SIMPLIFIED_TO = 0.0005  # degrees: the square root of the area of the corners that are cut
GRID = 10_000  # points per degree
# Further parts of a comune smaller than this (square degrees, about 1,000 m²) are slivers of the source, or rocks.
LEAST_PART = 1e-7
MAGIC = b"CMPO\x01"


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return varint(number * 2 if number >= 0 else -number * 2 - 1)


def on_grid(ring):
    """A ring as grid points without its closing point; None if nothing of it is left."""
    points = []
    for lon, lat in ring.coords[:-1]:
        point = (round(lon * GRID), round(lat * GRID))
        if not points or points[-1] != point:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points if len(set(points)) > 2 else None


def polygons(shape):
    """Polygons of a shape as lists of rings, the outer one first, the largest polygon first."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: (-part.area, part.bounds))
    found = []
    for part in parts[:1] + [part for part in parts[1:] if part.area >= LEAST_PART]:
        outer = on_grid(part.exterior)
        if outer:
            holes = sorted(part.interiors, key=lambda hole: hole.bounds)
            found.append([outer] + [hole for hole in map(on_grid, holes) if hole])
    return found


def arcs_of(ring, junctions):
    """Cuts a ring at the junctions of borders; a ring without any starts at its least point."""
    cuts = [i for i, point in enumerate(ring) if point in junctions]
    if not cuts:
        start = ring.index(min(ring))
        loop = ring[start:] + ring[: start + 1]
        return [tuple(loop)]
    ring = ring[cuts[0] :] + ring[: cuts[0]]
    cuts = [i - cuts[0] for i in cuts] + [len(ring)]
    ring = ring + ring[:1]
    return [tuple(ring[a : b + 1]) for a, b in zip(cuts, cuts[1:])]


def main():
    shapes = istat.outlines()
    codes = sorted(shapes)
    simple = shapely.coverage_simplify([shapes[code] for code in codes], SIMPLIFIED_TO)
    comuni = {code: polygons(shape) for code, shape in zip(codes, simple)}

    neighbours = collections.defaultdict(set)
    for parts in comuni.values():
        for ring in (ring for part in parts for ring in part):
            for before, point, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
                neighbours[point].update((before, after))
    junctions = {point for point, near in neighbours.items() if len(near) > 2}

    arcs, body, last_code, last_ref = {}, bytearray(), 0, 0
    for code, parts in comuni.items():
        body += varint(int(code) - last_code) + varint(len(parts))
        last_code = int(code)
        for part in parts:
            body += varint(len(part))
            for ring in part:
                pieces = arcs_of(ring, junctions)
                body += varint(len(pieces))
                for piece in pieces:
                    kept = min(piece, piece[::-1])
                    ref = arcs.setdefault(kept, len(arcs)) * 2 + (kept != piece)
                    body += zigzag(ref - last_ref)
                    last_ref = ref

    head, at = bytearray(), (0, 0)
    for arc in arcs:
        head += varint(len(arc))
        for point in arc:
            head += zigzag(point[0] - at[0]) + zigzag(point[1] - at[1])
            at = point
    data = MAGIC + varint(len(arcs)) + head + varint(len(comuni)) + body
    (Path(__file__).parent.parent / "comuni" / "outlines.bin").write_bytes(data)
    print(f"{len(comuni)} comuni, {len(arcs)} borders, {sum(map(len, arcs))} points, {len(data)} bytes")


main()
