"""In whose voice a text speaks, by its layout: transcripts with labels, interviews without, dialogues, speeches.

Comes in: annotated units in order, the entities of the document. Goes out: for each sentence that a named person speaks
outside quotation marks the key of that person. What an interviewer without a name asks is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.annotate.annotation import AnnotatedUnit, Draft, Ref
from kg.annotate.leads import LABEL_TITLES
from kg.annotate.leanings import PEOPLE

_I = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e)\b(?!\.)")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_ASKS = re.compile(r"\?[\"”’')\]]*$")
_PROMPTS = re.compile(r"(?:You|Your|You[’'](?:ve|re|d)|Let us|Let[’']s|Tell (?:me|us)|Last question|Finally)\b")
_DIALOGUE = re.compile(r"[—–]\s")
_SPEECH = re.compile(
    r"\b(?:keynote|speech|remarks|address|statement|lecture|testimony|intervention|eulogy)\b[^.:]{0,60}?\b(?:by|of|from)\b"
    r"|\b(?:delivered|given|spoken) by\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"\b(?:Excellenc(?:y|ies)|[Ll]adies and [Gg]entlemen|[Dd]istinguished|(?:Mr|Madam|Mme|Mister)\.? (?:Speaker|President|Chair))\b"
)
_NOTE = re.compile(
    r"(?:[(\[*]\s*)?(?:The|This) (?:interview|conversation|transcript)\b|(?:Interview|As told) (?:by|to)\b", re.I
)
_LONGEST_PROMPT = 40  # words
_FEWEST_PROMPTS = 3
_OPENING = 4  # paragraphs in which a speech is announced


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    kind: str
    units: tuple[AnnotatedUnit, ...]

    @property
    def sentences(self) -> list[int]:
        return sorted({unit.unit.sentence.index for unit in self.units})

    def people(self) -> list[Ref]:
        return [r for unit in self.units for r in unit.refs if r.type in PEOPLE and r.how != "coreference"]


def voices(units: Sequence[AnnotatedUnit], drafts: Mapping[str, Draft]) -> dict[int, str]:
    """The speaker of each sentence (by index) of a transcript, an interview or a speech; {} for other texts."""
    parts = _paragraphs(units)
    if any(part.units[0].unit.sentence.label[1] for part in parts):
        return _labelled(parts, drafts)
    return _dialogue(parts) or _interview(parts) or _speech(parts)


def _paragraphs(units: Sequence[AnnotatedUnit]) -> list[_Paragraph]:
    grouped: dict[int, list[AnnotatedUnit]] = {}
    for unit in units:
        grouped.setdefault(unit.unit.sentence.paragraph, []).append(unit)
    found = []
    for group in grouped.values():
        texts = {unit.unit.sentence.index: unit.unit.sentence.text for unit in group}
        found.append(_Paragraph(" ".join(texts.values()), group[0].unit.sentence.kind, tuple(group)))
    return found


def _labelled(parts: Sequence[_Paragraph], drafts: Mapping[str, Draft]) -> dict[int, str]:
    """Turns under labels: each goes on to the next label or heading."""
    found: dict[int, str] = {}
    speaker: str | None = None
    for part in parts:
        sentence = part.units[0].unit.sentence
        if sentence.label[1]:
            speaker = speaker_of_label(sentence.text[: sentence.label[0]], drafts) or _in_label(part)
        elif part.kind in ("heading", "headline"):
            speaker = None
        if speaker is not None:
            found.update(dict.fromkeys(part.sentences, speaker))
    return found


def _in_label(part: _Paragraph) -> str | None:
    refs = [ref for unit in part.units if unit.unit.aside == "label" for ref in unit.refs]
    return next((ref.keys[0] for ref in refs if ref.type in PEOPLE), None)


def speaker_of_label(label: str, drafts: Mapping[str, Draft]) -> str | None:
    """The one person of the document whom a label names: 'SHRI REDDY', 'The Minister (Ana Lee)', 'Yoo', 'A.L.'."""
    bracket = re.search(r"\(([^()]*)\)\s*$", label)
    for text in (bracket[1], label[: bracket.start()]) if bracket else (label,):
        words = [word for word in _words(text) if word not in LABEL_TITLES]
        named = [draft for draft in drafts.values() if _names(words, draft)]
        people = [draft.key for draft in named if draft.type in PEOPLE]
        # a name that nothing but its label explains may have been taken for that of a body
        fitting = people or [draft.key for draft in named if draft.named and draft.term is None]
        if len(fitting) == 1 or (not people and fitting):
            return fitting[0]
        initials = re.sub(r"[^A-Z]", "", text)
        if len(words) == 1 and 2 <= len(initials) <= 3 and initials.lower() == words[0].replace(".", ""):
            called = [key for key, draft in drafts.items() if draft.type in PEOPLE and _initials(draft) == initials]
            if len(called) == 1:
                return called[0]
    return None


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [word.strip(".,").lower() for word in re.split(r"[\s*]+", plain) if word.strip(".,*")]


def _names(words: list[str], draft: Draft) -> bool:
    """Whether every word is one of a person's names, the first or the last of them among the words."""
    for name in (draft.label, *draft.names):
        parts = [word for word in _words(name) if word not in LABEL_TITLES]
        if words and parts and set(words) <= set(parts) and {parts[0], parts[-1]} & set(words):
            return True
    return False


