"""The statistical pipeline: a spaCy model loaded once, with two measured faults cured.

Comes in: text of one parse unit. Goes out: a spaCy Doc. Knows nothing of minerals or claims.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from kg.errors import UsageError


@lru_cache(maxsize=2)
def load_model(name: str) -> Language:
    """The pipeline `name`: an installed package with its own loader, or anything `spacy.load` knows.

    Raises UsageError (K501) where it is not installed.
    """
    try:
        nlp = _load(name)
    except (ImportError, OSError) as reason:
        raise UsageError(
            "K501", "--model", f"the model {name!r} is not installed ({reason}). Install it or leave --model out."
        ) from None
    _cure_lemmatizer(nlp)
    _use_numpy(nlp)
    return nlp


def _load(name: str) -> Language:
    with warnings.catch_warnings():
        # W095: the packaged model was trained with spaCy 3.7.2; its annotations were compared and are the same
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        if name.isidentifier():
            try:
                package = importlib.import_module(name)
            except ImportError:
                return spacy.load(name)
            if hasattr(package, "load"):
                nlp: Language = package.load()
                return nlp
        return spacy.load(name)


def _cure_lemmatizer(nlp: Language) -> None:
    """spaCy 3.8 prefers the last suffix rule ('hopes' -> 'hop'); 3.7 and sense prefer the first."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    if isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == "rule":
        lemmatizer.lemmatize = lambda token: _rule_lemmas(lemmatizer, token)


def _rule_lemmas(lemmatizer: Lemmatizer, token: Token) -> list[str]:
    """The lemmas of a token by table, index and suffix rule, the first rule that gives a known word winning."""
    word, pos = token.text.lower(), token.pos_.lower()
    if pos in ("", "eol", "space"):
        return [word]
    if lemmatizer.is_base_form(token):
        return [word]
    tables = lemmatizer.lookups
    index = tables.get_table("lemma_index", {}).get(pos, {})
    exceptions = tables.get_table("lemma_exc", {}).get(pos, {})
    rules = tables.get_table("lemma_rules", {}).get(pos, [])
    if word in exceptions:
        return list(exceptions[word])
    if pos == "propn":
        return [token.text]
    forms = [word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old)]
    known = [form for form in forms if form and form in index]
    return known or [form for form in forms if form.isalpha()] or [word]


def _use_numpy(nlp: Language) -> None:
    """Matrix products through numpy: the packaged BLIS has only its generic kernel, and is a third slower."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Parse each text as exactly one sentence: the caller has split it, the parser may not split again."""
    docs = [nlp.make_doc(text) for text in texts]
    for doc in docs:
        for token in doc:
            token.is_sent_start = token.i == 0
    return iter(nlp.pipe(docs, batch_size=64))
