from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import EMPTY, Lexicon, read_lexicon
from knowledge.linking import Linked, link
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import OutlineError
from knowledge.records import Record, make_records
from knowledge.relations import KINDS, Relation, explain, relate
from knowledge.relations import languages as tables
from knowledge.relations.openings import openings

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LEXICON = read_lexicon(ROOT / "knowledge/packs/aws_security_specialty/lexicon.toml")
# An outline of one page alone would have its features for services.
ANOTHER_PAGE = "## Penetration testing\n### Rules\n- Ask first\n"
PRECISION, RECALL = 0.9, 0.8


def related(
    text: str, lexicon: Lexicon = LEXICON, language: str = "en"
) -> tuple[list[Record], Linked, list[Relation]]:
    records = make_records(read_outline(text.encode()))
    found = link(records, lexicon, language)
    return records, found, relate(records, found, lexicon, language)


def name_of(found: Linked, target: int) -> str:
    official = found.targets[target].official
    entry = LEXICON.by_official.get(official)
    return (entry.short if entry else "") or official


def stated(*lines: str, page: str = "Trusted Advisor", topic: str = "Topic") -> set[str]:
    """The relations of a page's lines, as 'A kind B'."""
    text = f"# Notes\n## {page}\n### {topic}\n" + "\n".join(lines) + f"\n{ANOTHER_PAGE}"
    _, found, relations = related(text)
    return {
        f"{name_of(found, each.source)} {each.kind} {name_of(found, each.target)}"
        for each in relations
    }


# --- the annotated outline -----------------------------------------------------------------------


def read_annotations() -> list[tuple[int, bool, set[str], set[str], set[str]]]:
    rows = []
    for row in (HERE / "notes_first.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            line, weight, *rest = row.split("\t")
            sources, kinds, targets = (set(part.split("|")) for part in rest)
            rows.append((int(line), weight == "must", sources, kinds, targets))
    return rows


def test_the_annotated_relations_are_found(users_notes: Path) -> None:
    _, found, relations = related(users_notes.read_text("utf-8"))
    wanted = read_annotations()
    hit: set[int] = set()
    right, wrong = 0, []
    for each in relations:
        source, target = name_of(found, each.source), name_of(found, each.target)
        for _, line, text in each.evidence:
            fits = {
                number
                for number, (where, _, sources, kinds, targets) in enumerate(wanted)
                if where == line and source in sources and target in targets and each.kind in kinds
            }
            hit |= fits
            right += bool(fits)
            wrong += [] if fits else [(line, source, each.kind, target, text)]
    must = {number for number, row in enumerate(wanted) if row[1]}
    assert right / (right + len(wrong)) >= PRECISION, wrong
    assert len(must & hit) / len(must) >= RECALL, [wanted[i] for i in sorted(must - hit)]


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "relation"),
    [
        ("GuardDuty publishes its findings to EventBridge.", "GuardDuty sends_to EventBridge"),
        ("Findings of Macie are sent to Security Hub.", "Macie sends_to Security Hub"),
        ("WAF can send its logs to S3.", "WAF logs_to S3"),
        ("CloudTrail records the API calls of KMS.", "KMS logs_to CloudTrail"),
        ("ECR stores container images on S3.", "ECR stores_in S3"),
        ("An EventBridge rule can invoke a Lambda function.", "EventBridge triggers Lambda"),
        ("Run Command can be invoked with EventBridge.", "EventBridge triggers Run Command"),
        ("Secrets Manager encrypts secrets with a KMS key.", "Secrets Manager encrypts_with KMS"),
        ("API Gateway can authenticate callers with Cognito.",
         "API Gateway authenticates_with Cognito"),
        ("Firewall Manager manages WAF centrally.", "WAF managed_by Firewall Manager"),
        ("WAF rules are managed by Firewall Manager.", "WAF managed_by Firewall Manager"),
        ("Security Hub requires Config.", "Security Hub requires Config"),
        ("CloudFront integrates with WAF.", "CloudFront integrates_with WAF"),
        ("Transit gateways can be shared through RAM.", "Transit Gateway shares_via RAM"),
        ("RAM can share Aurora clusters.", "Aurora shares_via RAM"),
        ("Athena queries logs in S3 with SQL.", "Athena queries S3"),
        ("VPC Flow Logs in S3 are queried with Athena.", "Athena queries VPC Flow Logs"),
        ("WAF protects API Gateway.", "WAF protects API Gateway"),
        ("Data Lifecycle Manager is superseded by AWS Backup.",
         "Backup successor_of Data Lifecycle Manager"),
        ("AppConfig is a capability of Systems Manager.", "AppConfig part_of Systems Manager"),
        ("Security Hub aggregates findings from Macie.", "Security Hub aggregates_from Macie"),
        ("The destination of Macie results is one of: S3, SNS.", "Macie sends_to S3"),
        ("Detective analyzes data such as CloudTrail logs.", "Detective queries CloudTrail"),
    ],
)  # fmt: skip
def test_a_sentence_states_a_relation_and_its_direction(line: str, relation: str) -> None:
    assert relation in stated(f"- {line}")


