"""What the reading stage makes of files, folders and standard input."""

from __future__ import annotations

import io
import json
import random
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import Page, read_documents
from kg.records import Document, Finding

DATA = Path(__file__).parent / "data" / "read"


def documents(*paths: Path | str) -> list[Document]:
    return [item for item in read_documents(paths) if isinstance(item, Document)]


def findings(*paths: Path | str) -> list[Finding]:
    return [item for item in read_documents(paths) if isinstance(item, Finding)]


def codes(*paths: Path | str) -> list[str]:
    return [finding.code for finding in findings(*paths)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_front_matter_becomes_metadata_and_marks_go() -> None:
    (document,) = documents(DATA / "note.md")
    assert document.headline == "Manganese, the quiet battery metal"
    assert (document.published, document.author) == ("2025-06-30", "project")
    assert (document.publisher, document.url) == ("Project notes", "https://example.org/manganese")
    assert document.kind == "NewsArticle"
    assert document.text.split("\n\n") == [
        "Manganese, the quiet battery metal",
        "South Africa mines more manganese than any other country, a yearbook says.",
        "Steel first",
        "Nine tenths of it harden steel.",
    ]


def test_genre_of_a_brief_makes_a_report(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "---\ntitle: Tin\ngenre: policy brief\n---\nTin is mined on Bangka.\n")
    assert [document.kind for document in documents(path)] == ["Report"]


def test_html_gives_article_and_metadata_without_tags_or_comments() -> None:
    (document,) = documents(DATA / "page.html")
    assert document.headline == "Finland opens a cobalt line"
    assert (document.author, document.publisher) == ("Kaisa Lehto", "Nordic Metals Daily")
    assert (document.published, document.url) == ("2025-02-11", "https://metals.example.org/finland-cobalt")
    assert document.text.startswith("Finland opens a cobalt line\n\nA line for cobalt sulphate was opened")
    assert "• A second line is to follow in 2027." in document.text or "– A second line" in document.text
    for absent in ("<", "first!", "Cookie", "Home", "By Kaisa"):
        assert absent not in document.text


def test_html_is_read_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert len(documents(DATA / "page.html")) == 1


def test_html_without_an_article_is_one_finding(tmp_path: Path) -> None:
    assert codes(write(tmp_path / "a.html", "<html><body><nav>Home</nav></body></html>")) == ["K108"]


def test_json_lines_give_documents_and_name_their_broken_lines() -> None:
    path = DATA / "feed.jsonl"
    first, second, third = documents(path)
    assert first.id == "feed-a1" and first.headline == "Norway licenses a graphite mine"
    assert first.text == "Norway licenses a graphite mine\n\nNorway has licensed a graphite mine on Senja."
    assert (first.published, first.publisher) == ("2025-01-20", "Fjord Wire")
    assert second.published is None and second.text == "Sweden delays its graphite plant."
    assert (third.id, third.published, third.author) == ("feed", "2025-03-02", "Ana Ruz")
    assert [(finding.code, finding.where.rsplit(":", 1)[1]) for finding in findings(path)] == [
        ("K106", "2"),
        ("K107", "3"),
        ("K107", "4"),
    ]


def test_a_date_that_is_none_is_named_with_the_allowed_form(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "---\ndate: 31 February 2025\n---\nTin is mined on Bangka today.\n")
    (finding,) = findings(path)
    assert (finding.code, finding.severity) == ("K106", "warning")
    assert "31 February 2025" in finding.message and "yyyy-mm-dd" in finding.message
    assert [document.published for document in documents(path)] == [None]


def test_a_month_without_day_dates_to_its_first_day_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "---\ndate: February 2025\n---\nTin is mined on Bangka today.\n")
    assert [document.published for document in documents(path)] == ["2025-02-01"]
    assert codes(path) == ["K110"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b" \n\n", "K102"),
        ("binary.txt", b"PK\x03\x04\0\0\0", "K103"),
        ("noise.txt", bytes(range(1, 32)) * 8 + b"\xff", "K103"),
        ("wide.txt", "Tin".encode("utf-16"), "K104"),
        ("odd.txt", b"caf\x81\xe9", "K104"),
        ("menu.txt", b"Home | News | Markets\nSign in Subscribe\n", "K112"),
        ("image.png", b"\x89PNG", "K109"),
    ],
)
def test_a_bad_file_is_one_finding_and_others_are_read(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    bad = write(tmp_path / name, content)
    good = write(tmp_path / "good.txt", "Tin is mined on Bangka in Indonesia.")
    items = list(read_documents([bad, good]))
    assert [item.code for item in items if isinstance(item, Finding)] == [code]
    assert [item.id for item in items if isinstance(item, Document)] == ["good"]


def test_a_missing_path_is_reported() -> None:
    (finding,) = findings("no/such/file.txt")
    assert (finding.code, finding.where) == ("K101", "no/such/file.txt")


def test_windows_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Niobium from Araxá is “strategic”, says Brasília.".encode("cp1252"))
    assert documents(path)[0].text == "Niobium from Araxá is “strategic”, says Brasília."
    assert [(finding.code, finding.severity) for finding in findings(path)] == [("K105", "warning")]


def test_byte_order_mark_and_invisible_characters_vanish(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "\ufeffTin\u200b is\u00a0 mined\u00ad on Bangka\x07 by cafe\u0301 owners.\r\n")
    assert documents(path)[0].text == "Tin is mined on Bangka by café owners."


def test_folders_are_read_deep_and_sorted_without_hidden_or_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.md", ".hidden.txt", ".git/x.txt", "pic.png", "gold.yaml", "UP.TXT"):
        write(tmp_path / name, f"Tin is mined on {name.upper()} in Indonesia.")
    assert [document.source_file for document in documents(tmp_path)] == ["UP.TXT", "c.md", "z.txt", "b.txt"]
    assert findings(tmp_path) == []


def test_a_folder_without_articles_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "gold.yaml", "id: x")
    assert codes(tmp_path) == ["K109"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Tin is mined on Bangka in Indonesia.")
    items = list(read_documents([path, tmp_path, str(path)]))
    assert len(items) == 1


def test_standard_input_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Tin is mined on Bangka.")))
    (document,) = documents("-")
    assert (document.id, document.source_file, document.text) == ("stdin", "stdin", "Tin is mined on Bangka.")


def test_ids_are_slugs_of_file_names(tmp_path: Path) -> None:
    path = write(tmp_path / "Mün­chen Überblick_2.txt", "Tin is mined on Bangka in Indonesia.")
    assert documents(path)[0].id == "munchen-uberblick-2"
    other = write(tmp_path / "錫.txt", "Tin is mined on Bangka in Indonesia.")
    assert documents(other)[0].id.startswith("document-")


def test_files_with_one_stem_get_ids_that_no_order_changes(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / name, f"Tin is mined by number {number} on the island.")
        for number, name in enumerate(["x/a.txt", "y/a.txt", "z/a.md", "b.txt", "a-2.txt"])
    ]
    paths.append(write(tmp_path / "x/b-2.txt", "Lead is mined in the valley below."))
    expected = {document.text: document.id for document in documents(*paths)}
    assert len(set(expected.values())) == len(paths)
    for seed in range(5):
        random.Random(seed).shuffle(paths)
        assert {document.text: document.id for document in documents(*paths)} == expected


