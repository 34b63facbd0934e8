"""The lines of a saved page that no author wrote: menus, share buttons, teasers, comments, cookie notices, credits.

Every rule looks at one line; what a heading does to the lines below it is decided by `clean`.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_SEPARATOR = re.compile(r"\s*[|·›»•]\s*|\s+[/>]\s+|\s{3,}")

_WORDS = re.compile(
    r"(?:☰ ?)?menu|search|home(?: ?page)?|sign ?(?:in|up)|log ?(?:in|out)|register|subscribe(?: now| today)?|"
    r"my account|(?:e-?)?newsletters?|share(?: (?:this|on|via|by)(?: .{1,25})?)?|print(?: this(?: page| article)?)?|"
    r"(?:share on )?(?:facebook|twitter|x|whatsapp|linkedin|telegram|e-?mail|reddit|pinterest|copy link|messenger)|"
    r"tweet|save(?: (?:article|for later))?|bookmark"
    r"|listen(?: to this article)?(?: \(?[\d:]+(?: min(?:utes?)?)?\)?)?|"
    r"\d+ min(?:ute)?s? (?:read|listen)|reading time:? .{1,15}|cookie (?:settings|policy|notice|preferences)|"
    r"accept(?: all)?(?: cookies)?|reject(?: all)?(?: cookies)?|manage (?:cookies|preferences|consent)|"
    r"privacy(?: (?:policy|notice|statement))?|terms(?: (?:of (?:use|service)|(?:and|&) conditions))?"
    r"|contact(?: us)?|"
    r"about(?: us)?|advertise(?: with us)?|careers|help|faqs?|imprint|sitemap|most (?:read|popular)"
    r"|trending(?: now)?|"
    r"skip to (?:main )?content|back to top|top|close|loading(?:\.{3}|…)?|previous|next|older posts?|newer posts?|"
    r"previous article|next article|load more(?: .{1,20})?|show more|view (?:all|more|comments)|comments? \(\d+\)|"
    r"advert(?:isement|isment)?s?|sponsored(?: content)?|promoted(?: content)?|reply|like|follow(?: us)?|"
    r"enlarge(?: image)?|click to enlarge|play video|watch(?: live| now)?|live|e-?paper|rss|edition|english|en|fr|es",
    _I,
)
_STARTS = re.compile(
    r"(?:advert(?:isement)?|sponsored|promoted)\b(?: ?[-–—:] ?.{0,60})?$"
    r"|(?:read|see|also|watch|listen)(?: (?:more|also|next|now|read|on|here))?: ?\S"
    r"|(?:also read|see also|read also|read next|more on this|related(?: (?:story|article|news|coverage"
    r"|reading))?) ?[:›»–-]"
    r"|(?:read|learn|find out|click|tap) (?:more|here|the full (?:story|article|report))\b.{0,60}$"
    r"|share (?:this|on|via)\b.{0,60}$|follow (?:us|me|our) (?:on|at|live)\b"
    r"|(?:sign up|subscribe|register)\b.{0,40}\b(?:newsletters?|inbox|e-?mail|updates|alerts|access"
    r"|reading|today|now)\b"
    r"|(?:get|receive) (?:the|our|all the) (?:latest|best|daily|top)\b.{0,60}\b(?:inbox|e-?mail|newsletter)"
    r"|(?:we|this (?:site|website|page)|our (?:site|website)|by continuing)\b.{0,60}\bcookies?\b"
    r"|all rights reserved"
    r"|(?:tags?|filed under|topics|categories|posted (?:in|by|at)|labels|keywords|in this (?:story|article)): ?\S"
    r"|(?:photo|picture|image|photograph|credit|video|illustration)s?(?: (?:credit|by"
    r"|courtesy(?: of)?))?: ?\S.{0,60}$"
    r"|no comments?\b:?$|(?:be the first to|post a|leave a|add a|write a) (?:comment|reply)\b.{0,40}$"
    r"|(?:you have|your) .{0,30}(?:free articles?|subscription)\b|(?:already a|become a) (?:subscriber|member)\b"
    r"|(?:download|get) (?:the|our) .{0,20}\bapp\b|\(?(?:additional )?(?:reporting|editing|writing) by .{2,120}$"
    r"|this (?:article|story) (?:was|has been) (?:originally |first )?published (?:on|in|by|at)\b"
    r"|(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?$|\(*[\w.+-]+@[\w.-]+\b[^.!?]{0,60}$"
    r"|powered by(?: \S+){1,3}(?<![.!?])$|swipe (?:left|right|up)|scroll down|your browser (?:does|is)\b"
    r"|please enable javascript",
    _I,
)
_TEASERS = re.compile(
    r"(?:related|related (?:articles?|stories|news|content|topics|posts|links|coverage|reading)|"
    r"read (?:more|next|also)|see also|more (?:from|on|in|stories|news|articles|top stories)\b.{0,30}|"
    r"you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"recommended(?: (?:for you|reading|stories))?|most (?:read|popular|viewed|shared|recent)|"
    r"trending(?: now| stories)?|popular(?: (?:posts|stories|now))?|editor['’]?s['’]? (?:picks?|choice)"
    r"|latest (?:news|stories|headlines|posts)|"
    r"top (?:stories|news|headlines)|don['’]t miss|in other news|what to read next|from our partners|"
    r"around the web|further headlines|keep reading|up next|in case you missed it|recent posts|archive) ?:?",
    _I,
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:reader |readers['’] )?(?:comments?|responses|replies)(?: \(\d+\)|: \d+)? ?:?|"
    r"\d+ thoughts? on .{1,120}|join the (?:conversation|discussion|debate)\b.{0,20}|have your say"
    r"|discussion \(\d+\)|what do you think\?",
    _I,
)
_SECTION = re.compile(
    r"(?:about the authors?|about (?:this|the) (?:report|study|data|series|institute|forum)|sources?"
    r"|references|notes?|"
    r"methodology|further reading|corrections?|editor['’]?s['’]? notes?|glossary|annex|appendix)\b ?:?.*",
    _I,
)
_CAPTION_MARK = re.compile(
    r"^(?:\[(?:file )?(?:photo|image|picture|video|caption|graphic)s?\]|(?:caption|file photo) ?:) ?", _I
)
_CREDIT_WORD = r"(?:photo(?:graph)?s?|pictures?|images?|credits?|foto)(?: credits?| by| courtesy(?: of)?)?"
_CREDIT = re.compile(
    rf"\s*(?:[(\[] ?{_CREDIT_WORD} ?[:/] ?[^)\]]{{2,60}}[)\]]|(?<=[.!?”\"]) {_CREDIT_WORD} ?: ?.{{2,60}}"
    r"|\((?:[\w ]+ )?(?:photo|images|file)(?:/[^)]{2,50})?\)|[|/] ?[\w ]+/(?:getty images|afp|reuters|ap)[\w /]*)$",
    _I,
)
_CROSS_HEAD = re.compile(r"[–—-]{1,2} ?(?P<words>[^–—\s-].{0,78}?) ?[–—-]{1,2}")
_KICKER = re.compile(
    r"(?:interview|opinion|analysis|exclusive|breaking(?: news)?|update ?\d*|explainers?|features?|column|"
    r"comment(?:ary)?|editorial|news|fact ?sheet|(?:press|media|news) (?:release|statement)"
    r"|for immediate release|factbox|insight|"
    r"transcript|in brief|live|special report|report|policy brief|research note|long read|world|business|markets?|"
    r"mining|economy|politics|energy|environment|technology|commodities|statement|q ?& ?a|letters?|perspective|"
    r"viewpoint|"
    r"(?-i:(?:[A-Z]+ )?(?:SUB)?COMMITTEE ON [A-Z ,&]{3,60})|"
    r"guest (?:post|column|essay)|backgrounder|briefing|video|photos?|podcast)\b ?:?",
    _I,
)


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page and not to an article on it."""
    fixed = _WORDS.fullmatch(line) or _STARTS.match(line) or is_copyright(line)
    return bool(fixed) or not re.search(r"\w", line) or _is_navigation(line) or _is_teaser_line(line)