def test_every_kind_has_a_sentence_of_its_own() -> None:
    kinds = {row.kind for row in tables.tables("en")[0]}
    kinds |= {context.kind for context in tables.tables("en")[1]}
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    "line",
    [
        "GuardDuty does not send findings to EventBridge.",
        "Macie cannot be integrated with Inspector.",
        "An EFS file system without KMS encryption",
        "Integration with Macie is not supported by WAF.",
        "S3 and DynamoDB and KMS",
        "A KMS key policy controls who can send messages to SQS.",
        "Check whether Lambda can reach S3",
        "Deny -> Condition: StringLike: kms:ViaService: S3",
    ],
)
def test_neither_denial_nor_company_is_a_relation(line: str) -> None:
    assert stated(f"- {line}") == set()


def test_the_page_is_the_subject_of_a_bullet_without_one() -> None:
    assert stated("- Output to EventBridge", page="Macie") == {"Macie sends_to EventBridge"}


def test_a_bullet_that_is_a_service_is_the_subject_of_those_below() -> None:
    assert stated("- CloudHSM", "  - Requires IAM") == {"CloudHSM requires IAM"}


def test_what_a_line_hands_on_to_acts_in_the_lines_below() -> None:
    lines = ["- Integrate with Eventbridge", "  - Connect to Lambda"]
    assert "EventBridge triggers Lambda" in stated(*lines, page="GuardDuty")


def test_steps_hand_on_to_the_next_one() -> None:
    lines = [
        "- Automated response",
        "  - GuardDuty event triggers finding",
        "  - Finding aggregated in Security Hub",
        "  - Finding triggers EventBridge",
        "  - Invokes a Step Function",
    ]
    assert stated(*lines, page="Network Firewall") == {
        "GuardDuty sends_to Security Hub",
        "Security Hub sends_to EventBridge",
        "EventBridge triggers Step Functions",
    }


# --- arrows --------------------------------------------------------------------------------------


def test_arrows_lead_from_one_service_to_the_next() -> None:
    assert stated("- GuardDuty -> Eventbridge -> Lambda", page="VPC") == {
        "GuardDuty sends_to EventBridge",
        "EventBridge triggers Lambda",
    }


def test_one_step_of_a_chain_may_be_no_service() -> None:
    line = "- CloudWatch Logs → Subscription Filter → Lambda → OpenSearch"
    assert stated(line) == {
        "CloudWatch Logs triggers Lambda",
        "Lambda sends_to OpenSearch Service",
    }


# --- lists under a heading -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "topic", "relation"),
    [
        ("ACM", "Integrations", "ACM integrates_with CloudFront"),
        ("WAF", "Logging options", "WAF logs_to CloudFront"),
        ("SES", "Destinations", "SES sends_to CloudFront"),
        ("Inspector", "Dependencies", "Inspector requires CloudFront"),
        ("GuardDuty", "Data sources", "GuardDuty aggregates_from CloudFront"),
        ("Firewall Manager", "Centralise Administration",
         "CloudFront managed_by Firewall Manager"),
        ("Resource Access Manager", "Share AWS resources across accounts",
         "CloudFront shares_via RAM"),
        ("S3", "S3 Event Notifications", ""),
    ],
)  # fmt: skip
def test_a_heading_relates_what_is_listed_below_it(service: str, topic: str, relation: str) -> None:
    expected = {relation} if relation else set()
    assert stated("- CloudFront", page=service, topic=topic) == expected


