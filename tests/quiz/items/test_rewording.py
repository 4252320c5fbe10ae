"""Notes in telegram style find the sentence that says the same, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.lexicon import Lexicon, parse_lexicon, read_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import Record, make_records
from quiz.items.bank import make_bank
from quiz.items.item import Item, Option
from quiz.items.phrasebook import Phrasebook
from quiz.items.rewording import match_notes
from quiz.items.subject import Subject
from quiz.items.worded import is_doubted
from tests.quiz.items.outlines import PACK

LEXICON = parse_lexicon(
    """
[[service]]
official = "Kiln Service"
short = "Kilns"
[[service]]
official = "Glaze Service"
short = "Glazes"
[[part]]
name = "Slow cooling"
home = "Kiln Service"
aliases = ["SC"]
"""
)
BOOK = """\
# Pottery
## Kilns
### Firing
- A bisque firing reaches at most 1,060 degrees.
- A bisque firing must rest for 7 to 30 hours before the door is opened.
- Slow cooling protects large plates against cracks.
- A gas kiln doesn't need a mains connection.
- A kiln log keeps every firing for 90 days.
- A kiln can be locked with `kiln:Lock`.
- A cone shows the heat of a firing, which bends it at a known point.
- Need: fire a wet pot safely → Candle the kiln at a low heat.
## Glazes
- A celadon glaze contains iron.
"""


# A second topic, without which the first is read as the title.
OTHER = "## Clay\n- ball clay\n"


def records(text: str) -> list[Record]:
    return make_records(read_outline(text.encode()))


def worded(notes: str, book: str = BOOK, lexicon: Lexicon = LEXICON) -> dict[str, str]:
    """Notes with the sentences that they are given."""
    lines = records(notes + OTHER)
    found = match_notes(lines, Phrasebook(records(book), lexicon))
    return {lines[index].text: match.phrase.text for index, match in found.items()}


def test_headings_above_a_note_and_lines_below_it_say_their_part() -> None:
    notes = "# N\n## Kilns\n### Bisque firing\n- max 1060 degrees\n- rest 7-30h\n  - must\n"
    assert worded(f"{notes}  - before opening the door\n") == {
        "max 1060 degrees": "A bisque firing reaches at most 1,060 degrees.",
        "rest 7-30h": "A bisque firing must rest for 7 to 30 hours before the door is opened.",
    }


def test_a_name_is_known_by_its_alias() -> None:
    notes = "# N\n## Kilns\n- SC protects large plates from cracking\n"
    assert list(worded(notes).values()) == ["Slow cooling protects large plates against cracks."]


@pytest.mark.parametrize(
    "note",
    [
        "bisque firing: max 1100 degrees",  # another number
        "a gas kiln needs a mains connection",  # no denial
        "lock a kiln with `kiln:Bolt`",  # another identifier
        "slow cooling doesn't protect large plates from cracks",  # denied
        "a bisque firing must rest for 7 to 30 hours",  # without the condition
        "kiln log",  # too little
        "every firing",
    ],
)
def test_what_a_note_does_not_say_is_not_put_in_its_mouth(note: str) -> None:
    assert worded(f"# N\n## Kilns\n- {note}\n") == {}


def test_another_topic_lends_no_sentence() -> None:
    assert worded("# N\n## Kilns\n- celadon glaze contains iron\n") == {}
    assert len(worded("# N\n## Glaze Service\n- celadon glaze contains iron\n")) == 1


def test_an_aside_of_a_sentence_is_cut_where_the_note_lacks_it() -> None:
    notes = "# N\n## Kilns\n### Cones\n- show the heat of a firing\n"
    assert list(worded(notes).values()) == ["A cone shows the heat of a firing."]


def test_a_sentence_goes_to_the_note_that_says_most_of_it() -> None:
    notes = "# N\n## Kilns\n### Log\n- keeps firings\n  - 90 days every firing kept in kiln log\n"
    assert list(worded(notes)) == ["90 days every firing kept in kiln log"]


def test_a_label_that_denies_is_heard() -> None:
    notes = "# N\n## Kilns\n### Gas kiln\n- does not need\n  - mains connection\n"
    assert set(worded(notes).values()) == {"A gas kiln doesn't need a mains connection."}
    notes = "# N\n## Kilns\n### Slow cooling\n- does not help\n  - large plates, cracks\n"
    assert worded(notes) == {}


def test_notes_that_are_sentences_keep_their_words() -> None:
    assert worded("# N\n## Kilns\n- A kiln log keeps each firing for 90 days.\n") == {}


def test_a_fact_has_the_words_of_the_sentence_and_the_place_of_the_note() -> None:
    lines = records("# N\n## Kilns\n### Bisque firing\n- max 1060 degrees\n" + OTHER)
    subject = Subject(lines, LEXICON, book=Phrasebook(records(BOOK), LEXICON))
    fact, _ = subject.facts.values()
    assert (fact.kind, fact.line) == ("statement", 4)
    assert fact.text == "A bisque firing reaches at most 1,060 degrees."
    shown = subject.evidence(fact)
    assert (shown.text, shown.path) == ("max 1060 degrees", ("Kilns", "Bisque firing"))


# Another person's cards on the bundled pack's subject.
CARDS = """\
# SCS revision cards
## Key Management Service
### deleting keys
- pending deletion for 7–30 days, can't skip it
- disable instead => takes effect at once
### limits
- Encrypt API: 4 KB max
- 10 000 req/s
### rotation
- AWS-managed keys: auto, every yr
- imported material: no auto rotation
## S3
### object lock
- governance mode: special permission can override
- legal hold has no expiry
- needs versioning
### presigned url
- valid up to 7 days
## GuardDuty
- findings kept 90d
- suppression rules auto-archive new findings
- trusted IP list: no findings for these IPs
## WAF
- rate-based rules count requests per 5 min per IP
- web ACL capacity in WCUs, max 5000
## Secrets Manager
- rotates w/ Lambda
- replicates to other regions
## CloudTrail
- event history 90 days, mgmt events only
- digest every hour
- data events not logged by default
## Organizations
- SCPs don't apply to mgmt account
- SCPs never grant anything
- SCP affects root user of member accounts
"""


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    lexicon = read_lexicon(PACK / "lexicon.toml")
    return Phrasebook(records((PACK / "outline.md").read_text("utf-8")), lexicon)


def test_another_persons_cards_find_their_sentences(book: Phrasebook) -> None:
    lines = records(CARDS)
    found = {lines[i].text: match.phrase.text for i, match in match_notes(lines, book).items()}
    assert found.items() >= {
        "findings kept 90d": "GuardDuty keeps a finding for 90 days.",
        "replicates to other regions": "Secrets Manager can replicate a secret to other Regions.",
        "SCPs don't apply to mgmt account":
            "SCPs do not apply to the management account of an organization.",
    }.items()  # fmt: skip
    assert "governance mode: special permission can override" not in found
    assert "SCPs never grant anything" not in found


def test_items_tell_the_note_beside_the_sentence(book: Phrasebook) -> None:
    subject = Subject(records(CARDS), book.lexicon, book=book)
    items = [item for item in make_bank(subject).items if item.facts[0] in subject.reworded]
    assert items
    for item in items:
        note = subject.records[item.facts[0]].text
        assert "In the notes: “" in item.explanation
        assert note in item.explanation
        assert item.evidence[0].text in {subject.records[i].text for i in item.facts}


def test_what_the_pack_says_of_a_wrong_answer_is_heard() -> None:
    notes = "# N\n## Kilns\n- protects large plates against cracks\n" + OTHER
    book = Phrasebook(
        records(BOOK + "- A celadon glaze protects plates against cracks.\n"), LEXICON
    )
    subject = Subject(records(notes), LEXICON, book=book)
    told = Option("Kilns", True, "", "", ()), Option("Glaze Service", False, "", "", ())
    item = Item(
        "single", "which_service", "Kilns", None, None, "Which?", "", (), (1,), 0, options=told
    )
    assert is_doubted(subject, item)
    other = Option("Kilns", True, "", "", ()), Option("Clay", False, "", "", ())
    assert not is_doubted(subject, replace(item, options=other))
