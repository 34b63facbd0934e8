"""Normal forms of names and slugs for IRIs. Plain string functions: nothing here knows a document or a type."""

from __future__ import annotations

import re
import unicodedata

_ARTICLES = {"the", "a", "an"}
_DETERMINERS = _ARTICLES | {"its", "their", "his", "her", "our", "this", "that", "these", "those"}
# fmt: off
# Legal forms after a firm's name; "Indium Corporation" keeps its first word, a bare "AG" keeps all.
_LEGAL_FORMS = frozenset({
    "ltd", "limited", "inc", "incorporated", "plc", "corp", "corporation", "co", "company", "ag", "sa", "se",
    "gmbh", "llc", "lp", "nv", "bv", "oyj", "ab", "asa", "spa", "pty", "pte", "bhd", "tbk", "jsc", "pjsc",
    "ooo", "kk", "holdings", "holding",
})
_OFFICE_HEADS = frozenset({
    "administration", "agency", "assembly", "authority", "bureau", "cabinet", "commission", "committee",
    "congress", "council", "department", "directorate", "government", "inspectorate", "ministry", "office",
    "parliament", "secretariat", "senate", "service", "survey", "treasury", "bank",
})
_PORTFOLIOS = frozenset({
    "affairs", "and", "central", "commerce", "customs", "defence", "defense", "development", "economic", "economy",
    "energy", "environment", "export", "finance", "foreign", "for", "geological", "geology", "import",
    "industry", "information", "interior", "investment", "justice", "labour", "labor", "land", "mineral",
    "minerals", "mines", "mining", "national", "federal", "natural", "of", "petroleum", "planning", "resources",
    "science", "state", "tax", "technology", "the", "trade", "transport",
})
_SITE_HEADS = frozenset({
    "mine", "mines", "project", "deposit", "plant", "refinery", "smelter", "facility", "complex", "operation",
    "operations", "quarry", "pit", "port", "site",
})
# fmt: on
# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&]{1,7}")


def fold(text: str) -> str:
    """Lower case without accents, with punctuation as one space: 'S.A.' is 'sa', 'Pea-Ridge' 'pea ridge'."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’.]", "", letters)).split())


def without_article(text: str) -> str:
    """The name without its leading article; the article alone stays."""
    first, _, rest = text.partition(" ")
    return rest.strip() if rest.strip() and first.casefold() in _ARTICLES else text


def normal_form(name: str, *, firm: bool = False, kind: bool = False) -> str:
    """The form under which two spellings of one name are equal.

    Case, accents, punctuation and a leading article never count; legal forms ("Ltd", "AG") at the end do not count in
    the name of a `firm`, nor the plural in the name of a `kind` of thing ("wind turbines"). One word always stays.
    """
    words = fold(name).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    while firm and len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    if kind and words:
        words[-1] = _stem(words[-1])
    return " ".join(words)


def _stem(word: str) -> str:
    """What singular and plural share ("lens", "lenses": "len"); a key for comparing, not a word to show."""
    shorter = word
    if word.endswith("ies"):
        shorter = word[:-3] + "y"
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
        shorter = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us")):
        shorter = word[:-1]
    return word if shorter == word or len(shorter) < 3 else _stem(shorter)


def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens, for the end of an IRI; other letters are written as code points."""
    text = "".join(char if char.isascii() else f"u{ord(char):x}" for char in fold(name))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-") or "thing"


def site_name(name: str) -> str | None:
    """'Oak Hill' for 'Oak Hill mine', None for a name that does not end in the kind of site it is."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].casefold() in _SITE_HEADS else None


def is_abbreviation(name: str) -> bool:
    """Whether a name is written like 'DLA' or 'EXIM'."""
    return bool(_ABBREVIATION.fullmatch(name.replace(".", "")))


def is_name(text: str) -> bool:
    """Whether a surface form is a name rather than a description ('the miner', 'its parent', 'he')."""
    words = text.split()
    return bool(words) and words[0].casefold() not in _DETERMINERS and not words[0][0].islower()


def is_generic_body(name: str) -> bool:
    """Whether many states have a body of this name ('Ministry of Energy'): equal names then prove nothing."""
    words = fold(name).split()
    return any(word in _OFFICE_HEADS for word in words) and all(word in _OFFICE_HEADS | _PORTFOLIOS for word in words)
