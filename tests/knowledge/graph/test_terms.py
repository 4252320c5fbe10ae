"""Words as evidence."""

from __future__ import annotations

from knowledge.graph.terms import shared_terms, top_of_row, weigh_terms
from knowledge.graph.wording import Wording

PLAIN = Wording()


def test_words_that_say_nothing_are_left_out() -> None:
    assert [term for term, _ in PLAIN.find("You can use the Encryption context only")] == [
        "encryption", "context",
    ]  # fmt: skip


def test_scripts_without_spaces_are_read_by_twos() -> None:
    assert [term for term, _ in PLAIN.find("网络基础")] == ["网络", "络基", "基础"]


def test_rare_words_weigh_more_than_common_ones() -> None:
    texts = ["alpha common", "alpha common", "common beta", "common beta", "rare", "rare common"]
    uses = ((i, i, text, 1.0) for i, text in enumerate(texts))
    words = weigh_terms(6, uses, PLAIN)
    assert "common" not in words.terms
    assert shared_terms(words, 0, 1) == (["alpha"], 1)
    assert shared_terms(words, 0, 2) == ([], -1)


def test_the_best_of_a_row_come_in_order_ties_by_place() -> None:
    assert top_of_row([0.0, 2.0, 1.0, 2.0, -1.0], 3) == [1, 3, 2]
    assert top_of_row([1.0] * 100, 2) == [0, 1]


def test_each_document_knows_where_it_first_used_a_term() -> None:
    texts = ["alpha", "beta", "alpha beta", "gamma", "beta", "alpha"]
    uses = ((document, record, texts[record], 1.0)
            for record, document in enumerate([0, 1, 0, 2, 2, 1]))  # fmt: skip
    words = weigh_terms(3, uses, PLAIN, 9)
    alpha, beta = words.columns["alpha"], words.columns["beta"]
    assert [words.first(0, alpha), words.first(0, beta)] == [0, 2]
    assert [words.first(1, beta), words.first(1, alpha), words.first(2, beta)] == [1, 5, 4]
    assert "gamma" not in words.columns


def test_without_texts_there_are_no_terms() -> None:
    assert weigh_terms(2, [], PLAIN).weights.shape == (2, 0)
    assert weigh_terms(1, [(0, 0, "", 1.0)], PLAIN).terms == []
