from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import EMPTY, Lexicon, read_lexicon
from knowledge.linking import Linked, link
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import OutlineError
from knowledge.outline.vault import join_notes
from knowledge.records import Record, make_records

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
OUTLINES = HERE / "outlines"
LEXICON = read_lexicon(ROOT / "knowledge/packs/aws_security_specialty/lexicon.toml")
# An outline of one page alone would have its features for services.
ANOTHER_PAGE = "## Penetration testing\n### Rules\n- Ask first\n"
PRECISION, RECALL = 0.97, 0.95


def linked(
    text: str, lexicon: Lexicon = LEXICON, language: str = "en"
) -> tuple[list[Record], Linked]:
    records = make_records(read_outline(text.encode()))
    return records, link(records, lexicon, language)


def short(lexicon: Lexicon, official: str) -> str:
    entry = lexicon.by_official.get(official)
    return (entry.short if entry else "") or official


def mentions(text: str, lexicon: Lexicon = LEXICON) -> list[tuple[str, str]]:
    """(what the line says, whom it means) of each mention, in the outline's order."""
    _, found = linked(text, lexicon)
    return [(m.surface, short(lexicon, found.targets[m.target].official)) for m in found.mentions]


def named(text: str) -> set[str]:
    return {name for _, name in mentions(text)}


def on_page(*lines: str, page: str = "Trusted Advisor") -> str:
    return f"# Notes\n## {page}\n### Topic\n" + "\n".join(lines) + f"\n{ANOTHER_PAGE}"


# --- annotated samples ---------------------------------------------------------------------------


def read_annotations(file: Path) -> tuple[list[range], dict[int, list[str]]]:
    ranges: list[range] = []
    wanted: dict[int, list[str]] = {}
    for row in file.read_text("utf-8").splitlines():
        if row.startswith("# ranges"):
            pairs = [part.split("-") for part in row.split()[2:]]
            ranges = [range(int(first), int(last) + 1) for first, last in pairs]
        elif row and not row.startswith("#"):
            line, names = row.split("\t")
            wanted[int(line)] = names.split(";")
    return ranges, wanted


def test_the_annotated_mentions_of_the_users_notes_are_found(users_notes: Path) -> None:
    check_annotations(users_notes, "notes_first.tsv", LEXICON)


@pytest.mark.parametrize(
    ("sample", "lexicon"), [("pack_sample", LEXICON), ("plain_outline", EMPTY)]
)
def test_the_annotated_mentions_of_a_sample_are_found(sample: str, lexicon: Lexicon) -> None:
    check_annotations(HERE / f"{sample}.md", f"{sample}.tsv", lexicon)


@pytest.mark.parametrize("sample", sorted(file.stem for file in OUTLINES.glob("*.md")))
def test_the_annotated_mentions_of_an_outline_of_any_field_are_found(sample: str) -> None:
    annotations = OUTLINES / f"{sample}.tsv"
    language = annotations.read_text("utf-8").split(maxsplit=3)[2]
    check_annotations(OUTLINES / f"{sample}.md", f"outlines/{sample}.tsv", EMPTY, language)


def check_annotations(
    outline: Path, annotations: str, lexicon: Lexicon, language: str = "en"
) -> None:
    records, result = linked(outline.read_text("utf-8"), lexicon, language)
    found: dict[int, set[str]] = {}
    for mention in result.mentions:
        if not records[mention.record].stated:
            official = result.targets[mention.target].official
            found.setdefault(mention.line, set()).add(short(lexicon, official))
    ranges, wanted = read_annotations(HERE / annotations)
    right, wrong, missed = 0, [], []
    for line in (line for each in ranges for line in each):
        rest = set(found.get(line, ()))
        for want in wanted.get(line, ()):
            hits = rest & set(want.rstrip("?").split("|"))
            rest -= hits
            if not want.endswith("?"):
                right += bool(hits)
                missed += [] if hits else [(line, want)]
        wrong += [(line, name) for name in sorted(rest)]
    assert right / (right + len(wrong)) >= PRECISION, wrong
    assert right / (right + len(missed)) >= RECALL, missed


# --- one behaviour each --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Start a Step Function", "Step Functions"),
        ("Logs go to KDF", "Data Firehose"),
        ("Share Codebuild projects", "CodeBuild"),
        ("Run it on Lambd@Edge", "Lambda@Edge"),
        ("Events reach Eventbridge", "EventBridge"),
        ("A CloudWach alarm", "CloudWatch"),
    ],
)
def test_a_spelling_slip_still_names_the_service(line: str, name: str) -> None:
    assert name in named(on_page(f"- {line}"))


def test_a_slip_is_no_other_ordinary_word() -> None:
    assert named(on_page("- The glee of macro users", "- A mace and a back up of clues")) == set()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Allow kms:Decrypt on the key", "KMS"),
        ("Principal sns.amazonaws.com", "SNS"),
        ("Run aws kms create-grant", "KMS"),
        ("arn:aws:sqs:eu-west-1:1:queue", "SQS"),
    ],
)
def test_the_prefix_of_an_api_action_names_its_service(line: str, name: str) -> None:
    assert name in named(on_page(f"- {line}"))


