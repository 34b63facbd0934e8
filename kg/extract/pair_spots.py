"""The words of a document and the places of its pairs, as the sentence reader (kg.learned.encoder) takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.tokens import Token

from kg.annotate.annotation import Annotated, AnnotatedUnit, Ref
from kg.extract.pairs import Pair, Place
from kg.extract.placed import shown
from kg.extract.things import Things
from kg.learned.encoder import SPOTS, SPOTS_WIDTH, WORD_CODES, Integers, Words
from kg.learned.network import Array, code


class Spots:
    """Positions in the words of one document."""

    def __init__(self, annotated: Annotated, things: Things) -> None:
        self._starts: list[int] = []
        self._mentions: dict[str, list[int]] = defaultdict(list)
        at = 0
        for number, unit in enumerate(annotated.units):
            self._starts.append(at)
            for ref in _refs(unit, things, number):
                for key in ref.keys:
                    self._mentions[key].append(at + ref.head)
            at += len(unit.doc) + 1  # an empty word keeps sentences apart

    def rows(self, pairs: Sequence[Pair]) -> Integers:
        """A row for each pair (kg.learned.encoder.SPOTS)."""
        found = np.full((len(pairs), SPOTS_WIDTH), -1, np.int32)
        for row, pair in zip(found, pairs, strict=True):
            self._fill(row, pair)
        return found

    def _fill(self, row: Integers, pair: Pair) -> None:
        start = self._starts[pair.anchor.number]
        _put(row, "subject", self._words(pair.subject))
        _put(row, "object", self._words(pair.item))
        _put(row, "subject_anywhere", self._mentions.get(pair.subject.key, []))
        _put(row, "object_anywhere", self._mentions.get(pair.item.key, []))
        _put(row, "between", [start + token.i for token in _both_ends(pair.between)])
        _put(row, "path", [start + token.i for token in pair.path])
        _put(row, "top", [start + pair.top.i] if pair.top is not None else [])
        _put(row, "codes", [_code(word) for word in _told(pair)])

    def _words(self, place: Place) -> list[int]:
        start = self._starts[place.number]
        return [start + i for i in range(place.ref.start, place.ref.end)] or [start + place.ref.head]


def words_of_document(annotated: Annotated, things: Things) -> Words:
    """The words of a document, sentence after sentence."""
    vectors: list[Array] = []
    contexts: list[Array] = []
    codes: list[list[int]] = []
    heads: list[int] = []
    for number, unit in enumerate(annotated.units):
        at = len(heads)
        kinds = _kinds(unit, things, number)
        for token in unit.doc:
            vectors.append(np.asarray(token.vector, np.float32))
            codes.append([_code(word) for word in _seen(token, unit, kinds.get(token.i, ""))])
            heads.append(at + token.head.i)
        contexts += [np.asarray(unit.doc.tensor, np.float32), np.zeros((1, unit.doc.tensor.shape[1]), np.float32)]
        vectors.append(np.zeros(unit.doc.vocab.vectors_length, np.float32))
        codes.append([0] * WORD_CODES)
        heads.append(len(heads))
    return Words(np.stack(vectors), np.concatenate(contexts), np.array(codes, np.int32), np.array(heads, np.int32))


def _refs(unit: AnnotatedUnit, things: Things, number: int) -> Iterable[Ref]:
    return (*unit.refs, *(ref for ref in things.refs.get(number, ()) if ref not in unit.refs))


def _kinds(unit: AnnotatedUnit, things: Things, number: int) -> dict[int, str]:
    """What each word belongs to: a figure, a time, an entity of a class."""
    found: dict[int, str] = {}
    for kind, places in (("figure", unit.figures), ("time", unit.moments)):
        found.update({i: kind for place in places for i in range(place.start, place.end)})
    for ref in _refs(unit, things, number):
        found.update(dict.fromkeys(range(ref.start, ref.end), ref.type))
    return found


def _seen(token: Token, unit: AnnotatedUnit, kind: str) -> tuple[str, ...]:
    return (
        f"word={shown(token, unit)}",
        f"pos={token.pos_}",
        f"tag={token.tag_}",
        f"dep={token.dep_}",
        f"kind={kind}",
        f"sentence={unit.unit.sentence.kind}",
    )


def _told(pair: Pair) -> Iterator[str]:
    """What is told of a pair beside the states of its words: never more than PAIR_CODES."""
    subject, item = pair.kinds
    yield from (f"subject={subject}", f"object={item}", f"types={subject}>{item}", f"how={pair.how}")
    yield f"mentions={pair.subject.ref.how}>{pair.item.ref.how}"
    yield f"adjective={pair.subject.ref.adjectival}>{pair.item.ref.adjectival}"
    if pair.how == "unit":
        yield f"order={pair.subject.ref.start <= pair.item.ref.start}"
        yield f"gap={min(len(pair.between), 31)}"
    for sign in pair.signs:
        yield f"sign={pair.how}-{sign}"


def _both_ends(tokens: Sequence[Token]) -> Iterable[Token]:
    """As many tokens as there is room for, those in the middle left out."""
    room = SPOTS["between"].stop - SPOTS["between"].start
    return tokens if len(tokens) <= room else (*tokens[: room // 2], *tokens[-room // 2 :])


def _put(row: Integers, name: str, values: Sequence[int]) -> None:
    place = SPOTS[name]
    room = place.stop - place.start
    row[place][: min(len(values), room)] = values[:room]


def _code(word: str) -> int:
    """The number of a word without its sign bit: -1 marks an empty place."""
    return code(word) & 0x7FFFFFFF
