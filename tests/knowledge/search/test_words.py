import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.words import LONGEST, fold, german, pieces


def words(text: str) -> list[list[str]]:
    return [piece.words for piece in pieces(text)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Perché", "perche"),
        ("Straße", "strasse"),
        ("SØREN", "soren"),
        ("Łódź", "lodz"),
        ("Œuvre", "oeuvre"),
        ("Ёлка", "елка"),
        ("ＡＷＳ", "aws"),
        ("don’t", "don't"),
        ("re–use", "re-use"),  # codespell:ignore
    ],
)
def test_folding_takes_off_case_accents_and_variants(written: str, typed: str) -> None:
    assert fold(written) == typed


@pytest.mark.parametrize("word", ["が", "한국어", "हिन्दी", "ผู้ใช้"])
def test_marks_that_are_letters_stay(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kms:Decrypt", ["kms:decrypt", "kms", "decrypt"]),
        ("aws:SourceIp,", ["aws:sourceip", "aws", "sourceip", "source", "ip"]),
        ("SSE-KMS", ["sse-kms", "sse", "kms"]),
        ("10.0.0.0/8", ["10.0.0.0/8", "10", "0", "8"]),
        ("400k", ["400k"]),
        ("C++", ["c++", "c"]),
        ("F#", ["f#", "f"]),
        ("GuardDuty", ["guardduty", "guard", "duty"]),
        ("IMDSv2", ["imdsv2", "imds", "v2"]),
        ("VPCs", ["vpcs", "vpc"]),
        ("iPhone", ["iphone"]),
        ("网络层", ["网络层", "网络", "络层"]),
        ("层", ["层"]),
    ],
)
def test_a_piece_is_its_whole_and_its_parts(text: str, found: list[str]) -> None:
    assert words(text) == [found]


def test_scripts_part_from_each_other() -> None:
    assert words("IPv4地址有32位") == [
        ["ipv4", "ip", "v4"],
        ["地址有", "地址", "址有"],
        ["32"],
        ["位"],
    ]


@pytest.mark.parametrize("text", ["", " ", "🔥 … !!", "\x00", "--- *** ###", "\u200b"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert words(text) == []


def test_umlauts_are_also_written_with_an_e() -> None:
    assert german("Schlüssel") == "schluessel"
    assert german("Haus") is None


@given(st.text(max_size=200))
def test_places_are_those_of_the_text(text: str) -> None:
    for piece in pieces(text):
        assert 0 <= piece.start < piece.end <= len(text)
        for _, start, end in piece.parts:
            assert piece.start <= start < end <= piece.end


@given(st.text(max_size=200))
def test_no_token_holds_a_space_or_is_too_long(text: str) -> None:
    for piece in pieces(text):
        for word in piece.words:
            assert word
            assert len(word) <= 3 * LONGEST
            assert not any(char.isspace() for char in word)
