"""A document's text cut into sentences and parse units, by rules on characters alone.

Comes in: a Document. Goes out: Sentences (the evidence shown to the reader) and Units (the strings that are parsed).
The parser errs most on long sentences with asides, so an aside between dashes or brackets, and each part of a
sentence between semicolons, becomes a unit of its own; every character of a unit keeps its offset in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.annotate.leads import head_length, headline_future, joined, label_length, labels, opens_list
from kg.annotate.questions import Part, completion, opens_with_preposition
from kg.records import Document, TextSpan

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos vs inc corp co ltd plc jr sr gen gov sen rep rev hon lt col capt sgt jan feb mar apr jun jul "
    "aug sep sept oct nov dec fig approx dept est al etc cf e.g i.e u.s u.k u.n e.u d.c a.m p.m mt ft vol art sec p pp viz resp".split()
)
_END = re.compile(r"(?P<end>[.!?…]+[\"”’')\]]*)(?P<gap>\s+)(?=[\"“‘'(\[]?[A-Z0-9À-ÝŠŽ•])")
# the dots that lead from a name to its figure: "Codelco ........ 1,446"
_LEADER = re.compile(r"\s\.+$|\.{4,}$")
_DASHED = re.compile(r"\s+[—–-]{1,2}\s+(?P<in>[^—–]+?)\s+[—–-]{1,2}\s+|(?<=\w)—(?P<in2>[^—]+?)—(?=\w)")
_BRACKETS = re.compile(r"\s*\((?P<in>[^()]*)\)|\s*\[(?P<in2>[^\[\]]*)\]")
_LAST_DASH = re.compile(r"\s+[—–]\s+|(?<=[\w\"”])—(?=\w)|\s--\s")
_BULLET = re.compile(r"^(?:[•●▪◦*·‣›]|[-–—])\s+")
_QUESTION = re.compile(r"^Q(?:uestion)?\s*[:.]\s+")
_ANSWER = re.compile(r"^A(?:nswer)?\s*[:.]\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the reader is shown it. `paragraph` counts from 0; `kind` is that of its paragraph.

    `label` is the length of a speaker's name at its beginning and of the name with its mark, (0, 0) without one; `stem`
    the words that a bullet completes ('The alliance will:'), with their place in the document; `asked` the question that a short
    answer completes.
    """

    index: int
    span: TextSpan
    text: str
    paragraph: int
    kind: str
    heading: str = ""
    label: tuple[int, int] = (0, 0)
    stem: tuple[int, str] | None = None
    asked: tuple[int, str] | None = None


@dataclass(slots=True)
class Unit:
    """A string to be parsed. `offsets[i]` is the document offset of character i of `text`.

    `aside` marks a unit lifted from inside another; its first words then repeat what stands before
    the aside (its anchor), so that 'which' has something to refer to.
    """

    text: str
    offsets: list[int]
    sentence: Sentence
    aside: str = ""
    anchor_length: int = 0
    extras: dict[str, str] = field(default_factory=dict)

    def span(self, start: int, end: int) -> TextSpan:
        """The document span of the unit's characters `start` to `end` (exclusive)."""
        return TextSpan(self.offsets[start], self.offsets[end - 1] + 1)


