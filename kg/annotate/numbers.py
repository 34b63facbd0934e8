"""Numbers as English prose writes them: text in, figures with their values out.

A figure is digits ("1,700", "1.24 billion", "553m") or number words ("two dozen",
"a hundred thousand"), with a currency sign before it where there is one. Knows no units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.units import CURRENCY_PREFIXES
from kg.annotate.wordlist import word_list

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: dict[str, float] = {
    **{word: index for index, word in enumerate(word_list(f"{_ONES} eighteen nineteen"), 1)},
    **{word: 10 * index for index, word in enumerate(word_list(_TENS), 2)},
    "a": 1,
    "an": 1,
}
_SCALES: dict[str, float] = {
    "dozen": 12,
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "crore": 1e7,
    "million": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "trn": 1e12,
    "tn": 1e12,
}
# One letter is a scale only beside a currency ("$553m"); "500 m" may be metres.
_MONEY_SCALES: dict[str, float] = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}

_GAP = r"[ \u00a0\u2009\u202f]"
_SMALL = "(?:" + "|".join(sorted((w for w in _VALUES if w not in {"a", "an"}), key=len, reverse=True)) + ")"
_SMALL = rf"(?:(?:{'|'.join(_TENS.split())})-{_SMALL}|{_SMALL})"
_BIG = "(?:hundred|thousand|million|billion|trillion|dozen)"
_PREFIX = "|".join(re.escape(sign) for sign in sorted(CURRENCY_PREFIXES, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?![\d,.]*\d)|\d+(?:\.\d+)?"

# The guards keep "F-35", "COP28", "24/7", "10:30", "v1.2.3" and "#7" from being figures.
_FIGURE = re.compile(
    rf"(?<![\w.,/:#])(?:(?P<sign>{_PREFIX})[ \u00a0]?|(?<![A-Za-z][-‑]))"
    rf"(?P<digits>{_DIGITS})(?P<half>½| and a half)?(?![,.:/]?\d)(?!/\d)"
    rf"(?:(?:{_GAP}|-)?(?P<scale>(?i:{'|'.join(sorted(_SCALES, key=len, reverse=True))}))(?![A-Za-z]))?"
)
_WORDS = re.compile(
    rf"(?<![\w])(?<![A-Za-z][-‑])(?:(?P<halved>half[ -](?:an? )?){_BIG}"
    rf"|(?:{_SMALL}|\ban?)(?: and a half)?(?:[ -]{_BIG}(?:(?: and)? {_SMALL}(?= {_BIG}))?(?: and {_SMALL})?)+"
    rf"|{_SMALL}(?: and a half)?)(?![A-Za-z])",
    re.IGNORECASE,
)
_MONEY_SCALE = re.compile(r"[ \u00a0]?([kKmMbBT])(?![A-Za-z])")
_MOST_DIGITS = 20  # longer ones are identifiers, and overflow
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at characters `start` to `end`; its value is `raw * scale`. `currency` is a QUDT unit or ''.

    `digits` is the digit string as written, '' for number words.
    """

    start: int
    end: int
    raw: float
    scale: float
    digits: str = ""
    currency: str = ""

    @property
    def looks_like_year(self) -> bool:
        """Whether it is written as years are: four digits, 1800 to 2100."""
        return len(self.digits) == 4 and self.scale == 1 and not self.currency and 1800 <= self.raw <= 2100


def _digit_figure(text: str, found: re.Match[str]) -> Figure | None:
    digits, sign, end = found["digits"], found["sign"], found.end()
    if _ORDINAL.match(text, end) or not digits[0].isascii() or len(digits) > _MOST_DIGITS:
        return None
    raw = float(re.sub(r"[,\s\u00a0\u2009\u202f]", "", digits)) + (0.5 if found["half"] else 0)
    scale = _SCALES[found["scale"].lower()] if found["scale"] else 1.0
    letter = _MONEY_SCALE.match(text, end) if sign and not found["scale"] else None
    if letter:
        scale, end = _MONEY_SCALES[letter[1].lower()], letter.end()
    return Figure(found.start(), end, raw, scale, digits, CURRENCY_PREFIXES[sign] if sign else "")


def _word_figure(found: re.Match[str]) -> Figure:
    """The value of number words: "two hundred and fifty thousand" is (2 x 100 + 50) x 1000."""
    half, total, current = bool(found["halved"]), 0.0, 0.0
    words = re.split(r"[ -]", found[0].lower())
    for index, word in enumerate(words):
        if word == "half":
            current += 0.5
        elif word in _SCALES:
            current = max(current, 0.5 if half else 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word in _VALUES and not (word in {"a", "an"} and "half" in words[index - 1 : index + 2]):
            current += _VALUES[word]
    return Figure(found.start(), found.end(), total + current, 1.0)


def find_figures(text: str) -> list[Figure]:
    """Every number of the text, by position; ordinals, codes and clock times are none."""

    def figures() -> Iterator[Figure]:
        for found in _FIGURE.finditer(text):
            if figure := _digit_figure(text, found):
                yield figure
        for found in _WORDS.finditer(text):
            yield _word_figure(found)

    return sorted(figures(), key=lambda figure: (figure.start, figure.end))
