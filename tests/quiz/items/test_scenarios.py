"""Scenarios: wrong actions from the neighbourhood, and the right action with one thing changed."""

from collections import Counter

from quiz.items.identifiers import read_identifiers
from quiz.items.neighbours import Neighbours, sort_of
from quiz.items.ordering import is_process
from quiz.items.scenarios import Scenarios, needs_of, scenario_drafts, sides_of
from quiz.items.stems import sounded
from quiz.items.variants import Variants
from tests.quiz.items.outlines import small

NEEDS = """\
# Security
## Access
- The `aws:PrincipalArn` key holds the ARN of the caller.
- The `aws:PrincipalTag` key tests the tags on the caller.
- The `aws:ResourceOrgID` key limits requests to resources of an owner.
- The `AssumeRole` API returns temporary credentials.
### Conditions
- Need: admit members of one company in a policy → Add a condition on `aws:PrincipalOrgID`.
- Need: keep a lost key from being used → Disable the key.
- Need: enforce ALPHA-1 on uploads → Deny uploads without the header `x-alpha-one`.
- Need: enforce BETA-2 on uploads → Deny uploads without the header `x-beta-two`.
## Storage
- Need: copy a volume to another city → Take a snapshot and restore it there.
"""


def test_a_need_is_asked_from_one_side_in_turns() -> None:
    sides = list(sides_of(needs_of(small(NEEDS))).values())
    assert sides[:3] != [sides[0]] * 3


def test_neighbours_are_nearer_than_needs_of_another_topic() -> None:
    subject = small(NEEDS)
    needs = needs_of(subject)
    around = Neighbours(subject, needs)
    assert around.near(needs[0], needs[1]) > around.near(needs[0], needs[4])


def test_a_variant_differs_in_the_identifier_alone() -> None:
    subject = small(NEEDS)
    need = needs_of(subject)[0]
    texts = {candidate.text for candidate in Variants(subject).of(need)}
    assert "Add a condition on aws:PrincipalArn" in texts
    assert not any("AssumeRole" in text for text in texts)


def test_actions_of_one_manner_for_different_things_are_wrong_for_each_other() -> None:
    known = Scenarios(small(NEEDS))
    alpha, beta = known.needs[2], known.needs[3]
    assert known.contrasted(alpha, beta)
    assert not known.contrasted(alpha, known.needs[1])


def test_what_points_back_is_no_wrong_action() -> None:
    drafts = list(scenario_drafts(small(NEEDS), Counter()))
    texts = {one.text for draft in drafts if draft.shape == "scenario" for one in draft.candidates}
    assert not any("restore it there" in text for text in texts)


def test_an_identifier_is_what_stands_beside_it() -> None:
    known = read_identifiers(small(NEEDS))
    assert known["aws:PrincipalOrgID"].type == "condition key"
    assert known["AssumeRole"].type == "API operation"


def test_actions_are_sorted_by_their_verb() -> None:
    assert sort_of("Create a rule") == sort_of("Define a rule") != sort_of("Delete a rule")


def test_an_article_sounds_right() -> None:
    assert [sounded(name) for name in ("SCP", "NAT gateway", "aws:SourceIp", "user")] == [
        "an", "a", "an", "a",
    ]  # fmt: skip


def test_what_runs_is_an_order_and_what_is_set_up_is_none() -> None:
    assert is_process("Automated blocking runs in this order")
    assert not is_process("Sharing is set up in three steps, in this order")
