"""The frozen records that pass between the stages.

Every offset is a half-open character offset into the cleaned text of one document
(`Document.text`). Classes and properties are named by their local name in the project's
ontology ("Country", "mines"). Nothing here imports from the rest of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Modality = Literal["Asserted", "Planned", "Possible", "Negated"]
Comparator = Literal["Exactly", "About", "AtLeast", "AtMost"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters `start` to `end` (exclusive) of a document's cleaned text."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def contains(self, other: TextSpan) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: TextSpan) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Publication:
    """Another place where the same text appeared: a wire copy in a second paper or file."""

    source_file: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article after cleaning.

    `text` is the cleaned body; paragraphs are separated by a blank line ("\\n\\n"), headings and
    bullets stand as paragraphs of their own. `published` is an ISO date (yyyy-mm-dd) or None.
    `kind` is the schema.org class: NewsArticle, Report or CreativeWork. The headline, where there
    is one, is also the first paragraph of `text`, so that its words have offsets.
    """

    id: str
    text: str
    source_file: str
    headline: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    kind: str = "NewsArticle"
    copies: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A known thing from ontology/terms: its key is the local name of its IRI (`cmr:<key>`).

    `labels` are matched without regard to case; `exact_labels` (symbols, acronyms, ambiguous
    words) only in the written case. `demonyms` ("Chinese") and `metonyms` (capitals: "Beijing")
    stand for a country. `country` is the key of the home country, `nouns` the common nouns by which a text
    may refer back to it ("miner", "trader"), `part_of` the key of a parent.
    `ambiguous` marks a thing whose name is also an everyday word (lead): context must decide.
    """

    key: str
    type: str
    label: str
    labels: tuple[str, ...] = ()
    exact_labels: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    nouns: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that takes part in a document's statements.

    `key` is unique in the document; `term` is the key of the known term it is grounded in, None
    for a thing that no list has. `named` is False for a description ("the plant at Oak Ridge"),
    which is never merged with another document's. `found_by` names the rule that found it.
    """

    key: str
    type: str
    label: str
    alt_labels: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    term: str | None = None
    named: bool = True
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to the entity `entity` (its key)."""

    span: TextSpan
    type: str
    entity: str
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: `value`, or `minimum` and `maximum` for a range, in `unit`.

    Units are named as in QUDT: PERCENT, TONNE, KiloGM, GM, NUM, CCY_USD. `text` is
    the surface form, kept because stores canonicalise numbers.
    """

    text: str
    unit: str
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    comparator: Comparator = "Exactly"

    def __str__(self) -> str:
        number = f"{self.value:g}" if self.value is not None else f"{self.minimum:g}..{self.maximum:g}"
        return f"{'' if self.comparator == 'Exactly' else self.comparator + ' '}{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that states a claim: its span, its exact text, and the trigger word inside it."""

    sentence: TextSpan
    text: str
    trigger: TextSpan


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as one sentence makes it. Entities are named by their keys in the document."""

    subject: str
    property: str
    object: str
    evidence: Evidence
    modality: Modality = "Asserted"
    said_by: str | None = None
    time: str | None = None
    status: str | None = None
    quantity: Quantity | None = None
    topic: str | None = None
    target: str | None = None
    origin: str | None = None
    country: str | None = None
    role: str | None = None
    confidence: float = 0.5
    frame: str = ""

    def __str__(self) -> str:
        extra: list[str] = [self.modality] if self.modality != "Asserted" else []
        extra += [
            f"{name}={value}"
            for name in ("time", "status", "quantity", "topic", "target", "origin", "country", "role", "said_by")
            if (value := getattr(self, name)) is not None
        ]
        return f"{self.subject} {self.property} {self.object}" + (f" [{', '.join(extra)}]" if extra else "")


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A statement whose relation is outside the ontology, kept in the text's own words."""

    subject: str
    predicate_text: str
    object: str
    evidence: Evidence
    modality: Modality = "Asserted"
    said_by: str | None = None
    time: str | None = None
    confidence: float = 0.3


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure about an entity: `measure` is one of the contract's measures (Production, Share, …)."""

    entity: str
    measure: str
    quantity: Quantity
    evidence: Evidence
    modality: Modality = "Asserted"
    said_by: str | None = None
    time: str | None = None
    confidence: float = 0.5
    frame: str = ""

    def __str__(self) -> str:
        return f"{self.entity} {self.measure} {self.quantity}" + (f" time={self.time}" if self.time else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth telling the user. `where` is a file, `file:line` or a document id."""

    code: str
    severity: Severity
    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says. Plain values: it can be written to disk or sent to another process.

    `unresolved`: how often which pronoun or head of a description had no clear antecedent.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    observations: tuple[Observation, ...] = ()
    open_claims: tuple[OpenClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    unresolved: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PropertyDefinition:
    """A relation of the ontology; `domain` and `range` are class names, any of which will do."""

    name: str
    label: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology as plain values: `classes` maps each class to itself and all its ancestors."""

    classes: dict[str, frozenset[str]]
    properties: dict[str, PropertyDefinition]

    def is_a(self, name: str, wanted: tuple[str, ...]) -> bool:
        """Whether class `name` is one of `wanted` or a descendant of one; () allows any class."""
        return not wanted or bool(self.classes.get(name, frozenset()) & set(wanted))

    def allows(self, name: str, subjects: Iterable[str], objects: Iterable[str]) -> bool:
        """Whether property `name` may link one of these classes with one of those, either way round where it is symmetric."""
        known = self.properties[name]

        def are(types: Iterable[str], wanted: tuple[str, ...]) -> bool:
            return any(self.is_a(type_, wanted) for type_ in types)

        straight = are(subjects, known.domain) and are(objects, known.range)
        return straight or (known.symmetric and are(objects, known.domain) and are(subjects, known.range))