def test_an_open_line_is_completed_by_those_below_it() -> None:
    lines = ["- Output logs to", "  - CloudWatch Logs", "  - S3"]
    assert stated(*lines, page="Route 53") == {
        "Route 53 logs_to CloudWatch Logs",
        "Route 53 logs_to S3",
    }


def test_a_line_goes_on_with_its_heading() -> None:
    assert stated("- to CloudTrail", page="CloudHSM", topic="Logging") == {
        "CloudHSM logs_to CloudTrail"
    }


def test_sources_of_logs_write_to_them() -> None:
    lines = ["- Sources", "  - ECS"]
    assert stated(*lines, page="CloudWatch", topic="CloudWatch Logs") == {
        "ECS logs_to CloudWatch Logs"
    }


def test_details_of_a_listed_service_are_not_listed_themselves() -> None:
    lines = ["- ELB", "  - Not supported on Gateway Loadbalancer", "  - Lambda"]
    assert stated(*lines, page="ACM", topic="Integrations") == {"ACM integrates_with ELB"}


# --- evidence and words --------------------------------------------------------------------------


def test_all_lines_that_state_a_relation_are_its_evidence() -> None:
    text = "# Notes\n## Macie\n### Notify\n- Output to EventBridge\n- Sends events to EventBridge\n"
    text += ANOTHER_PAGE
    records, _, relations = related(text)
    (only,) = relations
    assert [(line, words) for _, line, words in only.evidence] == [
        (4, "Output to EventBridge"),
        (5, "Sends events to EventBridge"),
    ]
    assert all(records[record].line == line for record, line, _ in only.evidence)


def test_a_relation_in_words() -> None:
    assert explain("sends_to", "GuardDuty", "EventBridge") == "GuardDuty sends to EventBridge"
    assert explain("managed_by", "WAF", "Firewall Manager") == "WAF is managed by Firewall Manager"


@pytest.mark.parametrize(
    ("name", "official", "verb"),
    [
        ("Security Groups", "Security groups", "are"),
        ("Network ACLs (NACLs)", "Network ACLs", "are"),
        ("Cell Walls", "", "are"),
        ("Step Functions", "AWS Step Functions", "is"),
        ("Root access", "", "is"),
        ("Web analytics", "", "is"),
        ("TLS", "", "is"),
    ],
)
def test_a_sentence_agrees_with_the_number_of_its_feature(
    name: str, official: str, verb: str
) -> None:
    said = explain("managed_by", name, "Somebody", feature=True, official=official)
    assert said == f"{name} {verb} managed by Somebody"


def test_a_service_is_one_whatever_its_name() -> None:
    assert explain("requires", "Organizations", "Root") == "Organizations requires Root"


# --- other outlines, other languages -------------------------------------------------------------


def test_an_outline_without_a_lexicon_has_relations_too() -> None:
    text = "# Cells\n## Golgi apparatus\n### Traffic\n- Sends vesicles -> Lysosome\n"
    text += "- Receives vesicles from the Ribosome\n## Lysosome\n- x\n## Ribosome\n- y\n"
    _, found, relations = related(text, EMPTY)
    names = {(name_of(found, r.source), r.kind, name_of(found, r.target)) for r in relations}
    assert ("Golgi apparatus", "aggregates_from", "Ribosome") in names


@pytest.mark.parametrize(
    ("language", "line", "relation"),
    [
        ("de", "GuardDuty sendet Befunde an EventBridge", "GuardDuty sends_to EventBridge"),
        ("de", "S3 wird mit KMS verschlüsselt", "S3 encrypts_with KMS"),
        ("it", "GuardDuty invia i risultati a EventBridge", "GuardDuty sends_to EventBridge"),
        ("fr", "Security Hub nécessite Config", "Security Hub requires Config"),
        ("es", "WAF protege API Gateway", "WAF protects API Gateway"),
    ],
)
def test_other_languages_have_their_triggers(language: str, line: str, relation: str) -> None:
    _, found, relations = related(f"# N\n## Artifact\n### T\n- {line}\n", language=language)
    names = {f"{name_of(found, r.source)} {r.kind} {name_of(found, r.target)}" for r in relations}
    assert names == {relation}


