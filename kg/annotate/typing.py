"""What can be seen of a name that no list has: its words, the words around each of its mentions, the votes of the rules.

Comes in: the mentions of one entity. Goes out: features for the model that chooses its type (kg.learned).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from spacy.tokens import Span, Token

from kg.annotate.annotation import AnnotatedUnit, Draft
from kg.annotate.names import NameSpan
from kg.learned.network import Array, Network

_WEIGHT = 12  # votes that a certain model has; a title or a noun beside the name has 6
_WIDTH = 300  # of the model's word vectors
Mentions = Sequence[tuple[AnnotatedUnit, NameSpan]]
Typer = Callable[[Mapping[str, Draft], Mapping[str, Mentions]], None]  # settles the types of a document's names


def retype(drafts: Mapping[str, Draft], mentions: Mapping[str, Mentions], network: Network) -> None:
    """Replace the votes of every name that no list has by the model's; a public office that was seen stays seen."""
    unknown = [draft for draft in drafts.values() if is_unknown(draft)]
    if not unknown:
        return
    rows = [name_features(draft, mentions[draft.key]) for draft in unknown]
    vectors = np.stack([name_vector(mentions[draft.key]) for draft in unknown])
    for draft, chances in zip(unknown, network.probabilities(rows, vectors), strict=True):
        votes = Counter({label: round(_WEIGHT * float(p)) for label, p in zip(network.labels, chances, strict=True)})
        official = draft.votes["Official"]
        draft.votes = +votes
        if official and votes["Person"]:
            draft.votes["Official"] = official


def is_unknown(draft: Draft) -> bool:
    """Whether a draft is a name whose type only its text can show."""
    return draft.term is None and draft.how not in ("name-place", "name-firm")


def name_features(draft: Draft, mentions: Mentions) -> list[str]:
    """Features of a name as strings, sorted and distinct."""
    found = set(_of_name(draft.label)) | set(_of_votes(draft))
    for unit, span in mentions:
        found |= set(_of_mention(unit, span))
    found.add(f"mentions={min(len(mentions), 5)}")
    return sorted(found)


def name_vector(mentions: Mentions) -> Array:
    """The mean context vector of the mentions' heads, and mean vectors of the words before, after, above, first and last."""
    rows = []
    for unit, span in mentions:
        doc = unit.doc
        head = doc[span.start : span.end].root
        near = [_vector(doc[max(0, span.start - 2) : span.start]), _vector(doc[span.end : span.end + 2])]
        own = [_vector([doc[span.start]]), _vector([doc[span.end - 1]])]
        rows.append(np.concatenate([doc.tensor[head.i], *near, _vector([_above(head)]), *own]))
    return np.asarray(np.mean(rows, axis=0), dtype=np.float32)


def _vector(tokens: Span | Sequence[Token]) -> Array:
    known = [np.asarray(token.vector) for token in tokens if token.has_vector and token.is_alpha]
    return np.asarray(np.mean(known, axis=0) if known else np.zeros(_WIDTH), dtype=np.float32)


def _above(head: Token) -> Token:
    above = head.head
    return above.head if above.pos_ == "ADP" else above


def _of_name(name: str) -> Iterator[str]:
    words = re.findall(r"[\w’'&.-]+", name)
    if not words:
        return
    yield f"words={min(len(words), 5)}"
    yield f"last={words[-1].lower()}"
    yield f"first={words[0].lower()}"
    for word in words:
        yield f"word={word.lower()}"
        yield f"shape={re.sub('[0-9]+', '9', re.sub('[a-zà-ÿ]+', 'x', re.sub('[A-ZÀ-Þ]+', 'X', word)))}"
    for size in (2, 3, 4):
        yield f"end={words[-1].lower()[-size:]}"
    yield f"begin={words[0].lower()[:3]}"
    if len(words) == 1:
        yield f"alone|{'upper' if words[0].isupper() else 'title'}|{min(len(words[0]), 9)}"
    for word in words[1:-1]:
        if word.islower():
            yield f"joint={word}"


def _of_votes(draft: Draft) -> Iterator[str]:
    ranked = draft.votes.most_common()
    total = sum(draft.votes.values())
    for kind, count in ranked:
        yield f"voted={kind}"
        yield f"vote={kind}|{min(4, int(4 * count / total)) if total else 0}"
        yield f"weight={kind}|{'high' if count >= 6 else 'low'}"
    yield f"best={ranked[0][0]}" if ranked else "best=none"
    for noun in draft.nouns:
        yield f"noun={noun}"


def _of_mention(unit: AnnotatedUnit, span: NameSpan) -> Iterator[str]:
    doc = unit.doc
    head = doc[span.start : span.end].root
    words = [token.lower_ for token in doc[max(0, span.start - 3) : span.start]]
    after = [token.lower_ for token in doc[span.end : span.end + 3]]
    if not words:
        yield "opens"
    for n, word in enumerate(reversed(words)):
        yield f"before{n}={word}"
    if len(words) > 1:
        yield f"before={'_'.join(words[-2:])}"
    for n, word in enumerate(after):
        yield f"after{n}={word}"
    if len(after) > 1:
        yield f"after={'_'.join(after[:2])}"
    yield f"around={words[-1] if words else '^'}_{after[0] if after else '$'}"
    yield f"dep={head.dep_}"
    above = _above(head)
    yield f"above={above.lemma_.lower()}|{head.dep_}"
    yield f"above={above.lemma_.lower()}"
    if head.dep_ == "pobj":
        yield f"prep={head.head.lower_}|{above.lemma_.lower()}"
    for child in head.children:
        if not span.start <= child.i < span.end:
            yield f"child={child.dep_}|{child.lemma_.lower()}"
    for token in (head.head,) if head.dep_ in ("appos", "compound", "nmod", "poss", "conj") else ():
        yield f"{head.dep_}={token.lemma_.lower()}"
        yield f"{head.dep_}-type={token.ent_type_}"
    for ent in doc.ents:
        if ent.start < span.end and span.start < ent.end:
            yield f"tagger={ent.label_}|{(ent.start, ent.end) == (span.start, span.end)}"
    if span.title:
        yield f"title={doc[span.title[0] : span.title[1]].text.lower()}"
    yield f"kind={unit.unit.sentence.kind}"
