"""Frames applied to parsed units: from triggers and their roles to claims.

Comes in: an annotated document, the frames, the schema. Goes out: claims with qualifiers and evidence. Grammar is asked of
kg.extract.predication, entities of kg.extract.fillers; this file only joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit
from kg.annotate.english import English
from kg.extract.attribution import quoted, speaker
from kg.extract.confidence import confidence
from kg.extract.fillers import Filler, Wanted, fillers
from kg.extract.frames import Frame, FrameSet
from kg.extract.matters import matter, target
from kg.extract.modality import modality
from kg.extract.predication import (
    Predication,
    adjective_predication,
    agent_noun_predication,
    is_passive,
    lemma,
    linear_predication,
    noun_predication,
    verb_predication,
)
from kg.extract.qualifiers import figure_for, moment_for
from kg.records import Claim, Evidence, Modality, Schema, TextSpan

_READERS: dict[str, Callable[[Token], Predication]] = {
    "verbs": verb_predication,
    "nouns": noun_predication,
    "agents": agent_noun_predication,
    "adjectives": adjective_predication,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every step needs: the unit and who speaks in it by default, and the tables."""

    annotated: Annotated
    unit: AnnotatedUnit
    speaker: str | None
    frames: FrameSet
    schema: Schema
    english: English

    @property
    def question(self) -> bool:
        """Whether the unit asks rather than states."""
        return self.unit.unit.text.rstrip().endswith("?")


def claims(context: Context) -> Iterator[Claim]:
    """Every claim that a frame finds in a unit, in the order of its triggers."""
    for token in context.unit.doc:
        if context.unit.is_repeated(token):
            continue
        for frame, predication in _predications(context, token):
            yield from _apply(context, frame, predication)


def _predications(context: Context, token: Token) -> Iterator[tuple[Frame, Predication]]:
    read: dict[str, Predication] = {}
    for kind, word in _keys(context, token):
        for frame in context.frames.of(kind, word):
            if kind not in read:
                read[kind] = _READERS[kind](token) if kind in _READERS else _special(kind, token)
            yield frame, read[kind]
    if token.pos_ == "NOUN" and context.frames.of("verbs", base := token.lemma_.lower()):
        linear = linear_predication(token) if token.i not in context.unit.original else None
        for frame in context.frames.of("verbs", base) if linear else ():
            yield frame, linear  # type: ignore[misc]
    if token.dep_ == "poss":
        for frame in context.frames.possessive:
            yield frame, _pair(token, "possessive", token, token.head)
    for frame in context.frames.appositive if token.pos_ in ("NOUN", "PROPN", "NUM") else ():
        if (beside := _beside(context, token)) is not None:
            yield frame, beside
    ref = context.unit.ref_at(token)
    if ref is not None and ref.adjectival and ref.head == token.i and token.dep_ in ("amod", "compound", "nmod"):
        for frame in context.frames.demonym:
            yield frame, _pair(token, "demonym", token, token.head)


def _beside(context: Context, token: Token) -> Predication | None:
    """Two phrases for one thing: 'dysprosium, a heavy rare earth', 'nickel and other metals', 'the rare earth yttrium'."""
    first: Token | None = None
    if token.dep_ == "appos" and _is_aside(context, token):
        first = token.head
    elif token.dep_ == "conj" and any(child.lower_ in ("other", "similar", "such") for child in token.children):
        first = token
        while first.dep_ == "conj":
            first = first.head
    elif token.dep_ in ("compound", "nmod", "amod") and _touching(context, token):
        first = token.head
    if first is None:
        return None
    found = Predication(token, "appositive")
    found.add("first", first)
    found.add("second", token)
    return found


def _is_aside(context: Context, token: Token) -> bool:
    """Whether an apposition is one: in brackets or dashes, or with 'a', 'one', 'two'; else it may be the next of a list."""
    return (
        context.unit.unit.anchor_length > 0
        or token.pos_ == "NUM"
        or any(child.dep_ in ("det", "nummod") for child in token.children)
    )


