"""What states a relation in English: triggers → kind and direction. Data only.

Each row is (kind, direction, trigger, role, after):
  direction  '>' the subject is the source and the name behind the trigger the target; '<' the
             other way round
  trigger    a regular expression for the words between the subject and the object; '~' stands for
             a few words in between without a full stop, where a name may stand
  role       what the object has to be for, where the words alone don't say enough (see `roles`)
  after      a regular expression that has to follow the object's words
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    kind: str
    direction: str
    trigger: str
    role: str = ""
    after: str = ""


ENGLISH = (
    # --- data moves -------------------------------------------------------------------------
    Row("sends_to", ">", r"(?:send|sends|sent|sending|publish|publishes|published|deliver|delivers"
        r"|delivered|forward|forwards|forwarded|stream|streams|streamed|streaming|emit|emits"
        r"|emitted|push|pushes|pushed|route|routes|routed|relay|relays|relayed|export|exports"
        r"|exported|report|reports|reported|go|goes|mirror|mirrors|mirrored|outputs?|insert"
        r"|propagates?|propagated)~ (?:to|into|via|through)"),
    Row("sends_to", ">", r"(?:outputs?|sends?|insert|inserts|notify|notifies|notified (?:by|via)"
        r"|notify~ (?:through|via|with|using)(?: services? like)?|alerts?~ (?:through|via))"),
    Row("sends_to", ">", r"(?:sends?|publishes|emits?|creates?|generates?)", "log",
        r" (?:metrics?|notifications?|alarms?)"),
    Row("sends_to", ">", r"(?:generates?|generated|emits?|raises?|creates?|appears?|shows? up"
        r"|available|visible)~ (?:events?|notifications?|findings?|metrics?)~ (?:in|to|for|through)"),
    Row("sends_to", ">", r"(?:findings?|events?|alerts?|notifications?) (?:is |are )?(?:aggregated"
        r"|collected|consolidated|centrali[sz]ed) (?:in|into|by)"),
    Row("aggregates_from", ">", r"(?:aggregat(?:e|es|ed|ing)|collects?|collecting|ingests?|gathers?"
        r"|receives?|consolidates?|cent?rali[sz]es?|imports?|pulls?|consumes?|obtains?)"
        r"~ (?:from|across|of)"),
    Row("aggregates_from", ">", r"(?:aggregates?|ingests?|collects?|monitors?|processes|consumes?"
        r"|analy[sz]es?|correlates?)", "", r"(?: \w+){0,2} (?:findings|logs?|events|data|alerts)"),
    Row("aggregates_from", ">", r"(?:collected|gathered|ingested|pulled|aggregated|received|comes?)"
        r"~ from"),
    # --- logs -------------------------------------------------------------------------------
    Row("logs_to", ">", r"(?:logs?|logged|logging|recorded|audited)~ (?:to|in|into|by|with|through|via)"),
    Row("logs_to", "<", r"(?:records?|logs|captures?|intercepts?)~ (?:calls?|events?|requests?"
        r"|activity|actions|operations)~ (?:of|from|by|made (?:to|by|in)|in)"),
    Row("logs_to", "<", r"(?:records?|logs|captures?|intercepts?|monitors?)", "",
        r"(?: \w+){0,2} (?:api calls?|calls|api activity)"),
    # --- places -----------------------------------------------------------------------------
    Row("stores_in", ">", r"(?:store|stores|stored|saves?|saved|kept|keeps?|archives?|archived"
        r"|persists?|persisted|writes?|written|backs? up|backed up|collates?|delivers?)~"
        r" (?:in|into|on|onto|to)"),
    Row("stores_in", ">", r"(?:put|puts|adds?|upload|uploads|uploaded|place|placed|imported)~"
        r" (?:in|into|to|on)", "storage"),
    # --- one makes another run --------------------------------------------------------------
    Row("triggers", ">", r"(?:trigger|triggers|triggering|invoke|invokes|invoking)"),
    Row("triggers", ">", r"(?:run|runs|starts?|execute|executes|launch|launches|calls?|connects? to"
        r"|associates?|runs? (?:on|in)|uses?|leverages?|integrates? with custom)", "compute"),
    Row("triggers", ">", r"(?:transform|transforms|rotates?|rotated|rotation|process|remediates?"
        r"|remediated|remediation|validates?|handled|automated?|respond)~ (?:with|using|via|by"
        r"|through)", "compute"),
    Row("triggers", "<", r"(?:triggered|invoked|started|executed|launched|initiated) (?:by|with"
        r"|from|through|via|using)"),
    # --- protection of data and ways in -----------------------------------------------------
    Row("encrypts_with", ">", r"(?:encrypts?|encrypted|encrypting|encryption|decrypts?|decrypted"
        r"|protected|signs?|signed|wraps?|wrapped|sse)(?:~ (?:with|by|using|via|through|under|from)"
        r"|-)", "crypto"),
    Row("encrypts_with", ">", r"(?:uses?|using|specify|supports?|requires?|needs?)~", "crypto",
        r"(?: \w+){0,2} (?:keys?|grants?|cmks?|encryption)"),
    Row("authenticates_with", ">", r"(?:authenticat(?:e|es|ed|ion|ing)|authn|authoriz(?:e|es|ed"
        r"|ation)|sign(?:s|ed)?[- ]in|log(?:s|ged)? in|single sign[- ]on|sso|federat(?:e|es|ed"
        r"|ion))~ (?:with|by|via|through|using|against|from)", "identity"),
    Row("authenticates_with", ">", r"(?:supports?|uses?|enables?|offers?|allows?)", "identity",
        r"(?: \w+)? (?:auth\w*|identity|identities|log-?in|sign-?in|sso)"),
    Row("protects", ">", r"(?:protect|protects|protecting|secures?|defends?|shields?)"),
    Row("protects", "<", r"(?:protected|secured|defended|filtered) (?:by|with|using)"),
    # --- administration ---------------------------------------------------------------------
    Row("managed_by", ">", r"(?:managed|administered|orchestrated|governed|controlled|deployed"
        r"|automated) (?:centrally |automatically )?(?:by|via|through|with|using|from)"),
    Row("managed_by", "<", r"(?:manages?|administers?|governs?|orchestrates?|deploys?)"),
    Row("shares_via", ">", r"(?:share|shares|shared|sharing|shareable|sharable)~ (?:using|via"
        r"|through|with|by means of|by)", "sharing"),
    # --- dependence -------------------------------------------------------------------------
    Row("requires", ">", r"(?:requires?|requiring|needs?|depends? on|dependent on|relies on|rely on"
        r"|leverages?|prerequisites?:?|must (?:have|run on|be in))(?: \w+(?: \w+)? (?:on|of|in|via"
        r"|through|to|from|with))?"),
    Row("requires", ">", r"(?:accessible|available|reachable|works?|possible) (?:only )?(?:via|through)"),
    Row("requires", "<", r"(?:required|needed) (?:for|by)"),
    Row("requires", ">", r"(?:runs?|run|running) on"),
    # --- reading ----------------------------------------------------------------------------
    Row("queries", ">", r"(?:query|queries|querying|analy[sz]es?|visuali[sz]es?|reads?|fetch"
        r"|fetches|search|searches|scans?|examines?|inspects?|retrieves?|gets?|looks? up)"
        r"(?:~ (?:on|in|over|from|across|out of|against))?"),
    Row("queries", ">", r"(?:quer(?:y|ies)|sql)~ (?:on|for|over|across) (?:data|logs|objects)~ (?:in|of|from)"),
    Row("queries", "<", r"(?:query|queried|queries|analy[sz]e|analy[sz]ed|analy[sz]ing|searched"
        r"|visuali[sz]ed?|read|explored?)~ (?:with|using|by|through|via|in)", "analysis"),
    # --- together ---------------------------------------------------------------------------
    Row("integrates_with", ">", r"(?:integrat(?:e|es|ed|ing|ion|ions)|works?(?: together)?"
        r"|compatible|combined?|interoperates?|used together|use) (?:natively |directly )?(?:with|into)"),
    Row("integrates_with", ">", r"(?:uses|used via|integrations? via)"),
    # --- what belongs to or follows what ------------------------------------------------------
    Row("part_of", ">", r"(?:a |the |an )?(?:part|feature|component|capability|module|tool|piece"
        r"|sub-?service|member) of|belongs? to|(?:built|bundled|included) (?:into|in|with)"),
    Row("successor_of", ">", r"(?:successor (?:to|of)|replaces|replacement (?:for|of)|supersedes"
        r"|succeeds|formerly(?: called| known as| named)?|previously(?: called| known as)?"
        r"|renamed from|evolved from|was called)"),
    Row("successor_of", "<", r"(?:superseded|replaced|succeeded) by|renamed (?:to|as)|now called"
        r"|deprecated in favou?r of"),
)  # fmt: skip

# Words that take back what a clause says, wherever they stand before its object.
NEGATIONS = (
    r"\b(?:not|no|never|cannot|without|neither|nor|none|instead of|rather than|other than|except"
    r"|avoid|avoids|prohibited|unsupported|unlike|prevents?|deny|denies|blocks? access|stop(?:s|ped)?"
    r"|non|nicht|kein|keine|keinen|ohne|senza|mai|sans|jamais|aucun|ne|sin|nunca|ningún)\b|n't\b|n’t\b"
)

# A subject that is no service: what follows isn't said of the page either.
ACTORS = (
    r"\b(?:who|users?|customers?|principals?|administrators?|admins?|auditors?|developers?|people"
    r"|clients?|attackers?|anyone|you|which (?:principals|accounts|services)|check|whether|policy"
    r"|policies|similar to|like)\b"
)
