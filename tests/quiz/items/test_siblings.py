"""Things side by side: which does it, what it does, and matchings of them."""

from quiz.items.completing import completing_matchings
from quiz.items.matching import matching_items
from quiz.items.siblings import Family, read_siblings
from quiz.items.which_sibling import sibling_drafts
from tests.quiz.items.outlines import small

SEVERITIES = """\
# Security
## GuardDuty
- GuardDuty is a managed threat detection service that finds anomalous activity.
- Low severity in GuardDuty covers the values from 1.0 to 3.9 of harmless scans.
- Medium severity in GuardDuty covers the values from 4.0 to 6.9 of suspicious deviations.
- High severity in GuardDuty covers the values from 7.0 to 8.9 of compromised machines.
- GuardDuty findings can be exported.
- AWS closes old reports quickly.
- A scan of GuardDuty takes at most 15 minutes.
- The pause before a retry of GuardDuty lasts 20 minutes.
- A rehearsal with sample alerts ends after 45 minutes.
"""


def test_sentences_about_one_sort_are_siblings() -> None:
    rows = read_siblings(small(SEVERITIES))
    names = [row.name for row in rows if row.sort == "severity"]
    assert names == ["Low severity", "Medium severity", "High severity"]


def test_a_sibling_is_wrong_though_its_own_line_is_alike() -> None:
    family = Family(small(SEVERITIES))
    low, medium = family.rows[0], family.rows[1]
    assert family.false_of(low, medium)
    assert not family.false_of(low, low)


def test_a_vendor_or_a_kind_of_its_home_is_no_sibling() -> None:
    names = {row.name for row in read_siblings(small(SEVERITIES))}
    assert not names & {"AWS", "GuardDuty finding", "GuardDuty"}


def test_which_sibling_offers_siblings_alone() -> None:
    drafts = [d for d in sibling_drafts(small(SEVERITIES)) if d.shape == "which_part"]
    assert drafts
    for draft in drafts:
        assert all(one.text.endswith("severity") for one in draft.candidates)


def test_siblings_are_matched_with_what_they_do() -> None:
    (item,) = [i for i in matching_items(small(SEVERITIES)) if i.pairs and len(i.pairs) == 3]
    assert ("Low severity", "Covers the values from 1.0 to 3.9 of harmless scans") in (
        item.pairs or ()
    )


def test_values_of_one_unit_complete_statements() -> None:
    (item,) = completing_matchings(small(SEVERITIES))
    assert {pair[1] for pair in item.pairs or ()} == {"15 minutes", "20 minutes", "45 minutes"}
    assert all("___" in pair[0] for pair in item.pairs or ())
