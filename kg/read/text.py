"""Bytes to plain text: encodings, Unicode form, and the characters that no article needs.

What comes in is untrusted; what goes out is NFC text whose only control character is the line feed.
"""

from __future__ import annotations

import re
import unicodedata

from kg.records import Finding

_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MAX_CONTROL_SHARE = 0.05  # cp1252 decodes nearly any bytes; prose holds no control characters at all


def decode(content: bytes, where: str) -> tuple[str | None, Finding | None]:
    """The text of `content`, and what is worth saying about its encoding; text None if there is none.

    UTF-8 (with or without a byte-order mark) passes in silence, Windows-1252 with a warning (K105).
    """
    if not content.strip():
        return None, Finding("K102", "error", "the file is empty; an article needs text", where)
    if content.startswith(_UTF16_MARKS):
        return None, _encoding_error("UTF-16", where)
    if b"\0" in content:
        return None, _binary_error(where)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return _decode_windows(content, where)


def _decode_windows(content: bytes, where: str) -> tuple[str | None, Finding | None]:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None, _encoding_error("neither UTF-8 nor Windows-1252", where)
    control = sum(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in text)
    if control > _MAX_CONTROL_SHARE * len(text):
        return None, _binary_error(where)
    message = "the text is not UTF-8 and was read as Windows-1252; save it as UTF-8 if letters look wrong"
    return text, Finding("K105", "warning", message, where)


def _encoding_error(seen: str, where: str) -> Finding:
    return Finding("K104", "error", f"the encoding is {seen}; allowed is UTF-8. Save the file as UTF-8", where)


def _binary_error(where: str) -> Finding:
    message = "the file is binary, not text; give articles as text, Markdown, HTML or JSON Lines"
    return Finding("K103", "error", message, where)


def normalise(text: str) -> str:
    """`text` in NFC without control, format or surrogate characters; runs of spaces become one, lines are stripped.

    Line feeds stay as they are, so that paragraphs can still be told apart.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    text = "".join(character for character in text if character in "\n\t" or _is_text(character))
    # Dropping a format character can bring a letter and its accent together.
    text = unicodedata.normalize("NFC", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def without_tags(text: str) -> str:
    """`text` without anything shaped like an HTML tag, however it was nested or escaped; "< 5" stays."""
    # What one pass leaves of nested tags loses its opening sign: linear, however deep.
    return re.sub(r"<(?=[A-Za-z/!?])", "", _TAG.sub("", text))


def slug(text: str) -> str:
    """`text` as lower-case ASCII words joined by hyphens; '' where no letter or digit is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