@pytest.mark.parametrize(
    "line",
    [
        "Edit the config file",
        "Detective guardrails",
        "Keep a backup of the file",
        "The organization has an inspector",
        "Each artifact has a key",
        "Hold it together with glue and a shield",
    ],
)
def test_a_plain_word_is_no_service(line: str) -> None:
    plain = {"Config", "Detective", "Backup", "Organizations", "Inspector", "Artifact", "Glue"}
    assert not named(on_page(f"- {line}")) & (plain | {"KMS", "Shield"})


def test_the_words_of_a_name_apart_are_plain_inside_a_longer_term() -> None:
    assert named(on_page("- A resource data sync copies inventory")) == set()
    assert named(on_page("- Move it with data sync")) == {"DataSync"}


def test_an_artifact_inside_a_findings_name_is_no_service() -> None:
    lines = "- Findings\n  - Naming convention\n    - ThreatPurpose\n    - Artifact"
    assert "Artifact" not in named(on_page(lines, page="GuardDuty"))


def test_a_bare_noun_in_a_list_of_services_is_the_service() -> None:
    lines = on_page("- Supported", "  - Transfer Family", "  - Backup", "  - EFS")
    assert named(lines) == {"Transfer Family", "Backup", "EFS"}


def test_a_part_of_a_longer_name_is_not_named() -> None:
    text = on_page("- Lambda@Edge", "- Shield Advanced", "- Kinesis Data Firehose")
    assert named(text) == {"Lambda@Edge", "Shield Advanced", "Data Firehose"}


def test_a_page_never_mentions_its_own_service() -> None:
    text = on_page("- KMS keys rotate", "- kms:Decrypt", "- Key Management Service", page="KMS")
    assert named(text) == set()


def test_a_former_name_means_the_service_of_today() -> None:
    assert mentions(on_page("- Log in with AWS SSO")) == [("AWS SSO", "IAM Identity Center")]


def test_a_service_without_a_heading_is_a_target_without_a_record() -> None:
    _, result = linked(on_page("- Notify SNS"))
    records = {short(LEXICON, t.official): t.record for t in result.targets}
    assert records["SNS"] is None
    assert records["Trusted Advisor"] is not None


def test_the_address_of_a_link_names_nothing() -> None:
    text = on_page("- [The guide](https://example.org/lambda/S3.html) says so")
    assert named(text) == set()


def test_a_service_is_mentioned_once_for_a_record() -> None:
    assert mentions(on_page("- S3 to S3")) == [("S3", "S3")]


def test_without_a_lexicon_headings_are_the_names() -> None:
    text = "# Cells\n## Ribosome\n- Reads\n## Golgi apparatus\n- Gets what a ribosome makes\n"
    assert mentions(text, EMPTY) == [("ribosome", "Ribosome")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("See [[Ribosome]]", ["Ribosome"]),
        ("See [[Ribosome#Structure|how it is built]]", ["Ribosome"]),
        ("See [[Kinesin|the motor]]", ["Kinesin"]),
        ("See ![[ribosome.png]]", []),
        ("Seen on [[2024-01-05]]", []),
    ],
)
def test_a_link_between_notes_names_its_topic(line: str, names: list[str]) -> None:
    text = f"# Cells\n## Ribosome\n- Reads\n## Golgi apparatus\n- {line}\n"
    assert [name for _, name in mentions(text, EMPTY)] == names


VAULT = [
    ("Heart/Introduction.md", "Where to begin.\n\n# Aims\n- See [[introduction]]"),
    ("Heart/Notes.md", "What was said.\n\n# Week 1\n- Nothing yet"),
    ("Heart/What an angiotensin converting enzyme inhibitor does to the kidney.md",
     "---\naliases: [ACEi, kidney note]\n---\n# Effects\n- Dilates"),
    ("Heart/Beta blockers.md", "# Use\n- Slow the heart"),
    ("Heart/C.md", "A vitamin."),
    ("Heart/C#.md", "A tone.\n\n# Use\n- Sung"),
]  # fmt: skip
LONG = "What an angiotensin converting enzyme inhibitor does to the kidney"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("First read [[Introduction]]", ["Introduction"]),
        ("As in [[notes|the words of Tuesday]]", ["Notes"]),
        ("As in [[Notes#Week 1|that week]]", ["Notes"]),
        (f"See [[{LONG}]]", [LONG]),
        ("See [[ACEi|these]] and [[kidney note]]", [LONG]),
        ("An ACEi comes first", [LONG]),
        ("See [[Notes|beta blockers]]", ["Notes"]),
        ("See [[C]]", ["C"]),
        ("See [[C#]]", ["C#"]),
        ("The introduction is in my notes", []),
        ("See [[Nothing of that name]] in [[Notes]]", ["Notes"]),
    ],
)
@pytest.mark.parametrize("lexicon", [EMPTY, LEXICON])
def test_a_link_of_a_vault_surely_names_its_note(
    line: str, names: list[str], lexicon: Lexicon
) -> None:
    vault = join_notes([*VAULT, ("Heart/Zeal.md", f"Zest.\n\n# Lines\n- {line}\n")])
    records, found = linked(vault.text, lexicon)
    assert [
        found.targets[m.target].official
        for m in found.mentions
        if records[records[m.record].service].text == "Zeal"
        and found.targets[m.target].record is not None
    ] == names


