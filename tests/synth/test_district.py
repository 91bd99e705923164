"""A made district looks like a place, and nothing stands where it cannot."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.synth.cells import BUILT
from zonetwin.synth.district import Made, make, truth_of, write_layers
from zonetwin.synth.layers import homes_of, layers_of
from zonetwin.synth.streets import roadway


@cache
def _made(seed: int = 1, scale: float = 0.02) -> Made:
    return make(seed=seed, scale=scale)


@pytest.fixture(params=[1, 7, 23])
def made(request: pytest.FixtureRequest) -> Made:
    seed: int = request.param
    return _made(seed)


def _footprints(made: Made) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([building.footprint for building in made.district.buildings], dtype=object)


def test_the_district_has_the_asked_size(made: Made) -> None:
    # 0.02 of 99.38 km²; the bend changes areas by a few percent
    assert made.district.outline.area == pytest.approx(0.02 * 99.38e6, rel=0.05)


def test_blocks_have_the_size_of_city_blocks(made: Made) -> None:
    sizes = [cell.block.area / 10_000 for cell in made.cells]
    assert 2.0 < np.median(sizes) < 6.0
    assert max(sizes) < 8.0


def test_built_blocks_are_covered_by_15_to_40_percent(made: Made) -> None:
    covered: dict[str, float] = defaultdict(float)
    for building in made.district.buildings:
        covered[building.cell.code] += building.footprint.area
    shares = [covered[cell.code] / cell.block.area for cell in made.cells if cell.use in BUILT]
    assert max(shares) <= 0.40
    assert np.quantile(shares, 0.1) >= 0.15
    assert 0.2 <= np.mean(shares) <= 0.36


def test_canals_are_as_dense_as_in_canal_country(made: Made) -> None:
    length_km = sum(course.centreline.length for course in made.district.watercourses) / 1000
    assert 1.0 <= length_km / (made.district.outline.area / 1e6) <= 4.0


def test_no_building_stands_on_a_road(made: Made) -> None:
    roads = shapely.STRtree(roadway(made.district.streets))
    assert roads.query(_footprints(made), predicate="intersects").size == 0


def test_no_building_stands_in_water(made: Made) -> None:
    water = [course.surface for course in made.district.watercourses] + list(made.district.green.ponds)
    assert shapely.STRtree(water).query(_footprints(made), predicate="intersects").size == 0


def test_no_two_buildings_touch(made: Made) -> None:
    footprints = _footprints(made)
    first, second = shapely.STRtree(footprints).query(footprints, predicate="intersects")
    assert np.array_equal(first, second)


def test_communities_cover_the_district_once(made: Made) -> None:
    communities = [area.outline for area in made.district.areas if area.level == "community"]
    together = shapely.union_all(communities)
    assert sum(part.area for part in communities) == pytest.approx(together.area, rel=1e-9)
    # the outline's curves have their vertices elsewhere than the communities': a few cm along the edge
    assert together.area == pytest.approx(made.district.outline.area, rel=1e-6)


def test_the_polygons_of_one_control_line_do_not_overlap(made: Made) -> None:
    by_line = defaultdict(list)
    for line in made.district.control_lines:
        by_line[line.line].append(line.outline)
    for outlines in by_line.values():
        assert shapely.union_all(outlines).area == pytest.approx(sum(o.area for o in outlines), rel=1e-9)


def test_the_same_seed_gives_the_same_district() -> None:
    one, other = layers_of(make(seed=5, scale=0.006).district), layers_of(make(seed=5, scale=0.006).district)
    assert all(one[kind].equals(other[kind]) for kind in one)


def test_another_seed_gives_another_district() -> None:
    one, other = (layers_of(make(seed=seed, scale=0.006).district)["building"] for seed in (5, 6))
    assert not one.equals(other)


def test_every_home_has_people_and_a_dwelling_of_the_same_building(made: Made) -> None:
    layers = layers_of(made.district)
    assert layers["dwelling"]["building"].to_pylist() == layers["resident"]["building"].to_pylist()
    assert min(building.persons for building in homes_of(made.district.buildings)) >= 1


def test_more_people_are_near_a_park_when_they_walk_farther() -> None:
    near = [
        truth_of(_made(), walk_budget_m=metres, farthest_m=100.0).persons_near_a_park_or_square
        for metres in (100.0, 300.0, 900.0)
    ]
    assert near == sorted(near)
    assert near[0] < near[2]


def test_layers_are_written_one_per_kind_with_all_features(tmp_path: Path) -> None:
    made = _made(3, 0.006)
    counts = write_layers(made, tmp_path / "district")
    for kind, count in counts.items():
        assert pyogrio.read_info(tmp_path / "district" / "district.gpkg", layer=kind)["features"] == count
    assert counts["building"] == len(made.district.buildings)


def test_a_full_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Conflict, match="not empty"):
        write_layers(_made(3, 0.006), tmp_path)


def test_a_scale_out_of_range_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"0\.004 to 12"):
        make(seed=1, scale=50)
