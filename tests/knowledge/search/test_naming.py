import pytest

from knowledge.search.naming import compact, initials, labels, plain_text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Network ACLs", "nacl"),
        ("Security Groups", "sg"),
        ("Key Signing Key", "ksk"),
        ("Create Origin Access Control", "oac"),
        ("S3 Multi Region Access Points", "mrap"),
        ("Principle of Least Privilege", "plp"),
    ],
)
def test_names_are_found_by_their_initials(name: str, short: str) -> None:
    assert short in initials(name)


@pytest.mark.parametrize("name", ["Shield", "", "计算机 网络", "one two three four five six 7 8 9"])
def test_some_names_have_no_initials(name: str) -> None:
    assert initials(name) == []


def test_spellings_of_one_name_are_one() -> None:
    assert compact("Guard Duty") == compact("guard-duty") == compact("GuardDuty") == "guardduty"
    assert compact("C++") != compact("C#") != compact("C")


def test_a_short_text_may_be_typed_with_or_without_its_abbreviation() -> None:
    assert list(labels("Key Signing Key (KSK)")) == ["=keysigningkeyksk", "=keysigningkey", "=ksk"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("**Deny** wins", "Deny wins"),
        ("`vpc_flow_logs` and __all__", "vpc_flow_logs and all"),
        ("[a link](https://example.org) here", "a link here"),
        ("service:Foo*", "service:Foo*"),
        ("*", "*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a\n  b", "a b"),
    ],
)
def test_plain_text_leaves_markdown_out_and_signs_in(text: str, read: str) -> None:
    assert plain_text(text) == read
