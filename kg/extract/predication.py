"""Who does what to whom, from the parse alone: the roles of a verb, noun, adjective or preposition.

Comes in: a token of a parsed unit. Goes out: a Predication, whose roles name tokens. Knows no relation of the ontology and no
mineral; constructions are undone here (voice, relative and participial clauses, control, coordination, light verbs), so
that the frames need not know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_OBJECT_CONTROL = frozenset(
    "ask urge allow force persuade tell help require oblige invite order enable permit encourage press pressure compel direct lead get let make cause forbid bar ban prohibit prevent stop want expect see".split()
)
# verbs whose subject is no party to the deed that their object names: "Tokyo criticised the ban"
_ATTITUDES = frozenset(
    "criticise criticize oppose fear hail describe blame welcome condemn protest challenge face suffer hit circumvent evade cite see expect follow escape avoid report monitor demand urge call watch study discuss mention praise lament regret mean cause trigger prompt force bring await dispute ignore understand know read note say tell ask answer test violate breach cover hurt help affect threaten depend".split()
)
# nouns that only measure what their 'of' governs: whoever has the share has the output
_MEASURES = frozenset(
    "share percentage percent cent % proportion half third quarter fifth tenth part portion fraction slice chunk rest majority most bulk volume amount level rate growth decline fall rise increase drop surge total lot one much".split()
)
# possessors that do nothing: "the world's output", "last year's production"
_IDLE = frozenset("world globe planet earth year month quarter week decade today yesterday century day".split())
# verbs whose subject does what stands behind their preposition: "engages in the mining of tin"
_WITH_OBLIQUE = frozenset(
    "engage specialise specialize lead involve go move invest enter agree insist press rely depend count work push embark bring put put_up place".split()
)
_SO_FAR = frozenset(
    ["now", "currently", "already", "once", "formerly", "previously", "still", "then", "long", "recently"]
)
_RELATIVES = frozenset(["which", "that", "who", "whom", "whose", "where"])


@dataclass(slots=True)
class Predication:
    """A trigger and its roles: agent, patient, self, poss, compound, attr, and one per preposition.

    `weak` holds what hangs lower or higher in the tree than it should, for frames whose types can decide.
    """

    trigger: Token
    kind: str
    roles: dict[str, list[Token]] = field(default_factory=dict)
    weak: dict[str, list[Token]] = field(default_factory=dict)

    def add(self, role: str, token: Token, weak: bool = False) -> None:
        """Put a token under a role unless it is there already."""
        target = self.weak if weak else self.roles
        if token not in target.setdefault(role, []) and token not in self.roles.get(role, []):
            target[role].append(token)

    def __str__(self) -> str:
        roles = ", ".join(f"{role}={'+'.join(t.text for t in tokens)}" for role, tokens in self.roles.items() if tokens)
        return f"{self.trigger.lemma_}({roles})"


def lemma(token: Token) -> str:
    """The lemma of a trigger in lower case, with its particle: 'set up', 'bring in'."""
    base = token.lemma_.lower()
    particle = next((child for child in token.children if child.dep_ == "prt"), None)
    return f"{base} {particle.lower_}" if particle is not None else base


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive; a bare past participle after a noun ("a deal signed by") is too."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if (
        verb.dep_ in ("acl", "amod")
        or (verb.dep_ == "acomp" and verb.head.lemma_ == "be")
        or (verb.dep_ == "advcl" and not any(c.dep_ in ("nsubj", "aux") for c in verb.children))
    ):
        return True
    return (
        verb.dep_ == "conj"
        and is_passive(verb.head)
        and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
    )


def verb_predication(verb: Token) -> Predication:
    """The roles of a verb: agent and patient with voice undone, its prepositions, gaps filled from the clause around it."""
    found = Predication(verb, "verb")
    passive = is_passive(verb)
    for subject in subjects(verb):
        found.add("patient" if passive else "agent", subject)
    for child in verb.children:
        if child.dep_ in ("dobj", "obj"):
            found.add("patient", child)
        elif child.dep_ in ("attr", "oprd", "acomp"):
            found.add("attr", child)
        elif child.dep_ == "ccomp" and verb.lemma_ in ("make", "keep", "render") and child.pos_ != "VERB":
            for subject in child.children:
                if subject.dep_ == "nsubj":
                    found.add("patient", subject)
        elif child.dep_ == "dative":
            objects = [t for t in child.children if t.dep_ == "pobj"] or [child]
            for token in objects:
                found.add("to", token)
        elif child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and passive):
            for token in _objects(child):
                found.add("agent", token)
        elif child.dep_ in ("npadvmod", "advmod") and child.pos_ in ("NOUN", "PROPN"):
            found.add("measure", child)
    _prepositions(found, verb)
    _relative(found, verb, passive)
    _shared_object(found, verb, passive)
    _deeper(found, verb)
    return found


def _objects(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
        elif child.dep_ == "prep":
            yield from _objects(child)


def _prepositions(found: Predication, head: Token) -> None:
    for child in head.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ in ("advmod", "dative") and child.pos_ == "ADP"):
            for preposition in (child, *(c for c in child.conjuncts if c.pos_ == "ADP")):
                for token in _objects(preposition):
                    found.add(preposition.lower_, token)


def _relative(found: Predication, verb: Token, passive: bool) -> None:
    """Give the antecedent to the gap of a relative or participial clause."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i < clause.i and clause.dep_ != "ROOT":
        clause = clause.head
    if clause.dep_ != "relcl":
        return
    antecedent = clause.head
    gap = next(
        (
            t
            for t in clause.subtree
            if t.lower_ in _RELATIVES and t.i > antecedent.i and t.tag_ in ("WDT", "WP", "WP$", "IN", "WRB")
        ),
        None,
    )
    if gap is None:
        has_object = any(c.dep_ in ("dobj", "obj") for c in verb.children)
        if not has_object and not passive and any(c.dep_ == "nsubj" for c in clause.children):
            found.add("patient", antecedent)
        return
    if gap.lower_ == "where":
        for role in ("in", "at"):
            found.add(role, antecedent)
        return
    for role, tokens in [*found.roles.items()]:
        if gap in tokens:
            tokens.remove(gap)
            found.add(role, antecedent)
        elif any(gap.head == token and gap.dep_ == "poss" for token in tokens):
            found.add(role + "-whose", antecedent)


