"""What states a relation in English: triggers → kind and direction. Data only.

Each row is (kind, direction, trigger, role, after):
  direction  '>' the subject is the source and the name behind the trigger the target; '<' the
             other way round
  trigger    a regular expression for the words between the subject and the object; '~' stands for
             a few words in between without a full stop, where a name may stand; a '!' before it
             says that the word could be a noun as well: it has to stand where a verb does
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


# The sign in place of a name, inside a trigger.
_N = "[\ue000-\uf8ff]"

ENGLISH = (
    # --- data moves -------------------------------------------------------------------------
    Row("sends_to", ">", r"(?:send|sends|sent|sending|publish|publishes|published|deliver|delivers"
        r"|delivered|forward|forwards|forwarded|stream|streams|streamed|streaming|emit|emits"
        r"|emitted|push|pushes|pushed|routes|routed|relay|relays|relayed|exported|reported|go|goes"
        r"|mirror|mirrors|mirrored|insert|propagates?|propagated|passes|passed)~ (?:to|into)"),
    Row("sends_to", ">", r"!(?:exports?|reports?|outputs?|pass|route|streams?)~ (?:to|into)"),
    Row("sends_to", ">", r"export~ from~ to"),
    Row("sends_to", ">", r"(?:send|sends|sent|publish\w*|notify|notifies|notified|alerts?)~"
        r" (?:via|through|by|using|with)(?: services? like)?", "messages"),
    Row("sends_to", ">", r"(?:notify|notifies|connects? to|outputs?|alerts or .*)", "messages"),
    Row("sends_to", ">", r"!(?:use|uses|using)", "messages",
        r"(?: \w+){0,2} to (?:notify|react|respond|alert|send|route|trigger|invoke)"),
    Row("sends_to", ">", r"(?:sends?|publishes|emits?|generates?)", "log",
        r" (?:metrics?|notifications?|alarms?)"),
    Row("sends_to", ">", r"(?<!sources and )(?:destinations?|targets?)~ (?:is|are|can be|includes?)"
        r"(?: one of)?:?"),
    Row("sends_to", "<", r"(?:is|are|can be) (?:an? |the )?(?:targets?|destinations?) (?:of|for)"),
    Row("sends_to", "<", r"(?:is|are|can be)", "", r" targets?\b"),
    Row("sends_to", ">", r"!(?:match(?:es)?|trigger)~ with", "events"),
    Row("sends_to", "<", r"(?:receives?|forwards?)~ (?:findings|events|metrics|notifications"
        r"|alerts)"
        r"~ (?:from|that|of|for)"),
    Row("triggers", ">", r"(?:trigger~ targets|invoke~ targets)(?: such as|:)"),
    Row("sends_to", ">", r"(?:sent|delivered|published|exported) to~ (?:destinations?|targets?)"
        r"(?: such as|:)"),
    Row("logs_to", "<", r"is (?:the|a|one)", "", r" logs? destinations?"),
    Row("sends_to", ">", r"!connect(?:s|ed)?~ to", "messages"),
    Row("sends_to", "<", r"metrics? (?:of|for)"),
    Row("sends_to", "<", r"(?:matches|match|reacts? to)", "", r" (?:\w+ )?events?"),
    Row("sends_to", ">", r"!reach(?:es)?", "analysis|storage|log"),
    Row("sends_to", ">", r"monitor\w*~ (?:using|with|through|in|via)", "log"),
    Row("sends_to", ">", r"(?:generates?|generated|emits?|raises?|creates?|appears?|shows? up"
        r"|available|visible)~ (?:events?|notifications?|findings?|metrics?)~ (?:in|to|for"
        r"|through)"),
    Row("sends_to", ">", r"(?:findings?|events?|alerts?|notifications?) (?:is |are )?(?:aggregated"
        r"|collected|consolidated|centrali[sz]ed) (?:in|into|by)"),
    Row("sends_to", ">", r"(?:aggregate|collect|consolidate|centrali[sz]e) (?:the )?(?:findings?"
        r"|events?|alerts?) in(?:to)?"),
    Row("aggregates_from", ">", r"(?:aggregat(?:e|es|ed|ing)|collects?|collecting|ingests?|gathers?"
        r"|receives?|consolidates?|cent?rali[sz]es?|imports?|pulls?|consumes?|obtains?)"
        r"~ (?:from|across|of)"),
    Row("aggregates_from", ">", r"sources?(?! and)~ (?:is|are|includes?)(?: one of)?:?"),
    Row("aggregates_from", ">", r"(?:aggregates?|ingests?|collects?|monitors?|consumes?"
        r"|correlates?)", "", r"(?: \w+){0,2} (?:findings|logs?|events|data|alerts)"),
    Row("aggregates_from", ">", r"!(?:uses?)~", "", r"(?: \w+){0,1} (?:findings|logs|events)\b"),
    Row("aggregates_from", ">", r"(?:collected|gathered|ingested|pulled|aggregated)~ from"),
    Row("sends_to", "<", r"receives?~ (?:events?|findings?|notifications?|messages?)~"
        r" (?:when|whenever)"),
    Row("sends_to", ">", rf"exports? {_N}(?: \w+)?~ to"),
    Row("sends_to", ">", r"subscription(?: filters?)? to"),
    Row("sends_to", ">", r"(?:findings?|events?|alerts?|notifications?)~"
        r" (?:usually |also )?reach(?:es)?"),
    Row("sends_to", ">", r"(?:logs|records|data) reach(?:es)?", "analysis|storage|log"),
    # --- logs -------------------------------------------------------------------------------
    Row("logs_to", ">", r"(?:logged|recorded|audited)~ (?:to|in|into|by|with|through|via)"),
    Row("logs_to", ">", r"logging (?:to|into|via|with)"),
    Row("logs_to", ">", r"!logs?~ (?:to|into|with)"),
    Row("logs_to", "<", r"!(?:records?|logs|can (?:intercept|record|log)|captures?|intercepts?)~"
        r" (?:calls?|events?|requests?|activity|actions|operations)~ (?:of|from|by"
        r"|made (?:to|by|in))"),
    Row("logs_to", "<", r"!(?:records?|logs|captures?|intercepts?|monitors?)", "",
        r"(?: \w+){0,2} (?:api calls?|calls|api activity)"),
    Row("logs_to", "<", r"!(?:records?|logs|captures?)~ calls?~ (?:to|that~ (?:use|access|reach))"),
    Row("logs_to", "<", r"!(?:stores?|holds?|keeps?|retains?)~ logs? (?:of|from)"),
    Row("logs_to", ">", r"!use~", "",
        r".* to (?:deliver|stream|ship|collect)(?: \w+){0,3}? logs"),
    # --- places -----------------------------------------------------------------------------
    Row("stores_in", ">", r"(?:stored|saves?|saved|kept|keeps?|archives?|archived|stores"
        r"|persists?|persisted|writes?|written|collates?)~ (?:in|into|on|onto|to)"),
    Row("stores_in", ">", r"(?:backs? up|backed up)~ (?:in|on|onto|to)"),
    Row("stores_in", ">", r"!(?:store|keep|archive)~ (?:in|into|on|onto|to)"),
    Row("stores_in", ">", r"(?:put|puts|add|upload|uploads|uploaded|place|placed)~ (?:in|into|to"
        r"|on)", "storage"),
    Row("stores_in", ">", r"(?:cent?rali[sz]e\w*|keep|share|sharing|manage)~ (?:using|in|with|via)",
        "secrets"),
    # --- one makes another run --------------------------------------------------------------
    Row("triggers", ">", r"(?:trigger|triggers|triggering|invoke|invokes|invoking)"),
    Row("triggers", ">", r"(?:run|running|starts?|execute|executes|launch|launches|calls?"
        r"|connects? to|associate|runs? (?:on|in)|use|uses|using|leverages?)", "compute"),
    Row("authenticates_with", ">", r"authori[sz]er (?:via|with|using)", "compute"),
    Row("authenticates_with", ">", r"(?:use|uses|using|custom)", "compute", r" authori[sz]ers?"),
    Row("triggers", ">", r"(?:transform|transforms|rotates?|rotated|rotation|process|remediates?"
        r"|remediated|remediation|validates?|handled|automated?|respond)~ (?:with|using|via|by"
        r"|through|by running)", "compute"),
    Row("triggers", ">", r"!run~ (?:in|on)", "compute"),
    Row("triggers", ">", r"calls?~ (?:api|operation|action)s? of"),
    Row("triggers", ">", r"orchestrate[sd]?~ (?:with|by|using|through)", "compute"),
    Row("triggers", ">", r"^(?!integrat|work|compat|use|call|attach|associat|share|\w+ing\b)\w+~"
        r" (?:with|using|by means of)", "compute"),
    Row("triggers", ">", r"(?:stimulates?|activates?|causes?|induces?|initiates?|leads? to)"),
    Row("triggers", "<", r"(?:triggered|invoked|started|run|stimulated|caused|activated|executed"
        r"|launched|initiated) (?:by|with|from|through|via|using)"),
    # --- protection of data and ways in -----------------------------------------------------
    Row("encrypts_with", ">", r"(?:encrypts?|encrypted|encrypting|encryption|decrypts?|decrypted"
        r"|protected|signs?|signed|wraps?|wrapped)~ (?:with|by|using|via|through|under|from)",
        "crypto"),
    Row("encrypts_with", ">", r"(?:uses?|using|specify|supports?|requires?|needs?|own)~", "crypto",
        r"(?: \w+){0,2} (?:keys?|grants?|cmks?|encryption)"),
    Row("encrypts_with", ">", r"(?:encrypt\w*|encryption|uses?|using|supports?|such as)~"
        r" (?:with )?sse-", "crypto"),
    Row("authenticates_with", ">", r"(?:authenticat(?:e|es|ed|ion|ing)|authn|authz|authori[sz](?:e"
        r"|es|ed|ation)|sign(?:s|ed)?[- ]in|log(?:s|ged)? in|single sign[- ]on|sso|federat(?:e|es"
        r"|ed|ion)|secured|access)~ (?:with|by|via|through|using|against|from)", "identity"),
    Row("authenticates_with", ">", r"(?:supports?|uses?|using|enables?|offers?|allows?)",
        "identity", r"(?: \w+)? (?:auth\w*|identity|identities|log-?in|sign-?in|sso)"),
    Row("authenticates_with", ">", r"^(?:uses?|supports?|via)?", "identity",
        r"(?: (?:database|service|web))? (?:auth|authn|authentication|authori[sz]ation|log-?in"
        r"|sign-?in)\b"),
    Row("authenticates_with", ">", r"(?:identity|trust) (?:providers?|sources?)~ (?:is|are"
        r"|includes?)"
        r"(?: either)?"),
    Row("authenticates_with", "<", r"(?:is|are|can be|as) (?:the|an) identity (?:provider|source)"
        r" (?:of|for)"),
    Row("authenticates_with", ">", r"^supports?", "identity", r"(?:$| ?/)"),
    Row("encrypts_with", ">", r"(?:cop(?:y|ies|ied)|restor\w+|choose|chooses|pick|picks)~ with",
        "crypto", r" keys?\b"),
    Row("encrypts_with", ">", r"!(?:choose|chooses|pick|picks)", "crypto", r" keys?\b"),
    Row("encrypts_with", ">", r"(?:linked to|backed by)~ keys? (?:in|of)", "crypto"),
    Row("encrypts_with", "<", rf"(?<={_N} )keys? (?:for|behind)~ encryption~ of"),
    Row("authenticates_with", "<", r"(?:provides?|offers?|gives?)~ (?:sign-?in|sign-on|sso|log-?in"
        r"|authentication) (?:to|for)"),
    Row("protects", ">", r"(?:protect|protects|protecting|secures|defends?)"),
    Row("protects", ">", r"(?:filters?|inspects?|screens?)~ (?:traffic|requests|quer(?:y|ies)"
        r"|packets)~ (?:of|to|in|from|into|for|at)"),
    Row("protects", ">", r"(?:can|could) (?:also )?protect (?:include|are|is):?"),
    Row("protects", "<", r"(?:protected|secured|defended|filtered) (?:by|with|using)"),
    # --- administration ---------------------------------------------------------------------
    Row("managed_by", ">", r"(?:managed|administered|scaled|orchestrated|governed|controlled"
        r"|deployed|automated) (?:centrally |automatically )?(?:by|via|through|with|using|from)"),
    Row("managed_by", "<", r"(?:manages|administers|governs|orchestrates|deploys|controls|scales)"),
    Row("managed_by", "<", r"!(?:manage|administer|govern|orchestrate)"),
    Row("managed_by", "<", r"automates~ of"),
    Row("shares_via", ">", r"(?:share|shares|shared|sharing|shareable|sharable)~ (?:using|via"
        r"|through|with|by means of|by)", "sharing"),
    Row("shares_via", "<", r"!shares?"),
    Row("shares_via", "<", r"!shares?~ of"),
    Row("shares_via", "<", r"(?:can|could) (?:also )?share (?:include|are):?"),
    # --- dependence -------------------------------------------------------------------------
    Row("requires", ">", r"(?:requires?|requiring|needs|depends? on|dependent on|relies on|rely on"
        r"|leverages?|prerequisites?:?|must (?:have|run on|be in))(?: (?:a |an )?connection~"
        r" (?:via|over|through)| \w+(?: \w+)? (?:on|of|in|via|through|to|from|with))?"),
    Row("requires", ">", r"!need(?: to)?(?: add| have| use)?"),
    Row("requires", ">", r"must (?:also )?(?:set ?up|configure|create)~ in"),
    Row("requires", ">", r"only be (?:reached|accessed)~ (?:through|via|from)"),
    Row("requires", ">", r"(?:reached|accessed) only (?:through|via|from)"),
    Row("requires", ">", r"built on(?: top of)?"),
    Row("requires", ">", r"(?:enforced|implemented|powered) by"),
    Row("requires", ">", r"(?:accessible|available|reachable|works?|possible) (?:only )?(?:via"
        r"|through)"),
    Row("requires", "<", r"(?:required|needed) (?:for|by)"),
    Row("requires", ">", r"(?:runs?|running) on"),
    Row("requires", ">", r"backed by", "crypto"),
    # --- reading ----------------------------------------------------------------------------
    Row("queries", ">", r"!(?:query|queries|reads?|search|searches|scans?|examines?|inspects?"
        r"|looks? up|analy[sz]es?)(?:~ (?:on|in|over|from|across|out of|against))??"),
    Row("queries", ">", r"(?:querying|visuali[sz]es?|fetch|fetches|retrieves?|analy[sz]es"
        r"|is read|are read|examines)(?:~ (?:in|from|out of|of))??"),
    Row("queries", ">", r"(?:examines?|analy[sz]es?|inspects?|scans?) (?:include|are)"),
    Row("queries", ">", r"(?:analy[sz]es|examines|monitors|watch(?:es)?|scans|inspects)~"
        r" (?:to|on)"),
    Row("queries", ">", r"(?:builds?|generates?|derives?)~ from", "log"),
    Row("queries", ">", r"(?:inserts?|injects?|loads?|pulls?|gets?)~ from", "secrets"),
    Row("queries", ">", r"reference to", "secrets"),
    Row("queries", ">", r"read~ out of"),
    Row("queries", ">", r"!takes?~ from"),
    Row("queries", ">", r"builds? dashboards~ (?:on|from|of)"),
    Row("queries", ">", r"(?:secrets?|parameters?|values?|credentials?|configuration)~ come from"),
    Row("queries", ">", r"(?:quer(?:y|ies)|sql)~ (?:on|for|over|across) (?:data|logs|objects)~"
        r" (?:in|of|from)"),
    Row("queries", "<", r"(?:!query|queried|filter|analy[sz]ed?|analy[sz]ing|searched"
        r"|visuali[sz]ed?"
        r"|explored?)~ (?:with|using|by|through|via)".replace("!", ""), "analysis"),
    # --- together ---------------------------------------------------------------------------
    Row("integrates_with", ">", r"(?:integrat(?:e|es|ed|ing|ion|ions)|works?(?: together)?"
        r"|compatible|combined?|interoperates?|used together|use)(?: natively| directly)? (?:with"
        r"|into)"),
    Row("integrates_with", ">", r"(?:works~ (?:with|through)|integrations?~ via)"),
    Row("integrates_with", ">", "(?<=[\ue000-\uf8ff] )use"),
    Row("integrates_with", ">", r"!integrates?"),
    Row("integrates_with", ">", r"!(?:uses|used via|can use)"),
    Row("integrates_with", ">", r"can (?:also )?use"),
    Row("integrates_with", "<", r"(?:services?|resources?|products?) that (?:use|integrate with"
        r"|work with|support)~ (?:include|are)"),
    Row("integrates_with", ">", rf"(?<=^{_N} )with", "", r"$"),
    Row("integrates_with", ">", r"associat(?:e|es|ed|ing)~ with"),
    Row("integrates_with", ">", rf"attach(?:es|ed)? (?:\w+ ){{0,3}}{_N}(?: \w+){{0,2}} to"),
    Row("integrates_with", ">", r"!connects?(?:~ (?:to|with))?"),
    Row("integrates_with", ">", r"!connects?~ across"),
    Row("integrates_with", ">", r"joins?", "identity"),
    Row("integrates_with", ">", r"pivots?~ to"),
    Row("integrates_with", ">", r"!mounts?"),
    Row("integrates_with", ">", r"sharing with"),
    Row("integrates_with", ">", r"delegated admin(?:istrator|istration)?~"
        r" (?:through|via|using|in)"),
    Row("integrates_with", ">", rf"run {_N}(?: \w+)? on"),
    Row("integrates_with", ">", r"(?:reached|accessed) (?:through|via)~:"),
    Row("integrates_with", ">", r"(?:cname|alias|dns)(?: or \w+)? records?,?~ in"),
    Row("integrates_with", ">", r"(?:manages|registers|publishes)~ (?:names?|records?)~ in"),
    Row("integrates_with", ">", r"!calls? (?:aws )?services(?: directly)?,?"),
    Row("integrates_with", ">", r"^(?:can )?use(?! an? )", "", r"\.?$"),
    Row("integrates_with", ">", r"^", "", r" integrations?$"),
    Row("integrates_with", ">", r"(?:certificates?|certs?)(?: \w+){0,2}? (?:from|in|of|by|via)",
        "certificates"),
    Row("integrates_with", ">", r"with", "certificates", r" cert(?:ificate)?s?\b"),
    Row("stores_in", "<", r"provides?~ (?:storage|volumes?|disks?)~ for"),
    Row("integrates_with", ">", r"(?:defined?|written|described)~ as", "", r" templates?"),
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
    r"|until|avoid|avoids|prohibited|unsupported|unlike|prevents?|deny|denies|blocks? access"
    r"|stop(?:s|ped)?"
    r"|non|nicht|kein|keine|keinen|ohne|senza|mai|sans|jamais|aucun|ne|sin|nunca|ningún)\b"
    r"|n't\b|n’t\b"
)

# A subject that is no service: what follows isn't said of the page either.
ACTORS = (
    r"\b(?:who|users?|customers?|principals?|administrators?|admins?|auditors?|developers?|people"
    r"|clients?|attackers?|applications?|anyone|you|which (?:principals|accounts|services)"
    r"|check|whether|policy"
    r"|policies|similar to|like)\b"
)
