"""Builds parsed sentences by hand, so that tests of grammar need no language model."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

_POS = {
    **dict.fromkeys(["NN", "NNS"], "NOUN"),
    **dict.fromkeys(["NNP", "NNPS"], "PROPN"),
    **dict.fromkeys(["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"], "VERB"),
    **dict.fromkeys(["IN", "RP"], "ADP"),
    **dict.fromkeys(["TO", "POS"], "PART"),
    **dict.fromkeys(["PRP", "PRP$", "WDT", "WP", "EX"], "PRON"),
    **dict.fromkeys([".", ",", "HYPH"], "PUNCT"),
    "MD": "AUX",
    "JJ": "ADJ",
    "RB": "ADV",
    "DT": "DET",
    "CC": "CCONJ",
    "CD": "NUM",
}


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    return spacy.blank("en").vocab


def parsed(text: str) -> Doc:
    """A sentence from rows of `word tag label head [lemma]`; heads count rows from 0, the root names itself.

    Tags are those of the Penn treebank; 'AUX:' before a tag makes an auxiliary of a verb. Without a lemma the word is
    taken in lower case. Blank lines are passed over.
    """
    rows = [line.split() for line in text.strip().splitlines() if line.strip()]
    tags = [row[1] for row in rows]
    return Doc(
        _vocab(),
        words=[row[0] for row in rows],
        tags=[tag.removeprefix("AUX:") for tag in tags],
        pos=["AUX" if tag.startswith("AUX:") else _POS[tag] for tag in tags],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in rows],
    )


def word(doc: Doc, text: str) -> Token:
    """The first token that is written so."""
    return next(token for token in doc if token.text == text)