def test_same_name_and_content_in_two_folders_is_read_once(tmp_path: Path) -> None:
    for folder in "xy":
        write(tmp_path / folder / "a.txt", "Tin is mined on Bangka in Indonesia.")
    assert len(documents(tmp_path)) == 1
    assert codes(tmp_path) == ["K111"]


def test_a_reader_can_be_added_by_a_table(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csvx", "tin;Bangka")
    table = {".csvx": lambda content, where: iter([Page(content.decode().replace(";", " is mined on ") + ".")])}
    (document,) = read_documents([path], readers=table)
    assert isinstance(document, Document) and document.text == "tin is mined on Bangka."


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl"]))
def test_no_bytes_make_a_reader_raise(tmp_path: Path, content: bytes, name: str) -> None:
    for item in read_documents([write(tmp_path / name, content)]):
        assert isinstance(item, Document | Finding)


LINES = """By AFP|February 4, 2026|PARIS, May 3 (AFP) - |Copyright X|COMMENTS (3)|RELATED|---|title: A|date: x|• |
– a –|Tin is mined here.|Q: Why?|<b>|[Photo] |© 2025 X|Tin -|Home|Ana LIMA|Photo: X|ſep 3, 2025| """
PIECES = st.sampled_from([*LINES.split("|"), "|", "", "\n\n", "\u200b", "e\u0301", "\ud800", "\x85"])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("\n".join)))
def test_texts_are_normalised_and_begin_with_their_headline(tmp_path: Path, text: str) -> None:
    for name in ("a.txt", "a.md", "a.jsonl"):
        content = json.dumps({"text": text, "title": text[:20]}) if name == "a.jsonl" else text
        for document in documents(write(tmp_path / name, content.encode("utf-8", "surrogatepass"))):
            paragraphs = document.text.split("\n\n")
            assert all(paragraphs) and all(text == " ".join(text.split()) for text in paragraphs)
            assert document.headline is None or paragraphs[0] == document.headline