def _shared_object(found: Predication, verb: Token, passive: bool) -> None:
    """'mines and exports copper': the first verb borrows the object of its conjunct."""
    if passive or found.roles.get("patient"):
        return
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in other.children):
            between = [t for t in verb.children if t.i > verb.i and t.dep_ in ("prep", "advmod")]
            if not between:
                for child in other.children:
                    if child.dep_ in ("dobj", "obj"):
                        found.add("patient", child)


def _deeper(found: Predication, verb: Token) -> None:
    """Prepositional phrases that the parser hung on another phrase of the same clause."""
    for token in verb.subtree:
        if token.dep_ == "prep" and token.head != verb and _clause(token.head) == verb:
            shared = token.lower_ == "by" and token.head.lemma_ in ("percent", "%") and is_passive(verb)
            for item in _objects(token):
                # "owned 51 percent by Orano and 49 percent by Cameco"
                found.add("agent" if shared else token.lower_, item, weak=not shared)


def _clause(token: Token) -> Token:
    """The nearest verb at or above a token."""
    while token.dep_ != "ROOT" and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subjects of a verb, its own or those that control, coordination or participles give it."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not own:  # "is ten percent owned by": the parser leaves the subject with the auxiliary
        own = [
            t
            for child in verb.children
            if child.dep_ in ("aux", "auxpass")
            for t in child.children
            if t.dep_ in SUBJECTS
        ]
    if not own and verb.dep_ == "ROOT":  # "Vale mines copper": the parser takes the name for part of the verb
        own = [
            child
            for child in verb.children
            if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN" and child.i < verb.i
        ]
    if own:
        return own
    if depth > 6 or verb.dep_ == "ROOT":
        return []
    head = verb.head
    if verb.dep_ == "advcl" and (beside := _beside_now(verb)) is not None:
        return [beside]
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBN") or is_passive(verb):
            return [head]
        return noun_holders(head, depth + 1)
    if verb.dep_ == "relcl":
        return [] if any(t.lower_ in _RELATIVES for t in verb.subtree) else [head]
    if verb.dep_ == "amod":
        return [head]
    if verb.dep_ == "conj":
        return subjects(head, depth + 1) if head.pos_ in ("VERB", "AUX") else [head] if head.dep_ in SUBJECTS else []
    if verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL:
        controlled = [c for c in head.children if c.dep_ in ("dobj", "nsubjpass")]
        if controlled:
            return controlled
    if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "csubj", "acomp", "parataxis"):
        return _governing_subject(head, depth + 1)
    return []


