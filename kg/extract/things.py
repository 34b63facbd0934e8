"""Common nouns that may name a product or a material no list has: 'gearbox housings', 'infrared lenses', 'atomic clocks'.

Comes in: an annotated document. Goes out: refs and drafts beside those of the document; only those of which kg.extract.reader
then states something enter it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Draft, Ref
from kg.annotate.english import English
from kg.annotate.wordlist import word_list
from kg.extract.frames import FrameSet

THING = "thing"  # how such a ref was found
_NO_THINGS = frozenset(
    word_list(
        "year month week day quarter decade century time way part rest use number amount people man woman percent "
        "world country nation government minister law rule plan deal talk price cost money tax tariff duty job "
        "worker thing case need reason result problem question answer point end side kind lot end use purpose "
        "application industry sector field area term example instance form place role course order addition "
        "production output demand supply market export import trade growth price reserve resource deposit ore "
        "mine plant site project name word figure ton tonne kilogram gram pound kilo ounce barrel litre"
    )
)
_MODIFIERS = ("compound", "amod", "nmod")
_COMPOUNDS = frozenset(
    word_list(
        "oxide dioxide trioxide pentoxide acid alloy carbonate hydroxide sulphate sulfate sulphide sulfide carbide nitride "
        "chloride fluoride phosphate salt sponge slag matte"
    )
)
_MINERALS = frozenset(word_list("concentrate brine clay sand rock mud nodule feedstock flake"))


@dataclass(frozen=True, slots=True)
class Things:
    """The refs by the number of their unit, and the draft of each key."""

    refs: dict[int, list[Ref]] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)

    def admit(self, annotated: Annotated, key: str) -> None:
        """Make a common noun of which something is stated an entity of the document, wherever it stands."""
        if key in self.drafts:
            annotated.drafts.setdefault(key, self.drafts[key])
            for number, refs in self.refs.items():
                unit = annotated.units[number]
                unit.refs += [ref for ref in refs if ref.keys[0] == key and ref not in unit.refs]


def find_things(annotated: Annotated, english: English, frames: FrameSet) -> Things:
    """Every common noun of a document that could be a product or a material by its form alone."""
    found = Things()
    for number, unit in enumerate(annotated.units):
        for token in unit.doc:
            if _may_be_thing(token, unit, english, frames):
                start, name = _phrase(token, unit)
                key = f"thing {name.casefold()}"
                kind = _kind(token)
                found.refs.setdefault(number, []).append(Ref(start, token.i + 1, token.i, (key,), kind, THING))
                draft = found.drafts.setdefault(key, Draft(key, name, how=THING))
                draft.votes[kind] += 1
                draft.names.update(_shorter(token, unit, name))
    return found


def is_material(ref: Ref) -> bool:
    """Whether a common noun names a material, by its head."""
    return ref.type in ("Compound", "Mineral")


def _kind(token: Token) -> str:
    base = token.lemma_.lower()
    if base in _COMPOUNDS or base in _MINERALS:
        return "Compound" if base in _COMPOUNDS else "Mineral"
    return "Application" if token.text.endswith("ing") else "Product"


def _may_be_thing(token: Token, unit: AnnotatedUnit, english: English, frames: FrameSet) -> bool:
    base = token.lemma_.lower()
    return (
        token.pos_ == "NOUN"
        and token.text.islower()
        and token.dep_ not in (*_MODIFIERS, "npadvmod", "nummod")
        and token.i not in unit.original
        and not unit.is_repeated(token)
        and unit.ref_at(token) is None
        and base not in _NO_THINGS
        and base not in english.class_nouns
        and base not in english.transparent
        and (base in _COMPOUNDS | _MINERALS or not any(frames.of(kind, base) for kind in ("nouns", "agents")))
        and not any(figure.start <= token.i < figure.end for figure in unit.figures)
        and not any(moment.start <= token.i < moment.end for moment in unit.moments)
    )


def _phrase(token: Token, unit: AnnotatedUnit) -> tuple[int, str]:
    """Where the noun's phrase begins, article and numbers left out, and its words."""
    start = token.i
    while start > 0 and _belongs(unit.doc[start - 1], token, unit):
        start -= 1
    return start, unit.text(start, token.i + 1)


def _belongs(before: Token, head: Token, unit: AnnotatedUnit) -> bool:
    if before.text == "-" and before.i > 0 and not before.whitespace_:
        return True
    inside = before.dep_ in _MODIFIERS or before.nbor().text == "-"
    return (
        inside
        and before.pos_ in ("NOUN", "ADJ", "VERB", "PROPN")
        and head in before.ancestors
        and before.i not in unit.original
    )


def _shorter(token: Token, unit: AnnotatedUnit, name: str) -> Iterator[str]:
    """The phrase without its leading adjectives."""
    for child in sorted(token.children, key=lambda child: child.i):
        if child.dep_ == "compound" and child.i < token.i:
            yield unit.text(child.i, token.i + 1)
            return
    yield token.text
    yield name
