"""Who does what to whom, from the parse alone: the roles of a verb, noun, adjective or preposition.

Comes in: a token of a parsed unit. Goes out: a Predication, whose roles name tokens. Knows no relation of the ontology and no
mineral; constructions are undone here (voice, relative and participial clauses, control, coordination, light verbs), so
that the frames need not know them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.clauses import (
    MEASURES,
    RELATIVES,
    SUBJECTS,
    adjective_holders,
    clause_of,
    is_passive,
    is_scope,
    noun_holders,
    objects,
    subjects,
)


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
            receivers = [t for t in child.children if t.dep_ == "pobj"] or [child]
            for token in receivers:
                found.add("to", token)
        elif child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and passive):
            for token in objects(child):
                found.add("agent", token)
        elif child.dep_ in ("npadvmod", "advmod") and child.pos_ in ("NOUN", "PROPN"):
            found.add("measure", child)
    _prepositions(found, verb)
    _relative(found, verb, passive)
    _shared_object(found, verb, passive)
    _deeper(found, verb)
    return found


def _prepositions(found: Predication, head: Token) -> None:
    for child in head.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ in ("advmod", "dative") and child.pos_ == "ADP"):
            for preposition in (child, *(c for c in child.conjuncts if c.pos_ == "ADP")):
                for token in objects(preposition):
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
            if t.lower_ in RELATIVES and t.i > antecedent.i and t.tag_ in ("WDT", "WP", "WP$", "IN", "WRB")
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
        if token.dep_ == "prep" and token.head != verb and clause_of(token.head) == verb:
            shared = token.lower_ == "by" and token.head.lemma_ in ("percent", "%") and is_passive(verb)
            for item in objects(token):
                # "owned 51 percent by Orano and 49 percent by Cameco"
                found.add("agent" if shared else token.lower_, item, weak=not shared)


def noun_predication(noun: Token) -> Predication:
    """The roles of an event noun: possessor, compounds, prepositions, and what its light verb gives it."""
    found = Predication(noun, "noun")
    for child in noun.children:
        if child.dep_ == "poss" and not is_scope(noun):
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
                for item in objects(child):
                    found.add(child.lower_, item, weak=True)
    for step in noun.children:  # "an agreement on rare earths with Zambia": the parser hangs 'with' on the earths
        for token in step.subtree if step.dep_ == "prep" else ():
            if token.dep_ == "prep" and token.lower_ in ("with", "between") and token.head != noun:
                for item in objects(token):
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
            for token in objects(child):
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
    while top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in MEASURES:
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
        named = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        found += named or subjects(verb)
    if top.dep_ in SUBJECTS and top.head.lemma_ in ("be", "remain"):
        found += [c for c in top.head.children if c.dep_ == "attr"]
    if top.dep_ in SUBJECTS and top.head.lemma_ in ("include", "comprise"):
        found += [c for c in top.head.children if c.dep_ == "dobj"]
    return [token for token in found if token.lower_ not in RELATIVES] + _antecedents(found)


def _antecedents(tokens: list[Token]) -> list[Token]:
    """Antecedents of relative pronouns among the tokens: 'CMOC, which is the largest producer'."""
    found = []
    for token in tokens:
        if token.lower_ in RELATIVES:
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
    verb = clause_of(noun)
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
            for thing in objects(item):
                found.add(item.lower_, thing, weak=True)
    return found if found.roles.get("patient") else None