def _touching(context: Context, token: Token) -> bool:
    """Whether a name right before another name of its phrase is one of several words, as in 'the rare earth yttrium'."""
    ref = context.unit.ref_at(token)
    return ref is not None and ref.end == token.head.i and context.unit.ref_headed(token.head) is not None


def _keys(context: Context, token: Token) -> Iterator[tuple[str, str]]:
    """The (kind, word) pairs under which a token may be listed in a frame."""
    base = token.lemma_.lower()
    if token.i in context.unit.original:
        return
    ref = context.unit.ref_at(token)
    inside_name = (
        ref is not None and ref.how in ("label", "exact", "open") and token.pos_ == "PROPN" and ref.end - ref.start > 1
    )
    if token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
        yield "suffixes", token.lower_
        if token.nbor(-2).lower_ not in _HALF_PREFIXES:
            return
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        yield "verbs", lemma(token)
        if lemma(token) != base:
            yield "verbs", base
    if (token.pos_ in ("NOUN", "PROPN") and not inside_name) or (
        token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj")
    ):
        for word in _noun_words(token, base):
            yield "nouns", word
            yield "agents", word
    if token.pos_ == "ADJ" or token.dep_ in ("acomp", "amod"):
        yield "adjectives", token.lower_
    if token.pos_ in ("ADP", "SCONJ") or token.dep_ == "prep":
        yield "preps", token.lower_


_HALF_PREFIXES = frozenset(
    [
        "near",
        "quasi",
        "semi",
        "virtual",
        "co",
        "re",
        "de",
        "pre",
        "over",
        "mega",
        "mid",
        "top",
        "by",
        "majority",
        "minority",
        "wholly",
        "jointly",
        "fully",
        "partly",
        "part",
    ]
)


def _noun_words(token: Token, base: str) -> Iterator[str]:
    yield base
    for child in token.lefts:
        if child.dep_ in ("compound", "amod") and child.i == token.i - 1:
            yield f"{child.lower_} {base}"


def _special(kind: str, token: Token) -> Predication:
    found = Predication(token, kind)
    if kind == "suffixes":
        prefix = token.nbor(-2)
        found.add("prefix", prefix)
        head = token.head if token.dep_ in ("amod", "compound", "nmod") else token
        if head.pos_ == "VERB" and token.i + 1 < len(token.doc) and token.nbor().pos_ in ("NOUN", "PROPN"):
            head = token.nbor()
        found.add("head", head)
        found.add("self", head)
    elif kind == "preps":
        # "Ivanhoe Mines and Zijin of China": the nearest phrase first, then what the parser says
        governor, before = _governor(token), _phrase_before(token)
        if before is not None:
            found.add("governor", before)
        if governor.pos_ in ("NOUN", "PROPN", "PRON"):
            found.add("governor", governor, weak=before is not None)
            if governor.i < token.i:
                found.add("hung", governor)
        for child in token.children:
            if child.dep_ in ("pobj", "pcomp"):
                found.add("object", child)
    return found


def _governor(preposition: Token) -> Token:
    """What a preposition hangs on; the second of 'for aerospace and for bicycles' shares that of the first."""
    if preposition.dep_ == "conj" and preposition.head.pos_ == "ADP":
        first = preposition.head
        return _phrase_before(first) or _governor(first)
    head = preposition.head
    while head.dep_ == "prep" and head.head != head:
        head = head.head
    return head


def _phrase_before(preposition: Token) -> Token | None:
    """The head of the phrase right before a preposition, past one comma: 'runs a smelter on the island of Java'."""
    index = preposition.i - 1
    if index >= 0 and preposition.doc[index].text == ",":
        index -= 1
    if index < 0 or preposition.doc[index].pos_ not in ("NOUN", "PROPN"):
        return None
    return preposition.doc[index]


