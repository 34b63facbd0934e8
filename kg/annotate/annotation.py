"""What annotation leaves behind: parsed units with references to the entities of one document.

A reference ("ref") is a stretch of tokens in a unit that stands for one entity or, as 'both companies', for several.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.annotate.dates import TimeMention
from kg.annotate.quantities import QuantityMention
from kg.annotate.segments import Unit
from kg.records import Document, Term, TextSpan


@dataclass(slots=True)
class Ref:
    """Tokens `start` to `end` (exclusive), headed by `head`, stand for the entities `keys`.

    `adjectival` marks a demonym ('Chinese'): the country takes part only where grammar asks for a modifier.
    """

    start: int
    end: int
    head: int
    keys: tuple[str, ...]
    type: str
    how: str
    adjectival: bool = False


@dataclass(slots=True)
class Figure:
    """A quantity at tokens `start` to `end` of a unit."""

    start: int
    end: int
    mention: QuantityMention


@dataclass(slots=True)
class Moment:
    """A time at tokens `start` to `end` of a unit."""

    start: int
    end: int
    mention: TimeMention


@dataclass(slots=True)
class AnnotatedUnit:
    """A parsed unit; `refs` in order of their start. `topic` is the material that its section speaks of,
    `entry_date` the date of its entry in a timeline.

    `original` has the words of the text for tokens that stand in for others (kg.annotate.masking).
    """

    unit: Unit
    doc: Doc
    refs: list[Ref] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    topic: str | None = None
    entry_date: str | None = None
    original: dict[int, str] = field(default_factory=dict)

    def ref_at(self, token: Token | int) -> Ref | None:
        """The smallest reference that covers a token."""
        index = token if isinstance(token, int) else token.i
        covering = [ref for ref in self.refs if ref.start <= index < ref.end]
        return min(covering, key=lambda ref: (ref.end - ref.start, ref.start)) if covering else None

    def ref_headed(self, token: Token) -> Ref | None:
        """The largest reference whose head is the token."""
        headed = [ref for ref in self.refs if ref.head == token.i]
        return max(headed, key=lambda ref: ref.end - ref.start) if headed else None

    def span(self, start: int, end: int) -> TextSpan:
        """The document span of tokens `start` to `end` (exclusive)."""
        first, last = self.doc[start], self.doc[end - 1]
        return self.unit.span(first.idx, last.idx + len(last.text))

    def text(self, start: int, end: int) -> str:
        """The words of the text at tokens `start` to `end` (exclusive)."""
        words = [self.original.get(token.i, token.text) + token.whitespace_ for token in self.doc[start:end]]
        return "".join(words).strip()

    def word(self, token: Token) -> str:
        """The word of the text at a token."""
        return self.original.get(token.i, token.text)

    def is_repeated(self, token: Token) -> bool:
        """Whether a token is only repeated here, before an aside, and belongs to the main unit."""
        return bool(token.idx < self.unit.anchor_length)


@dataclass(slots=True)
class Draft:
    """An entity while its document is being read: names counted, types voted for."""

    key: str
    label: str
    term: Term | None = None
    named: bool = True
    how: str = ""
    names: Counter[str] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)
    nouns: set[str] = field(default_factory=set)
    country: str | None = None

    @property
    def type(self) -> str:
        """The type with most votes, ties going to the alphabetically first; a known term's own type."""
        if self.term and self.term.type != "Person":
            return self.term.type
        if not self.votes:
            return self.term.type if self.term else "Organization"
        votes = Counter(self.votes)
        if votes["Official"]:
            # whoever holds an office is an official, however often he is just a person
            votes["Official"] += votes.pop("Person", 0)
        return min(votes, key=lambda kind: (-votes[kind], kind))


@dataclass(slots=True)
class Annotated:
    """A document with its units and entities. `unresolved` counts references that found no entity."""

    document: Document
    units: list[AnnotatedUnit]
    drafts: dict[str, Draft]
    terms: dict[str, Term]
    unresolved: Counter[str] = field(default_factory=Counter)