def _beside_now(verb: Token) -> Token | None:
    """The name right before ', now building a mine': such a participle speaks of it, wherever the parser hangs it."""
    doc, index = verb.doc, verb.i
    if (
        verb.tag_ not in ("VBG", "VBN")
        or index < 3
        or doc[index - 1].lower_ not in _SO_FAR
        or doc[index - 2].text != ","
    ):
        return None
    name = doc[index - 3]
    return name if name.pos_ == "PROPN" else None


def _governing_subject(head: Token, depth: int) -> list[Token]:
    while head.pos_ in ("ADP", "SCONJ", "PART", "ADV") and head.dep_ != "ROOT":
        head = head.head
    if head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth)
    if head.pos_ == "ADJ":
        return adjective_holders(head, depth)
    return noun_holders(head, depth)


def noun_holders(noun: Token, depth: int = 0) -> list[Token]:
    """Who has the plan, bid or ban that a noun names: its possessor, or the subject of its light verb."""
    own = (
        []
        if _is_scope(noun)
        else [child for child in noun.children if child.dep_ == "poss" and child.lemma_.lower() not in _IDLE]
    )
    if own:
        return own
    by = [t for child in noun.children if child.dep_ == "prep" and child.lower_ == "by" for t in _objects(child)]
    if by:
        return by
    if depth > 6:
        return []
    top = noun
    while top.dep_ in ("conj", "pobj", "prep") and (
        top.head.pos_ in ("NOUN", "PROPN", "ADP") or top.head.lemma_.lower() in _MEASURES
    ):
        top = top.head
        if top.lemma_.lower() in _MEASURES:
            own = [child for child in top.children if child.dep_ == "poss" and child.lemma_.lower() not in _IDLE]
            if own:
                return own
    if top.dep_ in ("dobj", "attr", "pobj", "oprd") or (top.dep_ == "prep" and top.head.pos_ == "VERB"):
        verb = top.head
        while verb.pos_ == "ADP" and verb.dep_ != "ROOT":
            verb = verb.head
        oblique = top.dep_ == "pobj" or top.dep_ == "prep"
        if oblique and verb.lemma_.lower() not in _WITH_OBLIQUE:
            return []
        if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() not in _ATTITUDES:
            if is_passive(verb) and top.dep_ != "attr":
                return [t for c in verb.children if c.dep_ == "agent" for t in _objects(c)]
            return subjects(verb, depth + 1)
    if top.dep_ == "nsubjpass":
        return [t for c in top.head.children if c.dep_ == "agent" for t in _objects(c)]
    return []


def _is_scope(noun: Token) -> bool:
    """'Norway boasts Europe's biggest deposit': the possessor only says among which it is the biggest."""
    return noun.dep_ in ("dobj", "attr", "appos") and any(child.tag_ in ("JJS", "RBS") for child in noun.children)