def _pair(trigger: Token, kind: str, owner: Token, owned: Token) -> Predication:
    found = Predication(trigger, kind)
    found.add("owner", owner)
    found.add("owned", owned)
    return found


def _apply(context: Context, frame: Frame, predication: Predication) -> Iterator[Claim]:
    if not _admitted(context, frame, predication.trigger) or (frame.passive and not is_passive(predication.trigger)):
        return
    kind = _KINDS[predication.kind]
    subject_roles, object_roles = frame.roles(kind) if kind else (frame.subject, frame.object)
    definition = context.schema.properties[frame.property]
    # "Chinese curbs", "Indonesian output": a demonym is the doer of the deed that a noun names
    demonyms = predication.kind == "noun"
    subjects = _fill(context, frame, predication, subject_roles, frame.subject_types or definition.domain, demonyms)
    objects = _objects(context, frame, predication, object_roles, frame.object_types or definition.range)
    if frame.mutual:
        together = (
            []
            if _names_some(predication)
            else _fill(context, frame, predication, ("between", "among"), frame.object_types or definition.range)
        )
        pairs = _mutual(subjects, together or objects, among=bool(together))
    else:
        pairs = [(s, o) for s in subjects for o in objects]
    for subject, item in pairs:
        if predication.kind == "noun" and predication.trigger.i in (subject.token, item.token):
            continue
        if frame.named and not context.annotated.drafts[subject.key].named:
            continue
        if subject.key != item.key:
            yield _claim(context, frame, predication, subject, item)


_KINDS = {
    "verb": "verbs",
    "noun": "nouns",
    "agent": "agents",
    "adjective": "adjectives",
    "suffixes": "suffixes",
    "preps": "preps",
    "possessive": "",
    "demonym": "",
    "appositive": "",
}


def _admitted(context: Context, frame: Frame, trigger: Token) -> bool:
    if not frame.requires and not frame.blocked:
        return True
    around = (
        {t.lemma_.lower() for t in trigger.subtree}
        | {t.lower_ for t in trigger.subtree}
        | {token.lemma_.lower() for token in _above(trigger)}
    )
    around |= set(_material_words(context, trigger))
    return (not frame.requires or bool(around & set(frame.requires))) and not around & set(frame.blocked)


def _material_words(context: Context, trigger: Token) -> Iterator[str]:
    """The words of the materials named in a trigger's phrase that stand-ins hide: the 'refined' of 'refined cobalt'."""
    for token in trigger.subtree:
        ref = context.unit.ref_at(token) if context.unit.original.get(token.i) else None
        if ref is not None and context.schema.is_a(ref.type, ("Material",)):
            yield from context.unit.original[token.i].lower().split()


def _above(token: Token) -> Iterator[Token]:
    """The head of a token, and the head of a preposition that the token stands under."""
    yield token.head
    if token.head.pos_ == "ADP":
        yield token.head.head


def _fill(
    context: Context,
    frame: Frame,
    predication: Predication,
    roles: tuple[str, ...],
    types: tuple[str, ...],
    demonyms: bool = False,
) -> list[Filler]:
    """The fillers of the first role that has any of a fitting type; then what hangs elsewhere in the clause."""
    through = context.english.transparent | frozenset(frame.through)
    # "Chile's mines and Peru", "a mine in Chile and a plant": one phrase has the place, not all that are joined to it
    wanted = Wanted(types, through, demonyms, alone=roles in (("governor",), ("owned",)))
    for table in (predication.roles,) if frame.strict else (predication.roles, predication.weak):
        for role in roles:
            found = [f for token in _walk(table, role) for f in fillers(context.unit, token, wanted, context.schema)]
            if role == "hung":  # "its smelter in Norway" does not place the owner
                found = [f for f in found if f.distance == 0]
            if found:
                direct = [f for f in found if f.distance == 0]
                return _unique(direct or found)
    return []


