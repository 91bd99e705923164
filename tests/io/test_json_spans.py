import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.io.json_spans import CutOff, feature_spans

scalars = st.none() | st.booleans() | st.integers() | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)


@given(st.lists(st.dictionaries(st.text(), values), max_size=6), values)
def test_the_spans_are_the_features(features: list[dict[str, object]], other: object) -> None:
    data = json.dumps({"other": other, "features": features, "after": other}).encode()
    assert [json.loads(data[span.start : span.end]) for span in feature_spans(data)] == features


@given(st.lists(st.dictionaries(st.text(), values), min_size=1, max_size=6))
def test_objects_one_per_line_are_features_too(features: list[dict[str, object]]) -> None:
    features = [{"type": "Feature", "properties": item} for item in features]
    data = "\n".join(json.dumps(item) for item in features).encode()
    assert [json.loads(data[span.start : span.end]) for span in feature_spans(data)] == features


def test_lines_are_counted_from_one() -> None:
    data = b'{"features": [\n{"a": 1},\n\n{"b": "}{\\""}]}'
    assert [span.line for span in feature_spans(data)] == [2, 4]


def test_a_file_that_ends_too_early_is_cut_off_after_its_whole_features() -> None:
    with pytest.raises(CutOff) as caught:
        list(feature_spans(b'{"features": [{"a": 1}, {"b": '))
    assert caught.value.begun == 1