def adjective_holders(adjective: Token, depth: int = 0) -> list[Token]:
    """What an adjective is said of: the noun it modifies, or the subject of its copula."""
    top = adjective
    while top.dep_ == "conj" and top.head.pos_ in ("ADJ", "VERB"):
        top = top.head
    if top.dep_ == "amod" or top.dep_ == "appos" or (top.dep_ == "acl"):
        return [top.head]
    if top.dep_ in ("acomp", "attr", "oprd") and top.head.pos_ in ("VERB", "AUX"):
        return subjects(top.head, depth + 1)
    return []


def noun_predication(noun: Token) -> Predication:
    """The roles of an event noun: possessor, compounds, prepositions, and what its light verb gives it."""
    found = Predication(noun, "noun")
    for child in noun.children:
        if child.dep_ == "poss" and not _is_scope(noun):
            found.add("poss", child)
            found.add("agent", child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            found.add("compound", child)
            for inner in child.subtree:
                if inner.i < child.i and inner.dep_ in ("compound", "amod", "nmod", "conj"):
                    found.add("compound", inner)
    _prepositions(found, noun)
    for token in found.roles.get("of", []):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "by", "at", "for"):
                for item in _objects(child):
                    found.add(child.lower_, item, weak=True)
    for step in noun.children:  # "an agreement on rare earths with Zambia": the parser hangs 'with' on the earths
        for token in step.subtree if step.dep_ == "prep" else ():
            if token.dep_ == "prep" and token.lower_ in ("with", "between") and token.head != noun:
                for item in _objects(token):
                    found.add(token.lower_, item, weak=True)
    for token in found.roles.get("by", []):
        found.add("agent", token)
    for holder in noun_holders(noun):
        found.add("agent", holder)
    for bearer in _bearers(noun):
        found.add("bearer", bearer)
    _governing_verb(found, noun)
    return found


def _governing_verb(found: Predication, noun: Token) -> None:
    top = _measured(noun)
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    if top.dep_ not in ("dobj", "nsubjpass", "attr", "pobj", "nsubj", "oprd"):
        return
    verb = top.head
    while verb.pos_ == "ADP" and verb.dep_ != "ROOT":
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    for child in verb.children:
        if child.dep_ in ("prep", "dative"):
            for token in _objects(child):
                if token != top:
                    found.add(child.lower_, token, weak=True)
    if top.dep_ in ("pobj",):
        for subject in subjects(verb):
            found.add("agent", subject, weak=True)


