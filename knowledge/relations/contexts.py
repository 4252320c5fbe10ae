"""What a list's heading says about the services below it, per language. Data only.

Each row is (kind, direction, heading, role): '>' makes the subject the source and the listed
service the target. The heading is matched in lower case and as a whole; `role` is what a listed
service has to be for (see `roles`), where the heading alone doesn't say enough.
"""

from __future__ import annotations

from typing import NamedTuple


class Context(NamedTuple):
    kind: str
    direction: str
    heading: str
    role: str = ""


ENGLISH = (
    Context("logs_to", ">", r"logg?ing(?: options| destinations?| targets?)?|logs?"
            r"|(?:log|logging) (?:destinations?|options|outputs?|delivery)|(?:where"
            r"|send) logs(?: go)?"
            r"|(?:node|audit|access|flow|query|session) logs?"),
    Context("sends_to", ">", r"(?:\w+ )?destinations?|targets|downstream|receive (?:findings"
            r"|events)"
            r"|outputs?(?: to)?|notif(?:y|ications?)|receivers?|consumers?|(?:\w+ )?subscriptions?"
            r"|(?:finding|event) (?:targets|export)"),
    Context("triggers", ">", r"trigger destinations|remediations?|actions|invokes"
            r"|triggers the following"),
    Context("triggers", "<", r"triggers|triggered by|invoked by|event sources?"),
    Context("sends_to", ">", r"monitor\w*(?: \w+){0,3}", "log|messages"),
    Context("integrates_with", ">", r"secrets?(?: options?| stores?)?", "secrets"),
    Context("aggregates_from", ">", r"(?:data |log |event )?(?:sources?|inputs?)|input data.*"
            r"|uses data"
            r"|aggregates .*|collects .*|senders?|foundational data sources"),
    Context("queries", ">", r"\w+ sources?"),
    Context("requires", ">", r"dependenc(?:y|ies)|requires?|requirements?|pre-?requisites?|needs"
            r"|depends on|relies on"),
    Context("authenticates_with", ">", r"(?:\w+ ){0,3}auth(?:n|entication)?(?: \w+)?|(?:trust"
            r"|identity) providers?"
            r"|identity based|identity sources?|single sign[- ]on|sign[- ]in|log-?in", "identity"),
    Context("authenticates_with", ">", r"(?:auth(?:n|entication)) (?:support|options?|methods?)"),
    Context("encrypts_with", ">", r".*(?:encrypt|key store|keys?\b).*", "crypto"),
    Context("protects", "<", r"protection|protected by"),
    Context("protects", ">", r"protect.*|protected resources?(?: types?)?|protects"),
    Context("managed_by", "<", r"(?:cent?rali[sz]ed?|central) (?:administration|management)|manages"
            r"|administers"),
    Context("managed_by", ">", r"managed by|administered by"),
    Context("shares_via", ">", r"shared? (?:via|with|using)|sharing", "sharing"),
    Context("part_of", "<", r"components|parts|modules|consists of"),
    Context("stores_in", ">", r"storage|backend|stored in|stores in|delivery method|store"),
    Context("queries", ">", r"quer(?:y|ies)|reads from|fetch from"),
    Context("integrates_with", ">", r"(?:\w+ )?integrat(?:es|ions?)(?: (?:options?|with|points"
            r"|with aws"
            r" services|services))?|works with|compatible with|integrates with .*"),
)  # fmt: skip

# Headings that say nothing by themselves: what is above them holds for what is below.
NEUTRAL = (
    r"(?:examples?|eg|e\.g\.?|options?|optional(?: features)?|where|types?|default|rest|http"
    r"|on-?prem\w*"
    r"|aws(?: services?)?|services?|managed|custom|others?|common|supported|supports?|features?"
    r"|key features|real-?time|batch.*|both|either|management|security|general)"
)

# Over the services whose resources one that shares can share: 'Share … across accounts'.
SHARED = r"(?:share|sharing|shares|shareable|resources that .* shares?)\b.*"
# Of an owner whose lines are logs, sources write to it; integrations take what it holds.
LOGS = r"\blogs?\b|\blogging\b"
EVENTS = r"\b(?:events?|notifications?|findings|alarms?|alerts?)\b"
