"""The network page in a real browser: it draws, finds, shows sentences, filters, asks for nothing and runs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from view_samples import FIRST, HOSTILE_LABELS, SECOND, crowd, hostile, lithium_note, lithium_wire, write_folder

from kg.explore.view import ViewOptions, write_view
from kg.records import Extraction

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and "CI" not in os.environ,
    reason="Chromium is not installed (Debian: apt-get install chromium); with CI set these tests must run",
)


@dataclass
class Opened:
    """An open page and all that happened on it."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def dismiss(self, dialog: Any) -> None:
        """Notes a dialog that the page opens, and closes it."""
        self.troubles.append(dialog.message)
        dialog.dismiss()

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a JavaScript expression or function."""
        return self.page.evaluate(script, *arguments)

    def wait(self, script: str) -> None:
        """Until an expression of the page is true; Playwright's own wait needs `eval`, which the policy forbids."""
        for _ in range(600):
            if self.run(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}")

    def panel(self) -> str:
        """What the panel says."""
        return str(self.page.inner_text("#kg-panel"))

    def node(self, label: str) -> int:
        """The number of the thing with this label."""
        return int(self.run("label => kg.data.nodes.findIndex(node => node.label === label)", label))

    def click_node(self, label: str) -> None:
        """A real click of the mouse where the thing is drawn."""
        self.page.mouse.click(
            *self.run(f"() => {{ const at = kg.network.getPosition({self.node(label)}); {_ON_SCREEN} }}")
        )

    def click_edge(self, subject: str, value: str) -> None:
        """A real click of the mouse halfway between two things, which one straight line joins."""
        ends = f"[kg.network.getPosition({self.node(subject)}), kg.network.getPosition({self.node(value)})]"
        middle = f"const [a, b] = {ends}; const at = {{x: (a.x + b.x) / 2, y: (a.y + b.y) / 2}};"
        self.page.mouse.click(*self.run(f"() => {{ {middle} {_ON_SCREEN} }}"))

    def shown(self) -> list[str]:
        """The properties of the edges that are not hidden, by the drawing's own account."""
        return list(
            self.run("edges.get().filter(edge => !edge.hidden).map(edge => kg.data.edges[edge.id].property).sort()")
        )


_ON_SCREEN = """
const dom = kg.network.canvasToDOM(at);
const corner = document.getElementById('mynetwork').getBoundingClientRect();
return [corner.x + dom.x, corner.y + dom.y];
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Builds a graph and writes its page; the same one only once."""
    written: dict[str, Path] = {}

    def page(extractions: tuple[Extraction, ...], **options: Any) -> Path:
        key = repr((extractions[0].document.id, len(extractions[0].claims), options))
        if key not in written:
            folder = tmp_path_factory.mktemp("view")
            graph = write_folder(extractions, folder / "graph")
            written[key] = write_view(graph, folder / "page.html", ViewOptions(**options)).out
        return written[key]

    return page


@pytest.fixture
def show(browser: Any, write: Callable[..., Path]) -> Iterator[Open]:
    """Writes the page of a graph and opens it without a network."""
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 800})

    def opened(*extractions: Extraction, **options: Any) -> Opened:
        out = write(extractions or (lithium_wire(), lithium_note()), **options)
        found = Opened(context.new_page(), out.as_uri())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("pageerror", lambda error: found.troubles.append(str(error)))
        found.page.on("console", lambda message: found.troubles.append(message.text))
        found.page.on("dialog", found.dismiss)
        found.page.goto(out.as_uri())
        found.wait("window.kg !== undefined && kg.firstDraw !== null")
        return found

    yield opened
    context.close()


def painted(opened: Opened) -> int:
    """How many pixels of the drawing are neither clear nor of the ground's colour."""
    return int(
        opened.run(
            """() => {
                const canvas = document.querySelector('#mynetwork canvas');
                const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                let count = 0;
                for (let at = 0; at < pixels.length; at += 4) {
                  if (pixels[at + 3] > 0 && pixels[at] + pixels[at + 1] + pixels[at + 2] < 700) count += 1;
                }
                return count;
            }"""
        )
    )


def test_page_draws_and_asks_for_nothing_but_itself(show: Open) -> None:
    opened = show()
    assert painted(opened) > 1000
    opened.click_node("Chile")
    assert opened.requests == [opened.address]
    assert opened.troubles == []


def test_nothing_can_be_fetched_from_the_page(show: Open) -> None:
    opened = show()
    refused = opened.run("fetch('https://example.org/').then(() => 'sent', error => 'refused')")
    assert refused == "refused"
    assert any("Content Security Policy" in trouble for trouble in opened.troubles)
    assert opened.requests == [opened.address]


def test_search_finds_a_thing_by_another_name_and_selects_it(show: Open) -> None:
    opened = show()
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("santi")
    assert opened.page.inner_text("#kg-found li").split("\n")[0] == "Chile"
    opened.page.keyboard.press("Enter")
    assert opened.run("kg.network.getSelectedNodes()") == [opened.node("Chile")]
    assert "2 statements in 2 articles" in opened.panel()
    opened.wait(
        f"(() => {{ const at = kg.network.getPosition({opened.node('Chile')}), view = kg.network.getViewPosition();"
        " return Math.hypot(at.x - view.x, at.y - view.y) < 5; })()"
    )


