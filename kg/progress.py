"""Progress and messages for the person at the terminal, on standard error only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def message(text: str) -> None:
    """One line on standard error, without control characters: names in it come from articles."""
    from kg.explore.tables import one_line

    print(one_line(text), file=sys.stderr)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to call with the number of items done so far and of all items.

    A bar is drawn on a terminal only; elsewhere the calls do nothing, so that logs stay readable.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
