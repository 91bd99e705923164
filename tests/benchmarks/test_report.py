"""How benchmarks report what they measured."""

import json

import pytest
from benchmarks.report import Row, main, median, percentile, table


def test_a_row_compares_with_the_best_peer() -> None:
    row = Row("read, ms", 5.0, {"slow": 20.0, "fast": 10.0, "cannot": None}, goal=10.0)
    assert (row.ratio, row.ok) == (0.5, True)


def test_a_row_without_peers_has_no_ratio_and_one_without_a_goal_is_fine() -> None:
    row = Row("read, ms", 5.0)
    assert (row.ratio, row.ok) == (None, True)


def test_a_missed_goal_is_said() -> None:
    row = Row("read, ms", 12.0, goal=10.0)
    assert not row.ok
    assert "MISSED" in table("Reading", [row])


def test_json_has_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    main(
        "Reading",
        lambda quick: [Row("read, ms", 5.0 if quick else 50.0, {"peer": 10.0}, goal=10.0)],
        ["--quick", "--json"],
    )
    assert json.loads(capsys.readouterr().out) == {
        "rows": [
            {"case": "read, ms", "ours": 5.0, "peers": {"peer": 10.0}, "ratio": 0.5, "goal": 10.0, "ok": True}
        ]
    }


def test_a_quick_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    main("Reading", lambda quick: [Row("read, ms", 1.0)], ["--quick"])
    assert capsys.readouterr().out.startswith("Reading (quick)\n")


def test_percentiles_are_figures_that_were_measured() -> None:
    figures = [float(figure) for figure in range(100, 0, -1)]
    assert (percentile(figures, 0.99), percentile(figures, 1.0), percentile(figures, 0.5)) == (
        99.0,
        100.0,
        50.0,
    )
    assert percentile([7.0], 0.99) == 7.0
    assert median([1.0, 9.0, 2.0]) == 2.0
