"""Public offices written out with what they are for: 'Minister of Agriculture, Fisheries and Mining', 'MP for Camborne'.

Comes in: a parsed unit and its vocabulary matches. Goes out: token spans. A portfolio is a series of words that name fields
of government, so that the holder's name behind it stays his own: 'Minister of Coal and Mines G. Kishan Reddy'.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.annotation import Draft
from kg.annotate.matches import Match
from kg.annotate.wordlist import word_list

_WITH_PORTFOLIO = frozenset(
    word_list("minister secretary undersecretary under-secretary commissioner vice-president vice-minister")
)
_WITH_PLACE = frozenset(
    word_list(
        "governor premier president mayor mp mep senator ambassador envoy representative lieutenant-governor reeve"
    )
)
_BEFORE = frozenset(
    word_list(
        "deputy vice assistant under first union federal state permanent parliamentary principal junior shadow "
        "coordinating senior cabinet lieutenant special high"
    )
)
_PORTFOLIO = frozenset(
    word_list(
        "mines mining mineral minerals resources natural energy coal petroleum hydrocarbons oil gas steel metals finance "
        "financial trade industry industries industrial commerce commercial economy economic economics affairs "
        "agriculture agricultural fisheries forestry environment environmental water local government state defence "
        "defense war foreign external internal home interior justice health education labour labor employment "
        "transport transportation infrastructure development planning investment investments business innovation "
        "science research technology digital climate change transition ecological geology land lands territorial rural "
        "higher tourism culture communications information public works housing treasury budget international "
        "cooperation co-operation security raw materials critical northern indigenous power electricity new renewable "
        "supply small enterprise enterprises enterprise competition policy maritime ports railways reform growth "
        "communities sustainability sustainable prosperity productivity exports export services"
    )
)
_LINKS = frozenset(["and", ",", "&", "the", "of", "for", "its"])


def office_spans(doc: Doc, matches: list[Match]) -> list[tuple[int, int]]:
    """The offices of a unit that are written out, in order, never overlapping; those the vocabulary knows are left to it."""
    found: list[tuple[int, int]] = []
    for token in doc:
        word = token.lower_.removesuffix("s") if token.tag_ in ("NNS", "NNPS") else token.lower_
        if word not in _WITH_PORTFOLIO | _WITH_PLACE or token.i + 2 >= len(doc) + 1:
            continue
        end = _complement(doc, token, word, matches)
        start = _start(doc, token)
        if not end and (field := _fields_before(doc, token)) is not None:
            start, end = field, token.i + 1
        if end and not any(_known(match, token, end) for match in matches) and (not found or start >= found[-1][1]):
            found.append((start, end))
    return found


def settle_offices(drafts: dict[str, Draft]) -> None:
    """Give the offices that were found by their wording alone their type."""
    for draft in drafts.values():
        if draft.how == "name-office":
            draft.votes["Office"] += 100


def _known(match: Match, head: Token, end: int) -> bool:
    """Whether the vocabulary has the whole office."""
    return match.term.type == "Office" and match.start <= head.i < match.end and match.end >= end


def _start(doc: Doc, head: Token) -> int:
    start = head.i
    while start and (
        doc[start - 1].lower_ in _BEFORE
        or (doc[start - 1].text == "-" and start > 1 and doc[start - 2].lower_ in _BEFORE)
    ):
        start -= 1
    return start


def _fields_before(doc: Doc, head: Token) -> int | None:
    """Where 'Union Coal and Mines' begins before a Minister; None where no field of government with a capital stands there."""
    if head.text not in ("Minister", "Secretary", "Commissioner"):
        return None
    start, fields = head.i, 0
    while start:
        word = doc[start - 1]
        field = word.lower_ in _PORTFOLIO and word.text[:1].isupper()
        if not field and not (fields and (word.lower_ in ("and", "&") or (word.lower_ in _BEFORE and word.is_title))):
            break
        fields += field
        start -= 1
    while start < head.i and doc[start].lower_ in ("and", "&"):
        start += 1
    return start if fields else None


def _complement(doc: Doc, head: Token, word: str, matches: list[Match]) -> int:
    """The end of the portfolio or place behind an office's head; 0 where it has none."""
    if head.i + 2 >= len(doc) or doc[head.i + 1].lower_ not in ("of", "for", "to"):
        return 0
    link = doc[head.i + 1].lower_
    if word in _WITH_PORTFOLIO and link != "to":
        return _portfolio(doc, head.i + 2)
    if word not in _WITH_PLACE or (link == "to" and word not in ("ambassador", "envoy", "representative")):
        return 0
    first = head.i + 2 + (doc[head.i + 2].lower_ == "the")
    place = next((m for m in matches if m.start in (first, first - 1) and m.term.type in _SEATS), None)
    if place is not None:
        end = place.end
    elif word in ("mp", "mep", "mayor", "governor", "ambassador"):
        end = _capitals(doc, first)
    else:
        return 0
    if word in ("mp", "mep") and end and end + 1 < len(doc) and doc[end].lower_ == "and":
        return _capitals(doc, end + 1) or end
    return end


_SEATS = ("Country", "Place", "InternationalOrganization")


def _portfolio(doc: Doc, first: int) -> int:
    """The end of a series of fields of government that begins at `first`, without a dangling joiner."""
    end = last = first
    capital = False
    while end < len(doc) and (doc[end].lower_ in _PORTFOLIO | _LINKS):
        if doc[end].lower_ in _PORTFOLIO:
            if capital and not doc[end].text[:1].isupper():
                break
            capital = capital or doc[end].text[:1].isupper()
            last = end + 1
        elif doc[end].text == "," and not _goes_on(doc, end + 1):
            break
        end += 1
    return last if last > first else 0


def _goes_on(doc: Doc, start: int) -> bool:
    """Whether a comma stands between two fields: a further field and an 'and' follow."""
    fields = 0
    for token in doc[start : start + 8]:
        if token.lower_ in ("and", "&"):
            return fields > 0
        if token.lower_ not in _PORTFOLIO and token.text != ",":
            return False
        fields += token.lower_ in _PORTFOLIO
    return False


def _capitals(doc: Doc, first: int) -> int:
    end = first
    while end < len(doc) and doc[end].text[:1].isupper() and doc[end].is_alpha:
        end += 1
    return end if end > first else 0


def cut_offices(
    start: int, end: int, offices: list[tuple[int, int]]
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """The parts of a run of capitals outside offices, each with the office right before it."""
    begin, title = start, next((o for o in offices if o[1] == start), None)
    for office in offices:
        if office[0] >= end or office[1] <= start:
            continue
        if begin < office[0]:
            yield begin, office[0], title
        begin, title = office[1], office
    if begin < end:
        yield begin, end, title
