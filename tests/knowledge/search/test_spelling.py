import pytest

from knowledge.search.lexis import Lexis
from knowledge.search.spelling import divide, mend, nearest


def lexis(*words: str) -> Lexis:
    return Lexis(
        {
            "documents": 10, "complete": True, "words": dict.fromkeys(words, 2), "others": {},
            "nodes": [], "names": [], "synonyms": {},
        }
    )  # fmt: skip


WORDS = (
    "guardduty", "kms", "ssm", "ksk", "boundary", "permission", "encryption", "count", "transit",
    "gateway", "ec2",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gaurdduty", "guardduty"),
        ("guarduty", "guardduty"),
        ("ksm", "kms"),
        ("boundry", "boundary"),  # codespell:ignore
        ("permision", "permission"),  # codespell:ignore
        ("encyrption", "encryption"),
    ],
)
def test_the_likeliest_word_comes_first(typed: str, meant: str) -> None:
    assert mend(typed, lexis(*WORDS))[0] == meant


@pytest.mark.parametrize("typed", ["country", "xy", "zzzzzz", "12345", "", "ec3"])
def test_what_is_too_far_off_is_not_mended(typed: str) -> None:
    assert mend(typed, lexis(*WORDS)) == []


def test_a_misspelt_beginning_is_mended_while_typing() -> None:
    assert mend("encyrpt", lexis(*WORDS), typing=True) == ["encryption"]
    assert mend("encyrpt", lexis(*WORDS)) == []


def test_two_words_typed_as_one() -> None:
    assert divide("transitgateway", lexis(*WORDS)) == ("transit", "gateway")
    assert divide("transits", lexis(*WORDS)) is None


def test_the_nearest_name() -> None:
    assert nearest("aws-securty", ["storia", "aws-security"]) == "aws-security"
    assert nearest("aws", []) is None
