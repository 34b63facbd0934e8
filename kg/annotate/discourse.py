"""What has been mentioned so far, and where: the memory that pronouns and descriptions are looked up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.grammar import chain_head, is_joined, is_subject

UNNAMED = "unnamed"  # the type of a thing that no entity stands for


@dataclass(slots=True)
class Seen:
    """A mention already read: where it stood and how prominent it was. `chain` is shared by names joined by 'and'.

    An unnamed thing has no keys: it can only keep a pronoun from reaching past it. `plural` and `human` describe it.
    """

    sentence: int
    unit: int
    token: int
    keys: tuple[str, ...]
    type: str
    subject: bool
    joined: bool = False
    chain: int = 0
    plural: bool = False
    human: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference stands: its unit, the unit's position in the document, and its token."""

    unit: AnnotatedUnit
    number: int
    token: Token


@dataclass(slots=True)
class Memory:
    """The mentions of a document in the order of its text, and what is known of the things mentioned."""

    drafts: dict[str, Draft]
    english: English
    seats: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def remember(self, unit: AnnotatedUnit, number: int, ref: Ref) -> None:
        """Add the mention of a ref; a demonym before a noun mentions nothing."""
        head = unit.doc[ref.head]
        if ref.adjectival and head.dep_ in ("amod", "compound"):
            return
        self.counts.update(ref.keys)
        kind = self.drafts[ref.keys[0]].type
        plural = head.tag_ in ("NNS", "NNPS") or len(ref.keys) > 1
        self.seen.append(
            Seen(
                unit.unit.sentence.index,
                number,
                ref.head,
                ref.keys,
                kind,
                is_subject(head),
                is_joined(head),
                chain_head(head).i,
                plural,
            )
        )

    def remember_unnamed(self, unit: AnnotatedUnit, number: int, token: Token) -> None:
        """Add a subject that no entity stands for: 'Analysts expect a glut. They …'."""
        kinds = self.english.class_nouns.get(token.lemma_.lower(), ())
        human = (
            "Person" in kinds
            or token.lower_.endswith("ists")
            or token.lower_ in ("people", "workers", "residents", "critics", "ministers")
        )
        plural = token.tag_ in ("NNS", "NNPS")
        self.seen.append(
            Seen(
                unit.unit.sentence.index,
                number,
                token.i,
                (),
                UNNAMED,
                True,
                is_joined(token),
                chain_head(token).i,
                plural,
                human,
            )
        )

    def back(self, place: Place, reach: int, kinds: tuple[str, ...]) -> Iterator[Seen]:
        """Mentions of the given types before a place, the latest first, from at most `reach` sentences back."""
        sentence = place.unit.unit.sentence.index
        for seen in reversed(self.seen):
            if seen.sentence < sentence - reach:
                return
            if seen.type in kinds and (
                seen.unit < place.number or (seen.unit == place.number and seen.token < place.token.i)
            ):
                yield seen


def newest(pool: list[Seen]) -> list[Seen]:
    """The mentions of the latest unit in a pool."""
    last = max((seen.unit for seen in pool), default=-1)
    return [seen for seen in pool if seen.unit == last]


def only(pool: list[Seen]) -> tuple[str, ...] | None:
    """The thing that all of a pool mentions, if it is one."""
    keys = {seen.keys for seen in pool}
    return next(iter(keys)) if len(keys) == 1 else None
