"""Pronouns and definite descriptions, each to the entity or entities that it takes up, or to none.

Precision first: a reference without one clear antecedent stays unresolved, gives no claim, and is counted.
Reads units in the order of the text; adds refs with how = "coreference".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.english import English

_PERSONAL = {"he": "Person", "him": "Person", "his": "Person", "himself": "Person", "she": "Person", "her": "Person", "hers": "Person", "herself": "Person"}  # fmt: skip
_NEUTRAL = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_THINGS = ("Country", "Company", "GovernmentBody", "Organization", "InternationalOrganization", "Facility", "Programme", "Agreement", "Policy", "ChemicalElement", "Mineral", "Compound", "MaterialGroup", "Place")  # fmt: skip
_MATERIALS = ("ChemicalElement", "Mineral", "Compound", "MaterialGroup")
_PEOPLE = ("Person", "Official")
_DETERMINERS = frozenset(["the", "this", "that", "these", "those", "such"])
_GENERIC = frozenset(["metals", "minerals", "materials", "elements", "metal", "mineral"])
_PAIRS = frozenset(["two", "both"])
_REACH = 3  # sentences back that a description may reach; a pronoun reaches one
_MATERIAL_VERBS = frozenset("use mine refine process produce export import consume need contain make sell buy ship extract separate smelt recover require account supply take recycle hold stockpile".split())  # fmt: skip
# adjectives that fit whatever of the class was just spoken of: "the Asian power", "the embattled miner"
_UNSPECIFIC = frozenset(["same", "new", "asian", "european", "african", "american", "western", "eastern", "northern", "southern", "central", "north", "south", "latin", "giant", "huge", "small", "tiny", "big", "large", "troubled", "embattled", "ailing", "state", "local", "silvery", "rare", "precious", "versatile", "heavy", "light", "soft", "listed", "private", "public", "vast"])  # fmt: skip


@dataclass(slots=True)
class _Seen:
    """A mention already read: where it stood and how prominent it was."""

    sentence: int
    unit: int
    token: int
    keys: tuple[str, ...]
    type: str
    subject: bool
    joined: bool = False


class Resolver:
    """Reads a document's units in order, remembering what was mentioned."""

    def __init__(self, drafts: dict[str, Draft], english: English) -> None:
        self._drafts = drafts
        self._english = english
        self._seen: list[_Seen] = []
        self.unresolved: Counter[str] = Counter()

    def read(self, units: Iterable[AnnotatedUnit]) -> None:
        """Resolve every pronoun and description of the units, in order."""
        for number, unit in enumerate(units):
            for token in unit.doc:
                if unit.is_repeated(token):
                    continue
                ref = self._starting_at(unit, token)
                if ref is None or self._is_open(ref):
                    ref = self._resolve(unit, number, token, ref)
                if ref is not None and token.i == ref.head:
                    self._remember(unit, number, ref)

    def _is_open(self, ref: Ref | None) -> bool:
        """Whether a ref may take up another thing: a bare description, or the generic 'metals'."""
        if ref is None:
            return False
        return ref.how == "definite" or (ref.end - ref.start == 1 and ref.keys[0] in _GENERIC)

    def _starting_at(self, unit: AnnotatedUnit, token: Token) -> Ref | None:
        return unit.ref_at(token)

    def _remember(self, unit: AnnotatedUnit, number: int, ref: Ref) -> None:
        head = unit.doc[ref.head]
        if ref.adjectival and head.dep_ in ("amod", "compound"):
            return
        draft = self._drafts[ref.keys[0]]
        self._seen.append(_Seen(unit.unit.sentence.index, number, ref.head, ref.keys, draft.type, _is_subject(head), _is_joined(head)))

    def _resolve(self, unit: AnnotatedUnit, number: int, token: Token, ref: Ref | None) -> Ref | None:
        keys: tuple[str, ...] | None
        start = token.i
        word = token.lower_
        if word in _PERSONAL and token.pos_ in ("PRON", "DET"):
            keys = self._pronoun(unit, number, token, _PEOPLE)
        elif word in _NEUTRAL and not _expletive(token):
            keys = self._pronoun(unit, number, token, _THINGS)
        elif word in _PLURAL:
            keys = self._plural(unit, number, token)
        elif word == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            keys = self._pair(unit, number, ())
        elif token.pos_ in ("NOUN", "PROPN") and token.i not in unit.original and (self._is_open(ref) or self._class(token)):
            found = self._description(unit, number, token)
            if found is None:
                return ref
            start, keys = found
        else:
            return ref
        if not keys:
            self.unresolved[word] += 1
            return ref
        if ref is not None:
            ref.keys, ref.how = keys, "coreference"
            return ref
        made = Ref(start, token.i + 1, token.i, keys, "", "coreference")
        unit.refs.append(made)
        return made

    def _class(self, token: Token) -> tuple[str, ...]:
        kinds = self._english.class_nouns.get(token.lemma_.lower(), ())
        if not kinds:
            compound = next((t for t in token.lefts if t.dep_ in ("compound", "amod")), None)
            if compound is not None:
                kinds = self._english.class_nouns.get(f"{compound.lower_} {token.lemma_.lower()}", ())
        return kinds

    def _candidates(self, unit: AnnotatedUnit, number: int, reach: int, kinds: tuple[str, ...]) -> Iterator[_Seen]:
        sentence = unit.unit.sentence.index
        for seen in reversed(self._seen):
            if seen.sentence < sentence - reach:
                return
            if seen.type in kinds and not (seen.sentence == sentence and seen.unit > number):
                yield seen

    def _pronoun(self, unit: AnnotatedUnit, number: int, token: Token, kinds: tuple[str, ...]) -> tuple[str, ...] | None:
        """Singular: the subject before it in its unit, else of the last unit that has one; an object takes a material first."""
        reach = 2 if kinds is _PEOPLE else 1
        pool = [c for c in self._candidates(unit, number, reach, kinds) if len(c.keys) == 1 and not c.joined]
        same = [c for c in pool if c.unit == number and c.token < token.i]
        earlier = [c for c in pool if c.unit < number]
        own = token.dep_ == "poss" or token.lower_ in ("itself", "himself", "herself")
        if not own and not _is_subject(token) and kinds is _THINGS:
            return self._object_pronoun(unit, token, same, earlier)
        subject = next((c for c in same if c.subject), None)
        if subject:
            return subject.keys
        if own and len({c.keys for c in same}) == 1:
            return same[0].keys
        return self._last_subject(earlier, kinds)

    def _object_pronoun(
        self, unit: AnnotatedUnit, token: Token, same: list[_Seen], earlier: list[_Seen]
    ) -> tuple[str, ...] | None:
        """'uses most of it': a material where the verb asks for one; never the subject of its own clause."""
        away = [c for c in same if not _same_clause(unit, c.token, token)] + earlier
        wanted = _MATERIALS if _governor_lemma(token) in _MATERIAL_VERBS else _THINGS
        fitting = [c for c in away if c.type in wanted]
        newest = [c for c in fitting if c.unit == max(f.unit for f in fitting)]
        subject = next((c for c in newest if c.subject), None)
        if wanted is _MATERIALS and newest:
            return newest[-1].keys if subject is None else subject.keys
        return subject.keys if subject else None

    def _last_subject(self, earlier: list[_Seen], kinds: tuple[str, ...]) -> tuple[str, ...] | None:
        if not earlier:
            return None
        newest = [c for c in earlier if c.unit == max(e.unit for e in earlier)]
        subjects = [c for c in newest if c.subject]
        if subjects:
            return subjects[-1].keys
        if len({c.keys for c in newest}) == 1 or kinds is _PEOPLE:
            return newest[-1].keys
        older = [c for c in earlier if c.sentence == newest[0].sentence and c.subject]
        return older[0].keys if older else None

    def _plural(self, unit: AnnotatedUnit, number: int, token: Token) -> tuple[str, ...] | None:
        candidates = list(self._candidates(unit, number, 2, (*_THINGS, "Product", *_PEOPLE)))
        same = [c for c in candidates if c.unit == number and c.token < token.i]
        pool = same if token.dep_ == "poss" and same else [c for c in candidates if c.unit != number or c.token < token.i]
        groups = self._groups(pool)
        for group in groups:
            if len(group) > 1:
                return group
        plural = next((c for c in pool if c.type == "MaterialGroup" and (c.subject or len(pool) == 1)), None)
        if plural:
            return plural.keys
        subject = next((c for c in pool if c.subject and c.type in ("Company", "GovernmentBody", "Organization", "MaterialGroup")), None)
        return subject.keys if subject and token.dep_ == "poss" else None

    def _groups(self, pool: list[_Seen]) -> Iterator[tuple[str, ...]]:
        """Entities mentioned side by side as subjects of one sentence: 'Chile and Peru …'; the latest first."""
        for sentence in sorted({c.sentence for c in pool}, reverse=True):
            members = [c for c in reversed(pool) if c.sentence == sentence and c.subject]
            if len({m.type for m in members}) == 1:
                yield tuple(dict.fromkeys(key for m in members for key in m.keys))

    def _pair(self, unit: AnnotatedUnit, number: int, kinds: tuple[str, ...]) -> tuple[str, ...] | None:
        keys: list[str] = []
        kind = ""
        for seen in self._candidates(unit, number, 2, kinds or _THINGS):
            if not kind:
                kind = seen.type
            if seen.type == kind or kinds:
                keys += [key for key in seen.keys if key not in keys]
            if len(keys) >= 2:
                return tuple(reversed(keys[:2]))
        return None

    def _description(self, unit: AnnotatedUnit, number: int, token: Token) -> tuple[int, tuple[str, ...] | None] | None:
        """None: not an anaphoric description. (start, None): one without antecedent. (start, keys): resolved."""
        lefts = list(token.lefts)
        determiner = next((t for t in lefts if t.lower_ in _DETERMINERS or t.lower_ == "both"), None)
        if determiner is None or any(_restricts(t, token) for t in token.rights):
            return None
        if any(t.dep_ == "prep" and t.lower_ in ("of", "in", "at", "for", "between") for t in token.rights) and token.lemma_ not in ("country",):
            return None
        kinds = self._wanted(token)
        if not kinds:
            return None
        if token.lower_ in ("sides", "parties", "pair", "duo") or any(t.lower_ in _PAIRS for t in lefts):
            return determiner.i, self._pair(unit, number, kinds) if token.tag_ == "NNS" else None
        if token.tag_ == "NNS" and "MaterialGroup" not in kinds and determiner.lower_ not in ("these", "those"):
            return None
        modifiers = [t for t in lefts if t.i != determiner.i and t.dep_ in ("amod", "compound", "nummod")]
        return determiner.i, self._antecedent(unit, number, token, kinds, modifiers)

    def _wanted(self, token: Token) -> tuple[str, ...]:
        lemma = token.lemma_.lower()
        kinds = self._class(token)
        if "ChemicalElement" in kinds or "MaterialGroup" in kinds and "Organization" not in kinds:
            return _MATERIALS if token.tag_ != "NNS" else ("MaterialGroup",)
        if "Person" in kinds:
            return _PEOPLE
        if lemma in ("side", "party"):
            return ("Country", "Company", "Organization", "InternationalOrganization")
        return tuple(kinds)

    def _antecedent(
        self, unit: AnnotatedUnit, number: int, token: Token, kinds: tuple[str, ...], modifiers: list[Token]
    ) -> tuple[str, ...] | None:
        country = self._country(unit, modifiers)
        lemma = token.lemma_.lower()
        pool = [c for c in self._candidates(unit, number, _REACH, kinds) if len(c.keys) == 1 and (c.unit, c.token) != (number, token.i)]
        pool = [c for c in pool if not (c.unit == number and c.token > token.i)]
        if country:
            pool = [c for c in pool if self._home(c) == country]
            return pool[0].keys if pool else None
        others = [m for m in modifiers if m.lower_ not in _UNSPECIFIC]
        exact = [c for c in pool if lemma in self._drafts[c.keys[0]].nouns or lemma in c.keys[0].split()]
        if exact:
            fitting = [c for c in exact if all(m.lower_ in " ".join(self._drafts[c.keys[0]].names).lower() for m in others)]
            return fitting[0].keys if fitting else None
        if others:
            return None
        recent = [c for c in pool if c.sentence >= unit.unit.sentence.index - 1]
        subjects = [c for c in recent if c.subject]
        if subjects:
            return subjects[0].keys
        if len({c.keys for c in recent}) == 1:
            return recent[0].keys
        return None

    def _country(self, unit: AnnotatedUnit, modifiers: list[Token]) -> str | None:
        for token in modifiers:
            ref = unit.ref_at(token)
            if ref and self._drafts[ref.keys[0]].type == "Country":
                return ref.keys[0]
        return None

    def _home(self, seen: _Seen) -> str | None:
        return self._drafts[seen.keys[0]].country


