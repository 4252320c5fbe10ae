import pytest

from quiz.items.facts import split_clause
from quiz.items.stems import emphasize, need_stem, third_person
from quiz.items.words import lower_first, plain


@pytest.mark.parametrize(
    ("sentence", "subject", "predicate"),
    [
        ("GuardDuty keeps a finding for 90 days.", "GuardDuty", "keeps a finding for 90 days"),
        (
            "A suppression rule in GuardDuty automatically archives new findings.",
            "A suppression rule in GuardDuty",
            "automatically archives new findings",
        ),
        ("SCPs do not restrict service-linked roles.", "SCPs",
         "do not restrict service-linked roles"),
        ("The `GetCallerIdentity` API returns details.", "The GetCallerIdentity API",
         "returns details"),
        ("API Gateway by default allows 10,000 requests.", "API Gateway",
         "by default allows 10,000 requests"),
    ],
)  # fmt: skip
def test_sentence_is_split_at_its_verb(sentence, subject, predicate):
    clause = split_clause(sentence)
    assert clause is not None
    assert (clause.subject, clause.predicate) == (subject, predicate)


@pytest.mark.parametrize(
    "sentence",
    [
        "A role whose trust policy names an external ID can only be assumed with it.",
        "Key material that KMS generated cannot have an expiration date.",
        "CloudTrail logs trace the API calls made in an account.",
    ],
)
def test_unclear_sentence_is_not_split(sentence):
    assert split_clause(sentence) is None


def test_leading_condition_is_kept_apart():
    clause = split_clause("By default, Config keeps configuration items for 7 years.")
    assert clause is not None
    assert (clause.lead, clause.subject) == ("By default", "Config")


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("Network ACLs are stateless.", "is stateless"),
        ("NAT gateways allow outbound access.", "allows outbound access"),
        ("An ALB can't have a static address.", "CANNOT have a static address"),
        ("VPC Lattice does not support payload signing.", "does NOT support payload signing"),
    ],
)
def test_predicate_agrees_with_which(sentence, predicate):
    clause = split_clause(sentence)
    assert clause is not None
    assert third_person(clause) == predicate


def test_negations_stand_out():
    assert emphasize("isn't logged and cannot be read") == "is NOT logged and CANNOT be read"


def test_needs_of_both_grammars_become_questions():
    assert "to block all Regions" in (need_stem("block all Regions", 1) or "")
    assert " a copy of a key" in (need_stem("a copy of a key", 1) or "")
    assert need_stem("log files that last", 1) is None or "log to" not in str(
        need_stem("log files that last", 1)
    )


def test_plain_text_keeps_identifiers_and_loses_markdown():
    assert plain("**Use** `aws:*_x` on [S3](http://s3)") == "Use aws:*_x on S3"
    assert lower_first("SCPs apply") == "SCPs apply"
