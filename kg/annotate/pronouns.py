"""Singular pronouns: he, she, it, its, itself. Each to one thing mentioned, or to none."""

from __future__ import annotations

from kg.annotate.annotation import Ref
from kg.annotate.discourse import UNNAMED, Memory, Place, Seen, newest, only
from kg.annotate.grammar import clause_subject, fronted_before, verb_above
from kg.annotate.leanings import MATERIALS, PEOPLE, THINGS, object_leaning, possessor_leaning, subject_leaning
from kg.annotate.wordlist import word_list

_REFLEXIVE = frozenset(["itself", "himself", "herself"])
MALE = frozenset(["he", "him", "his", "himself"])
FEMALE = frozenset(["she", "her", "hers", "herself"])
NEUTRAL = frozenset(["it", "its", "itself"])
_WOMEN = frozenset(
    word_list(
        "amanda madeleine ursula mette kaja claudia sarah christine jennifer kamala hillary angela annalena "
        "margrethe melissa nirmala gina janet katherine catherine chrystia elizabeth maria anna michelle "
        "julie susan laura linda naaja giorgia sanae karoline julia jane mary helen emma rachel lisa karen "
        "nancy lucia lucía lucy cristina ana victoria yulia svetlana olga natalia marina tess louise wendy "
        "mia eva ingrid astrid sophie marie charlotte alice clara nicole stephanie kristalina penny tanya "
        "robyn "
    )
)
_MEN = frozenset(
    word_list(
        "doug donald chris prabowo joko gary javier maros louis robert jonathan james john jakob trent "
        "gabriel emmanuel olaf friedrich keir rishi joe jd marco scott howard jamieson anthony mark justin "
        "narendra vladimir volodymyr felix jens múte greg elon tim tom thomas david michael daniel peter paul "
        "george william richard charles joseph steven stephen kevin brian jason ryan eric robin simon nick "
        "ivan robert andrew alexander albert carlos josé jose juan luis pedro miguel antonio francisco jean "
        "pierre henri hans karl stefan andreas ahmed mohammed muhammad ali hassan omar jeremy graham ken "
        "kenneth stéphane valdis tony duncan wang xi shigeru fumio hakan ulf lars petr viktor sergei "
    )
)


def singular(memory: Memory, place: Place) -> tuple[str, ...] | None:
    """What a singular pronoun stands for."""
    word = place.token.lower_
    person = word not in NEUTRAL
    own = place.token.dep_ == "poss" or word in _REFLEXIVE
    subject = place.token.dep_ in ("nsubj", "nsubjpass")
    if word in _REFLEXIVE:
        return _reflexive(memory, place)
    if person:
        return _person(memory, place)
    if own:
        kinds = possessor_leaning(place.token)
    else:
        kinds = subject_leaning(place.token, memory.english) if subject else THINGS
    pool = [c for c in memory.back(place, 1, (*kinds, UNNAMED)) if _is_single(c)]
    if not own and not subject:
        return _object(memory, place, pool)
    found = _subject_first(place, pool, kinds, own)
    ahead = _ahead(memory, place, kinds)
    if ahead is not None and found != ahead:
        # 'Although it …, Japan …': what stands ahead is meant, unless another was just spoken of
        return ahead if found is None or not _same_paragraph(memory, place) else None
    return found


def _is_single(seen: Seen) -> bool:
    return len(seen.keys) < 2 and not seen.joined and not (seen.plural and not seen.keys)


def _same_paragraph(memory: Memory, place: Place) -> bool:
    sentence = place.unit.unit.sentence
    return bool(memory.seen) and sentence.index > 0 and any(s.sentence == sentence.index - 1 for s in memory.seen)


def _subject_first(place: Place, pool: list[Seen], kinds: tuple[str, ...], own: bool) -> tuple[str, ...] | None:
    """The subject before it in its unit, else of the last unit that has one, else the only thing mentioned there."""
    same = [c for c in pool if c.unit == place.number]
    named = [c for c in same if c.keys]
    subject = next((c for c in named if c.subject), None)
    if subject is not None:
        return subject.keys
    if own and only(named):
        return only(named)
    earlier = [c for c in pool if c.unit < place.number]
    return _last_subject(earlier, kinds)


