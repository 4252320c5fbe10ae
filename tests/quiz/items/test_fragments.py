from knowledge.lexicon import parse_lexicon
from tests.quiz.items.outlines import small

LEXICON = parse_lexicon(
    """
[[service]]
official = "AWS Directory Service"
short = "Directory Service"
[[part]]
name = "Simple AD"
home = "AWS Directory Service"
"""
)
NOTES = """\
# Notes
## Directory Service
### Simple AD
- Does not support trust relationships
- Use for small offices
- creates instance and applies software
- eg MFA
## WAF
### Rules
- eg Count
"""


def statements(text):
    subject = small(text, LEXICON)
    return [fact.text for fact in subject.facts.values() if fact.kind == "statement"]


def test_verb_first_bullet_becomes_a_statement_of_its_heading():
    assert statements(NOTES) == ["Simple AD doesn't support trust relationships."]


def test_bullet_under_a_heading_that_names_nothing_known_stays_a_fragment():
    notes = "# Notes\n## Directory Service\n### Ideas\n- Does not support LDAPS at all\n"
    assert statements(f"{notes}## WAF\n### Rules\n- eg\n") == []


def test_evidence_shows_the_line_as_written():
    subject = small(NOTES, LEXICON)
    (fact,) = [fact for fact in subject.facts.values() if fact.kind == "statement"]
    assert subject.evidence(fact).text == "Does not support trust relationships"
