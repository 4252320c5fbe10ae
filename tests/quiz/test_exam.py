"""Papers by blueprint, the clock, and a report that estimates."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.blueprints import (
    Blueprint,
    BlueprintError,
    apportion,
    cover,
    parse_blueprint,
    proportional,
    read_blueprint,
)
from quiz.exam import Clock, ExamError, Result, choose, report, sitting, wilson
from quiz.questions import Asked
from tests.questions import make_question

PACK = Path(__file__).resolve().parents[2] / "knowledge/packs/aws_security_specialty"
HOMES = (
    "Detection",
    "Incident Response",
    "Infrastructure Security",
    "Identity and Access Management",
    "Data Protection",
    "Security Foundations and Governance",
)


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return read_blueprint(PACK / "blueprint.toml")


def make_bank(each: int = 60, homes: tuple[str, ...] = HOMES) -> list[Asked]:
    kinds = ["single"] * 6 + ["multiple", "matching", "ordering", "cloze"]
    bank = []
    for number in range(each * len(homes)):
        home = homes[number % len(homes)]
        bank.append(
            Asked(
                make_question(
                    kinds[number // len(homes) % len(kinds)],
                    topic=f"Topic {number % 40}",
                    domain=home,
                    number=number,
                ),
                (number * 3, number * 3 + 1),
            )
        )
    return bank


def test_the_packs_exams(blueprint: Blueprint) -> None:
    exam = blueprint.default
    assert (exam.code, exam.items, exam.scored, exam.unscored, exam.minutes) == (
        "SCS-C03", 65, 50, 15, 170,
    )  # fmt: skip
    assert [domain.scored_items for domain in exam.domains] == [8, 7, 9, 10, 9, 7]
    assert blueprint.exam("SCS-C02").kinds == ("single", "multiple")
    with pytest.raises(BlueprintError, match="There is no exam “SCS-C01” here"):
        blueprint.exam("SCS-C01")


def test_a_paper_follows_the_blueprint(blueprint: Blueprint) -> None:
    paper = choose(make_bank(), sitting(blueprint.default), "7")
    scored = Counter(item.domain for item in paper.items if item.scored)
    assert scored == {
        "Detection": 8,
        "Incident Response": 7,
        "Infrastructure Security": 9,
        "Identity and Access Management": 10,
        "Data Protection": 9,
        "Security Foundations and Governance": 7,
    }
    assert (len(paper.items), sum(not item.scored for item in paper.items)) == (65, 15)
    kinds = Counter(item.asked.question["kind"] for item in paper.items)
    assert set(kinds) == {"single", "multiple", "ordering", "matching"}
    assert 38 <= kinds["single"] <= 52
    facts = [fact for item in paper.items for fact in item.asked.facts]
    assert len(set(facts)) == len(facts)
    assert max(Counter(i.asked.question["topic"] for i in paper.items).values()) <= 4
    assert paper.notes == ()


def test_unscored_items_stand_anywhere(blueprint: Blueprint) -> None:
    bank, held = make_bank(), sitting(blueprint.default)
    papers = [choose(bank, held, str(seed)) for seed in range(20)]
    places = {n for paper in papers for n, item in enumerate(paper.items) if not item.scored}
    assert len(places) == 65


def test_a_paper_depends_on_the_seed_and_not_on_the_banks_order(blueprint: Blueprint) -> None:
    bank = make_bank()
    mixed = list(bank)
    random.Random(3).shuffle(mixed)
    one, other = (choose(b, sitting(blueprint.default), "7") for b in (bank, mixed))
    assert one == other
    assert choose(bank, sitting(blueprint.default), "8") != one


def test_the_older_exam_draws_on_the_same_questions(blueprint: Blueprint) -> None:
    paper = choose(make_bank(), sitting(blueprint.exam("SCS-C02")), "7")
    scored = Counter(item.domain for item in paper.items if item.scored)
    assert [scored[d.name] for d in blueprint.exam("SCS-C02").domains] == [7, 9, 10, 8, 9, 7]
    assert {i.asked.question["kind"] for i in paper.items} <= {"single", "multiple"}


def test_the_short_form_counts_all_its_items(blueprint: Blueprint) -> None:
    short = sitting(blueprint.default, short=True)
    paper = choose(make_bank(), short, "7")
    assert (len(paper.items), short.minutes) == (20, 52)
    assert all(item.scored for item in paper.items)


def test_a_thin_domain_is_filled_by_others_and_said_so(blueprint: Blueprint) -> None:
    bank = [a for a in make_bank() if a.question["domain"] != "Incident Response"]
    paper = choose(bank, sitting(blueprint.default), "7")
    assert len(paper.items) == 65
    assert sum(item.scored for item in paper.items) == 50
    assert paper.notes == (
        "Incident Response: 0 of 9 questions; the outline has no more that fit, "
        "so other domains fill the place.",
    )


def test_a_small_bank_gives_what_it_has(blueprint: Blueprint) -> None:
    paper = choose(make_bank(each=2), sitting(blueprint.default), "7")
    assert len(paper.items) == 12
    assert paper.notes[-1] == "The outline yields 12 of 65 questions."
    with pytest.raises(ExamError, match="no question yet"):
        choose([], sitting(blueprint.default), "7")


def test_clashing_items_stand_in_no_paper_together(blueprint: Blueprint) -> None:
    def odd(one: Asked, other: Asked) -> bool:
        return bool(one.facts[0] % 2 and other.facts[0] % 2)

    paper = choose(make_bank(), sitting(blueprint.default), "7", odd)
    assert sum(item.asked.facts[0] % 2 for item in paper.items) <= 1


def test_an_outline_without_a_blueprint_is_asked_in_proportion() -> None:
    exam = proportional({"VPC": 30, "KMS": 10, "Empty": 0}).default
    assert [(d.name, d.weight, d.scored_items) for d in exam.domains] == [
        ("VPC", 75.0, 49),
        ("KMS", 25.0, 16),
    ]
    bank = [
        Asked(make_question("true_false", topic="VPC" if n % 2 else "KMS", number=n), (n,))
        for n in range(200)
    ]
    topics = Counter(i.asked.question["topic"] for i in choose(bank, sitting(exam), "1").items)
    assert topics == {"VPC": 49, "KMS": 16}
    with pytest.raises(BlueprintError, match="holds nothing"):
        proportional({})


GOOD = """
[[exam]]
code = "X"
name = "X exam"
items = 3
scored = 2
unscored = 1
minutes = 10
kinds = ["single"]
[[exam.domain]]
name = "A"
weight = 100
scored_items = 2
maps_to = ["A"]
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[exam]]", "[[exams]]", "The blueprint names no [[exam]]."),
        ('code = "X"', "code = 1", "An exam: code must be text."),
        ("items = 3", "items = 4", "scored and unscored items don't add up to 4."),
        ("minutes = 10", "minutes = 0", "minutes must be a whole number from 1 to 1440."),
        ('["single"]', '["essay"]', "there is no kind of question “essay”."),
        ('["single"]', "3", "kinds must be a list of texts."),
        ("weight = 100", "weight = 90", "the domains' weights don't add up to 100."),
        ("weight = 100", "weight = nan", "A: weight must be a number above 0, at most 100."),
        ("scored_items = 2", "scored_items = 1", "the domains' scored items don't add up to 2."),
        ('name = "A"', 'name = " "', "a domain: name must be text."),
        ("minutes = 10", "minutes = 10\nfrom = 3", "from must be a day, as 2026-01-31."),
    ],
)  # fmt: skip
def test_a_blueprint_that_is_wrong_is_refused(old: str, new: str, sentence: str) -> None:
    assert parse_blueprint(GOOD).default.code == "X"
    text = GOOD.replace(old, new, 1)
    if old == "[[exam]]":
        text = text.replace("[[exam.domain]]", "[[exams.domain]]")
    with pytest.raises(BlueprintError) as caught:
        parse_blueprint(text)
    assert str(caught.value).removeprefix("The exam X").lstrip(":, ") == sentence


