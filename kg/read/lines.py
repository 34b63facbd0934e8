"""The paragraphs of a pasted text: one to a line, or hard-wrapped at a fixed width with blank lines between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_WIDEST_WRAP = 130  # characters; wider lines are paragraphs that nobody wrapped
_BULLET = re.compile(r"(?P<mark>[•·*‣▪◦●■□○]|[-–—])\s+(?=\S)")
_OPENS = re.compile(r"[•·*‣▪◦●■□○›»]|[-–—] |\d{1,2}[.)] |[QA] ?[:.] |\[")
_FEWEST_WORDS = 3
_MOST_LABEL_WORDS = 40
_MOST_QUESTION_WORDS = 20
_ENDS = re.compile(r"[.!?…:;][\"”’'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or scrap of the page; `gap` says that a blank line stands before it."""

    text: str
    gap: bool = False
    caption: bool = False


def paragraphs(text: str, *, unwrap: bool = True) -> list[Line]:
    """The lines of normalised `text` that are not blank; hard-wrapped ones are joined again if `unwrap`."""
    lines: list[Line] = []
    gap = True
    for line in text.split("\n"):
        if line:
            lines.append(Line(line, gap))
        gap = not line
    return _unwrapped(lines) if unwrap and lines else lines


def _unwrapped(lines: list[Line]) -> list[Line]:
    width = max(len(line.text) for line in lines)
    if width > _WIDEST_WRAP or not _is_wrapped(lines, width):
        return lines
    joined = [[lines[0].text]]
    gaps = [lines[0].gap]
    for before, line in pairwise(lines):
        if _continues(before.text, line, width) or _goes_on(before.text, line):
            joined[-1] += ["" if re.search(r"\w-$", before.text) else " ", line.text]
        else:
            joined.append([line.text])
            gaps.append(line.gap)
    return [Line("".join(parts), gap) for parts, gap in zip(joined, gaps, strict=True)]


def _is_wrapped(lines: list[Line], width: int) -> bool:
    """Whether lines mostly break where the next word would not fit, and mostly not at the end of a sentence."""
    pairs = [(one.text, two) for one, two in pairwise(lines) if not two.gap]
    full = [one for one, two in pairs if _continues(one, two, width)]
    return len(full) * 2 >= len(pairs) > 0 and sum(bool(_ENDS.search(one)) for one in full) * 2 <= len(full)


def _continues(text: str, following: Line, width: int) -> bool:
    """Whether `following` is the rest of the paragraph of `text`: its first word would have overrun the width."""
    if following.gap or _OPENS.match(following.text):
        return False
    room = width - len(text)
    return len(following.text.split(" ", 1)[0]) + 1 > room


def _goes_on(text: str, following: Line) -> bool:
    """Whether a sentence is left open and goes on in lower case: not everybody wraps at the last possible word."""
    return not following.gap and following.text[0].islower() and not _ENDS.search(text)


def with_bullet(text: str) -> str:
    """A list item begins with '• ' or, where its mark was a dash, with '– '; other text comes back as it is."""
    match = _BULLET.match(text)
    if match is None:
        return text
    return ("– " if match["mark"] in "-–—" else "• ") + text[match.end() :]


def is_sentence(text: str) -> bool:
    """Whether the line reads as running text and not as a heading, label or teaser."""
    words = len(text.split())
    stop = words >= _FEWEST_WORDS and re.search(r"[.][\"”’'»)\]]*$", text)
    return bool(stop) or (words >= 2 * _FEWEST_WORDS and bool(_ENDS.search(text))) or words > _MOST_LABEL_WORDS


def is_question(text: str) -> bool:
    """Whether the line is one short question or exclamation, as headlines are: 'Who mines the tin?'"""
    return len(text.split()) <= _MOST_QUESTION_WORDS and bool(re.fullmatch(r"(?!Q ?[:.])[^.]*[!?][\"”’')]*", text))
