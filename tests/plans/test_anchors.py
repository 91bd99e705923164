"""Attached texts: decoded, checked by digests, and cut into clauses."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans.examples import target

from zonetwin.core.errors import InvalidInput
from zonetwin.core.text import Text
from zonetwin.plans.anchors import check_document, clause_text, is_kept, text_from_bytes
from zonetwin.plans.model import Clause
from zonetwin.plans.plan import Document

TEXT = "标题\n\n前言。至2025年,收储土地3000亩以上,供应800亩。后文\n下一段\n"
START = TEXT.index("收储")
CLAUSE = Clause("一", Text("一", "One"), START, START + 10, START + 4, START + 8)
DIGEST = hashlib.sha256(b"3000").hexdigest()[:12]
DOCUMENT = Document(Text("文", "Text"), None, len(TEXT), hashlib.sha256(TEXT.encode()).hexdigest())


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("gb18030"),
    ],
)
def test_encodings_and_line_ends_come_to_the_same_text(data: bytes) -> None:
    assert text_from_bytes(data) == TEXT


@pytest.mark.parametrize("data", [b"", b"  \n", b"PK\x03\x04\x00\x00", b"\xff\xff\xff"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        text_from_bytes(data)


def test_the_document_itself_keeps_every_anchor() -> None:
    found = check_document(TEXT, DOCUMENT, (target(clause=CLAUSE),), {"T1": DIGEST})
    assert (found.is_exact, found.kept, found.lost) == (True, ("T1",), ())


def test_a_text_changed_after_the_anchors_keeps_them() -> None:
    found = check_document(TEXT + "附件", DOCUMENT, (target(clause=CLAUSE),), {"T1": DIGEST})
    assert (found.is_exact, found.kept) == (False, ("T1",))


def test_a_text_changed_before_the_anchors_loses_them() -> None:
    found = check_document("新" + TEXT, DOCUMENT, (target(clause=CLAUSE),), {"T1": DIGEST})
    assert found.lost == ("T1",)


def test_a_clause_is_cut_with_its_own_paragraph_around_it() -> None:
    found = clause_text(TEXT, CLAUSE)
    assert found.text == "收储土地3000亩以"
    assert found.number == "3000"
    assert found.before == "前言。至2025年,"
    assert found.after == "上,供应800亩。后文"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_an_insertion_before_a_number_is_noticed(inserted: str) -> None:
    changed = inserted + TEXT
    number = changed[CLAUSE.number_start : CLAUSE.number_end]
    assert is_kept(changed, CLAUSE, DIGEST) == (number == "3000")
