"""What a single line looks like. Every test here takes time in proportion to the line."""

from __future__ import annotations

import re
from collections.abc import Callable

ITEM = re.compile(
    "([ \t\u00a0\u3000]*)"
    "(?:[-*+–](?=[ \t\u00a0\u3000]|$)|[•‣◦▪●○■·・](?![•‣◦▪●○■·・])"
    "|(\\d{1,9})(?:[.)](?=[ \t\u00a0\u3000]|$)|[、．]))"
    "[ \t\u00a0\u3000]*"
)
FENCE = re.compile("(`{3,})([^`]*)$|(~{3,})(.*)$")
TASK = re.compile(r"\[[ xX/\\<>!?*+~-]\](?:\s+|$)")
TAGS_ONLY = re.compile(r"(?:</?[A-Za-z][\w.-]*(?:\s[^<>]*)?/?>\s*)+")
TAG = re.compile(r"</?[A-Za-z][\w.-]*(?:\s[^<>]*)?/?>")
OPEN_TAG = re.compile(r"<[A-Za-z][\w.-]*(?:\s[^<>]*)?")
BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|center|summary|details|h[1-6]"
    r"|aside|section|article|header|footer|nav|main|figure|figcaption|blockquote|pre)[\s/>]",
    re.IGNORECASE,
)
HTML_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>(.*)</h\1>", re.IGNORECASE)
COMPONENT = re.compile(r"<([A-Z][\w.]*)(?:\s[^<>]*)?>(.*)</\1>$")
LINK_DEFINITION = re.compile(r"\[(?!\^)[^\]]+\]:[ \t]*(?:<[^>]*>|\S+)(?:\s+[\"'(].*)?$")
ANCHOR = re.compile(
    r"[*_]*(?:\[[^\]]*\](?:\(#[^)\s]*\)|\(\s*<#[^>]*>\s*\))|\[\[#[^\]]*\]\])[*_]*[.;,]?$"
)
ANCHORS = re.compile(r"(?:[|•·,/\s*-]*\[[^\]]{0,200}\]\(#[^)\s]*\)[|•·,/\s*-]*){2,}$")
ANCHOR_START = re.compile(r"[*_]*(?:\[[^\]]*\]\(#|\[\[#)")
TOC = re.compile(r"\[\[?_?toc_?\]\]?|\{:toc\}|\{\{toc\}\}|<toc ?/?>", re.IGNORECASE)
PROPERTY = re.compile(r"([a-z][a-z0-9_.-]*)::(?:\s+(.*))?$")
APP_KEYS = re.compile(
    r"(?:id|collapsed|title|tags|alias|aliases|type|icon|public|filters|heading|background-color"
    r"|created-at|updated-at|file-path|file|ls-type|logseq\..+|card-.+|hl-.+|query-.+|template.*"
    r"|cssclass(?:es)?|publish|parent|prev|next|up|down|related|done|due|start|scheduled|created)$"
)
REFERENCE = re.compile(
    r"\(\([\w-]{9,36}\)\)|\{\{\[*(?:embed|query|renderer|cards|function|video|pdf|toc)\b.*\}\}"
)
SHORTCODE = re.compile(
    r"\{%.*%\}|\{\{[<%].*[%>]\}\}|\{:?\s?[.#:][^{}]*\}|--8<--\s.*"
    r"|\\(?:newpage|pagebreak|clearpage|cleardoublepage|tableofcontents|maketitle|printbibliography"
    r"|(?:small|med|big)skip|noindent|hrule|centering|appendix|vspace\*?\{[^}]*\})"
)
BADGES = re.compile(
    r"(?:\[?!\[[^\]]*\]\([^)\s]*(?:badge|shields\.io)[^)]*\)(?:\]\([^)]*\))?\s*)+$", re.IGNORECASE
)
ORG_BLOCK = re.compile(r"#\+(?:begin|end)_\w+\b.*", re.IGNORECASE)
ORG_KEY = re.compile(r"#\+([A-Za-z][\w-]*):\s*(.*)$")
PLANNING = re.compile(r"(?:(?:SCHEDULED|DEADLINE|CLOSED):\s*[<\[][^<>\[\]]*[>\]]\s*)+")
TAG_LINE = re.compile(r"#[^\W\d_][\w/-]*#?(?:[ \t]+#[^\W\d_][\w/-]*#?)*$")
BACK_LINK = re.compile(
    r"[*_ (]*\[[^\]]*(?:\btop\b|⬆|↑|▲|🔝|🔼|\bback\b|\bcontents\b|\btoc\b)[^\]]*\]"
    r"\(#[^)\s]*\)[*_ ).]*",
    re.IGNORECASE,
)
KEY_VALUE = re.compile(r"(?:[A-Z][\w.'/-]*(?:[ /&-]+\(?[\w.'-]+\)?){0,3}|[A-Z]+): \S")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
QUESTION = re.compile(r"(?:Q|Question|F|Frage|D|Domanda|P|Pregunta)(?: ?[0-9]{1,4})?: \S")
ANSWER = re.compile(r"(?:A|Answer|Antwort|R|Risposta|Respuesta|Réponse)(?: ?[0-9]{1,4})?: \S")
ATTRIBUTES = re.compile(
    r"[ \t]*\{:?[ \t]*(?:[#.][\w:.-]+|-|[\w-]+=(?:\"[^\"]*\"|[\w-]+))(?:[ \t]+[^{}]*)?\}$"
)
CARD = re.compile(r"[^\s:`][^:`]{0,120}(?: :{2,3} |(?<=[?？]):{2,3})\S")
CARD = re.compile(r"[^\s:`][^:`]{0,120}(?: :{2,3} |(?<=[?？]):{2,3})\S")
DEFINITION = re.compile(
    r"(?:\*\*[^*]{1,160}\*\*|__[^_]{1,160}__)\s?(?:[:：]\s?\S|[–—-]\s)"
    r"|\*\*[^*]{1,160}[:：]\*\*\s?\S"
    r"|" + CARD.pattern
)
BOLD_ONLY = re.compile(r"(?:\*\*[^*]{1,200}\*\*|__[^_]{1,200}__|【[^【】]{1,60}】)[:：]?$")
BOLD_SIGNS = "*_【】"
IMPORT = re.compile(
    r"import\s+(?:[\w*{][^'\"]*\s+from\s+)?['\"][^'\"]+['\"];?$"
    r"|import\s+(?:[\w$]+\s*,\s*)?\{[^}'\"]*$"
    r"|export\s+(?:default|const|let|var|function|async|class|\{|\*)(?:\s|$|.*[{=;(])"
)
_CONTENTS = (
    "contents|table of contents|toc|index|indice|sommario|inhalt|inhaltsverzeichnis|sommaire"
    "|table des matières|índice|contenido|sumário|inhoud|inhoudsopgave|目录|目次|차례|목차"
    "|содержание|оглавление"
)
DIRECTIVE = re.compile(
    r":{3,}[ \t]*(?:\{(?P<attributes>[^{}]*)\}|(?P<name>[\w-]+))?(?:\[(?P<label>.*)\])?"
    r"(?:\{(?P<more>[^{}]*)\})?[ \t]*(?P<rest>.*?)[: \t]*$"
)
TITLE_OF = re.compile(r"\b(?:title|name|summary)=(?:\"([^\"]*)\"|'([^']*)')")
CONTENTS_WORDS = frozenset(_CONTENTS.split("|"))
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CODE_WITH_BAR = re.compile(r"(?<!`)`[^`|]*[^`|\s\\][ ]?\|[ ]?[^`|\s][^`|]*`(?!`)")
_DATA = re.compile(r"[A-Za-z0-9+/=]{256,}$")


