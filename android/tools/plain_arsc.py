"""Rewrites the type chunks of a resource table into the plain layout: 32-bit entry offsets and full entries.

Debian's aapt2 (Android 10) reads the plain layout alone, while framework tables since level 35 use sparse or 16-bit
offsets and compact entries. Source: frameworks/base ResourceTypes.h, ResTable_type (FLAG_SPARSE = 1, FLAG_OFFSET16 = 2)
and ResTable_entry (FLAG_COMPLEX = 1, FLAG_COMPACT = 8).

usage: plain_arsc.py IN OUT
"""

import struct
import sys

TABLE_PACKAGE, TABLE_TYPE = 0x0200, 0x0201
SPARSE, OFFSET16, NO_ENTRY = 1, 2, 0xFFFFFFFF
TYPE_HEADER = "<HHIBBHII"
COMPLEX, COMPACT = 1, 8
ENTRY_SIZE, VALUE_SIZE, MAP_ENTRY_SIZE, MAP_SIZE = 8, 8, 16, 12


def chunks(data, start, end):
    """Each chunk of `data` between two positions, whole."""
    at = start
    while at < end:
        size = struct.unpack_from("<I", data, at + 4)[0]
        yield data[at : at + size]
        at += size


def resized(chunk):
    """`chunk` with its size field set to its length."""
    out = bytearray(chunk)
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def plain_entry(chunk, at):
    """The entry at a position of a type chunk, as a full header and value."""
    key16, flags, word = struct.unpack_from("<HHI", chunk, at)
    if flags & COMPACT:
        value = struct.pack("<HBBI", VALUE_SIZE, 0, flags >> 8, word)
        return struct.pack("<HHI", ENTRY_SIZE, flags & ~COMPACT & 0xFF, key16) + value
    if flags & COMPLEX:
        count = struct.unpack_from("<I", chunk, at + 12)[0]
        return chunk[at : at + MAP_ENTRY_SIZE + count * MAP_SIZE]
    return chunk[at : at + ENTRY_SIZE + VALUE_SIZE]


def plain_type(chunk):
    """A type chunk in the plain layout; sparse and 16-bit offsets are counted in units of four bytes."""
    kind, header, size, type_id, flags, reserved, count, start = struct.unpack_from(TYPE_HEADER, chunk, 0)
    if flags & SPARSE:
        pairs = (struct.unpack_from("<HH", chunk, header + 4 * i) for i in range(count))
        offsets = {index: offset * 4 for index, offset in pairs}
    elif flags & OFFSET16:
        raw = struct.unpack_from(f"<{count}H", chunk, header)
        offsets = {index: offset * 4 for index, offset in enumerate(raw) if offset != 0xFFFF}
    else:
        raw = struct.unpack_from(f"<{count}I", chunk, header)
        offsets = {index: offset for index, offset in enumerate(raw) if offset != NO_ENTRY}
    total = max(offsets, default=-1) + 1 if flags & SPARSE else count
    # Entries of equal content may share one place, so each place is written once.
    body, places = bytearray(), {}
    for offset in sorted(set(offsets.values())):
        places[offset] = len(body)
        body += plain_entry(chunk, start + offset)
    table = b"".join(
        struct.pack("<I", places[offsets[index]] if index in offsets else NO_ENTRY) for index in range(total)
    )
    out = bytearray(chunk[:header] + table + body)
    struct.pack_into(TYPE_HEADER, out, 0, kind, header, len(out), type_id, 0, reserved, total, header + len(table))
    return bytes(out)


def plain_package(chunk):
    """A package chunk with every type chunk in the plain layout."""
    header = struct.unpack_from("<H", chunk, 2)[0]
    body = b"".join(
        plain_type(inner) if struct.unpack_from("<H", inner, 0)[0] == TABLE_TYPE else inner
        for inner in chunks(chunk, header, len(chunk))
    )
    return resized(chunk[:header] + body)


def main(source, target):
    with open(source, "rb") as file:
        data = file.read()
    header = struct.unpack_from("<H", data, 2)[0]
    parts = list(chunks(data, header, len(data)))
    packages = [chunk for chunk in parts if struct.unpack_from("<H", chunk, 0)[0] == TABLE_PACKAGE]
    others = [chunk for chunk in parts if struct.unpack_from("<H", chunk, 0)[0] != TABLE_PACKAGE]
    # The first package is "android" itself; the rest are parts of system modules that no app links against.
    head = bytearray(data[:header])
    struct.pack_into("<I", head, 8, 1)
    with open(target, "wb") as file:
        file.write(resized(bytes(head) + b"".join(others) + plain_package(packages[0])))


main(*sys.argv[1:])
