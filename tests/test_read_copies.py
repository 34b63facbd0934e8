"""When two documents count as one text."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import merge_copies
from kg.records import Document, Publication

VOCABULARY = """tin lead zinc ore mine port ship bank loan deal ban quota state firm plant shaft road rail
water coal price tax law"""
WORDS = VOCABULARY.split()


def prose(seed: int, length: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def article(
    identifier: str,
    text: str,
    *,
    publisher: str | None = None,
    published: str | None = None,
    headline: str | None = None,
) -> Document:
    return Document(identifier, text, f"{identifier}.txt", headline=headline, published=published, publisher=publisher)


def test_a_copy_with_a_few_other_words_becomes_a_publication() -> None:
    words = prose(1).split()
    copy = " ".join([*words[:50], "smelter", *words[51:], "today"])
    kept = merge_copies(
        [article("a", prose(1), publisher="AFP"), article("b", copy, publisher="The Star", published="2025-05-03")]
    )
    assert [document.id for document in kept] == ["b"]
    assert kept[0].copies == (Publication("a.txt", "AFP"),)


def test_the_longest_text_stays_and_ties_go_to_the_smallest_id() -> None:
    (kept,) = merge_copies([article("c", prose(1)), article("b", prose(1)), article("a", prose(1) + " more words")])
    assert kept.id == "a" and [copy.source_file for copy in kept.copies] == ["b.txt", "c.txt"]
    (kept,) = merge_copies([article("c", prose(1)), article("b", prose(1))])
    assert kept.id == "b"


def test_headlines_do_not_keep_copies_apart() -> None:
    one = article("a", f"Short head\n\n{prose(2, 30)}", headline="Short head")
    two = article("b", f"{prose(9, 12)}\n\n{prose(2, 30)}", headline=prose(9, 12))
    assert len(merge_copies([one, two])) == 1


def test_other_texts_stay_apart() -> None:
    assert len(merge_copies([article(str(seed), prose(seed)) for seed in range(20)])) == 20


def test_half_a_text_is_no_copy() -> None:
    assert len(merge_copies([article("a", prose(1)), article("b", " ".join(prose(1).split()[:60]))])) == 2


def test_reports_of_one_mould_with_other_figures_stay_apart() -> None:
    mould = prose(3) + " the price was {} dollars and {} tonnes were sold"
    assert len(merge_copies([article("a", mould.format(10, 20)), article("b", mould.format(11, 25))])) == 2


def test_known_publications_are_kept() -> None:
    earlier = Publication("z.txt", "ANSA")
    kept = merge_copies([replace(article("a", prose(1)), copies=(earlier,)), article("b", prose(1))])
    assert kept[0].copies == (Publication("b.txt"), earlier)


@settings(max_examples=40, deadline=None)
@given(
    seeds=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), max_size=12),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_documents_does_not_matter(seeds: list[tuple[int, int, bool]], order: random.Random) -> None:
    documents = [
        article(f"d{at}", prose(seed) + " extra" * more, published="2025-01-01" if dated else "2025-01-02")
        for at, (seed, more, dated) in enumerate(seeds)
    ]
    shuffled = list(documents)
    order.shuffle(shuffled)
    assert merge_copies(shuffled) == merge_copies(documents)