def width(lead: str) -> int:
    """The column that white space at the start of a line reaches; tabs stop at multiples of 4."""
    if "\t" in lead:
        lead = lead.expandtabs(4)
    return len(lead) + lead.count("\u3000")


def indent_of(line: str) -> int:
    """The column of the first sign of the line."""
    return width(line[: len(line) - len(line.lstrip())])


def heading(text: str) -> tuple[int, str, bool] | None:
    """Level, words and whether the space is there, of a heading with marks; `text` is stripped."""
    rest = text.lstrip("#")
    level = len(text) - len(rest)
    if not 1 <= level <= 6:
        return None
    spaced = not rest or rest[0].isspace()
    if not spaced and (level < 2 or not rest[0].isalpha()):
        return None
    rest = rest.strip()
    if rest.endswith("#"):
        bare = rest.rstrip("#")
        if not bare or bare[-1].isspace():
            rest = bare.rstrip()
    return level, rest, spaced


def is_rule(text: str) -> bool:
    """A dividing line such as `---` or `* * *`."""
    if text[0] not in "-*_=~" or len(text) < 3:
        return False
    return len(text.replace(" ", "").replace("\t", "").strip(text[0])) == 0


def is_underline(text: str, above: str) -> bool:
    """Whether a line of one sign is as long as the words above it, so that it makes a heading.

    `=` and `-` of any length do so below a paragraph; this is for where only the length tells.
    """
    text, above = text.strip(), above.strip()
    if len(text) < 4 or text[0] not in "=-~^" or abs(len(text) - len(above)) > 2:
        return False
    return not text.strip(text[0])


def is_invisible(text: str) -> bool:
    """Only signs of no width."""
    return text[0] in _INVISIBLE and not text.strip(_INVISIBLE + " \t")


def is_image_data(text: str) -> bool:
    """Nothing but an image that is stored in the line itself."""
    if len(text) < 20:
        return False
    if text.startswith("![") and "](data:" in text[:500]:
        return text.find(")") == len(text) - 1
    if text[:4].lower() == "<img" and "data:image" in text:
        return text.find(">") == len(text) - 1
    return len(text) >= 256 and _DATA.match(text) is not None


def is_delimiter(line: str) -> bool:
    """The second line of a table: `|---|:--:|`."""
    return "|" in line and "-" in line and not line.strip("|:-+ \t\r")


def cells(line: str) -> list[str]:
    """The cells of a table's row; an escaped bar belongs to its cell."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    if "`" in text and "|" in text and _CODE_WITH_BAR.search(text):
        text = _CODE_WITH_BAR.sub(lambda code: code[0].replace("|", "\\|"), text)
    if "\\|" in text:
        return [cell.replace("\0", "|").strip() for cell in text.replace("\\|", "\0").split("|")]
    return [cell.strip() for cell in text.split("|")]


class Finder:
    """Finds the next line that passes a test; all searches together take linear time.

    It remembers the last answer for each key, so the starts asked for must not go back.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self._known: dict[str, tuple[int, int]] = {}

    def find(self, key: str, start: int, test: Callable[[int], bool] | None = None) -> int:
        """Index of the first line from `start` on that holds `key` or passes; else the end."""
        since, at = self._known.get(key, (-1, -1))
        if since <= start <= at:
            return at
        lines = self.lines
        at = len(lines)
        for index in range(start, len(lines)):
            if test(index) if test else key in lines[index]:
                at = index
                break
        self._known[key] = (start, at)
        return at
