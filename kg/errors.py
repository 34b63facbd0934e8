"""The exceptions of the package and every message code.

A code's hundreds say what is at fault: K1 an article, K2 a data file, K3 a query or a name asked for,
K4 an output, K5 the command line or configuration. A message says what was seen, what is allowed and what to do.
"""

from __future__ import annotations

from rapidfuzz import process


class KgError(Exception):
    """An error for the user: `code`, the place `where` it was seen, and one line of explanation."""

    exit_code = 2

    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(f"error {code} {where}: {message}")
        self.code = code
        self.where = where
        self.message = message


class InputError(KgError):
    """An article or folder of articles that cannot be read (K1)."""


class DataError(KgError):
    """A file of the ontology, its terms or its frames is wrong (K2)."""


class QueryError(KgError):
    """A query, parameter or name that is unknown or malformed (K3)."""


class OutputError(KgError):
    """A graph or page cannot be written, or is not there to be read (K4)."""


class UsageError(KgError):
    """The command line or the configuration is wrong (K5)."""


def nearest(word: str, allowed: list[str]) -> str:
    """' Did you mean X?' for the closest allowed word, or '' where none is close."""
    found = process.extractOne(word, allowed, score_cutoff=60)
    return f" Did you mean {found[0]}?" if found else ""
