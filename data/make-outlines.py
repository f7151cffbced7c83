#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make outlines.csv from the npm package world-atlas (Natural Earth, public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 data/make-outlines.py package/countries-110m.json > data/outlines.csv

Arcs are joined to rings, longitudes unwrapped, and rings that cross 180 degrees are cut
there. The package knows countries by their ISO 3166-1 number; where it has none, or has
had none in some release, the name decides: see NAMED. Northern Cyprus and Somaliland are
drawn as part of the states that the United Nations count them to. Antarctica is left out.
"""
import json
import os
import re
import sys

NAMED = {"France": "FRA", "Norway": "NOR", "Kosovo": "XKX", "N. Cyprus": "CYP",
         "Somaliland": "SOM"}
LEFT_OUT = {"010"}


def alpha3_by_number():
    """Numbers of ISO 3166-1 from the engine's own table."""
    here = os.path.dirname(os.path.abspath(__file__))
    table = os.path.join(here, "..", "engine", "read", "country_table.c")
    with open(table, encoding="utf-8") as file:
        rows = re.findall(r'\{"([A-Z]{3})", "[A-Z]*", "(\d{3})"\}', file.read())
    return {number: code for code, number in rows}


def decode_arcs(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    return arcs


def ring_points(numbers, arcs):
    points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def unwrap(points):
    """Longitudes without jumps, so that a ring across 180 degrees is one shape."""
    out = [points[0]]
    for x, y in points[1:]:
        last = out[-1][0]
        while x - last > 180:
            x -= 360
        while x - last < -180:
            x += 360
        out.append((x, y))
    return out


def clip(points, edge, keep_below):
    """Sutherland and Hodgman: the part of a polygon on one side of a meridian."""
    out = []
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
        in0 = x0 <= edge if keep_below else x0 >= edge
        in1 = x1 <= edge if keep_below else x1 >= edge
        if in0:
            out.append((x0, y0))
        if in0 != in1:
            out.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return out


def cut(points):
    """The parts of a ring within -180..180."""
    ring = unwrap(points)
    if ring[0] == ring[-1]:
        ring = ring[:-1]
    parts = []
    for turn in (-360, 0, 360):
        part = [(x + turn, y) for x, y in ring]
        part = clip(clip(part, 180, True), -180, False)
        width = max(x for x, _ in part) - min(x for x, _ in part) if part else 0
        if len(part) >= 3 and width > 1e-9:
            parts.append(part + part[:1])
    return parts


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        topology = json.load(file)
    arcs = decode_arcs(topology)
    code_of = alpha3_by_number()
    rows = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = NAMED.get(name) or code_of.get(shape.get("id"), "")
        if shape.get("id") in LEFT_OUT:
            continue
        if not code:
            sys.exit(f"no code for {name}: add it to NAMED")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon[:1]:  # holes are other countries, drawn on top
                rows.extend((code, part) for part in cut(ring_points(ring, arcs)))
    # Large shapes first, so that an enclave is drawn on top of its host.
    def extent(row):
        xs, ys = [x for x, _ in row[1]], [y for _, y in row[1]]
        return -(max(xs) - min(xs)) * (max(ys) - min(ys))
    rows.sort(key=lambda row: (extent(row), row[0]))
    print("country,ring,longitude,latitude")
    for number, (code, ring) in enumerate(rows, 1):
        for x, y in ring:
            print(f"{code},{number},{round(x, 3):g},{round(y, 3):g}")


main()
