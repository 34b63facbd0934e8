"""Pronouns and definite descriptions, each to the entity or entities that it takes up, or to none.

Precision first: a reference without one clear antecedent stays unresolved, gives no claim, and is counted.
Reads units in the order of the text; adds refs with how = "coreference".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.definites import description
from kg.annotate.discourse import Memory, Place
from kg.annotate.english import English
from kg.annotate.grammar import is_expletive, is_subject
from kg.annotate.groups import PLURAL, counted, former_latter, is_counted, is_former, plural
from kg.annotate.homes import learn_homes
from kg.annotate.pronouns import FEMALE, MALE, NEUTRAL, singular
from kg.annotate.speakers import MANY, ONE, first_person, in_quotes, speakers
from kg.annotate.voices import voices

_GENERIC = frozenset(["metals", "minerals", "materials", "elements", "metal", "mineral"])
_SINGULAR = MALE | FEMALE | NEUTRAL


class Resolver:
    """Reads a document's units in order, remembering what was mentioned."""

    def __init__(self, drafts: dict[str, Draft], english: English) -> None:
        self._drafts = drafts
        self._english = english
        self._memory = Memory(drafts, english)
        self._units: Sequence[AnnotatedUnit] = ()
        self._voiced: frozenset[int] = frozenset()
        self._speakers: dict[int, str] = {}
        self.unresolved: Counter[str] = Counter()

    def read(self, units: Sequence[AnnotatedUnit]) -> None:
        """Resolve every pronoun and description of the units, in order."""
        self._units = units
        self._memory.seats = learn_homes(units, self._drafts)
        self._voiced = frozenset(voices(units, self._drafts))
        self._speakers = speakers(units, self._drafts, self._english)
        for number, unit in enumerate(units):
            for token in unit.doc:
                if not unit.is_repeated(token):
                    self._read_token(unit, number, token)

    def _read_token(self, unit: AnnotatedUnit, number: int, token: Token) -> None:
        ref = unit.ref_at(token)
        if ref is None or (self._is_open(unit, ref) and token.i == ref.head):
            ref = self._resolve(Place(unit, number, token), ref)
        if ref is not None and token.i == ref.head:
            self._memory.remember(unit, number, ref)
        elif ref is None and token.pos_ == "NOUN" and is_subject(token) and token.dep_ != "ROOT":
            self._memory.remember_unnamed(unit, number, token)

    def _is_open(self, unit: AnnotatedUnit, ref: Ref) -> bool:
        """Whether a ref may take up another thing: a description, or the generic 'metals'."""
        if ref.how in ("definite", "description"):
            return True
        # a common noun of the text itself, as "the former" never is a name
        return ref.end - ref.start == 1 and ref.keys[0] in _GENERIC and not unit.original.get(ref.start, "").istitle()

    def _resolve(self, place: Place, ref: Ref | None) -> Ref | None:
        """The ref at a token after reading it: made or changed where it takes something up."""
        found = self._found(place, ref)
        if found is None:
            return ref
        start, keys = found
        if not keys:
            self.unresolved[place.unit.word(place.token).lower()] += 1
            return ref
        if ref is not None:
            ref.keys, ref.how = keys, "coreference"
            return ref
        made = Ref(start, place.token.i + 1, place.token.i, keys, self._drafts[keys[0]].type, "coreference")
        place.unit.refs.append(made)
        return made

    def _found(self, place: Place, ref: Ref | None) -> tuple[int, tuple[str, ...] | None] | None:
        """Where a reference begins and what it takes up; None where a token refers to nothing before it."""
        token, word = place.token, place.token.lower_
        if word in _SINGULAR and token.pos_ in ("PRON", "DET"):
            return None if is_expletive(token) else (token.i, singular(self._memory, place))
        if word in PLURAL:
            return token.i, plural(self._memory, place)
        if word in ONE | MANY and token.pos_ in ("PRON", "DET"):
            return self._first_person(place)
        if is_counted(token):
            return token.i, counted(self._memory, place)
        if is_former(token):
            return token.i, former_latter(self._memory, place)
        if (
            token.pos_ in ("NOUN", "PROPN")
            and (ref is not None or token.i not in place.unit.original)
            and token.dep_ != "compound"
        ):
            return description(self._memory, place)
        return None

    def _first_person(self, place: Place) -> tuple[int, tuple[str, ...] | None] | None:
        sentence = place.unit.unit.sentence
        speaker = self._speakers.get(sentence.index)
        voiced = sentence.index in self._voiced
        if speaker is None or not (voiced or in_quotes(place.unit, place.token.i, sentence.text)):
            return None
        return place.token.i, first_person(place.token.lower_, speaker, self._units, self._drafts, self._english)