def _last_subject(earlier: list[Seen], kinds: tuple[str, ...]) -> tuple[str, ...] | None:
    last = newest(earlier)
    subjects = [c for c in last if c.subject]
    named = [c for c in subjects if c.keys]
    if subjects and not subjects[-1].keys and (kinds == THINGS or subjects[-1].human):
        # the last sentence was about a thing that has no name, and nothing tells that it is not meant
        return None
    if named:
        return named[-1].keys
    named = [c for c in last if c.keys]
    if only(named):
        return only(named)
    if not named:
        older = [c for c in earlier if c.keys and last and c.sentence == last[0].sentence]
        return (
            only(newest(older)) if older else only(newest([c for c in earlier if c.keys])) if kinds != THINGS else None
        )
    older = [c for c in earlier if c.sentence == last[0].sentence and c.subject and c.keys]
    return older[0].keys if older else None


def _ahead(memory: Memory, place: Place, kinds: tuple[str, ...]) -> tuple[str, ...] | None:
    """The subject of the main clause behind a clause that stands before it."""
    subject = fronted_before(place.token)
    ref = _ref_at(place, subject.i) if subject is not None else None
    if ref is None or ref.adjectival or len(ref.keys) != 1 or ref.how == "coreference":
        return None
    draft = memory.drafts[ref.keys[0]]
    return ref.keys if draft.type in kinds and draft.named else None


def _ref_at(place: Place, index: int) -> Ref | None:
    ref = place.unit.ref_at(index)
    return ref if ref is not None and ref.head == index else None


def _reflexive(memory: Memory, place: Place) -> tuple[str, ...] | None:
    subject = clause_subject(verb_above(place.token))
    ref = place.unit.ref_at(subject) if subject is not None else None
    if ref is None or ref.adjectival:
        return None
    person = memory.drafts[ref.keys[0]].type in PEOPLE
    return ref.keys if person == (place.token.lower_ != "itself") else None


def _object(memory: Memory, place: Place, pool: list[Seen]) -> tuple[str, ...] | None:
    """'uses most of it': a material where the verb asks for one; never the subject of its own clause."""
    wanted = object_leaning(place.token)
    subject = clause_subject(verb_above(place.token))
    ref = place.unit.ref_at(subject) if subject is not None else None
    banned = ref.keys if ref is not None else ()
    clause = subject.i if subject is not None else -1
    away = [c for c in pool if c.keys and c.keys != banned and not (c.unit == place.number and c.token == clause)]
    fitting = [c for c in away if c.type in wanted]
    last = newest(fitting)
    found = next((c for c in last if c.subject), None)
    if found is not None:
        return found.keys
    if wanted is MATERIALS and last:
        return last[-1].keys
    return only(last) if wanted is not THINGS else None


def _person(memory: Memory, place: Place) -> tuple[str, ...] | None:
    word = place.token.lower_
    pool = [
        c for c in memory.back(place, 2, (*PEOPLE, UNNAMED)) if len(c.keys) < 2 and (c.human or c.keys) and not c.plural
    ]
    pool = [c for c in pool if not c.keys or _may_be(memory, c.keys[0], word)]
    if place.token.dep_ in ("dobj", "pobj", "dative"):
        subject = clause_subject(verb_above(place.token))
        ref = place.unit.ref_at(subject) if subject is not None else None
        pool = [c for c in pool if ref is None or c.keys != ref.keys]
    same = [c for c in pool if c.unit == place.number]
    subject_before = next((c for c in same if c.subject), None)
    found = subject_before.keys if subject_before else _last_person([c for c in pool if c.unit < place.number])
    if not found and not subject_before and place.token.dep_ == "poss":
        found = only([c for c in same if c.keys])
    return found or _ahead(memory, place, PEOPLE)


def _last_person(earlier: list[Seen]) -> tuple[str, ...] | None:
    last = newest(earlier)
    subjects = [c for c in last if c.subject]
    return subjects[-1].keys if subjects else only(last)


def _may_be(memory: Memory, key: str, word: str) -> bool:
    """Whether a person may be 'he' or 'she' by the first name, where that tells."""
    names = [memory.drafts[key].label, *memory.drafts[key].names]
    first = {name.split()[0].casefold() for name in names if len(name.split()) > 1}
    titles = " ".join(names).casefold()
    if word in MALE:
        return not first & _WOMEN and "woman" not in titles
    return not first & _MEN
