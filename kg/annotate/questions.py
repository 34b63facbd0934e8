"""Short answers, completed by what their question leaves open: 'Who smelts it? Japan.', 'Where does it come from? Chile.'

Rules on characters alone. Comes in: a question and the first sentence after it. Goes out: the parts of the question that stand before and
after the answer in the statement that both make.
"""

from __future__ import annotations

import re

_MOST = 9  # words of an answer that is no sentence of its own
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall|I|we|it|they|he|she|you|"
    r"yes|no|not|none|nobody|nothing|never|both|neither|who|which|that|this|'s|’s)\b|n['’]t\b",
    re.IGNORECASE,
)
_WHAT = r"(?:who|what|(?:which|what) (?:[\w-]+ ){0,2}?[\w-]+)"
_AUX = r"(?:do|does|did|will|would|can|could)"
# the thing asked for acts: 'Which country mines most of it?'
_ACTING = re.compile(
    rf"(?:(?:and|so|but),? )?{_WHAT} (?P<rest>(?!{_AUX}\b|is\b|are\b|was\b|were\b|has\b|have\b)[^?]+)\?$", re.I
)
# it is acted on: 'What does Chile mine?', 'From whom do they buy it?'; names, a pronoun or 'the firm' are the subject
_ACTED_ON = re.compile(
    rf"(?i:(?:(?:and|so|but),? )?(?:(?P<by>from|for|to|with|in) )?(?:{_WHAT}|whom|(?P<where>where)) (?P<aux>{_AUX})) "
    r"(?P<subject>(?i:(?:the|your|its|their) [\w-]+|you|they|it|he|she|we)|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*) (?P<rest>[^?]+)\?$"
)
_SOURCE = re.compile(r"\b(?:get|buy|source|obtain|import|come|draw|procure|order)\b", re.IGNORECASE)
_LED = re.compile(r"(?:from|in|at|near|to|for|with|by|on)\b", re.IGNORECASE)

Part = tuple[int, int] | str  # characters of the question, or a word


def completion(question: str, answer: str) -> tuple[list[Part], list[Part]] | None:
    """The parts of the statement before the answer and behind it; None where the answer stands by itself."""
    if len(answer.split()) > _MOST or _VERBAL.search(answer) or answer.rstrip().endswith("?"):
        return None
    if match := _ACTED_ON.match(question):
        before: list[Part] = [match.span("subject"), match.span("aux"), match.span("rest")]
        return before + _preposition(match, answer), []
    if match := _ACTING.match(question):
        return [], [match.span("rest")]
    return None


def opens_with_preposition(answer: str) -> bool:
    """Whether an answer begins as a part of a sentence does: 'From Chile.'"""
    return _LED.match(answer) is not None


def _preposition(question: re.Match[str], answer: str) -> list[Part]:
    """What leads to the answer: 'from' for 'Where do they get it?', what stood before 'whom'."""
    if opens_with_preposition(answer):
        return []
    if question["where"]:
        return ["from" if _SOURCE.search(question["rest"]) else "in"]
    return [question["by"].lower()] if question["by"] else []
