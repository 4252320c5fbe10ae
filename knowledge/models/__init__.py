"""The graph as rows: an outline, its services, features and facts, and what links them.

Every node knows its line in the file that was loaded last. Primary keys are identity: loading a
changed file updates the rows of the nodes that stayed, so that a learner's history hangs on.
"""

from knowledge.models.facts import Fact
from knowledge.models.features import Feature
from knowledge.models.outlines import Outline, Problem, Source
from knowledge.models.related import RelatedTopic, Structure
from knowledge.models.services import Alias, Service
from knowledge.models.ties import Mention, MentionQuerySet, Relation, RelationQuerySet

__all__ = [
    "Alias", "Fact", "Feature", "Mention", "MentionQuerySet", "Outline", "Problem", "RelatedTopic",
    "Relation", "RelationQuerySet", "Service", "Source", "Structure",
]  # fmt: skip