def _bearers(noun: Token) -> list[Token]:
    """What has the thing that a noun after 'with' names: 'a plant with a capacity of', 'with reserves of …, it is'."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    if top.dep_ != "pobj" or top.head.lower_ != "with":
        return []
    above = top.head.head
    return subjects(above) if above.pos_ in ("VERB", "AUX") else [above] if above.pos_ in ("NOUN", "PROPN") else []


def _measured(noun: Token) -> Token:
    """'most of the production': the measure stands where the thing measured would."""
    top = noun
    while top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in _MEASURES:
        top = top.head.head
    return top


def self_tokens(noun: Token) -> list[Token]:
    """The phrases that name the same thing as an agent noun ('the producer'): apposition, copula, title, itself."""
    found = [noun]
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN") and top.head.dep_ in ("appos", "attr"):
        top = top.head
    if top.dep_ == "appos":
        found.append(top.head)
    found += [child for child in noun.children if child.dep_ == "appos"]
    if top.dep_ in ("compound", "nmod") and top.head.pos_ == "PROPN":
        found.append(top.head)
    if top.dep_ in ("attr", "oprd", "advmod") and top.head.pos_ in ("VERB", "AUX"):
        found += subjects(top.head)
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if (
        following is not None
        and following.pos_ == "PROPN"
        and noun.pos_ == "NOUN"
        and (noun.dep_ not in ("nsubj", "dobj") or (following.dep_ in SUBJECTS and following.head == noun.head))
    ):
        found.append(following)  # "shares in the miner Vale": wherever the parser hangs the name
    if top.dep_ == "pobj" and top.head.lower_ == "as" and top.head.head.pos_ in ("VERB", "AUX"):
        verb = top.head.head
        objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        found += objects or subjects(verb)
    if top.dep_ in SUBJECTS and top.head.lemma_ in ("be", "remain"):
        found += [c for c in top.head.children if c.dep_ == "attr"]
    if top.dep_ in SUBJECTS and top.head.lemma_ in ("include", "comprise"):
        found += [c for c in top.head.children if c.dep_ == "dobj"]
    return [token for token in found if token.lower_ not in _RELATIVES] + _antecedents(found)


def _antecedents(tokens: list[Token]) -> list[Token]:
    """Antecedents of relative pronouns among the tokens: 'CMOC, which is the largest producer'."""
    found = []
    for token in tokens:
        if token.lower_ in _RELATIVES:
            clause = token.head
            while clause.dep_ not in ("relcl", "ROOT"):
                clause = clause.head
            if clause.dep_ == "relcl":
                found.append(clause.head)
    return found


def agent_noun_predication(noun: Token) -> Predication:
    """The roles of a noun that names a doer by its deed ('producer', 'supplier', 'ally'): self, and the rest as of a noun."""
    found = noun_predication(noun)
    found.kind = "agent"
    for token in _siblings(noun):
        found.add("compound", token)
    for token in found.roles.pop("agent", []):
        found.add("clause", token)
    for token in _clause_subject(noun):
        found.add("clause", token)
    for token in self_tokens(noun):
        found.add("self", token)
    return found


def _siblings(noun: Token) -> list[Token]:
    """'copper miner Freeport': the parser hangs both words on the name, but the first belongs to the second."""
    if noun.dep_ not in ("compound", "nmod", "amod"):
        return []
    found: list[Token] = []
    for token in reversed([t for t in noun.head.children if t.i < noun.i]):
        if token.dep_ not in ("compound", "nmod", "amod") or token.right_edge.i != noun.i - 1 - len(found):
            break
        found.append(token)
    return found


def _clause_subject(noun: Token) -> list[Token]:
    """Whose ally or rival a bare 'allies' is: the subject of the clause that it stands in."""
    verb = _clause(noun)
    found = subjects(verb) if verb.pos_ in ("VERB", "AUX") else []
    return [token for token in found if token != noun and noun not in token.subtree]


def adjective_predication(adjective: Token) -> Predication:
    """The roles of an adjective ('rich in', 'dependent on'): self, and its prepositions."""
    found = Predication(adjective, "adjective")
    for token in adjective_holders(adjective):
        found.add("self", token)
    _prepositions(found, adjective)
    return found


def linear_predication(token: Token) -> Predication | None:
    """A verb that the tagger took for a plural noun between a name and its object: 'Teck mines zinc at Red Dog'.

    None unless the unit has no finite verb of its own. The words' order gives the roles.
    """
    doc = token.doc
    if token.i == 0 or not token.text.endswith("s") or any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in doc):
        return None
    if token.nbor(-1).pos_ != "PROPN":
        return None
    found = Predication(token, "verb")
    found.add("agent", token.nbor(-1))
    for item in doc[token.i + 1 :]:
        if item.pos_ in ("NOUN", "PROPN", "PRON") and not (
            item.i + 1 < len(doc) and item.nbor().pos_ in ("NOUN", "PROPN") and item.dep_ == "compound"
        ):
            found.add("patient", item)
            break
        if item.pos_ in ("ADP", "PUNCT", "CCONJ"):
            break
    for item in doc[token.i + 1 :]:
        if item.dep_ == "prep":
            for thing in _objects(item):
                found.add(item.lower_, thing, weak=True)
    return found if found.roles.get("patient") else None
