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