def _walk(table: dict[str, list[Token]], role: str) -> list[Token]:
    """The tokens of a role; 'patient/of' steps on from the patient to what its 'of' governs."""
    first, *steps = role.split("/")
    tokens = table.get(first, [])
    for step in steps:
        tokens = [
            item
            for token in tokens
            for child in token.children
            if _steps(child, step)
            for item in ([child] if step == "poss" else child.children)
            if item.dep_ in ("pobj", "poss")
        ]
    return tokens


def _steps(child: Token, step: str) -> bool:
    return child.dep_ == "poss" if step == "poss" else child.lower_ == step and child.dep_ in ("prep", "agent")


def _unique(found: list[Filler]) -> list[Filler]:
    seen: dict[str, Filler] = {}
    for filler in found:
        seen.setdefault(filler.key, filler)
    return list(seen.values())


def _objects(
    context: Context, frame: Frame, predication: Predication, roles: tuple[str, ...], types: tuple[str, ...]
) -> list[Filler]:
    if frame.through and not _passes_through(frame, predication, roles):
        return []
    found = _fill(context, frame, predication, roles, types)
    if not found and frame.loose:
        found = _nearest(context, predication.trigger, types)
    if not found and frame.default_object == "topic":
        found = _topic(context, predication, types)
    return found


def _passes_through(frame: Frame, predication: Predication, roles: tuple[str, ...]) -> bool:
    """Whether a noun of `frame.through` stands between the trigger and its object, or as the trigger's compound."""
    tokens = [
        token
        for table in (predication.roles, predication.weak)
        for role in (*roles, "compound")
        for token in table.get(role.split("/")[0], [])
    ]
    return any(
        token.lemma_.lower() in frame.through or token.lower_ in frame.through
        for token in tokens
        for token in (token, *_conjoined(token), *_down(token))
    )


def _down(token: Token, depth: int = 0) -> Iterator[Token]:
    """What the 'of' phrases under a token end in: the reserves of 'half of the world's cobalt reserves'."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and depth < 4:
            for item in child.children:
                if item.dep_ == "pobj":
                    yield item
                    yield from _down(item, depth + 1)


def _conjoined(token: Token) -> Iterator[Token]:
    yield from token.conjuncts


def _nearest(context: Context, trigger: Token, types: tuple[str, ...]) -> list[Filler]:
    """The next fitting entity to the right of the trigger before another verb."""
    for token in context.unit.doc[trigger.i + 1 : trigger.i + 12]:
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "acl"):
            return []
        ref = context.unit.ref_headed(token)
        if ref is not None and context.schema.is_a(ref.type, types) and not ref.adjectival:
            return [Filler(key, ref.type, token.i, 2) for key in ref.keys]
    return []


def _topic(context: Context, predication: Predication, types: tuple[str, ...]) -> list[Filler]:
    """The section's material, for a figure that names none: 'mined 49,000 tonnes'."""
    topic = context.unit.topic
    if topic is None:
        return []
    patients = predication.roles.get("patient", [])
    if any(
        item.pos_ in ("NOUN", "PROPN")
        and item.i not in context.unit.original
        and item.lemma_.lower() not in context.english.transparent | {"total"}
        for token in patients
        for item in _down(token)
    ):
        return []
    places = [token.i for token in (*patients, predication.trigger)]
    figured = any(
        f.mention.kind in ("mass", "percent") and any(f.start - 2 <= i <= f.end + 4 for i in places)
        for f in context.unit.figures
    )
    kind = context.annotated.drafts[topic].type
    if not context.schema.is_a(kind, types) or not (figured or predication.kind in ("noun", "agent")):
        return []
    return [Filler(topic, kind, predication.trigger.i, 3)]


def _names_some(predication: Predication) -> bool:
    """'nine countries, among them Norway': the list names some of the parties, not all who act together."""
    tokens = [*predication.roles.get("among", []), *predication.weak.get("among", [])]
    return any(t.lower_ in ("them", "which", "these") for token in tokens for t in (token, *token.head.children))