def paragraphs(text: str) -> Iterator[TextSpan]:
    """The spans of the text's paragraphs, which blank lines or line ends separate."""
    for match in re.finditer(r"[^\n]+", text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            yield TextSpan(start, start + len(stripped))


def sentences(document: Document) -> list[Sentence]:
    """All sentences of a document in order, each with the heading that it stands under."""
    found: list[Sentence] = []
    heading = ""
    stem: tuple[int, str] | None = None
    asked: tuple[int, str] | None = None
    spans = list(paragraphs(document.text))
    known = labels([document.text[span.start : span.end] for span in spans])
    for number, span in enumerate(spans):
        text = document.text[span.start : span.end]
        kind = _paragraph_kind(text, is_headline=number == 0 and text == document.headline)
        if kind == "heading":
            heading = text
        label = label_length(text, known)
        for start, end in _sentence_bounds(text):
            if end <= label[1] and (start or end < len(text)):  # 'Sen. Ada Bright:' ends no sentence at its point
                continue
            place = TextSpan(span.start + (start if start >= label[1] else 0), span.start + end)
            here = document.text[place.start : place.end]
            completes = stem if start == 0 and (kind == "bullet" or text[:1].islower()) else None
            found.append(
                Sentence(
                    len(found),
                    place,
                    here,
                    number,
                    kind,
                    heading,
                    (0, 0) if start >= label[1] else label,
                    completes,
                    asked if start <= label[1] else None,
                )
            )
            asked = (place.start, here) if here.endswith("?") else None
        if kind != "bullet" and not text[:1].islower():
            stem = (span.start, text) if opens_list(text) else None
    return found


def _paragraph_kind(text: str, is_headline: bool) -> str:
    if is_headline:
        return "headline"
    if _BULLET.match(text):
        return "bullet"
    if _QUESTION.match(text):
        return "question"
    if _ANSWER.match(text):
        return "answer"
    words = text.split()
    if len(words) <= 10 and text[-1] not in '.!?:;,”"’' and not re.search(r"\d[\d,.]*\s*(?:t|kg|%)\b", text):
        return "heading"
    return "text"


def _sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if not _ends_sentence(text, match):
            continue
        yield start, match.end("end")
        start = match.end("gap")
    if start < len(text):
        yield start, len(text)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if _LEADER.search(text[: match.end("end")]) and re.match(r"[\d$€£¥—–-]", text[match.end() :]):
        return False
    if not match["end"].startswith(".") or len(match["end"]) > 1:
        return True
    before = re.search(r"[\w.&-]+$", text[: match.start()])
    word = before.group().lower() if before else ""
    if word in _ABBREVIATIONS or word.rstrip(".") in _ABBREVIATIONS:
        # "in the U.S. The ..." ends a sentence, "the U.S. Department" does not
        return word in ("u.s", "u.k", "u.n", "e.u", "inc", "corp", "co", "ltd", "plc", "etc", "a.m", "p.m") and bool(
            re.match(r"(?:The|In|On|But|It|He|She|They|And|A|An|This|That|At|For)\s", text[match.end() :])
        )
    if re.search(r"\d[\d,.]*\s(?:t|g|m)$", text[: match.start()]):
        return True
    # "J.R. Smith": initials end no sentence
    return not re.fullmatch(r"(?:[a-z]\.)*[a-z]", word)


def units(sentence: Sentence, protected: frozenset[tuple[int, int]] = frozenset()) -> list[Unit]:
    """The parse units of a sentence: its main text first, then its asides.

    `protected` holds document spans of brackets that belong to a name, such as 'Congo (Kinshasa)'.
    """
    lead = sentence.label[1] or _lead_length(sentence.text)
    pieces = [(sentence.text[i], sentence.span.start + i) for i in range(lead, len(sentence.text))]
    asides: list[Unit] = []
    heads, pieces = _heads(pieces, sentence)
    pieces = _lift(pieces, _BRACKETS, "bracket", sentence, asides, protected)
    pieces = _lift(pieces, _DASHED, "dash", sentence, asides, protected)
    pieces = _lift_tail(pieces, sentence, asides)
    main = [unit for part in _split(pieces, ";") if (unit := _unit(part, sentence))]
    return heads + main + asides


def _lead_length(text: str) -> int:
    for pattern in (_BULLET, _QUESTION, _ANSWER):
        if match := pattern.match(text):
            return match.end()
    return 0


_Pieces = list[tuple[str, int]]


def _heads(pieces: _Pieces, sentence: Sentence) -> tuple[list[Unit], _Pieces]:
    """What stands before the sentence proper as units of their own, and the rest as the parser should read it."""
    heads: list[Unit] = []
    if sentence.label[1]:
        name = [(sentence.text[i], sentence.span.start + i) for i in range(sentence.label[0])]
        heads += [unit for unit in [_unit(name, sentence, "label")] if unit]
    if sentence.stem is not None:
        start, text = sentence.stem
        return heads, [(c, start + i) for i, c in enumerate(text[:-1])] + [(" ", start + len(text) - 1), *pieces]
    if sentence.asked is not None and (whole := _answered(*sentence.asked, pieces)) is not None:
        return heads, whole
    text = _text(pieces)
    if (join := joined(text)) is not None:
        begin, end, words = join
        return heads, pieces[:begin] + [(c, pieces[begin][1]) for c in words] + pieces[end:]
    if sentence.kind in ("headline", "heading") and (place := headline_future(text)) is not None:
        begin, end = place
        return heads, pieces[:begin] + [(c, pieces[begin][1]) for c in "will"] + pieces[end:]
    length, end = head_length(text)
    if length and (head := _unit(pieces[:length], sentence, "head")):
        return [*heads, head], pieces[end:]
    return heads, pieces


def _answered(start: int, asked: str, pieces: _Pieces) -> _Pieces | None:
    """The statement that a question and its short answer make."""
    lead = _lead_length(asked)
    made = completion(asked[lead:], _text(pieces))
    if made is None:
        return None

    def of_question(part: Part) -> _Pieces:
        if isinstance(part, str):
            return [(character, start + lead) for character in part]
        return [(asked[lead + i], start + lead + i) for i in range(*part)]

    own = pieces[:-1] if pieces[-1][0] == "." else pieces
    if made[0] and opens_with_preposition(_text(own)):
        own = [(own[0][0].lower(), own[0][1]), *own[1:]]
    whole: _Pieces = []
    for part in (*map(of_question, made[0]), own, *map(of_question, made[1])):
        whole += [*([(" ", part[0][1])] if whole else []), *part]
    return whole


def _text(pieces: _Pieces) -> str:
    return "".join(character for character, _ in pieces)


def _unit(pieces: _Pieces, sentence: Sentence, aside: str = "", anchor: int = 0) -> Unit | None:
    while pieces and pieces[0][0].isspace():
        pieces = pieces[1:]
    while pieces and pieces[-1][0].isspace():
        pieces = pieces[:-1]
    if not any(character.isalnum() for character, _ in pieces):
        return None
    return Unit(_text(pieces), [offset for _, offset in pieces], sentence, aside, anchor)


def _split(pieces: _Pieces, mark: str) -> Iterator[_Pieces]:
    part: _Pieces = []
    for piece in pieces:
        if piece[0] == mark:
            yield part
            part = []
        else:
            part.append(piece)
    yield part


def _lift(
    pieces: _Pieces,
    pattern: re.Pattern[str],
    aside: str,
    sentence: Sentence,
    asides: list[Unit],
    protected: frozenset[tuple[int, int]],
) -> _Pieces:
    """Take every match of `pattern` out of the pieces; what it held becomes a unit anchored to the words before."""
    text = _text(pieces)
    kept: _Pieces = []
    last = 0
    for match in pattern.finditer(text):
        group = "in" if match["in"] is not None else "in2"
        inner = pieces[match.start(group) : match.end(group)]
        if not inner or (inner[0][1], inner[-1][1] + 1) in protected:
            continue
        kept += pieces[last : match.start()]
        anchor = _anchor(_text(kept))
        prefix = kept[len(kept) - anchor :] if anchor else []
        joint = [(",", inner[0][1]), (" ", inner[0][1])] if prefix else []
        if unit := _unit(prefix + joint + inner, sentence, aside, len(prefix)):
            asides.append(unit)
        if pattern is _DASHED:
            kept.append((" ", inner[-1][1]))
        last = match.end()
    return kept + pieces[last:]


def _lift_tail(pieces: _Pieces, sentence: Sentence, asides: list[Unit]) -> _Pieces:
    """What follows a last dash is a unit of its own: "The trigger is simple — China."."""
    text = _text(pieces)
    matches = list(_LAST_DASH.finditer(text))
    if len(matches) != 1 or matches[0].start() < 3:
        return pieces
    match = matches[0]
    head, tail = pieces[: match.start()], pieces[match.end() :]
    anchor = _anchor(_text(head))
    relative = re.match(r"(?:which|who|whose|that|a|an|the|as well as|including|such as)\b", _text(tail))
    if not relative or not anchor:
        if unit := _unit(tail, sentence, "tail"):
            asides.append(unit)
        return head
    joint = [(",", tail[0][1]), (" ", tail[0][1])]
    if unit := _unit(head[len(head) - anchor :] + joint + tail, sentence, "tail", anchor):
        asides.append(unit)
    return head


def _anchor(before: str) -> int:
    """How many characters at the end of `before` an aside speaks about: the last noun phrase, roughly."""
    match = re.search(
        r"(?:\b(?:the|a|an|its|their|his|her)\s+)?(?:[\w’'&.-]+\s+){0,3}?[\w’'&.%-]+$"
        if before[-1:].islower()
        else r"(?:[A-Z][\w’'&.-]*\s+(?:of\s+|and\s+|de\s+|the\s+)?){0,5}[A-Z][\w’'&.-]*$|[\w’'&.%-]+$",
        before,
    )
    if not match:
        return 0
    return len(before) - match.start()