def _is_navigation(line: str) -> bool:
    """'Home | News | Markets', 'Mining › Cobalt', 'Sign in Subscribe': short labels, no figures, no sentence.

    A line of a table ('Chile | 49,000 | 12') holds figures and stays.
    """
    labels = [label for label in _SEPARATOR.split(line) if label]
    if len(labels) > 1:
        buttons = sum(bool(_WORDS.fullmatch(label)) for label in labels)
        short = all(len(label.split()) <= 4 for label in labels) and not re.search(r"\d|[.!?]$", line)
        crumbs = re.search(r"[›»]| [>|] ", line) is not None
        return buttons * 2 > len(labels) or (short and (crumbs or buttons > 0))
    return _only_buttons(line.split())


def _only_buttons(words: list[str]) -> bool:
    """Whether the words are labels of buttons side by side: 'Sign in Subscribe', 'Facebook Twitter Email'."""
    if not words:
        return True
    if len(words) > 10:
        return False
    return any(
        _WORDS.fullmatch(" ".join(words[:size])) and _only_buttons(words[size:])
        for size in range(min(3, len(words)), 0, -1)
    )


def _is_teaser_line(line: str) -> bool:
    """'› Smelter reopens': an arrow and a headline."""
    return line[0] in "›»▸►→" and not re.search(r"[.!?]$", line)


def opens_teasers(line: str) -> bool:
    """Whether the line heads a list of links to other articles."""
    return bool(_TEASERS.fullmatch(line))


def opens_comments(line: str) -> bool:
    """Whether the line heads the comments of readers."""
    return bool(_COMMENTS.fullmatch(line))


def ends_comments(line: str) -> bool:
    """Whether the line heads a part of the article that may stand below the comments."""
    return bool(_SECTION.fullmatch(line))


def is_copyright(line: str) -> bool:
    """Whether the line claims a copyright."""
    return bool(re.match(r"(?i:copyright)(?:$|:|\W*(?:©|\d|[A-Z]))|©|\([cC]\) ?\d{4}", line))


def copyright_holder(line: str) -> str | None:
    """'© 2025 The Daily Miner. All rights reserved' names The Daily Miner; None where a photographer may be meant."""
    match = re.match(r"(?:copyright|©|\(c\))[ ©]*(?:19|20)\d\d(?:[–-]\d{2,4})? (?:by )?([^.|,]{2,60})", line, _I)
    return match[1].strip() if match else None


def caption(line: str) -> str | None:
    """The sentence of a caption that says itself to be one, without mark and credit; None for other lines."""
    marked = _CAPTION_MARK.sub("", line)
    text = without_credit(marked)
    return text if text and (marked != line) else None


def without_credit(line: str) -> str:
    """The line without the credit of a picture at its end: '… in June. Picture: KBM'."""
    return _CREDIT.sub("", line)


def is_cross_head(line: str) -> bool:
    """'– Smartphones –': a heading between dashes, as agencies set it."""
    match = _CROSS_HEAD.fullmatch(line)
    return match is not None and not re.search(r"[.!?]$", match["words"])


def is_kicker(line: str) -> bool:
    """Whether the line is a label above the headline ('INTERVIEW', 'Press release')."""
    return bool(_KICKER.fullmatch(line))
