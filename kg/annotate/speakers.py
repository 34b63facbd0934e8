"""The first person in quotes: 'we' is the firm or body that speaks, 'I' the person; only where that is clear."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.leanings import PEOPLE
from kg.annotate.voices import voices

ONE = frozenset(["i", "me", "my", "mine", "myself"])
MANY = frozenset(["we", "us", "our", "ours", "ourselves"])
_BODIES = ("Company", "GovernmentBody", "Organization", "InternationalOrganization", "Country")
_MARKS = '“”"'


def speakers(units: Sequence[AnnotatedUnit], drafts: dict[str, Draft], english: English) -> dict[int, str]:
    """For each sentence with quoted words the key of the one who says them; a quote that goes on keeps its speaker."""
    found = voices(units, drafts)
    by_sentence: dict[int, list[AnnotatedUnit]] = {}
    for unit in units:
        by_sentence.setdefault(unit.unit.sentence.index, []).append(unit)
    running: tuple[int, str] | None = None
    for index, parts in sorted(by_sentence.items()):
        sentence = parts[0].unit.sentence
        if not any(mark in sentence.text for mark in _MARKS):
            continue
        key = next((key for unit in parts for key in _said(unit, drafts, english)), None)
        if key is None and running and running[0] >= sentence.paragraph - 1 and sentence.text[:1] in _MARKS:
            key = running[1]
        if key is not None:
            found[index] = key
            running = (sentence.paragraph, key)
        else:
            running = None
    return found


def _said(unit: AnnotatedUnit, drafts: dict[str, Draft], english: English) -> list[str]:
    for verb in unit.doc:
        if (
            verb.pos_ != "VERB"
            or verb.lemma_.lower() not in english.reporting_verbs
            or verb.lemma_.lower() in english.silent_reporting
        ):
            continue
        for child in verb.children:
            if child.dep_ == "nsubj" and child.lower_ not in MANY | ONE and not _is_quoted(unit, child.i):
                ref = unit.ref_headed(child) or unit.ref_at(child)
                if ref is not None and not ref.adjectival and drafts[ref.keys[0]].type in (*PEOPLE, *_BODIES):
                    return [ref.keys[0]]
    return []


def _is_quoted(unit: AnnotatedUnit, index: int) -> bool:
    return sum(unit.doc[:index].text.count(mark) for mark in _MARKS) % 2 == 1


def in_quotes(unit: AnnotatedUnit, index: int, sentence_text: str) -> bool:
    """Whether a token stands inside quotation marks of its sentence, or its whole unit was lifted from a quote."""
    return _is_quoted(unit, index) or (unit.unit.text[:1] not in _MARKS and sentence_text[:1] in _MARKS and index < 3)


def firm_of(person: str, units: Sequence[AnnotatedUnit], drafts: dict[str, Draft], english: English) -> str | None:
    """The firm or body whose chief executive, founder or spokesman the text says a person is; None for officials."""
    if drafts[person].type == "Official":
        return None
    for unit in units:
        for ref in unit.refs:
            if person in ref.keys and ref.how != "coreference" and (body := _beside(unit, ref, drafts, english)):
                return body
    return None


def _beside(unit: AnnotatedUnit, ref: Ref, drafts: dict[str, Draft], english: English) -> str | None:
    """'Glencore chief executive Gary Nagle', 'Gary Nagle, chief executive of Glencore', 'Nagle, Glencore's boss'."""
    window = unit.doc[max(0, ref.start - 8) : min(len(unit.doc), ref.end + 10)]
    if not any(
        token.lemma_.lower() in english.firm_roles or token.lower_ in ("executive", "officer", "ceo")
        for token in window
    ):
        return None
    bodies = [
        r
        for r in unit.refs
        if r.keys != ref.keys
        and drafts[r.keys[0]].type in ("Company", "Organization")
        and r.start >= window.start
        and r.end <= window.end
    ]
    near = [
        r for r in bodies if not any(t.pos_ == "VERB" for t in unit.doc[min(r.end, ref.end) : max(r.start, ref.start)])
    ]
    return near[0].keys[0] if len({r.keys for r in near}) == 1 else None


def first_person(
    word: str, speaker: str | None, units: Sequence[AnnotatedUnit], drafts: dict[str, Draft], english: English
) -> tuple[str, ...] | None:
    """What 'I' or 'we' stands for in the words of a speaker."""
    if speaker is None:
        return None
    person = drafts[speaker].type in PEOPLE
    if word in ONE:
        return (speaker,) if person else None
    if not person:
        return (speaker,)
    firm = firm_of(speaker, units, drafts, english)
    return (firm,) if firm else None
