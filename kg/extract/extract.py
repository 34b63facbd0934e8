"""One annotated document to one Extraction: claims, observations, open claims, and the entities they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.annotate.annotation import Annotated, Draft
from kg.annotate.english import English
from kg.extract.attribution import speakers_by_unit
from kg.extract.brackets import with_bracketed
from kg.extract.claims import claims
from kg.extract.figure_reader import read_observations
from kg.extract.frames import FrameSet
from kg.extract.heads import head_claims
from kg.extract.members import member_claims
from kg.extract.moods import with_moods
from kg.extract.observations import observations
from kg.extract.open_claims import open_claims
from kg.extract.outcomes import carried_out
from kg.extract.patterns import pattern_claims
from kg.extract.profiles import profile_claims
from kg.extract.reader import READ, read_claims
from kg.extract.row_claims import SectionReading
from kg.extract.sections import read_sections
from kg.extract.series import complete, repeats_stem
from kg.extract.sites import site_claims
from kg.extract.stakes import stake_claims, without_rivals
from kg.extract.states import acts_of_state
from kg.extract.things import Things, find_things
from kg.extract.times import with_times
from kg.extract.titles import title_claims
from kg.extract.topics import with_topics
from kg.extract.triggers import Context
from kg.learned.networks import Networks
from kg.records import Claim, Entity, Extraction, Mention, Observation, OpenClaim, Schema

NO_NETWORKS = Networks()


def extract(
    annotated: Annotated, frames: FrameSet, schema: Schema, english: English, networks: Networks = NO_NETWORKS
) -> Extraction:
    """Everything one document says, as plain values in the order of the text. `networks`: the trained readers, of which any may be missing."""
    tables = (frames, schema, english)
    speakers = speakers_by_unit(annotated, english)
    sections = read_sections(annotated)
    found, figures, opened = _by_rules(annotated, tables, speakers, sections)
    used = frozenset(sections.used)
    things = find_things(annotated, english, frames) if networks.relations or networks.topics else Things()
    if networks.relations is not None:
        read = read_claims(annotated, found, speakers, tables, things, (networks.relations, networks.sentences), used)
        rated = [claim for claim in read if claim.frame != READ]
        found = [*rated, *(claim for claim in acts_of_state(read, annotated) if claim.frame == READ)]
        found = [claim for claim in _best(found) if _fits(claim, annotated, schema)]
    if networks.figures is not None:
        figures = read_observations(annotated, (found, figures), speakers, (frames, english), networks.figures, used)
    if networks.moods is not None:
        found = with_moods(annotated, found, networks.moods)
    if networks.topics is not None:
        found = with_topics(annotated, found, things, networks.topics)
    if networks.times is not None:
        found = with_times(annotated, found, networks.times)
    found, figures = with_bracketed(carried_out(found), figures, annotated)
    return Extraction(
        document=annotated.document,
        entities=tuple(_entities(annotated.drafts.values())),
        mentions=tuple(_mentions(annotated)),
        claims=tuple(found),
        observations=tuple(_distinct(figures)),
        open_claims=tuple(opened),
        unresolved=dict(sorted(annotated.unresolved.items())),
    )


def _by_rules(
    annotated: Annotated,
    tables: tuple[FrameSet, Schema, English],
    speakers: Mapping[int, str | None],
    sections: SectionReading,
) -> tuple[list[Claim], list[Observation], list[OpenClaim]]:
    """What frames, titles, lists, tables and patterns find."""
    frames, schema, english = tables
    found: list[Claim] = [*sections.claims]
    figures: list[Observation] = [*sections.observations]
    opened: list[OpenClaim] = []
    for number, unit in enumerate(annotated.units):
        if unit.unit.sentence.index in sections.used:
            continue
        context = Context(annotated, unit, speakers[number], frames, schema, english)
        here = [*title_claims(context), *claims(context), *pattern_claims(context)]
        here = [claim for claim in here if not repeats_stem(unit, claim)]
        found += here
        figures += list(observations(context, here, figures))
        opened += open_claims(context, here)
    found, further = complete(annotated, found, sections.used)
    figures += further
    sheet, sums = profile_claims(annotated, sections.used)
    stakes, shares = stake_claims(annotated, sections.used)
    found, figures = without_rivals(found, figures, stakes)
    figures += [*sums, *shares]
    lists = [*member_claims(annotated, sections.used), *site_claims(annotated, sections.used)]
    found = [*found, *sheet, *stakes, *lists, *head_claims(annotated, found, schema)]
    return (
        [claim for claim in _best(acts_of_state(found, annotated)) if _fits(claim, annotated, schema)],
        figures,
        opened,
    )


def _fits(claim: Claim, annotated: Annotated, schema: Schema) -> bool:
    """Whether both ends of a claim are of the classes that its property allows; a type may be decided late."""
    subject, item = annotated.drafts[claim.subject].type, annotated.drafts[claim.object].type
    return schema.allows(claim.property, [subject], [item])


def _best(found: Iterable[Claim]) -> list[Claim]:
    """One claim per statement and sentence: the most confident; among equals the one that says most."""
    best: dict[tuple[str, str, str, int], Claim] = {}
    for claim in found:
        key = (claim.subject, claim.property, claim.object, claim.evidence.sentence.start)
        other = best.get(key)
        if other is None or _weight(claim) > _weight(other):
            best[key] = claim
    return list(best.values())


def _weight(claim: Claim) -> tuple[int, float, int]:
    extras = sum(value is not None for value in (claim.quantity, claim.time, claim.topic, claim.target, claim.said_by))
    return (claim.modality == "Negated", claim.confidence, extras)


def _distinct(figures: Iterable[Observation]) -> list[Observation]:
    seen: dict[tuple[object, ...], Observation] = {}
    for item in figures:
        key = (item.entity, item.measure, item.quantity.value, item.quantity.unit, item.evidence.sentence.start)
        if key not in seen or item.confidence > seen[key].confidence:
            seen[key] = item
    return list(seen.values())


def _entities(drafts: Iterable[Draft]) -> Iterator[Entity]:
    for draft in drafts:
        names = sorted(name for name in draft.names if name and name != draft.label)
        yield Entity(
            key=draft.key,
            type=draft.type,
            label=draft.label,
            alt_labels=tuple(names),
            same_as=draft.term.same_as if draft.term else (),
            term=draft.term.key if draft.term else None,
            named=draft.named,
            found_by=draft.how,
        )


def _mentions(annotated: Annotated) -> Iterator[Mention]:
    for unit in annotated.units:
        for ref in unit.refs:
            if ref.end > ref.start and not unit.is_repeated(unit.doc[ref.start]):
                for key in ref.keys:
                    yield Mention(unit.span(ref.start, ref.end), ref.type, key, ref.how)