@given(st.text())
def test_any_text_is_a_blueprint_or_refused(text: str) -> None:
    with pytest.raises(BlueprintError):
        parse_blueprint(text)


@given(
    st.dictionaries(st.text(min_size=1), st.integers(1, 10**6), min_size=1, max_size=40),
    st.integers(0, 500),
)
def test_seats_always_add_up(weights: dict[str, int], seats: int) -> None:
    given_out = apportion(weights, seats)
    total = sum(weights.values())
    assert sum(given_out.values()) == seats
    assert all(abs(given_out[n] - seats * w / total) < 1.000001 for n, w in weights.items())


def test_cover_tells_where_an_outline_is_thin(blueprint: Blueprint) -> None:
    covers = cover(blueprint.default, {"Detection": 90, "Data Protection": 5})
    states = {c.domain: c.state for c in covers}
    assert (states["Detection"], states["Data Protection"], states["Incident Response"]) == (
        "covered",
        "thin",
        "silent",
    )


def test_the_clock_runs_from_the_start() -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    clock = Clock(start, 170, 30)
    assert clock.deadline == start + timedelta(minutes=200)
    assert clock.remaining(start + timedelta(minutes=199)) == timedelta(minutes=1)
    assert clock.remaining(start + timedelta(days=1)) == timedelta(0)
    assert not clock.is_over(start)
    assert clock.is_over(clock.deadline)


def test_extra_time_has_its_bounds(blueprint: Blueprint) -> None:
    assert sitting(blueprint.default, extra_minutes=30).extra_minutes == 30
    with pytest.raises(ExamError, match="from 0 to 170"):
        sitting(blueprint.default, extra_minutes=-1)


def test_a_report_counts_scored_items_and_takes_silence_for_wrong(blueprint: Blueprint) -> None:
    results = [
        Result("Detection", True, True, 60_000),
        Result("Detection", True, False, 120_000),
        Result("Data Protection", True, None, None),
        Result("Data Protection", True, True, 30_000),
        Result("Data Protection", False, False, 90_000),
    ]
    found = report(results, blueprint.default)
    assert (found.right, found.items, found.unanswered, found.share) == (2, 4, 1, 0.5)
    assert (found.seconds, found.median_seconds) == (300, 75)
    by_name = {domain.name: (domain.right, domain.items) for domain in found.domains}
    assert by_name["Detection"] == (1, 2)
    assert by_name["Incident Response"] == (0, 0)
    assert found.sentence.startswith("2 of 4 right, 50%. As an estimate: of all such questions")
    assert "750" not in found.sentence


def test_a_report_of_nothing(blueprint: Blueprint) -> None:
    assert report([], blueprint.default).sentence == "Nothing counted, so nothing can be estimated."


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_range_holds_its_share(right: int, items: int) -> None:
    right = min(right, items)
    found = wilson(right, items)
    assert found is not None
    assert 0 <= found.low <= right / items + 1e-12
    assert right / items - 1e-12 <= found.high <= 1