def test_search_for_nothing_known_says_so(show: Open) -> None:
    opened = show()
    opened.page.fill("#kg-search", "unobtainium")
    assert "Nothing here has this name" in opened.page.inner_text("#kg-found")


def test_click_on_a_thing_shows_its_sentences(show: Open) -> None:
    opened = show()
    opened.click_node("Chile")
    panel = opened.panel()
    assert FIRST in panel
    assert SECOND in panel
    for said in ("Lithium in motion", "Ore Daily", "2025-03-04", "said by Andina Litio", "planned", "49,000 tonnes"):
        assert said in panel
    assert "mined" in opened.page.locator("#kg-panel mark").all_inner_texts()


def test_click_on_an_edge_shows_the_sentence_that_says_so(show: Open) -> None:
    opened = show()
    opened.click_edge("lithium", "battery")
    assert opened.page.locator("#kg-panel mark").all_inner_texts() == ["used"]
    assert "which is used in every battery" in opened.panel()
    assert FIRST not in opened.panel()


def test_escape_lets_go_of_the_selection(show: Open) -> None:
    opened = show()
    opened.click_node("Japan")
    opened.page.keyboard.press("Escape")
    assert opened.run("kg.network.getSelectedNodes()") == []
    assert "Every line is a citation" in opened.panel()


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("modality", "Negated", ["exports", "mines", "usedIn"]),
        ("property", "mines", ["exports", "imports", "usedIn"]),
        ("type", "Product", ["exports", "imports", "mines"]),
        ("type", "ChemicalElement", []),
    ],
)
def test_filters_hide_edges(show: Open, name: str, value: str, left: list[str]) -> None:
    opened = show()
    opened.page.uncheck(f"[data-filter={name}][data-value={value}]")
    assert opened.shown() == left
    opened.page.click("#kg-reset")
    assert opened.shown() == ["exports", "imports", "mines", "usedIn"]


def test_filter_by_article_hides_its_sentences_too(show: Open) -> None:
    opened = show()
    wire = opened.run("kg.data.documents.findIndex(article => article.source_file === 'wire.txt')")
    opened.page.click("summary:has-text('Articles')")
    opened.page.uncheck(f"[data-filter=document][data-value='{wire}']")
    assert opened.shown() == ["mines"]
    opened.click_node("Chile")
    assert "in the north" in opened.panel()
    assert FIRST not in opened.panel()


def test_filters_that_leave_nothing_say_so(show: Open) -> None:
    opened = show()
    opened.page.locator(".group .both button", has_text="none").first.click()
    assert opened.page.inner_text("#kg-nothing p") == "No statement matches the filters."
    opened.page.click("#kg-nothing button")
    assert not opened.page.is_visible("#kg-nothing")


def test_page_of_an_empty_view_says_so(show: Open) -> None:
    opened = show(since="2030")
    assert "No statement of this graph" in opened.page.inner_text("#kg-nothing")
    assert opened.troubles == []


def test_focus_is_selected_when_the_page_opens(show: Open) -> None:
    opened = show(focus="Japan", depth=2)
    assert opened.run("kg.network.getSelectedNodes()") == [opened.node("Japan")]
    assert "will not import lithium" in opened.panel()


def test_hostile_article_runs_nothing_and_is_shown_as_it_is(show: Open) -> None:
    opened = show(hostile())
    for number in range(3):
        opened.run(f"kg.select('node', {number})")
        opened.page.hover("#mynetwork")
    for number in range(2):
        opened.run(f"kg.select('edge', {number})")
    opened.page.fill("#kg-search", "window")
    opened.page.click("summary:has-text('Articles')")
    opened.page.wait_for_timeout(100)  # a picture that fails to load would run its handler only now
    assert opened.run("typeof window.__pwned") == "undefined"
    assert opened.troubles == []
    assert opened.requests == [opened.address]
    assert (
        opened.page.locator("#kg-panel img, #kg-panel script, #kg-panel a, #kg-filters img, #kg-found img").count() == 0
    )
    for label in HOSTILE_LABELS[:3]:
        assert label in opened.panel()
    assert "{{7*7}}" in opened.panel()


def test_inline_handler_would_not_run_even_if_markup_got_in(show: Open) -> None:
    opened = show()
    opened.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__pwned=1\">')")
    opened.page.wait_for_timeout(100)
    assert opened.run("typeof window.__pwned") == "undefined"


def test_names_of_properties_are_drawn_only_where_they_can_be_read(show: Open) -> None:
    few = show()
    assert sorted(few.run("edges.get().map(edge => edge.label)")) == ["exports", "imports", "mines", "used in"]
    many = show(*crowd(120))
    assert many.run("kg.data.edges.length") > 100
    assert not any((label or "").strip() for label in many.run("edges.get().map(edge => edge.label)"))


def test_parallel_edges_are_kept_apart(show: Open) -> None:
    opened = show()
    bends = opened.run(
        "edges.get().filter(e => ['mines', 'exports'].includes(kg.data.edges[e.id].property)).map(e => e.smooth)"
    )
    assert sorted(bend["type"] for bend in bends) == ["curvedCCW", "curvedCW"]


def test_page_of_a_thousand_things_is_drawn(show: Open) -> None:
    opened = show(*crowd(1000))
    assert opened.run("kg.data.nodes.length") == 1000
    assert painted(opened) > 20_000
    assert opened.troubles == []
