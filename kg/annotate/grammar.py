"""What the reading of pronouns and descriptions asks of a parse: subject, clause, empty 'it', joined names."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.wordlist import word_list

_SEEMING = frozenset(["seem", "appear", "turn", "emerge", "happen", "follow", "transpire"])
_SAID = frozenset(
    ["say", "expect", "think", "believe", "know", "hope", "report", "estimate", "understand", "assume", "fear", "agree"]
)
_WEATHER = frozenset(["rain", "snow", "hail", "thunder"])
_TIMES = frozenset(
    word_list(
        "day week month year time decade hour moment summer winter monday start end pity fact surprise wonder "
        "matter case question "
    )
)


def is_subject(token: Token) -> bool:
    """Whether a token is the subject of a clause, alone or joined to one, or the head of a headline."""
    head = token
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN"))


def chain_head(token: Token) -> Token:
    """The first of the things that are joined by 'and'."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        token = token.head
    return token


def is_joined(token: Token) -> bool:
    """Whether a name is one of several side by side: 'it' does not take up one of 'Chile and Peru'."""
    return chain_head(token) != token or any(c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN") for c in token.children)


def verb_above(token: Token) -> Token:
    """The verb whose clause a token stands in."""
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    return head


def clause_subject(verb: Token) -> Token | None:
    """The subject of a verb; that of the verb it is joined to or depends on where it has none of its own."""
    for _ in range(6):
        own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
        if own is not None:
            return own
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "aux") or verb.head == verb:
            return None
        verb = verb_above(verb) if verb.dep_ == "pcomp" else verb.head
    return None


def fronted_before(token: Token) -> Token | None:
    """The subject of the main clause, where `token` stands in a clause before it: 'Although it …, Japan …'."""
    root = next((t for t in token.sent if t.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return None
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.left_edge.i <= token.i:
        return None
    above = token
    while above.head != root and above.head != above:
        above = above.head
    opens = (
        above.dep_ in ("advcl", "prep", "npadvmod")
        and above.left_edge.i <= 1
        and above.right_edge.i < subject.left_edge.i
    )
    return subject if opens else None


def is_expletive(token: Token) -> bool:
    """'it is likely that', 'it took years to', 'it rained', 'makes it hard to': no reference."""
    if token.lower_ != "it":
        return False
    verb = token.head
    later = [child for child in verb.children if child.i > verb.i]
    kinds = {child.dep_ for child in later}
    if (
        token.dep_ in ("dobj", "nsubj")
        and token.i
        and token.nbor(-1).lemma_ in ("make", "find", "consider", "deem", "take")
        and token.i + 1 < len(token.doc)
    ):
        return token.nbor(1).pos_ in ("ADJ", "ADV", "NOUN") and any(
            t.tag_ == "TO" for t in token.doc[token.i + 1 : token.i + 7]
        )
    if token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    lemma = verb.lemma_.lower()
    if lemma in _WEATHER or (lemma in _SEEMING and kinds & {"ccomp", "xcomp", "prt"} and "acomp" not in kinds):
        return True
    if (
        lemma in ("take", "make")
        and kinds & {"xcomp", "advcl", "relcl", "ccomp"}
        and any(t.tag_ == "TO" for t in token.doc[verb.i + 1 : verb.i + 8])
    ):
        return lemma == "make" or any(
            c.ent_type_ in ("DATE", "TIME") or c.lemma_ in _TIMES for t in later for c in t.subtree
        )
    if token.dep_ == "nsubjpass":
        return (lemma in _SAID and bool(kinds & {"ccomp", "advcl"})) or (
            lemma in _SAID and token.doc[verb.right_edge.i].lower_ == "that"
        )
    return lemma == "be" and _empty_be(later)


def _empty_be(later: list[Token]) -> bool:
    kinds = {child.dep_ for child in later}
    attr = next((child for child in later if child.dep_ == "attr"), None)
    if attr is None:
        return bool(kinds & {"ccomp", "advcl", "xcomp", "acl", "relcl", "csubj"}) or any(
            grand.dep_ in ("xcomp", "ccomp") for child in later if child.dep_ == "acomp" for grand in child.children
        )
    cleft = attr.pos_ in ("PROPN", "PRON") and any(c.dep_ in ("relcl", "ccomp") for c in (*attr.children, *later))
    return cleft or attr.lemma_.lower() in _TIMES or attr.tag_ == "WP"


def restricts(clause: Token, noun: Token) -> bool:
    """'the miner that owns it' is described by its clause; 'the miner, based in Perth,' is taken up."""
    return clause.dep_ in ("relcl", "acl") and not (noun.i + 1 < len(noun.doc) and noun.nbor().text == ",")
