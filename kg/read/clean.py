"""A page to the articles it holds: furniture, small print and repeats told apart from what was written to be read.

In: a `Page`. Out: an `Article` per article, whose text is paragraphs separated by a blank line, and findings.
Nothing is taken from outside the page, and no rule knows a particular publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.read import furniture
from kg.read.dateline import (
    Byline,
    FoundDate,
    SmallPrint,
    byline,
    dateline,
    find_date,
    is_house,
    name_line,
    person_name,
    small_print,
    surname_in_capitals,
)
from kg.read.headdate import head_date
from kg.read.lines import Line, is_question, is_sentence, paragraphs, with_bullet
from kg.read.pages import Page
from kg.read.text import normalise
from kg.records import Finding

_REPEAT_WORDS = 5  # shorter paragraphs ("A: Yes.", "Issues") may well stand twice
_TEASER_WORDS = 25
_HEADLINE_WORDS = 28
_REPORT = re.compile(
    r"policy (?:brief|paper)|fact ?sheet|(?:annual|quarterly|monthly|weekly|special|research|technical|final|interim) "
    r"(?:digest|report|review|bulletin|note|outlook)|(?:working|white|briefing|discussion|issue) paper|"
    r"^(?:report|digest|brief(?:ing)?)\b(?: no\b.*)?$|^report (?:of|by) the\b|commodity summar(?:y|ies)",
    re.IGNORECASE,
)
_INTERVIEWER = re.compile(
    r"(?:(?:talked|spoke|speaks|talks|was speaking) (?:to|with)|interview(?:ed)? by|interviewer:|questions:) "
    r"(?P<name>(?:[A-ZÀ-Þ][\w'’-]+ ?){2,4})"
)
_CREDITED = re.compile(
    r"(?:(?i:about the author):? (?P<name>(?:[A-ZÀ-Þ][\w.'’-]+ ){2,4})(?=is |was |works |writes )"
    r"|\(?[Rr]eporting by (?P<reporter>(?:[A-ZÀ-Þ][\w'’-]+ ?){2,4}))"
)
_QUESTION = re.compile(r"(?:Q|Question|\d+) ?[:.] ")


@dataclass(frozen=True, slots=True)
class Article:
    """The cleaned text of one article and what is known about it; `headline` is also the text's first paragraph."""

    text: str
    headline: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    kind: str = "NewsArticle"


def articles(page: Page) -> Iterator[Article | Finding]:
    """The articles of `page` in their order, or one finding (K112) where it holds none.

    A finding tells of a date that the page declares and that is none (K106), or that names no day (K110).
    """
    declared, findings = _declared(page)
    yield from findings
    lines = paragraphs(normalise(page.text), unwrap=page.unwrap)
    holder = next((name for line in lines if (name := furniture.copyright_holder(line.text))), None)
    found = False
    for part in [lines] if page.whole else _split(lines):
        article = _article(part, page, declared, holder)
        if article is None:
            continue
        found = True
        yield article[0]
        yield from _guessed(article[1], page.where)
    if not found:
        message = "no article text is left on this page without its menus and notices; give the text of an article"
        yield Finding("K112", "error", message, page.where)


def _declared(page: Page) -> tuple[SmallPrint, list[Finding]]:
    """What the file itself says about the article, and what is wrong with it."""
    published = find_date(page.published) if page.published else None
    findings: list[Finding] = []
    if page.published and published is None:
        message = f'the date "{page.published[:60]}" is none; allowed is yyyy-mm-dd. The article is kept without a date'
        findings.append(Finding("K106", "warning", normalise(message).replace("\n", " "), page.where))
    return SmallPrint(_clean(page.author), _clean(page.publisher), published), findings


def _clean(value: str | None) -> str | None:
    return " ".join(normalise(value).split()) or None if value else None


def _guessed(found: FoundDate | None, where: str) -> Iterator[Finding]:
    """What was added to an incomplete date."""
    if found is not None and not found.year_given:
        message = f"the dateline names no year; {found.iso} has the weekday that the text names, check it"
        yield Finding("K114", "info", message, where)
    if found is not None and not found.day_given:
        message = f"the page names only a month; the article is dated to its first day, {found.iso}"
        yield Finding("K110", "info", message, where)


