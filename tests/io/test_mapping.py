from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.io.mapping import Choice, Condition, ObjectMapping, Rule, columns_mapping, joined_mapping

T = Text("它", "It")


def test_conditions_ask_for_values_presence_or_absence() -> None:
    among = Condition("shop", frozenset({"bar", "cafe"}))
    there = Condition("shop", frozenset({"*"}))
    other = Condition("shop", frozenset({"bar"}), negated=True, needed=False)
    other_but_there = Condition("shop", frozenset({"bar"}), negated=True)
    cases: list[tuple[dict[str, str], list[bool]]] = [
        ({}, [False, False, True, False]),
        ({"shop": "bar"}, [True, True, False, False]),
        ({"shop": "toys"}, [False, True, True, True]),
        ({"shop": " "}, [False, False, True, False]),
    ]
    for attributes, expected in cases:
        assert [item.holds(attributes, "") for item in (among, there, other, other_but_there)] == expected


def test_a_member_of_a_list_counts_where_lists_are_split() -> None:
    condition = Condition("shop", frozenset({"cafe"}))
    assert condition.holds({"shop": "bar; cafe"}, ";")
    assert not condition.holds({"shop": "bar; cafe"}, "")


def test_a_rule_without_conditions_asks_for_no_key_so_all_objects_are_read() -> None:
    asking = Rule("park", where=((Condition("leisure", frozenset({"park"})),),))
    assert ObjectMapping("m", (), (asking,)).keys_asked() == ("leisure",)
    assert ObjectMapping("m", (), (asking, Rule("park"))).keys_asked() == ()


def test_columns_are_found_by_name_then_by_alias_whatever_their_case() -> None:
    kind = Kind(
        "cell", T, Geometry.ANY, (Property("persons", Type.REAL, T), Property("jobs", Type.INTEGER, T))
    )
    rule = columns_mapping(kind, {"persons": ("population", "pop")}, columns=("POP", "Jobs", "id"))
    assert rule.properties == {"persons": (Choice(columns=("POP",)),), "jobs": (Choice(columns=("Jobs",)),)}


def test_joining_keeps_the_order_of_the_packs() -> None:
    first, second = Rule("a"), Rule("b")
    joined = joined_mapping([ObjectMapping("m", (), (first,), split=";"), ObjectMapping("n", (), (second,))])
    assert joined.rules == (first, second)
    assert joined.split == ";"
