"""What pronouns and descriptions take up, measured on marked discourses written for the project."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.annotate.annotate import annotate
from kg.annotate.annotation import Annotated, Ref
from kg.annotate.entities import normal
from kg.annotate.regions import region_members
from kg.build import Extractor
from kg.records import Document

_DISCOURSES = Path(__file__).parent / "data" / "discourses.txt"


@pytest.fixture(scope="module")
def extractor(frames_only: Extractor) -> Extractor:
    return frames_only


def _read(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a marked line, and for each mark its offsets and the thing meant ('-' for none)."""
    text, marks = "", []
    for part in re.split(r"(\[[^\]]*\])", line):
        if part.startswith("["):
            words, _, wanted = part[1:-1].rpartition("=")
            marks.append((len(text), len(text) + len(words), wanted))
            text += words
        else:
            text += part.replace("|", "\n\n")
    return text, marks


def _annotated(extractor: Extractor, text: str) -> Annotated:
    document = Document("x", text, "x", published="2025-06-15")
    return annotate(document, extractor._nlp, extractor._vocabulary, extractor.english)


def _taken_up(annotated: Annotated, text: str, start: int, end: int) -> Ref | None:
    """The ref headed by the last word between two offsets."""
    words = re.sub(r"['’]s$", "", text[start:end])
    last = start + len(words) - len(words.split()[-1])
    found = [
        ref
        for unit in annotated.units
        for ref in unit.refs
        if last <= unit.span(ref.head, ref.head + 1).start < end and not unit.is_repeated(unit.doc[ref.head])
    ]
    found.sort(key=lambda ref: ref.how != "coreference")
    return found[0] if found and not found[0].adjectival else None


def _verdict(annotated: Annotated, ref: Ref | None, wanted: str) -> str:
    if wanted == "-":
        return "silent" if ref is None or ref.how in ("definite", "description") else "wrong"
    if ref is None:
        return "none"
    names = [{normal(n) for n in (annotated.drafts[k].label, *annotated.drafts[k].names)} for k in ref.keys]
    wants = [normal(name) for name in wanted.split("+")]
    fits = len(names) == len(wants) and all(any(want in known for known in names) for want in wants)
    return "right" if fits else "wrong"


def test_references_of_the_discourses_are_mostly_right_and_seldom_wrong(extractor: Extractor) -> None:
    counts: Counter[str] = Counter()
    for line in _DISCOURSES.read_text(encoding="utf8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, marks = _read(line)
        annotated = _annotated(extractor, text)
        counts.update(_verdict(annotated, _taken_up(annotated, text, s, e), wanted) for s, e, wanted in marks)
    assert sum(counts.values()) > 150
    assert counts["right"] / (counts["right"] + counts["wrong"]) >= 0.92, counts
    assert counts["right"] / (counts["right"] + counts["wrong"] + counts["none"]) >= 0.85, counts


def test_a_pronoun_without_antecedent_is_counted_and_gives_no_reference(extractor: Extractor) -> None:
    annotated = _annotated(extractor, "They signed the papers at noon.")
    assert annotated.unresolved["they"] == 1
    assert not [ref for unit in annotated.units for ref in unit.refs if ref.how == "coreference"]


def test_the_home_that_a_text_gives_a_firm_is_kept(extractor: Extractor) -> None:
    annotated = _annotated(extractor, "Swiss trader Mercata bought cobalt. Kestrel Tin of Canada drilled for tin.")
    homes = {draft.label: draft.country for draft in annotated.drafts.values()}
    assert homes["Mercata"] == "switzerland"
    assert homes["Kestrel Tin"] == "canada"


@pytest.mark.parametrize(
    ("words", "member", "stranger"),
    [("Andean", "bolivia", "china"), ("West African", "guinea", "peru"), ("Southeast Asian", "indonesia", "japan")],
)
def test_the_adjective_of_a_region_fits_its_countries_alone(words: str, member: str, stranger: str) -> None:
    assert member in region_members(words)
    assert stranger not in region_members(words)


def test_an_adjective_of_no_region_fits_no_country() -> None:
    assert region_members("embattled") == frozenset()