def _split(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The articles of a page: a byline and a date after running text begin another one."""
    starts = [0]
    body_seen = False
    for at, line in enumerate(lines):
        if body_seen and _begins_article(lines, at):
            start = at - 1 if _is_headline(lines[at - 1].text) else at
            starts.append(start)
            body_seen = False
        elif is_sentence(line.text) and not is_question(line.text) and small_print(line.text) is None:
            body_seen = True
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _begins_article(lines: Sequence[Line], at: int) -> bool:
    """'By AFP' and a date line next to it, in either order or in one line."""
    first = small_print(lines[at].text)
    if first is None or byline(lines[at].text.split(" | ")[0]) is None:
        return False
    following = small_print(lines[at + 1].text) if at + 1 < len(lines) else None
    return first.published is not None or (following is not None and following.published is not None)


def _is_headline(text: str) -> bool:
    words = len(text.split())
    title = is_question(text) or not is_sentence(text)
    return 3 < words <= _HEADLINE_WORDS and title and not furniture.is_furniture(text)


def _article(
    lines: Sequence[Line], page: Page, declared: SmallPrint, holder: str | None
) -> tuple[Article, FoundDate | None] | None:
    """The article that `lines` hold and its date as found; None where they hold only furniture."""
    title = _clean(page.title)
    kept = list(_captions(_without_sections(lines)))
    body_at = next((at for at, line in enumerate(kept) if _is_body(line)), len(kept))
    second = next((at for at in range(body_at + 1, len(kept)) if _is_paragraph(kept[at])), len(kept))
    facts, head = _head(kept[: second if body_at < len(kept) else len(kept)], declared)
    rest = head + [line for line in kept[second:] if facts.author is None or name_line(line.text) != facts.author]
    if title is None and not page.whole:
        title, facts, rest = _headline(rest, facts, holder)
    facts, rest = _body_dateline(rest, facts)
    if not rest:
        return None
    body = list(_unique((with_bullet(line.text) for line in rest), title))
    facts = facts.filled(SmallPrint(_named_in_text([line.text for line in lines])))
    if facts.published is None or not facts.published.day_given:
        facts = SmallPrint(published=head_date([line.text for line in lines])).filled(facts)
    published = facts.published
    text = "\n\n".join([title, *body] if title else body)
    kind = "Report" if _is_report(page, lines) else "NewsArticle"
    iso = published.iso if published else None
    return Article(text, title, iso, facts.author, facts.publisher, _clean(page.url), kind), published


def _without_sections(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without furniture, lists of teasers and readers' comments, and without headings between dashes."""
    skipping = ""
    for at, line in enumerate(lines):
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        if skipping == "comments" and not furniture.ends_comments(line.text):
            continue
        if furniture.opens_comments(line.text):
            skipping = "comments"
        elif furniture.opens_teasers(line.text):
            skipping = "teasers"
        elif skipping == "teasers" and _is_teaser(line):
            continue
        else:
            skipping = ""
            if _is_kept(line.text, following):
                yield line


def _is_teaser(line: Line) -> bool:
    return len(line.text.split()) <= _TEASER_WORDS and not re.search(r"[.!?…][\"”’')]*$", line.text)


def _is_kept(text: str, following: str) -> bool:
    """Whether the line is no furniture; the head of a table ("Country | Output" above figures) is none."""
    if small_print(text) is not None:
        return True
    in_table = "|" in text and "|" in following and bool(re.search(r"\d", following))
    return in_table or not (
        furniture.is_cross_head(text) or (furniture.is_furniture(text) and not furniture.is_copyright(text))
    )


def _captions(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with captions reduced to their sentence and copyright lines gone.

    A caption as agencies send it ends in a dash and stands above a copyright line or a byline.
    """
    held = list(lines)
    for at, line in enumerate(held):
        following = held[at + 1].text if at + 1 < len(held) else ""
        if furniture.is_copyright(line.text):
            continue
        marked = furniture.caption(line.text)
        text = marked or furniture.without_credit(line.text)
        dashed = re.search(r" [-–—]$", text) and (furniture.is_copyright(following) or small_print(following))
        if dashed:
            text = text[:-2].rstrip()
        if text:
            yield Line(text, line.gap, caption=bool(marked or dashed))


def _is_body(line: Line) -> bool:
    """Whether the line belongs to the running text, below headline and small print."""
    if line.caption or is_question(line.text) or small_print(line.text) is not None:
        return False
    return is_sentence(line.text) or dateline(line.text) is not None or with_bullet(line.text) != line.text


def _is_paragraph(line: Line) -> bool:
    """Whether the line is running text and no item of the list that some agencies put above it."""
    return _is_body(line) and with_bullet(line.text) == line.text


def _head(lines: Sequence[Line], declared: SmallPrint) -> tuple[SmallPrint, list[Line]]:
    """The facts in the lines down to the second paragraph, and the lines that hold none."""
    facts = declared
    kept: list[Line] = []
    for at, line in enumerate(lines):
        if (found := small_print(line.text)) is not None:
            facts = facts.filled(found)
        elif surname_in_capitals(line.text) or _is_author(lines, at, kept):
            facts = facts.filled(SmallPrint(author=name_line(line.text)))
        else:
            kept.append(line)
    return facts, kept


def _is_author(lines: Sequence[Line], at: int, above: Sequence[Line]) -> bool:
    """A name alone, below a headline, next to a byline or a date."""
    if name_line(lines[at].text) is None or not any(len(line.text.split()) > 3 for line in above):
        return False
    beside = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    return any(small_print(line.text) is not None for line in beside)


def _headline(
    lines: Sequence[Line], facts: SmallPrint, holder: str | None
) -> tuple[str | None, SmallPrint, list[Line]]:
    """The headline, the facts with what the lines around it add, and the other lines.

    Above a headline may stand a label ('INTERVIEW') and the name of the paper; below it the author's name.
    """
    body_at = next((at for at, line in enumerate(lines) if _is_body(line)), len(lines))
    captions = [line for line in lines[:body_at] if line.caption]
    head = [line.text for line in lines[:body_at] if not line.caption]
    tight = {line.text for line in lines[:body_at] if not line.gap}
    if body_at == len(lines):
        return None, facts, list(lines)
    while head and furniture.is_kicker(head[0]):
        head.pop(0)
    if len(head) > 1 and (publisher := _masthead(head, holder, lines)):
        head.pop(0)
        facts = facts.filled(SmallPrint(publisher=publisher))
        while len(head) > 1 and furniture.is_kicker(head[0]):
            head.pop(0)
    title = head.pop(0) if head and len(head[0].split()) <= _HEADLINE_WORDS else None
    if head and title and head[0] in tight and (author := name_line(head[0])):
        head.pop(0)
        facts = facts.filled(SmallPrint(author=author))
    return title, facts, [*(Line(text, True) for text in head), *captions, *lines[body_at:]]


def _masthead(head: Sequence[str], holder: str | None, lines: Sequence[Line]) -> str | None:
    """The paper's name if the first line is one: the page's copyright says so, or its words and a headline below.

    In capitals it is spelled as the copyright line or the text spells it, else with capital initials.
    """
    first = head[0]
    if holder and holder.casefold() == first.casefold():
        return holder
    words = first.split()
    titled = all(word[0].isupper() or len(word) < 4 for word in words)
    longer = any(len(text.split()) >= 4 and not text.isupper() for text in head[1:3])
    again = re.search(re.escape(first), "\n".join(line.text for line in lines[1:]), re.IGNORECASE)
    spelled = again[0] if again and first.isupper() and not again[0].isupper() else None
    if not (titled and longer and 1 < len(words) <= 6) or re.search(r"\d", first):
        return None
    if spelled or not is_house(first):
        return spelled
    return _titled(words) if first.isupper() else first


def _titled(words: Iterable[str]) -> str:
    small = {"of", "the", "and", "for", "in", "on", "de", "du", "la"}
    titled = [word.lower() if word.lower() in small else word.capitalize() for word in words]
    return " ".join([titled[0].capitalize(), *titled[1:]])


def _body_dateline(lines: Sequence[Line], facts: SmallPrint) -> tuple[SmallPrint, list[Line]]:
    """The facts of the dateline before the first paragraphs, and the lines without it."""
    for at, line in enumerate(lines[:6]):
        if found := dateline(line.text, "\n".join(line.text for line in lines)):
            house = byline(f"by {found.agency}") if found.agency else None
            agency = (house or Byline()).publisher or found.agency
            facts = facts.filled(SmallPrint(publisher=agency, published=found.published))
            return facts, [*lines[:at], Line(line.text[found.length :], line.gap), *lines[at + 1 :]]
    return facts, list(lines)


def _unique(texts: Iterable[str], title: str | None) -> Iterator[str]:
    """The texts without those that repeat the title or an earlier paragraph in the same words."""
    seen = {_words(title)} if title else set()
    for text in texts:
        words = _words(text)
        if words in seen:
            continue
        if len(words) >= _REPEAT_WORDS:
            seen.add(words)
        yield text


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _named_in_text(texts: Sequence[str]) -> str | None:
    """The author whom the page's text names: the interviewer above questions, or a note or credit below."""
    names: list[str] = []
    if any(_QUESTION.match(text) for text in texts):
        names += [match["name"] for text in texts[:10] if (match := _INTERVIEWER.search(text))]
    names += [match["name"] or match["reporter"] for text in texts if (match := _CREDITED.match(text))]
    return next((person_name(name.strip()) for name in names if not is_house(name.strip())), None)


def _is_report(page: Page, lines: Sequence[Line]) -> bool:
    """Whether the page calls itself a report, brief or fact sheet near its top, outside of running text."""
    top = [line.text for line in lines[:6] if not is_sentence(line.text)]
    return any(_REPORT.search(text) for text in [*top, page.genre or ""])
