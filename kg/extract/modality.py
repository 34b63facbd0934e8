"""Whether a statement is asserted, planned, possible or denied, from the words that govern its trigger.

Only grammar: auxiliaries, adverbs, determiners, governing verbs, nouns and adjectives, conditionals and questions.
The strongest reading wins: a denial over a plan, a plan over a possibility unless the possibility governs it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.english import English
from kg.extract.clauses import is_passive
from kg.extract.predication import lemma as verb_lemma
from kg.records import Modality

# verbs that put an end to the thing that their object names
_ENDING = frozenset(
    [
        "lift",
        "remove",
        "end",
        "scrap",
        "cancel",
        "abolish",
        "revoke",
        "annul",
        "repeal",
        "drop",
        "withdraw",
        "abandon",
        "suspend",
        "waive",
        "rescind",
        "overturn",
    ]
)
# verbs that keep it from being at all
_DENYING = frozenset(
    [
        "reject",
        "oppose",
        "lack",
        "deny",
        "refuse",
        "fail",
        "block",
        "veto",
        "thwart",
        "avert",
        "rule out",
        "shelve",
        "torpedo",
        "scupper",
    ]
)
_INTENDING = frozenset(
    [
        "plan",
        "propose",
        "seek",
        "want",
        "pledge",
        "promise",
        "plot",
        "offer",
        "target",
        "request",
        "prepare",
        "threaten",
        "negotiate",
        "pursue",
        "envisage",
        "demand",
        "draft",
        "schedule",
        "eye",
    ]
)
# with 'for': "called for a ban"
_CALLING = frozenset(["call", "push", "press", "ask", "lobby", "plead", "appeal", "campaign", "wait", "vote", "hope"])
# what happens under, after or despite a thing says nothing on whether the thing is there
_ADJUNCTS = frozenset(
    [
        "under",
        "after",
        "since",
        "following",
        "despite",
        "amid",
        "before",
        "because",
        "through",
        "during",
        "besides",
        "beyond",
        "thanks",
        "given",
        "against",
    ]
)
_NEARLY = frozenset(["close", "near", "closer"])


def modality(trigger: Token, english: English, question: bool = False) -> Modality:
    """The modality of what a trigger states."""
    cues = list(_cues(trigger, english))
    if cues.count("Negated") % 2 == 1:
        return "Negated"
    if question or "Possible" in cues:
        return "Possible"
    if "Planned" in cues:
        return "Planned"
    return "Asserted"


# triggers that are themselves wishes: "Talga plans a mine", "Rio Tinto is considering a smelter"
_WISHES = frozenset(["plan", "propose", "seek", "want", "intend", "envisage", "eye"])
_THOUGHTS = frozenset(["consider", "mull", "weigh", "contemplate", "study"])


def _cues(trigger: Token, english: English) -> Iterator[str]:
    if trigger.pos_ == "VERB" and trigger.lemma_.lower() in _WISHES | _THOUGHTS and not is_passive(trigger):
        yield "Planned" if trigger.lemma_.lower() in _WISHES else "Possible"
    yield from _own(trigger, english)
    token = trigger
    for _ in range(6):
        if token.dep_ == "ROOT":
            return
        head = token.head
        if (token.dep_ == "prep" and token.lower_ in _ADJUNCTS) or _in_force_until(token, head, english):
            return
        yield from _governed(token, head, english)
        if token.dep_ in ("relcl", "ccomp", "parataxis", "appos", "advcl") and head.pos_ in (
            "NOUN",
            "PROPN",
            "VERB",
            "AUX",
        ):
            return
        if head.pos_ in ("NOUN", "PROPN") and token.dep_ not in (
            "acl",
            "pobj",
            "prep",
            "conj",
            "compound",
            "amod",
            "dobj",
        ):
            return
        token = head


def _own(token: Token, english: English) -> Iterator[str]:
    words = english.modality
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in words["negated_adverbs"] and child.dep_ in ("det", "advmod", "preconj", "neg")
        ):
            yield "Negated"
        elif child.dep_ == "aux":
            yield from _auxiliary(child, token, english)
            if _is_inverted(child, token):
                yield "Possible"
        elif child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether"):
            yield "Possible"
        elif child.dep_ == "amod" or (child.dep_ == "advmod" and token.pos_ == "NOUN"):
            yield from _adjective(child, english)
        elif child.dep_ == "advmod" and child.lower_ in ("perhaps", "possibly", "maybe", "potentially"):
            yield "Possible"
        elif (child.dep_ == "advmod" and _no_longer(child)) or (_is_argument(child, token) and _denied_argument(child)):
            yield "Negated"
    if is_excluded(token):
        yield "Negated"
    if _is_headline_plan(token):
        yield "Planned"
    if token.pos_ == "VERB" and token.tag_ == "VB" and _is_purpose(token):
        yield "Planned"


def _is_inverted(aux: Token, verb: Token) -> bool:
    """A condition without 'if': 'had China banned gallium, Japan would have suffered', 'should talks fail, …'."""
    after = any(child.dep_ in ("nsubj", "nsubjpass") and child.i > aux.i for child in verb.children)
    return after and aux.lower_ in ("had", "were", "should") and verb.dep_ == "advcl"


def _no_longer(word: Token) -> bool:
    return word.lower_ == "longer" and any(child.lower_ == "no" for child in word.children)


def is_excluded(token: Token) -> bool:
    """Whether a thing is named as left out: 'cells without cobalt', 'iron instead of nickel'."""
    return token.dep_ in ("pobj", "pcomp") and _instead(token.head)


def _instead(preposition: Token) -> bool:
    """'without signing', 'instead of banning', 'rather than', 'stopped short of'."""
    if preposition.lower_ == "without":
        return True
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    return (preposition.lower_, before) in (("of", "instead"), ("of", "short"), ("than", "rather"), ("from", "far"))


def _is_headline_plan(verb: Token) -> bool:
    """The infinitive that stands for a future in headlines: 'China to curb exports'."""
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    subject = any(child.dep_ in ("nsubj", "nsubjpass") and child.i < verb.i for child in verb.children)
    return to and subject and verb.dep_ == "ROOT"


def _in_force_until(token: Token, verb: Token, english: English) -> bool:
    """'will end its ban', 'plans to lift the curbs': the known thing is there until then."""
    if token.dep_ not in ("dobj", "nsubjpass") or verb.lemma_.lower() not in _ENDING:
        return False
    known = any(child.dep_ == "poss" or child.lower_ in ("the", "this", "that", "these") for child in token.children)
    later = [cue for child in verb.children if child.dep_ == "aux" for cue in _auxiliary(child, verb, english)]
    return known and ("Planned" in later or (verb.dep_ == "xcomp" and "Planned" in _governed(verb, verb.head, english)))


def _is_argument(token: Token, head: Token) -> bool:
    return token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") and head.pos_ in ("VERB", "AUX")


def _denied_argument(token: Token) -> bool:
    """'has mined no antimony', 'no company has signed', 'has none with Bolivia', 'hardly any output'."""
    if token.lower_ in ("none", "nobody", "nothing", "neither"):
        return True
    for child in token.children:
        if child.lower_ in ("no", "neither") and child.dep_ in ("det", "preconj", "advmod"):
            return True
        if child.lower_ == "any" and any(
            c.lower_ in ("hardly", "scarcely", "barely") for c in [*child.children, *token.children]
        ):
            return True
    return False


def _is_purpose(verb: Token) -> bool:
    """An infinitive of purpose: 'raised money to build a plant'; 'helped to build' is none."""
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    return to and verb.dep_ in ("advcl", "relcl")


def _auxiliary(aux: Token, verb: Token, english: English) -> Iterator[str]:
    word = aux.lower_
    if word in english.modality["planned_aux"]:
        perfect = any(child.lower_ == "have" and child.dep_ == "aux" for child in verb.children)
        yield "Possible" if word == "would" and perfect else "Planned"
    elif word in english.modality["possible_aux"]:
        yield "Possible"
    elif word == "should" or (word == "to" and verb.head.lemma_ == "be" and verb.dep_ == "xcomp"):
        yield "Planned"


def _adjective(word: Token, english: English) -> Iterator[str]:
    text = word.lower_
    if text in english.modality["planned_adjectives"]:
        yield "Planned"
    elif text in english.modality["possible_adjectives"]:
        yield "Possible"
    elif text in english.modality["negated_adjectives"] or text == "no":
        yield "Negated"


def _governed(token: Token, head: Token, english: English) -> Iterator[str]:
    """What a head says of a dependent: 'plans to', 'refused to', 'a proposal for', 'lifted the ban'."""
    words = english.modality
    lemma = head.lemma_.lower()
    if head.pos_ in ("VERB", "AUX"):
        if token.dep_ in (
            "xcomp",
            "ccomp",
            "dobj",
            "nsubjpass",
            "conj",
            "prep",
            "attr",
            "acomp",
            "advcl",
            "pcomp",
            "nsubj",
            "oprd",
            "auxpass",
        ):
            yield from _verb_cue(token, head, lemma, english)
    elif head.pos_ == "ADJ" and token.dep_ in ("xcomp", "prep", "ccomp"):
        if lemma in words["planned_verbs"]:
            yield "Planned"
        elif lemma in ("possible", "likely", "able", "unclear", "uncertain", "conceivable"):
            yield "Possible"
        elif token.lower_ == "to" and lemma in _NEARLY:
            yield "Planned"
        elif lemma in ("unable", "unwilling", "unlikely", "reluctant") or _untrue(lemma, head):
            yield "Negated"
    elif head.pos_ in ("NOUN", "PROPN") and token.dep_ in ("acl", "prep", "relcl"):
        if token.dep_ != "relcl" and any(child.dep_ == "det" and child.lower_ == "no" for child in head.children):
            yield "Negated"
        if lemma in words["planned_nouns"] and token.dep_ != "relcl":
            yield "Planned"
        elif lemma in words["possible_nouns"] and token.dep_ != "relcl":
            yield "Possible"
        elif lemma in words["negated_nouns"] and token.dep_ != "relcl":
            yield "Negated"


def _untrue(lemma: str, adjective: Token) -> bool:
    return lemma in ("true", "correct") and any(child.dep_ == "neg" for child in adjective.head.children)


def _verb_cue(token: Token, head: Token, lemma: str, english: English) -> Iterator[str]:
    words = english.modality
    clausal = token.dep_ in ("xcomp", "ccomp", "pcomp", "advcl", "acomp")
    nominal = token.dep_ in ("dobj", "nsubjpass", "prep", "attr")
    if token.dep_ == "conj":
        if not any(child.dep_ in ("aux", "nsubj") for child in token.children):
            yield from (
                cue for child in head.children if child.dep_ == "aux" for cue in _auxiliary(child, head, english)
            )
        return
    if (
        token.dep_ == "ccomp"
        and not any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
        and lemma in english.reporting_verbs - {"deny"}
    ):
        return
    if token.dep_ == "xcomp" and lemma in ("have", "be") and any(child.lower_ == "yet" for child in head.children):
        yield "Negated"
    if clausal and not (token.dep_ == "advcl" and token.tag_ != "VB"):
        if lemma in words["negated_verbs"] and lemma not in ("drop", "lose", "rule"):
            yield "Negated"
        elif lemma in words["planned_verbs"] and not _carried_out(head, token):
            yield "Planned"
        elif lemma in words["possible_verbs"]:
            yield "Possible"
    elif nominal:
        yield from _nominal_cue(token, head, lemma, english)
    if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "prep", "xcomp", "acomp", "ccomp"):
        yield from _own_auxiliaries(head, english)


def _nominal_cue(token: Token, verb: Token, lemma: str, english: English) -> Iterator[str]:
    """What a verb says of its object: 'lifted the ban', 'seeks a deal', 'called for curbs', 'weighs a tariff'."""
    phrasal = verb_lemma(verb)
    if token.dep_ == "prep":
        if lemma in _CALLING and token.lower_ == "for":
            yield "Planned"
        return
    if phrasal == "rule out" and any(child.dep_ == "neg" for child in verb.children):
        yield from ("Negated", "Possible")  # its own 'not' makes the count even
    elif lemma in _ENDING or lemma in _DENYING or phrasal in _DENYING:
        yield "Negated"
    elif lemma in _INTENDING:
        yield "Planned"
    elif lemma in english.modality["possible_verbs"]:
        yield "Possible"


def _own_auxiliaries(verb: Token, english: English) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in ("never", "hardly") and child.dep_ == "advmod"):
            yield "Negated"
        elif child.dep_ == "aux":
            yield from _auxiliary(child, verb, english)


def _carried_out(head: Token, token: Token) -> bool:
    """'allowed it to buy': a permission given in the past is no plan of the speaker."""
    return head.lemma_ in ("allow", "enable", "mean", "require") and not is_passive(head) and token.dep_ == "xcomp"
