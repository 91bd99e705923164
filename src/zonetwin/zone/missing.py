"""Why an indicator cannot be measured on a state: what is missing is said, never counted as nought."""

from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.packs.model import Indicator
from zonetwin.zone.bench import ACCESS, RESIDENTS, STREETS, Bench, read_directly, reads_of
from zonetwin.zone.facilities import kinds_read
from zonetwin.zone.walking import WalkingRules, missing_table

_PLACES = frozenset({"area", "organisation", RESIDENTS, ACCESS})
"""Tables that frame what is counted: alone they are no data."""


def gap_of(indicator: Indicator, bench: Bench) -> Gap | None:
    """Give the reason an indicator cannot be measured, None when it can."""
    reads = reads_of(indicator, bench.packs)
    for name in reads.pack_tables:
        if name not in bench.packs.tables:
            return missing_table(name)
    direct = {name for name in read_directly(indicator) if not name.startswith("table_")}
    for name in sorted(direct - _PLACES):
        if name not in bench.state.tables():
            return _missing_kind(name)
    if reads.has_residents and (gap := _walking_gap(indicator, bench)):
        return gap
    counted = sorted(direct - _PLACES)
    main = [name for name in counted if name == "cases"] or counted
    if main and not any(bench.row_count(name) for name in main):
        return no_data(main)
    return None


def no_data(tables: list[str]) -> Gap:
    listed = ", ".join(tables)
    return Gap(
        "no-data", Text(f"本区没有这类数据:{listed}。", f"The zone has no data of these kinds: {listed}.")
    )


def gap_without_rows(indicator: Indicator, rows: int) -> Gap | None:
    """Give the reason where a statement on cases found none of its sort, finished or not: that is not nought."""
    if rows or "cases" not in read_directly(indicator):
        return None
    return Gap("no-data", Text("台账中没有这类项目。", "No project of this sort is on record."))


def _walking_gap(indicator: Indicator, bench: Bench) -> Gap | None:
    if STREETS[0] not in bench.state.tables():
        return _missing_kind(STREETS[0])
    rules = bench.rules
    if not isinstance(rules, WalkingRules):
        return rules
    for need in indicator.needs:
        for kind in kinds_read(need, bench.packs.kinds):
            if kind not in bench.state.tables():
                return _missing_kind(kind)
    if not (bench.row_count("resident") or bench.row_count("population_cell")):
        return Gap("no-residents", Text("本区没有居民或人口数据。", "The zone has no data on residents."))
    if indicator.needs and not bench.walks.network.edge_count:
        return Gap(
            "no-network", Text("本区没有可步行的道路数据。", "The zone has no streets that can be walked.")
        )
    if not len(bench.residents.table):
        return Gap("no-residents", Text("人口数据中没有居民。", "The data on residents holds nobody."))
    for need in indicator.needs:
        if not len(bench.destinations(need)):
            return _no_facility(list(need.to))
    return None


def _no_facility(kinds: list[str]) -> Gap:
    listed = ", ".join(kinds)
    return Gap(
        "no-facility",
        Text(
            f"数据中没有所问的设施({listed});是没有还是未绘,不得而知。",
            f"The data has no such facility ({listed}); whether there is none or none was mapped is not known.",
        ),
    )


def _missing_kind(name: str) -> Gap:
    return Gap(
        "missing-kind",
        Text(f"所选规则包没有要素类型 {name}。", f"No chosen pack declares the kind {name!r}."),
    )
