"""Things to test with: keyword functions with defaults."""

from __future__ import annotations

from itertools import count

from knowledge.loading import load_outline
from knowledge.models import Outline, Service
from knowledge.packs import NO_PACK, Pack

_number = count(1)

SMALL = """\
# Network notes
## VPC
### Network ACLs
- Stateless
- Evaluated by rule number
  - Lowest first
### Security groups
- Stateful
## Key Management Service (KMS)
### Keys
- Rotation takes 1 year by default
"""


def make_outline(
    text: str = SMALL, *, slug: str | None = None, pack: Pack = NO_PACK, title: str | None = None
) -> Outline:
    """An outline loaded from text, under a slug of its own."""
    slug = slug or f"outline-{next(_number)}"
    loaded = load_outline(text.encode(), slug=slug, pack=pack, title=title, file_name=f"{slug}.md")
    assert loaded.outline is not None
    return loaded.outline


def get_service(outline: Outline, name: str) -> Service:
    service: Service = Service.objects.for_outline(outline).get(name=name)
    return service


# Enough to be asked about: values, needs and parts that stand for each other.
RICH = """\
# Cloud notes
## Key Management Service (KMS)
### Keys
- The default rotation period of a customer managed key is 365 days.
- The rotation period of a customer managed key can be set from 90 to 2560 days.
- The waiting period for the deletion of a key is from 7 to 30 days.
- A key policy says who may use a key.
- Multi-Region keys let data be encrypted in one Region and decrypted in another.
### Grants
- A grant gives temporary permissions to use a key.
- A grant can be retired by its grantee.
## CloudTrail
### Trails
- A trail delivers events to an S3 bucket.
- The default retention of the event history is 90 days.
- Log file validation tells whether a log file was changed after delivery.
### Events
- Management events are logged by default.
- Data events are not logged by default.
- Insights events show unusual rates of API calls.
## GuardDuty
### Findings
- A finding is kept for 90 days.
- Findings are sent to EventBridge within 5 minutes.
- A suppression rule archives findings that match it.
### Protection plans
- S3 Protection reads data events of S3 buckets.
- Malware Protection scans EBS volumes of EC2 instances.
- EKS Protection reads audit logs of Kubernetes.
## Macie
### Jobs
- A discovery job looks for sensitive data in S3 buckets.
- The sampling depth of a job is 100 percent by default.
- Custom data identifiers are written as regular expressions.
"""