def _mutual(subjects: list[Filler], objects: list[Filler], among: bool) -> list[tuple[Filler, Filler]]:
    """Pairs of parties: each subject with each object, or all who act together or stand after 'between'."""
    keys = {s.key for s in subjects}
    others = [o for o in objects if o.key not in keys]
    if subjects and others and not among:
        return [(s, o) for s in subjects for o in others]
    parties = _unique(objects if among else subjects)
    return [(a, b) for i, a in enumerate(parties) for b in parties[i + 1 :]] if len(parties) <= 4 else []


def _claim(context: Context, frame: Frame, predication: Predication, subject: Filler, item: Filler) -> Claim:
    unit, trigger = context.unit, predication.trigger
    mode: Modality = frame.modality or modality(trigger, context.english, context.question)  # type: ignore[assignment]
    if frame.property in _STANDING and context.annotated.drafts[subject.key].named:
        mode = "Asserted"  # a plan for a mine that has a name does not put its place in doubt
    if frame.modality == "Negated" and modality(trigger, context.english) == "Negated":
        mode = "Asserted"
    said_by = speaker(unit, trigger, context.english, context.speaker)
    if frame.property in _STANDING and not quoted(unit, trigger):
        said_by = context.speaker  # where a thing lies is the text's own word
    return Claim(
        subject=subject.key,
        property=frame.property,
        object=item.key,
        evidence=evidence(unit, trigger),
        modality=mode,
        said_by=said_by,
        time=moment_for(unit, trigger, mode) if frame.time else None,
        status=frame.status or None,
        quantity=figure_for(unit, trigger, subject, item, frame),
        confidence=confidence(frame.confidence, unit, trigger, (subject, item), context.annotated.drafts),
        frame=frame.id,
        **_qualifiers(context, frame, predication, subject, item),
    )


def _qualifiers(
    context: Context, frame: Frame, predication: Predication, subject: Filler, item: Filler
) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, roles in frame.qualifiers.items():
        types = _QUALIFIER_TYPES.get(name, ())
        candidates = _fill(context, frame, predication, roles, types)
        key = next((f.key for f in candidates if f.key not in (subject.key, item.key)), None)
        if key is not None:
            found[name] = key
    _by_words(context, frame, predication, frozenset([subject.key, item.key]), found)
    return found


def _by_words(
    context: Context, frame: Frame, predication: Predication, taken: frozenset[str], found: dict[str, str]
) -> None:
    """Topic and target from the order of the words, where the roles gave none."""
    topic = context.annotated.drafts.get(found.get("topic", ""))
    if frame.property in _ABOUT_SOMETHING and (topic is None or topic.type == "Agreement"):
        key = matter(context.unit, predication.trigger, taken)
        found.update({"topic": key} if key else {})
    if frame.property in _AIMED and "target" not in found:
        key = target(context.unit, predication.trigger, taken, sources=frame.property == "imposes")
        found.update({"target": key} if key else {})


_ABOUT_SOMETHING = frozenset(["hasAgreementWith", "negotiatesWith"])
_AIMED = frozenset(["imposes", "restrictsExportOf", "exports"])
_STANDING = frozenset(["locatedIn", "partOf"])
_QUALIFIER_TYPES = {
    "target": ("Country", "InternationalOrganization", "Company", "Place", "Organization"),
    "origin": ("Country", "Place", "Company", "Facility"),
    "topic": ("Material", "Product", "Application", "Facility", "Programme", "Agreement", "Policy"),
    "country": ("Country",),
}


def evidence(unit: AnnotatedUnit, trigger: Token) -> Evidence:
    """The sentence of a unit with the span of the trigger in the document."""
    sentence = unit.unit.sentence
    place: TextSpan = unit.span(trigger.i, trigger.i + 1)
    return Evidence(sentence.span, sentence.text, place)
