"""Calendar arithmetic for time expressions: a document's date and a phrase's parts in, ISO values out.

Every function answers with the pair (reading in the past, reading in the future), as `yyyy`, `yyyy-mm` or
`yyyy-mm-dd`; None where the document's date has too coarse a grain, or there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.annotate.wordlist import word_list

_MONTH_NAMES = ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"]
_MONTH_NAMES += ["september sept sep", "october oct", "november nov", "december dec"]
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in word_list(names)}
WEEKDAYS: dict[str, int] = {
    name: number for number, name in enumerate(word_list("monday tuesday wednesday thursday friday saturday sunday"))
}
Readings = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date of a document, to the grain that is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The full date, None where day or month is unknown."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def parse_anchor(published: str | None) -> Anchor | None:
    """The anchor for 'yyyy', 'yyyy-mm' or 'yyyy-mm-dd'; None for anything else."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", published or "")
    if not found or not 1000 <= int(found[1]) < 9990:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month and not 1 <= month <= 12:
        return Anchor(year)
    if month and day and not is_date(year, month, day):
        return Anchor(year, month)
    return Anchor(year, month, day)


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the three make a day of the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def month_value(year: int, month: int) -> str:
    """'yyyy-mm' for any month number, months outside 1 to 12 running into the neighbouring years."""
    return f"{year + (month - 1) // 12:04d}-{(month - 1) % 12 + 1:02d}"


def month_alone(anchor: Anchor | None, month: int, which: str = "") -> Readings | None:
    """A month without a year: "in October" is the last one, the present month included.

    `which` is '', 'last', 'this' or 'next'.
    """
    if anchor is None:
        return None
    now = anchor.month or 12
    if which == "this":
        return month_value(anchor.year, month), None
    last = anchor.year if month < now or (month == now and which != "last") else anchor.year - 1
    coming = anchor.year if month > now or (month == now and which != "next") else anchor.year + 1
    if which == "next":
        return month_value(coming, month), None
    return month_value(last, month), None if which == "last" else month_value(coming, month)


def day_of_month(anchor: Anchor | None, month: int, day: int, on: int | None = None) -> Readings | None:
    """A day without a year: the last such day up to the document's date, and the next from it on.

    Where the weekday `on` (0 for Monday) fits one of the two alone, that is the only reading.
    """
    if anchor is None:
        return None
    today = anchor.date or date(anchor.year, anchor.month or 12, 28)
    years = [year for year in range(today.year - 8, today.year + 9) if is_date(year, month, day)]
    days = [date(year, month, day) for year in years]
    if not days:
        return None
    past, future = (max(d for d in days if d <= today), min(d for d in days if d >= today))
    fitting = [d for d in (past, future) if d.weekday() == on]
    if len(fitting) == 1:
        return fitting[0].isoformat(), None
    return past.isoformat(), future.isoformat()


def weekday(anchor: Anchor | None, number: int, which: str = "") -> Readings | None:
    """The weekday nearest before (0 to 6 days) and after the document's date; `which` is '', 'last' or 'next'."""
    today = anchor.date if anchor else None
    if today is None:
        return None
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    if which == "next":
        return (today + timedelta(ahead or 7)).isoformat(), None
    if which == "last":
        return (today - timedelta(back or 7)).isoformat(), None
    return (today - timedelta(back)).isoformat(), (today + timedelta(ahead)).isoformat()


def shifted(anchor: Anchor | None, number: int, unit: str) -> str | None:
    """The moment `number` units from the document's date, to the unit's grain: a week counts as its month."""
    if anchor is None:
        return None
    if unit in {"year", "decade", "century"}:
        year = anchor.year + number * {"year": 1, "decade": 10, "century": 100}[unit]
        return f"{year:04d}" if 1 <= year <= 9999 else None
    if unit == "month":
        value = month_value(anchor.year, anchor.month + number) if anchor.month else None
        return value if value and re.match(r"\d{4}-", value) and not value.startswith("0000") else None
    today = anchor.date
    days = number * (7 if unit == "week" else 14 if unit == "fortnight" else 1)
    if today is None or not -300_000 < days < 300_000 or not 1 <= today.toordinal() + days <= date.max.toordinal():
        return None
    moved = today + timedelta(days)
    return moved.isoformat() if unit == "day" else month_value(moved.year, moved.month)


def weekend(anchor: Anchor | None, which: str = "") -> Readings | None:
    """The month of the last Saturday and of the next."""
    saturday = weekday(anchor, WEEKDAYS["saturday"], "next" if which == "next" else "")
    return (saturday[0][:7], saturday[1][:7] if saturday[1] else None) if saturday else None


def quarter(anchor: Anchor | None, last_month: int) -> Readings | None:
    """The years of the last and the next part of a year that ends with `last_month` (3 for the first quarter)."""
    if anchor is None:
        return None
    now = anchor.month or 12
    past = anchor.year if last_month <= now else anchor.year - 1
    return str(past), str(past + 1)
