"""Torn statements are joined; real headings and real bullets stay."""

import pytest

from .drawing import codes, draw, node_of, read


def test_headers_of_a_request_are_joined_to_it():
    tree = read(
        "# T\n## S3\n- Preflight\n  - Request\n    - OPTIONS /\n## Host: www.other.com\n"
        "## Origin: https://www.example.com\n  - Response\n    - Allow: *\n## EBS\n- x\n"
    )
    assert draw(tree) == (
        "## S3\n  - Preflight\n    - Request\n"
        "      - OPTIONS / Host: www.other.com Origin: https://www.example.com\n"
        "    - Response\n      - Allow: *\n## EBS\n  - x"
    )
    assert node_of(tree, "OPTIONS").more == (6, 7)
    assert codes(tree) == [(6, "heading-in-example"), (7, "heading-in-example")]


@pytest.mark.parametrize(
    "torn",
    [
        ["add-permission", "--principal x.example", "--action lambda:Invoke"],
        ["--force"],
        ["Content-Type: application/json"],
        ["kubectl apply -f x --wait"],
        ["aws s3 ls --recursive"],
        ["s3:GetObject"],
        ["KEY=value"],
        ["then wait for the pods"],
    ],
)
@pytest.mark.parametrize("marks", ["#", "##"])
def test_lines_of_a_command_are_joined_to_its_bullet(torn, marks):
    lines = "".join(f"{marks} {text}\n" for text in torn)
    tree = read(f"# T\n## A\n- a\n  - Run the command\n{lines}    - deeper\n  - b\n## B\n- c\n")
    joined = " ".join(["Run the command", *torn])
    assert draw(tree) == f"## A\n  - a\n    - {joined}\n      - deeper\n    - b\n## B\n  - c"
    assert {code for _, code in codes(tree)} == {"heading-in-example"}


@pytest.mark.parametrize(
    "text",
    [
        # bullets under headings are indented everywhere
        "# T\n## A\n  - Run\n## kube-proxy\n  - b\n## Host: x\n  - c\n## D\n  - d\n",
        # one section is indented, but its heading has no sign of an example
        "# T\n## A\n- a\n  - b\n## Load balancers\n  - c\n## D\n- d\n",
        # the next bullet starts at the margin
        "# T\n## A\n- a\n  - b\n## kube-proxy\n- c\n## D\n- d\n",
        "# T\n## A\n- Example\n## etcd\n- c\n## systemd\n- d\n",
        # a blank line stands between
        "# T\n## A\n- a\n  - Run\n\n## add-permission\n\n  - c\n## D\n- d\n",
        "# T\n## A\n- a\n### Step 1: prepare\n- b\n### Note: this\n- c\n## D\n",
    ],
)
def test_real_headings_stay(text):
    tree = read(text)
    assert codes(tree) == []
    assert tree.counts.continuations == 0


def test_an_indented_comment_in_a_bullet_belongs_to_it():
    tree = read("## A\n- run\n  # as root\n  apt update\n- b\n## B\n")
    assert draw(tree) == "## A\n  - run as root apt update\n  - b\n## B"
    assert codes(tree) == [(3, "heading-in-example")]


def test_json_over_several_bullets_is_joined():
    tree = read(
        '## A\n- Default policy\n  - "Principal": {\n    - "AWS": "arn:aws:iam::1:root"\n- },\n'
        "- Example\n## B\n"
    )
    assert draw(tree) == (
        '## A\n  - Default policy\n    - "Principal": { "AWS": "arn:aws:iam::1:root" },\n'
        "  - Example\n## B"
    )
    assert node_of(tree, "Principal").more == (4, 5)
    assert codes(tree) == [(3, "torn-code")]


@pytest.mark.parametrize(
    "lines",
    [
        ['- "Statement": [', '  - {"Effect": "Allow"}', "- ]"],
        ["- {", '  - "a": [1,', "  - 2]", "- }"],
        ["- Policy = {", "  x", "- };"],
        ['- "Resource": "arn:aws:s3:::', '  - bucket/*",'],
    ],
)
def test_other_torn_code_is_joined(lines):
    tree = read("## A\n" + "\n".join(lines) + "\n- next\n## B\n")
    assert tree.counts.facts == 2
    assert codes(tree) == [(2, "torn-code")]


@pytest.mark.parametrize(
    "lines",
    [
        ["- {{KMS key} of", "- }} x"],
        ["- a [see", "- b] c"],
        ["- open {", "- never closed"],
        ["- a (", "- b )"],
        ['- 5" pipes', '- 6" pipes'],
        ['- He said "yes', '- and "no'],
    ],
)
def test_bullets_that_are_no_torn_code_stay(lines):
    tree = read("## A\n" + "\n".join(lines) + "\n## B\n")
    assert tree.counts.facts == 2
    assert codes(tree) == []
