"""Services named by technical prefixes: actions, condition keys, ARNs, host names and commands.

The prefixes are the lexicon's; which programs start a command is learnt from the first words of
its official names. Forms: `kms:Decrypt`, `arn:aws:sqs:…`, `sns.amazonaws.com`,
`aws kms create-grant`, `get-parameters` after `ssm`, and a bullet that is nothing but a prefix.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from knowledge.lexicon import Lexicon, fold
from knowledge.linking.matching import Hit
from knowledge.linking.names import Name
from knowledge.linking.text import words

_HOST = re.compile(r"(?<![\w@/.-])(?:[\w*${}-]+\.+){2,}[\w-]+(?!@)")
_TOP_LEVELS = words("com net org io cn internal local dev cloud")
_VERBS = (
    "get|list|describe|create|update|delete|put|start|stop|modify|add|remove|send|run|set|enable"
    "|disable|register|deregister|attach|detach|import|export|generate|verify|assume|initiate"
    "|complete|tag|untag|batch|invoke|publish|revoke|authorize|associate|disassociate|copy|restore"
)
_WORD = re.compile(r"^[\"'`]?([a-z][a-z0-9-]+)[\"'`]?$")
COMMON_VENDOR = 3  # official names that begin with one word make it a vendor's


class Prefixes:
    """The lexicon's technical prefixes, ready to be looked up."""

    def __init__(self, lexicon: Lexicon, by_official: Mapping[str, int]) -> None:
        self.targets: dict[str, int] = {}
        self.spoken: set[str] = set()
        for entry in lexicon.services:
            target = by_official.get(entry.official, -1)
            if target < 0:
                continue
            unsure = {fold(name) for name in entry.ambiguous}
            names = {fold(name) for name, _ in entry.names()} - unsure
            for prefix in entry.prefixes:
                self.targets.setdefault(prefix.lower(), target)
                if fold(prefix) in names:
                    self.spoken.add(prefix.lower())
        firsts = Counter(entry.official.split()[0].lower() for entry in lexicon.services)
        vendors = [word for word, count in firsts.items() if count >= COMMON_VENDOR]
        known = "|".join(map(re.escape, sorted(self.targets, key=len, reverse=True)))
        programs = "|".join(map(re.escape, sorted(vendors)))
        self.command = re.compile(
            rf"(?<![\w./-])(?:(?:{programs}) ({known}) (?=[a-z-])|({known}) (?=(?:{_VERBS})-[a-z]))"
            if programs
            else rf"(?<![\w./-])()({known}) (?=(?:{_VERBS})-[a-z])"
        )
        self.names = {fold(name): target for name, target in by_official.items()}

    def find(self, text: str) -> Iterator[Hit]:
        """Every prefix in a text that stands where prefixes stand."""
        for start, end, target in self._find(text):
            yield Hit(start, end, target)
        yield from self.alone(text)

    def _find(self, text: str) -> Iterator[tuple[int, int, int]]:
        if not self.targets:
            return
        if ":" in text:
            yield from self._keys(text)
        if "." in text:
            yield from self._hosts(text)
        if "-" in text:
            for match in self.command.finditer(text):
                group = 1 if match[1] else 2
                yield match.start(group), match.end(group), self.targets[match[group]]

    def alone(self, text: str) -> Iterator[Hit]:
        """The prefix that is a whole text, a service where its neighbours are services too."""
        word = _WORD.match(text.strip())
        if word and word[1] in self.spoken:
            start = text.index(word[1])
            name = Name(word[1], self.targets[word[1]], ambiguous=True)
            yield Hit(start, start + len(word[1]), name.target, name)

    def _keys(self, text: str) -> Iterator[tuple[int, int, int]]:
        for run in re.finditer(r"[^\s\"'`,;()]+:[^\s\"'`,;()]+", text):
            pieces = run[0].split(":")
            at = run.start()
            for number, piece in enumerate(pieces):
                word = re.search(r"[\w-]+$", piece) if number < len(pieces) - 1 else None
                if word and (target := self.targets.get(word[0].lower())) is not None:
                    last = number == 0 and not self._is_key(word[0], pieces[1])
                    if not last and (number == 0 or len(pieces) > 2):
                        start = at + word.start()
                        yield start, start + len(word[0]), target
                at += len(piece) + 1

    @staticmethod
    def _is_key(prefix: str, rest: str) -> bool:
        """Whether `prefix:rest` is an action or key and not prose such as 'config:on'."""
        if not rest:
            return True  # 'x::y'
        if rest[0].isupper() or rest[0] in "*${/" or rest.startswith("x-"):
            return True
        return len(prefix) <= 3 or not prefix.isalpha()

    def _hosts(self, text: str) -> Iterator[tuple[int, int, int]]:
        for match in _HOST.finditer(text):
            labels = match[0].split(".")
            if not _TOP_LEVELS.intersection(label.lower() for label in labels):
                continue
            at = match.start()
            for label in labels:
                target = self.targets.get(label.lower())
                if target is None and "-" in label:
                    target = self.names.get(fold(label))
                if target is not None:
                    yield at, at + len(label), target
                    break
                at += len(label) + 1