def _initials(draft: Draft) -> str:
    return "".join(word[0] for word in draft.label.replace("-", " ").split()).upper()


def _dialogue(parts: Sequence[_Paragraph]) -> dict[int, str]:
    """Turns that begin with a dash, the interviewer first."""
    turns = [number for number, part in enumerate(parts) if _DIALOGUE.match(part.text)]
    if len(turns) < 2 * _FEWEST_PROMPTS or not turns[0]:
        return {}
    return _answered(parts, turns[0], turns)


def _interview(parts: Sequence[_Paragraph]) -> dict[int, str]:
    """Questions as paragraphs of their own, between them the words of the person whom the opening names."""
    asked = [number for number, part in enumerate(parts) if _is_question(part) and number]
    asked = [number for number in asked if number + 1 < len(parts) and number + 1 not in asked]
    if len(asked) < _FEWEST_PROMPTS:
        return {}
    begin = asked[0]
    if begin > 2 and _is_prompt(parts[begin - 2]) and not parts[begin - 1].people():
        begin -= 2
    return _answered(parts, begin, list(range(begin, len(parts))))


def _answered(parts: Sequence[_Paragraph], begin: int, turns: list[int]) -> dict[int, str]:
    """Every second turn where the questions stand at every second place, else all that is no question."""
    speaker = next((ref.keys[0] for part in parts[:begin] for ref in part.people()), None)
    asked = [place for place, number in enumerate(turns) if _is_question(parts[number])]
    regular = sum(place % 2 == 0 for place in asked) >= 0.85 * len(asked)
    answers = [
        number
        for place, number in enumerate(turns)
        if (place % 2 if regular else not _is_prompt(parts[number])) and not _NOTE.match(parts[number].text)
    ]
    if speaker is None or not _speaks_of_self([parts[number] for number in answers]):
        return {}
    return {index: speaker for number in answers for index in parts[number].sentences}


def _is_question(part: _Paragraph) -> bool:
    return bool(_ASKS.search(part.text)) and len(part.text.split()) <= _LONGEST_PROMPT


def _is_prompt(part: _Paragraph) -> bool:
    return _is_question(part) or (bool(_PROMPTS.match(part.text)) and len(part.text.split()) <= _LONGEST_PROMPT // 2)


def _speaks_of_self(parts: Sequence[_Paragraph]) -> bool:
    """Whether a good part of the paragraphs says 'I' or 'we' outside quotation marks: answers of a FAQ do not."""
    first = sum(bool(_I.search(_QUOTED.sub(" ", part.text))) for part in parts)
    return first >= 2 and first * 4 >= len(parts)


def _speech(parts: Sequence[_Paragraph]) -> dict[int, str]:
    """All that follows the announcement 'Keynote by …' in the first person."""
    for number, part in enumerate(parts[:_OPENING]):
        people = part.people()
        rest = parts[number + 1 :]
        if people and _SPEECH.search(part.text) and _is_delivered(rest):
            return {index: people[0].keys[0] for later in rest for index in later.sentences}
    return {}


def _is_delivered(rest: Sequence[_Paragraph]) -> bool:
    return bool(rest) and _speaks_of_self(rest) and any(_SALUTATION.search(part.text) for part in rest)
