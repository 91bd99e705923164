"""A real town from nothing to measured, and the nearest-facility search beside other libraries.

The town is Porto Alegre: a new zone, 16 000 streets from an OpenStreetMap file, 1 227 population cells, all
indicators. Each step is a process of its own, as a user would start it, so the time includes starting Python. The
search asks, for every place where residents stand, for the nearest facility within 15 minutes, on the same network
and with the same facilities: ours with offsets on edges and the facility's name; the peers from nodes only, which is
less work. Peers run only where they are installed: networkx in this process, pandana (AGPL) in one of its own, never
imported here. Real files come from ZONETWIN_DATA, else ../shared/data; `--quick` takes Helsinki's centre, whose goals
do not count.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.report import Row, main, median, timed_ms
from zonetwin.analysis.access import Nearest, nearest_along
from zonetwin.analysis.network import DECIMETRES, Ints, Network
from zonetwin.analysis.snapping import OnEdges, snap_to_nodes
from zonetwin.packs.model import Access
from zonetwin.zone.bench import Bench
from zonetwin.zone.state import open_zone_state
from zonetwin.zone.zone import open_zone

GOAL_S = 45.0
GOAL_GB = 1.5
LIMIT = 10_000
"""Decimetres of the search: 15 minutes at 66.667 m/min."""

REPEATS = 5
PACKS = "base,land,green,services,mobility,buildings"


@dataclass(frozen=True, slots=True)
class Town:
    """A town to measure: the files, and how their cells are read."""

    name: str
    crs: str
    streets: str
    cells: tuple[str, ...]
    facilities: Access


TOWN = Town(
    "Porto Alegre",
    "EPSG:31982",
    "porto_alegre/poa_osm.pbf",
    ("porto_alegre/poa_hexgrid.csv", "--kind", "population_cell", "--x", "lon", "--y", "lat"),
    Access({"facility": {"category": ("bus_stop",)}}, "walk", 15),
)
QUICK = Town(
    "Helsinki centre",
    "EPSG:3067",
    "osm/helsinki_center.osm.pbf",
    ("population/helsinki_population_grid_2020.gpkg", "--kind", "population_cell"),
    Access({"facility": {"category": ("bus_stop",)}}, "walk", 15),
)


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows of the way from nothing to measured, then those of the search."""
    town = QUICK if quick else TOWN
    data = Path(os.environ.get("ZONETWIN_DATA", Path(__file__).parents[2] / "shared" / "data"))
    with tempfile.TemporaryDirectory() as folder:
        zone = Path(folder) / "zone"
        yield from _cold(town, data, zone, goals=not quick)
        yield from _search(town, zone)


def _cold(town: Town, data: Path, zone: Path, *, goals: bool) -> Iterator[Row]:
    streets, (cells, *how) = data / town.streets, town.cells
    steps: tuple[tuple[str, Sequence[str]], ...] = (
        ("new", ["new", str(zone), "--name", town.name, "--crs", town.crs, "--packs", PACKS]),
        ("import streets", ["import", str(zone), str(streets)]),
        ("import cells", ["import", str(zone), str(data / cells), *how]),
        ("measure", ["measure", str(zone), "--json"]),
    )
    seconds = [timed_ms(partial(_run, arguments)) / 1000 for _, arguments in steps]
    for (step, _), took in zip(steps, seconds, strict=True):
        yield Row(f"{town.name}: {step}, s", took)
    again = timed_ms(partial(_run, steps[-1][1])) / 1000
    yield Row(f"{town.name}: measure again, nothing changed, s", again)
    yield Row(f"{town.name}: new, import, measure, cold, s", sum(seconds), goal=GOAL_S if goals else None)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9
    yield Row(f"{town.name}: peak memory of any step, GB", peak, goal=GOAL_GB if goals else None)


def _run(arguments: Sequence[str]) -> None:
    program = "from zonetwin.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"zonetwin {' '.join(arguments)} failed:\n{done.stderr}")


def _search(town: Town, folder: Path) -> Iterator[Row]:
    """Time the search on the town's own network, all sides in turn."""
    with (
        open_zone(folder) as zone,
        open_zone_state(zone) as state,
        Bench(state, zone.packs, [zone.packs.indicators["park_walk_share"]]) as bench,
    ):
        network, origins = bench.walks.network, bench.residents.on_edges
        found = bench.destinations(town.facilities)
    nodes = snap_to_nodes(network, found.facilities.entrances.points).node
    ours = [
        timed_ms(lambda: nearest_along(network, origins, found.on_edges, limit=LIMIT)) for _ in range(REPEATS)
    ]
    best = nearest_along(network, origins, found.on_edges, limit=LIMIT)
    label = f"nearest of {len(found)} for {_placed(origins)} on {network.node_count} nodes, ms"
    peers = {"networkx": _networkx_ms(network, nodes), "pandana": _pandana_ms(network, nodes)}
    installed = {name: figure for name, figure in peers.items() if figure is not None}
    absent = "".join(f" ({name} not installed)" for name in peers if name not in installed)
    yield Row(f"{label}{absent}", median(ours), dict(installed))
    yield Row("share of places within 15 minutes of one, %", 100 * _reached(best))


def _placed(origins: OnEdges) -> int:
    return int(origins.is_placed.sum())


def _reached(found: Nearest) -> float:
    return float((found.facility >= 0).mean())


def _networkx_ms(network: Network, facilities: Ints) -> float | None:
    """Time networkx's multi-source Dijkstra from the nodes nearest to the facilities."""
    if find_spec("networkx") is None:
        return None
    networkx = import_module("networkx")
    graph = networkx.Graph()
    for start, end, length in zip(
        network.start.tolist(), network.end.tolist(), network.length.tolist(), strict=True
    ):
        if not graph.has_edge(start, end) or graph[start][end]["weight"] > length:
            graph.add_edge(start, end, weight=length)
    sources = set(facilities.tolist())
    search = networkx.multi_source_dijkstra_path_length
    return median([timed_ms(lambda: search(graph, sources, cutoff=LIMIT)) for _ in range(REPEATS)])


_PANDANA = """
import sys, time
import numpy, pandana, pandas
held = numpy.load(sys.argv[1])
edges = pandas.DataFrame({"length": held["length"]})
network = pandana.Network(
    pandas.Series(held["x"]), pandas.Series(held["y"]),
    pandas.Series(held["start"]), pandas.Series(held["end"]), edges,
)
took = []
for _ in range(int(sys.argv[3])):
    begun = time.perf_counter()
    network.set_pois("facility", float(sys.argv[2]), 1, pandas.Series(held["px"]), pandas.Series(held["py"]))
    network.nearest_pois(float(sys.argv[2]), "facility", num_pois=1)
    took.append((time.perf_counter() - begun) * 1000)
print(sorted(took)[len(took) // 2])
"""


def _pandana_ms(network: Network, facilities: Ints) -> float | None:
    """Time pandana in a process of its own, its contraction of the network left out."""
    if find_spec("pandana") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.npz"
        x, y = network.nodes.T
        at = facilities[facilities >= 0]
        np.savez(
            file,
            x=x,
            y=y,
            start=network.start,
            end=network.end,
            length=network.length / DECIMETRES,
            px=x[at],
            py=y[at],
        )
        arguments = [sys.executable, "-c", _PANDANA, str(file), str(LIMIT / DECIMETRES), str(REPEATS)]
        done = subprocess.run(arguments, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


if __name__ == "__main__":
    main("From nothing to measured", measure)
