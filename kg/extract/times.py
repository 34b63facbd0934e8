"""The time of claims, chosen by a trained network among the times that the text gives near them.

Comes in: a document's claims with the time that rules found in the clause. Goes out: the same claims with the likeliest time, or none.
A sentence often leaves the time to the one before, to its heading or to the start of its list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Moment
from kg.extract import choice
from kg.extract.placed import Placed, beside_vector, placed, shown, words_of
from kg.extract.qualifiers import reading
from kg.learned.network import Array, Network
from kg.records import Claim

_REACH = 3  # sentences before whose times may hold on
_HEADS = ("headline", "heading")


Candidate = choice.Candidate[Moment]


def with_times(annotated: Annotated, claims: Sequence[Claim], network: Network) -> list[Claim]:
    """The claims with the time that the network finds likeliest."""
    found = list(claims)
    for order, item, _, chances in choice.rated(placed(annotated, claims), Times(annotated), network):
        found[order] = replace(item.claim, time=choice.likeliest(item.claim.time, chances))
    return found


class Times:
    """The times of a document by sentence."""

    def __init__(self, annotated: Annotated) -> None:
        self._drafts = annotated.drafts
        self._by_sentence: dict[int, list[tuple[AnnotatedUnit, Moment]]] = defaultdict(list)
        self._heading: dict[int, int] = {}
        last = -1
        for unit in annotated.units:
            sentence = unit.unit.sentence
            self._by_sentence[sentence.index] += [(unit, moment) for moment in unit.moments]
            if sentence.kind in _HEADS:
                last = sentence.index
            self._heading.setdefault(sentence.index, last)

    def candidates(self, item: Placed) -> list[Candidate]:
        """The times of a claim's sentence, of those before, of its heading and of its entry in a timeline."""
        found: dict[str, Candidate] = {}
        index = item.unit.unit.sentence.index
        for unit, moment in self._by_sentence.get(index, ()):
            each = self._add(found, unit, moment, item)
            if unit is not item.unit:
                each.signs.append("aside")
            elif each.mention is None or _gap(item, moment) < _gap(item, each.mention):
                each.mention = moment
        for sign, at in [*((f"before{n}", index - n) for n in range(1, _REACH + 1)), ("heading", self._heading[index])]:
            if at != index:
                for unit, moment in self._by_sentence.get(at, ()):
                    self._add(found, unit, moment, item).signs.append(sign)
        for sign, value in (("entry", item.unit.entry_date), ("rule", item.claim.time)):
            if value:
                found.setdefault(value, Candidate(value, sign)).signs.append(sign)
        return list(found.values())

    def _add(self, found: dict[str, Candidate], unit: AnnotatedUnit, moment: Moment, item: Placed) -> Candidate:
        value = reading(unit, moment, item.claim.modality)
        return found.setdefault(value, Candidate(value, moment.mention.kind))

    def vector(self, item: Placed, candidate: Candidate) -> Array:
        """See kg.extract.placed.beside_vector."""
        return beside_vector(item, candidate.mention.start if candidate.mention is not None else None)

    def words(self, item: Placed, candidate: Candidate, rivals: Sequence[Candidate]) -> list[str]:
        """What the network is shown of a time, beside its vector."""
        return list(_words(item, candidate, rivals, self._drafts))


def _gap(item: Placed, moment: Moment) -> int:
    return abs(moment.start - item.trigger.i)


def _words(item: Placed, candidate: Candidate, rivals: Sequence[Candidate], drafts: dict[str, Draft]) -> Iterator[str]:
    name, time = item.claim.property, item.claim.time
    rule = "none" if time is None else "this" if time == candidate.value else "other"
    where = "here" if candidate.mention is not None else "+".join(sorted(set(candidate.signs)))
    here = sum(rival.mention is not None for rival in rivals)
    yield from (
        f"rule={rule}",
        f"rule={rule}|{name}",
        f"where={where}",
        f"where={where}|{name}",
        f"rule={rule}|{where}",
    )
    yield from (f"here={min(here, 3)}|{where}", f"here={min(here, 3)}|{where}|{name}", f"kind={candidate.kind}|{where}")
    yield f"grain={len(candidate.value)}|{where}"
    yield f"grain={len(candidate.value)}|{name}"
    yield f"mode={item.claim.modality}|{where}"
    yield f"read={item.claim.frame == 'read'}|{rule}|{where}"
    yield f"figure={item.claim.quantity is not None}|{where}|{name}"
    for sign in set(candidate.signs):
        yield f"sign={sign}|{candidate.mention is not None}"
    for word in words_of(item, drafts):
        if word.startswith(("trigger", "tag", "verb", "at0", "kind", "types")):
            yield f"{word}|{where}"
    if candidate.mention is not None:
        yield from _place(item, candidate.mention)


def _place(item: Placed, moment: Moment) -> Iterator[str]:
    unit, trigger = item.unit, item.trigger
    doc = unit.doc
    order = "after" if moment.start > trigger.i else "before"
    yield f"gap={min(_gap(item, moment) // 3, 6)}|{order}"
    token = doc[moment.start]
    above = [token, *token.ancestors]
    yield f"under={trigger in above}|{order}"
    verb = next((t for t in above if t.pos_ in ("VERB", "AUX")), None)
    own = next((t for t in (trigger, *trigger.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    yield f"clause={verb == own}|{order}|{item.claim.property}"
    yield f"verb={shown(verb, unit) if verb is not None else ''}|{verb == own}"
    yield f"first={moment.start == 0}"
    if moment.start > 0:
        yield f"left={doc[moment.start - 1].lower_}|{order}"
    low, high = sorted((moment.start, trigger.i))
    for between in doc[low + 1 : high]:
        if between.is_punct or between.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ", "PRON"):
            yield f"between={between.lower_ if between.pos_ != 'VERB' else between.tag_}|{order}"
