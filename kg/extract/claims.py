"""Frames applied to parsed units: from triggers and their roles to claims.

Comes in: an annotated document, the frames, the schema. Goes out: claims with qualifiers and evidence. Grammar is asked of
kg.extract.predication, entities of kg.extract.fillers; this file only joins them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.annotation import AnnotatedUnit
from kg.extract.attribution import quoted, speaker
from kg.extract.clauses import is_passive
from kg.extract.confidence import confidence
from kg.extract.fillers import Filler, Wanted, fillers
from kg.extract.former import is_over
from kg.extract.frames import Frame
from kg.extract.matters import ABOUT_SOMETHING, AIMED, TRADING, goods, matter, target
from kg.extract.modality import modality
from kg.extract.predication import Predication
from kg.extract.qualifiers import figure_for, moment_for
from kg.extract.triggers import Context, predications
from kg.records import Claim, Evidence, Modality, TextSpan


def claims(context: Context) -> Iterator[Claim]:
    """Every claim that a frame finds in a unit, in the order of its triggers."""
    for token in context.unit.doc:
        if context.unit.is_repeated(token):
            continue
        for frame, predication in predications(context, token):
            yield from _apply(context, frame, predication)


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
        status=frame.status or ("Former" if is_over(unit, trigger, frame.property) else None),
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
    if frame.property in ABOUT_SOMETHING and (topic is None or topic.type == "Agreement"):
        key = matter(context.unit, predication.trigger, taken)
        found.update({"topic": key} if key else {})
    if frame.property in TRADING and topic is None:
        key = goods(context.unit, predication.trigger, taken)
        found.update({"topic": key} if key else {})
    if frame.property in AIMED and "target" not in found:
        key = target(context.unit, predication.trigger, taken, sources=frame.property == "imposes")
        found.update({"target": key} if key else {})


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
