"""Vector tiles at a million buildings: made anew, from the cache, and beside another encoder.

Tiles of zoom 16 hold about 3 000 outlines of eight corners. "Made anew" is a first request over HTTP; each
tile is asked for once. "From the cache" is the same tile asked for again, beside a static file with the same
bytes on the same server. The other encoder is mapbox-vector-tile, given the same features, read and
projected by us.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import islice, product
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import shapely

from benchmarks.report import Row, main, median, percentile, timed_ms
from benchmarks.served_district import SOUTH, WEST, Requests, make_district, served, side_of
from zonetwin.core.actor import STAFF
from zonetwin.store.model import Selection
from zonetwin.twin.drawn_kinds import drawn_kinds
from zonetwin.twin.mercator import BUFFER, EXTENT, Tile, tile_units, world_from_lonlat
from zonetwin.twin.tiles import render_tile
from zonetwin.zone.zone import Zone, open_zone

GOAL_MS = 120.0
GOAL_CACHED = 1.5
WARM_UP = 3
PEER_TILES = 5
CACHED_ROUNDS = 300


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows, over 1 000 000 buildings or, quick, 50 000."""
    count = 50_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as place:
        folder, web = Path(place) / "zone", Path(place) / "web"
        make_district(folder, count)
        (web / "assets").mkdir(parents=True)
        with served(folder, web_folder=web) as requests:
            yield from _anew(requests, count)
            yield from _cached(requests, web, count)
            yield _zoomed_out(requests, count)
        with open_zone(folder) as zone:
            yield _encoders(zone, count)


def tiles_inside(zoom: int, count: int) -> Iterator[Tile]:
    """Give the tiles that lie wholly inside the district, in a scattered order that is always the same."""
    side = side_of(count)
    corners = np.array([[WEST, SOUTH + side], [WEST + side, SOUTH]])
    (west, north), (east, south) = (world_from_lonlat(corners) * 2**zoom).tolist()
    found = [
        Tile(zoom, x, y)
        for x, y in product(range(int(west) + 1, int(east)), range(int(north) + 1, int(south)))
    ]
    order = np.random.default_rng(3).permutation(len(found))
    return (found[at] for at in order.tolist())


def _path(tile: Tile) -> str:
    return f"/ogc/tiles/WebMercatorQuad/{tile.zoom}/{tile.row}/{tile.column}?collections=building"


def _anew(requests: Requests, count: int) -> Iterator[Row]:
    answers = [requests.get(_path(tile)) for tile in islice(tiles_inside(16, count), 300)]
    if {answer.status for answer in answers} != {200}:
        raise SystemExit("The server did not answer every tile.")
    figures = [answer.took_ms for answer in answers[WARM_UP:]]
    case = f"a tile of zoom 16 of {count:,} made anew, over HTTP"
    yield Row(f"{case}, p50, ms", median(figures))
    yield Row(f"{case}, p99, ms", percentile(figures, 0.99), goal=GOAL_MS)


def _cached(requests: Requests, web: Path, count: int) -> Iterator[Row]:
    """Ask for a kept tile and for a static file with its very bytes, in turn."""
    tile = next(tiles_inside(16, count))
    (web / "assets" / "tile.bin").write_bytes(requests.get(_path(tile)).body)
    ours: list[float] = []
    static: list[float] = []
    for _ in range(CACHED_ROUNDS):
        ours.append(requests.get(_path(tile)).took_ms)
        static.append(requests.get("/assets/tile.bin").took_ms)
    yield Row("the same tile from the cache, p50, ms", median(ours), {"static file": median(static)})
    yield Row(
        "the same tile from the cache, times a static file", median(ours) / median(static), goal=GOAL_CACHED
    )


def _zoomed_out(requests: Requests, count: int) -> Row:
    """Ask for the one tile of zoom 13 in the district's middle: what a first look at it costs."""
    middle = np.array([[WEST, SOUTH]]) + side_of(count) / 2
    column, row = np.floor(world_from_lonlat(middle)[0] * 2**13).astype(int).tolist()
    answer = requests.get(_path(Tile(13, column, row)))
    kilobytes = len(answer.body) / 1000
    return Row(f"a tile of zoom 13 made anew ({kilobytes:,.0f} kB), ms", answer.took_ms)


def _encoders(zone: Zone, count: int) -> Row:
    """Time both encoders on the same tiles, in this process; the reading is ours on both sides."""
    drawn = drawn_kinds(zone.packs, STAFF)["building"]
    tiles = list(islice(tiles_inside(16, count), PEER_TILES))
    ours = [timed_ms(partial(render_tile, zone.store, STAFF, [drawn], tile)) for tile in tiles]
    peer = [timed_ms(partial(_mapbox_vector_tile, zone, tile)) for tile in tiles]
    return Row("a tile of zoom 16 without HTTP, p50, ms", median(ours), {"mapbox-vector-tile": median(peer)})


def _mapbox_vector_tile(zone: Zone, tile: Tile) -> bytes:
    table = zone.store.read("building", STAFF, Selection(box=tile.box(buffer=BUFFER)))
    lonlat = shapely.from_wkb(table["geom"].to_numpy(zero_copy_only=False))
    placed = shapely.transform(lonlat, lambda corners: tile_units(tile, world_from_lonlat(corners)))
    names = ("name", "use", "height_m", "storeys", "address")
    rows = table.select(["fid", *names]).to_pylist()
    features = [
        {
            "geometry": geometry,
            "id": row["fid"],
            "properties": {name: row[name] for name in names if row[name] is not None},
        }
        for geometry, row in zip(placed, rows, strict=True)
    ]
    options = {"y_coord_down": True, "extents": EXTENT}
    encoded: bytes = mapbox_vector_tile.encode(
        {"name": "building", "features": features}, default_options=options
    )
    return encoded


if __name__ == "__main__":
    main("Vector tiles", measure)