def test_what_a_heading_is_also_called_names_it() -> None:
    text = "# Heart\n## Inhibitors of the enzyme\nalias:: ACEi, prils\n- Dilate\n## Cough\n"
    text += "- Comes with an ACEi\n- All prils do it\n- See [[prils|these]]\n"
    assert [name for _, name in mentions(text, EMPTY)] == ["Inhibitors of the enzyme"] * 3


def test_a_note_never_names_itself_by_a_link() -> None:
    records, found = linked(join_notes(VAULT).text, EMPTY)
    assert [records[m.record].text for m in found.mentions] == []


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Convolutional networks (CNNs)", "Take a CNN"),
        ("Il Risorgimento", "Prima del Risorgimento"),
        ("3. Ribosomes", "One ribosome"),
        ("Renin–angiotensin system", "The renin-angiotensin system"),
        ("Lecture 4: Entropy", "Measure the entropy"),
        ("🧬 Chromosome", "Each chromosome"),
    ],
)
def test_a_heading_is_named_in_other_forms(heading: str, line: str) -> None:
    assert len(mentions(f"# N\n## {heading}\n- x\n## Golgi apparatus\n- {line}\n", EMPTY)) == 1


def test_a_heading_within_a_page_is_named_where_its_writing_tells() -> None:
    text = "# K\n## Control plane\n### etcd\n- Holds state\n### Upgrade\n- Save etcd\n"
    text += "## Secret\n- Kept in etcd\n- Upgrade often\n- The upgrade is slow\n"
    assert [name for _, name in mentions(text, EMPTY)] == ["etcd", "etcd"]


def test_headings_in_capitals_are_named_in_small_letters() -> None:
    text = "# CONTRACTS\n## I. OFFER\n- x\n## II. ACCEPTANCE\n- Mirrors the offer\n"
    assert [surface for surface, _ in mentions(text, EMPTY)] == ["offer"]


def test_a_share_of_marks_in_brackets_is_no_name() -> None:
    text = "# Exam\n## Workloads (15%)\n- x\n## Storage (10%)\n- Full at 15% of it\n"
    assert mentions(text, EMPTY) == []


def test_a_term_that_recurs_means_the_heading_of_that_name() -> None:
    text = "# K\n## Policies\n### Image Builder\n- Makes images\n"
    text += "## Copies\n- Let the Image Builder run\n- Stop the Image Builder\n"
    text += "## Costs\n- The Image Builder is free\n"
    records, found = linked(text, EMPTY)
    named = {found.targets[mention.target].record for mention in found.mentions}
    assert [records[record].text for record in named if record is not None] == ["Image Builder"]


def test_the_rest_of_a_name_that_begins_a_sentence_is_no_name() -> None:
    lines = "- Audit Manager collects\n- An audit is due\n"
    text = f"# N\n## Ribosome\n{lines}## Golgi apparatus\n{lines}## Lysosome\n{lines}"
    assert mentions(text, EMPTY) == []


def test_a_word_in_capitals_for_stress_is_no_name() -> None:
    lines = "- Do NOT wait\n- It is NOT so\n- not now\n"
    text = f"# N\n## Ribosome\n{lines}## Golgi apparatus\n{lines}"
    assert mentions(text, EMPTY) == []


# --- what holds for every input ------------------------------------------------------------------

NAMES = [text for entry in LEXICON.services for text, _ in entry.names()]
WORDS = st.sampled_from(
    ["uses", "config", "file", "->", "the", "backup", "kms:Decrypt", "and", ",", "/", "(", ")"]
)
LINE = st.lists(
    st.one_of(st.sampled_from(NAMES), WORDS, st.text(max_size=8)), min_size=1, max_size=6
).map(" ".join)
OUTLINE = st.lists(st.tuples(st.sampled_from(["## ", "### ", "- ", "  - "]), LINE), max_size=8)


@settings(max_examples=80, deadline=None)
@given(OUTLINE, st.booleans())
def test_spans_lie_within_the_text_and_none_is_the_pages_own(
    lines: list[tuple[str, str]], known: bool
) -> None:
    text = "\n".join(mark + words for mark, words in lines)
    try:
        records, result = linked(text, LEXICON if known else EMPTY)
    except OutlineError:
        return
    for mention in result.mentions:
        words = records[mention.record].text
        assert 0 <= mention.start < mention.end <= len(words)
        assert words[mention.start : mention.end] == mention.surface
        assert mention.target not in result.own[mention.record]
    for names, record in zip(result.named, records, strict=True):
        edges = [edge for start, end, _ in names for edge in (start, end)]
        assert edges == sorted(edges)
        assert not edges or edges[-1] <= len(record.text)


@settings(max_examples=30, deadline=None)
@given(OUTLINE)
def test_the_same_records_give_the_same_mentions(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(mark + words for mark, words in lines)
    try:
        assert linked(text) == linked(text)
    except OutlineError:
        return
