"""What a deal, talks, a supply or a dependence is about, chosen by a trained network among the things the text has spoken of.

Comes in: a document's claims with the topic that rules found. Goes out: the same claims with the likeliest topic, or none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.annotate.annotation import Annotated, Ref
from kg.extract import choice
from kg.extract.matters import ABOUT_SOMETHING, GOODS, MATTERS, TRADING
from kg.extract.placed import Placed, beside_vector, placed, shown, words_of
from kg.extract.things import Things, is_material
from kg.learned.network import Array, Network
from kg.records import Claim

TOPICAL = ABOUT_SOMETHING | TRADING
_TOPICS = MATTERS | {"Agreement", "Policy"}
_AGAIN = ("similar", "such", "same", "another", "also", "too")
_LIKE_BEFORE = frozenset(["similar", "such", "same", "another"])
_REACH = 2  # sentences before whose things may be the topic


Candidate = choice.Candidate[Ref]


def with_topics(annotated: Annotated, claims: Sequence[Claim], things: Things, network: Network) -> list[Claim]:
    """The claims of TOPICAL relations with the topic that the network finds likeliest, maybe a material that is a common noun."""
    found = list(claims)
    matters = Matters(annotated, claims, things)
    for order, item, candidates, chances in choice.rated(placed(annotated, claims), matters, network):
        topic = choice.likeliest(item.claim.topic, chances) or _as_before(item, candidates)
        if topic is not None:
            things.admit(annotated, topic)
        found[order] = replace(item.claim, topic=topic)
    return found


def _as_before(item: Placed, candidates: Sequence[Candidate]) -> str | None:
    """What the last deal was about, for 'a similar partnership', 'such an accord', 'another one'."""
    near = item.unit.doc[max(0, item.trigger.i - 3) : item.trigger.i + 6]
    if not any(token.lower_ in _LIKE_BEFORE and token.head.pos_ in ("NOUN", "PRON", "NUM") for token in near):
        return None
    return next((candidate.value for candidate in candidates if "last" in candidate.signs), None)


class Matters:
    """The things of a document by sentence, and the claims made of them."""

    def __init__(self, annotated: Annotated, claims: Iterable[Claim], things: Things) -> None:
        self._drafts = {**things.drafts, **annotated.drafts}
        self._by_sentence: dict[int, list[tuple[int, Ref, str]]] = defaultdict(list)
        self._headline: list[str] = []
        self._gets: dict[tuple[int, str], set[str]] = defaultdict(set)
        self._earlier = [claim for claim in claims if claim.property in TOPICAL and claim.topic]
        counts: Counter[str] = Counter()
        for number, unit in enumerate(annotated.units):
            common = [ref for ref in things.refs.get(number, ()) if is_material(ref) and ref not in unit.refs]
            for ref in (*unit.refs, *common):
                for key in ref.keys:
                    if self._drafts[key].type in _TOPICS:
                        self._by_sentence[unit.unit.sentence.index].append((number, ref, key))
                        self._headline += [key] if unit.unit.sentence.kind == "headline" else []
                        counts[key] += self._drafts[key].type in GOODS
        self._theme = min(counts, key=lambda key: (-counts[key], key)) if counts else None
        for claim in claims:
            self._gets[claim.evidence.sentence.start, claim.object].add(claim.property)

    def candidates(self, item: Placed) -> list[Candidate]:
        """What a claim may be about: the things of its sentence, of those before, of its section and of the document."""
        if item.claim.property not in TOPICAL:
            return []
        found: dict[str, Candidate] = {}
        parties = (item.claim.subject, item.claim.object)

        def candidate(key: str) -> Candidate:
            return found.setdefault(key, Candidate(key, self._drafts[key].type))

        index = item.unit.unit.sentence.index
        for number, ref, key in self._by_sentence.get(index, ()):
            entry = candidate(key)
            if number == item.number:
                entry.mention = _nearer(entry.mention, ref, item)
            else:
                entry.signs.append("aside")
        for sign, keys in self._elsewhere(item, index):
            for key in dict.fromkeys(keys):
                candidate(key).signs.append(sign)
        return [entry for key, entry in found.items() if key not in parties and entry.kind in _TOPICS]

    def _elsewhere(self, item: Placed, index: int) -> Iterator[tuple[str, list[str]]]:
        for back in range(1, _REACH + 1):
            yield f"before{back}", [key for _, _, key in self._by_sentence.get(index - back, ())]
        yield "headline", self._headline[:2]
        yield "section", [item.unit.topic] if item.unit.topic in self._drafts else []
        yield "theme", [self._theme] if self._theme else []
        claim = item.claim
        start = claim.evidence.sentence.start
        before = [other for other in self._earlier if other.evidence.sentence.start < start]
        for sign, others in (
            ("last", [other for other in before if other.property == claim.property]),
            ("last-subject", [other for other in before if claim.subject in (other.subject, other.object)]),
        ):
            yield sign, [str(max(others, key=lambda other: other.evidence.sentence.start).topic)] if others else []

    def vector(self, item: Placed, candidate: Candidate) -> Array:
        """See kg.extract.placed.beside_vector."""
        return beside_vector(item, candidate.mention.head if candidate.mention is not None else None)

    def words(self, item: Placed, candidate: Candidate, rivals: Sequence[Candidate]) -> list[str]:
        """What the network is shown of a candidate, beside its vector."""
        here = sum(rival.mention is not None for rival in rivals)
        goods = sum(rival.mention is not None and rival.kind in GOODS for rival in rivals)
        return list(self._words(item, candidate, here, goods))

    def _words(self, item: Placed, candidate: Candidate, here: int, goods: int) -> Iterator[str]:
        name, kind = item.claim.property, candidate.kind
        group = "good" if kind in GOODS else kind
        rule = "none" if item.claim.topic is None else "this" if item.claim.topic == candidate.value else "other"
        where = "here" if candidate.mention is not None else "+".join(sorted(candidate.signs))
        yield from (f"rule={rule}", f"rule={rule}|{name}", f"kind={kind}|{name}", f"where={where}|{group}")
        yield from (f"rule={rule}|{group}|{where}", f"here={min(here, 4)}|{where}", f"goods={min(goods, 3)}|{where}")
        yield f"goods={min(goods, 3)}|{where}|{name}|{group}"
        yield f"named={self._drafts[candidate.value].named}|{kind}"
        for sign in candidate.signs:
            yield f"sign={sign}|{candidate.mention is not None}|{group}"
        for gets in self._gets.get((item.claim.evidence.sentence.start, candidate.value), ()):
            yield f"gets={gets}|{name}"
        for word in _AGAIN:
            if any(token.lower_ == word for token in item.unit.doc):
                yield f"again={word}|{where}"
        yield from (f"{word}|{group}" for word in words_of(item, self._drafts) if word.startswith("trigger"))
        if candidate.mention is not None:
            yield from _place(item, candidate.mention, group)


def _nearer(known: Ref | None, ref: Ref, item: Placed) -> Ref:
    if known is None:
        return ref
    return min(known, ref, key=lambda place: (abs(place.head - item.trigger.i), place.start))


def _place(item: Placed, ref: Ref, group: str) -> Iterator[str]:
    unit, trigger = item.unit, item.trigger
    doc, name = unit.doc, item.claim.property
    order = "after" if ref.head > trigger.i else "before"
    gap = abs(ref.head - trigger.i)
    yield f"gap={min(gap // 3, 6)}|{order}|{group}"
    yield f"under={doc[ref.head] in list(trigger.subtree)}|{order}|{group}"
    yield f"how={ref.how}|{ref.adjectival}"
    yield f"dep={doc[ref.head].dep_}|{order}|{name}"
    above = doc[ref.head].head
    yield f"above={shown(above, unit)}|{doc[ref.head].dep_}"
    yield f"above2={shown(above.head, unit)}"
    if ref.start > 0:
        yield f"left={shown(doc[ref.start - 1], unit)}|{group}"
        yield f"left={shown(doc[ref.start - 1], unit)}|{name}"
    if ref.end < len(doc):
        yield f"right={shown(doc[ref.end], unit)}|{group}"
    low, high = sorted((ref.head, trigger.i))
    for token in doc[low + 1 : high]:
        if high - low < 12 or token.is_punct or token.pos_ in ("ADP", "VERB"):
            yield f"between={shown(token, unit)}|{order}"
