"""Small outlines for the tests of items."""

from pathlib import Path

from knowledge.lexicon import Lexicon, parse_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from quiz.items.subject import Subject

ROOT = Path(__file__).parents[3]
PACK = ROOT / "knowledge/packs/aws_security_specialty"

SMALL = """\
# Security
## GuardDuty
- GuardDuty is a managed threat detection service that finds anomalous activity.
### Findings
- GuardDuty keeps a finding for 90 days.
- A suppression rule in GuardDuty automatically archives new findings that match its filter.
- A trusted IP list in GuardDuty holds addresses that the customer considers harmless.
- A threat IP list in GuardDuty names hosts with a malicious reputation.
- A sample finding in GuardDuty imitates an attack for rehearsals by responders.
- An imported session lasts at most 6 hours.
- Simple AD doesn't support MFA.
### Steps
- The response to a finding runs in three steps, in this order:
  1. Identify the instance.
  2. Contain the instance.
  3. Eradicate the cause on the instance.
"""

LEXICON = """\
[[service]]
official = "Amazon GuardDuty"
short = "GuardDuty"
[[part]]
name = "Suppression rule"
home = "Amazon GuardDuty"
[[part]]
name = "Trusted IP list"
home = "Amazon GuardDuty"
[[part]]
name = "Threat IP list"
home = "Amazon GuardDuty"
[[part]]
name = "Sample finding"
home = "Amazon GuardDuty"
"""


def small(text: str = SMALL, lexicon: Lexicon | None = None) -> Subject:
    records = make_records(read_outline(text.encode("utf-8")))
    return Subject(records, lexicon if lexicon is not None else parse_lexicon(LEXICON))