# --- what holds for every input ------------------------------------------------------------------

NAMES = [entry.short or entry.official for entry in LEXICON.services]
TRIGGERS = st.sampled_from(
    ["sends logs to", "->", "uses", "requires", "not", "integrates with", ",", "and", "stored in",
     "is part of", "Logging", "Integrations", "encrypted with", "that", "shared via", "→"]
)  # fmt: skip
LINE = st.lists(
    st.one_of(st.sampled_from(NAMES), TRIGGERS, st.text(max_size=6)), min_size=1, max_size=7
).map(" ".join)
OUTLINE = st.lists(
    st.tuples(st.sampled_from(["## ", "### ", "- ", "  - ", "    - "]), LINE),
    min_size=1,
    max_size=9,
)


@settings(max_examples=80, deadline=None)
@given(OUTLINE)
def test_every_relation_is_well_formed(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(mark + words for mark, words in lines)
    try:
        records, found, relations = related(text)
    except OutlineError:
        return
    assert relate(records, found, LEXICON) == relations
    keys = [(each.source, each.target, each.kind) for each in relations]
    assert len(keys) == len(set(keys))
    for each in relations:
        assert each.kind in KINDS
        assert each.source != each.target
        assert {each.source, each.target} <= set(range(len(found.targets)))
        assert each.evidence
        for record, line, words in each.evidence:
            assert records[record].line == line
            assert records[record].text == words
            assert found.named[record]


@pytest.mark.parametrize("language", ["en", "de", "it", "fr", "es"])
def test_every_trigger_can_be_found_by_its_first_word(language: str) -> None:
    for row in tables.tables(language)[0]:
        starts = openings(row.trigger)
        assert starts is None or starts, row


# --- as a pack's sentences say it ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "relations"),
    [
        ("Services that use ACM certificates include ELB and CloudFront",
         {"ELB integrates_with ACM", "CloudFront integrates_with ACM"}),
        ("EventBridge receives an event when KMS rotates a key", {"KMS sends_to EventBridge"}),
        ("IAM Identity Center can provide sign-in to EC2 instances",
         {"EC2 authenticates_with IAM Identity Center"}),
        ("The KMS key for server-side encryption of a DynamoDB table is one of three",
         {"DynamoDB encrypts_with KMS"}),
        ("RAM can share the forwarding rules of Route 53 Resolver",
         {"Route 53 Resolver shares_via RAM"}),
        ("The API exports CloudWatch Logs to S3 in a batch", {"CloudWatch Logs logs_to S3"}),
        ("Create a CloudWatch alarm on the metric that notifies an SNS topic",
         {"CloudWatch sends_to SNS"}),
        ("EBS provides block storage volumes for EC2 instances", {"EC2 stores_in EBS"}),
        ("Data Lifecycle Manager automates the creation and deletion of EBS snapshots",
         {"EBS managed_by Data Lifecycle Manager"}),
        ("Resources that Shield can protect include ELB load balancers and CloudFront",
         {"Shield protects ELB", "Shield protects CloudFront"}),
        ("A VPC OpenSearch domain is protected by security groups",
         {"Security group protects OpenSearch Service"}),
        ("Authentication in Cognito uses AWS Managed Microsoft AD",
         {"Cognito authenticates_with AWS Managed Microsoft AD"}),
    ],
)  # fmt: skip
def test_a_sentence_states_its_relations(line: str, relations: set[str]) -> None:
    assert stated(f"- {line}") == relations


@pytest.mark.parametrize(
    "line",
    [
        "Scans container images automatically when they are pushed to ECR",
        "Alerting on the metric requires a separate CloudWatch alarm",
        "Attaching a Lambda function to a VPC requires a choice of the VPC",
        "Need: remove a key from many instances at once → Use Systems Manager Run Command",
    ],
)
def test_what_somebody_else_does_is_not_said_of_the_page(line: str) -> None:
    assert stated(f"- {line}") == set()


def test_a_step_goes_on_from_the_last_one_that_names_a_service() -> None:
    lines = ["- Alerts are set up in this order:", "  1. Send the logs to CloudWatch",
             "  2. Add a filter", "  3. Publish the count to SNS"]  # fmt: skip
    assert "CloudWatch sends_to SNS" in stated(*lines, page="CloudTrail")