def _is_subject(token: Token) -> bool:
    head = token
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN"))


def _restricts(clause: Token, noun: Token) -> bool:
    """'the miner that owns it' is described by its clause; 'the miner, based in Perth,' is taken up."""
    return clause.dep_ in ("relcl", "acl") and not (noun.i + 1 < len(noun.doc) and noun.nbor().text == ",")


def _is_joined(token: Token) -> bool:
    """Whether a name is one of several side by side: 'it' does not take up one of 'Chile and Peru'."""
    return token.dep_ == "conj" or any(child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") for child in token.children)


def _governor_lemma(token: Token) -> str:
    head = token.head
    while head.pos_ in ("ADP", "NOUN", "PRON", "NUM", "DET", "ADJ") and head.dep_ != "ROOT":
        head = head.head
    return str(head.lemma_.lower())


def _same_clause(unit: AnnotatedUnit, index: int, token: Token) -> bool:
    """Whether the name at `index` is an argument of the verb that governs the pronoun."""
    return bool(unit.doc[index].head == _verb_above(token))


def _verb_above(token: Token) -> Token:
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    return head


def _expletive(token: Token) -> bool:
    """'it is likely that', 'it was at Gebeng that', 'it makes sense to': no reference."""
    if token.dep_ not in ("nsubj", "expl"):
        return False
    verb = token.head
    kinds = {child.dep_ for child in verb.children if child.i > verb.i}
    return verb.lemma_ == "be" and bool(kinds & {"ccomp", "advcl", "xcomp", "acl", "relcl", "csubj"}) and "attr" not in kinds
