"""Settings of a file or a heading: front matter, properties, keys of Org mode, lines of tags."""

from __future__ import annotations

from . import marks, regions
from .draft import Draft
from .inline import listed
from .tree import Node

# Settings that a heading has, by the field of its node.
_KEYS = {"alias": "aliases", "aliases": "aliases", "tags": "tags"}


class Settings:
    """Reads such lines and keeps what they say, in the draft's `metadata` or with their heading."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = draft.lines
        # Collected and joined at the end: line by line it would take square time.
        self._tags: dict[str, None] = {}
        self._names: dict[tuple[int, str], tuple[Node, str, dict[str, None]]] = {}

    def front_matter(self) -> int:
        """Skip the settings at the top of the file; the index after them."""
        lines = self.lines
        end = regions.title_block(lines)
        if end:
            keys = ("title", "author", "date")
            words = (line[1:].strip() for line in lines[:end])
            self.draft.metadata.update(zip(keys, words, strict=False))
            return self.draft.leave_out(0, end, "front-matter")
        start = regions.front_matter_start(lines)
        end = regions.front_matter_end(lines, start)
        if end:
            self.draft.metadata.update(regions.front_matter(lines[start + 1 : end - 1]))
            self.draft.leave_out(start, end, "front-matter")
        return end

    def keep(self, key: str, value: str) -> None:
        """A setting is of the heading right above it; before all words it is of the file."""
        flow = self.draft.flow
        if len(flow):
            node = flow.nodes[-1] if flow.levels[-1] else None
            if node and key in _KEYS:
                self._collected(node, _KEYS[key]).update(dict.fromkeys(listed(value)))
        elif key == "tags":
            self._keep_tags(value)
        elif not self.draft.inside:
            self.draft.metadata[key] = value

    def settle(self) -> None:
        """Give all names that were collected to what they belong to."""
        for node, name, found in self._names.values():
            setattr(node, name, tuple(dict.fromkeys((*getattr(node, name), *found))))
        if self._tags and not self.draft.inside:
            known = listed(self.draft.metadata.get("tags", ""))
            self.draft.metadata["tags"] = ", ".join(dict.fromkeys((*known, *self._tags)))

    def _keep_tags(self, value: str) -> None:
        """Tags of the whole file."""
        self._tags.update(dict.fromkeys(listed(value)))

    def _collected(self, node: Node, name: str) -> dict[str, None]:
        return self._names.setdefault((node.line, name), (node, name, {}))[2]

    def property(self, index: int, text: str, column: int) -> int | None:
        """A setting of the note app; one of another name is a note like any other."""
        found = marks.PROPERTY.match(text)
        if not found:
            return None
        draft = self.draft
        at_top = not len(draft.flow) and not draft.inside
        if at_top or marks.APP_KEYS.match(found[1]):
            self.keep(found[1], found[2] or "")
        else:
            draft.close()
            node = Node("fact", text, index + 1, "definition")
            draft.open_node(node, draft.depth_at(column))
            return index + 1
        return self.draft.leave_out(index, index + 1, "property")

    def marked(self, index: int, text: str) -> int | None:
        """Lines of tags, and those that Org mode starts by `#+`."""
        if text.startswith("#+"):
            if found := marks.ORG_KEY.match(text):
                if not self.draft.inside:
                    self.draft.metadata.setdefault(found[1].lower(), found[2])
                return self.draft.leave_out(index, index + 1, "property")
            if marks.ORG_BLOCK.fullmatch(text):
                self.draft.close()
                return self.draft.leave_out(index, index + 1, "directive")
        if self.draft.goes_on or len(text) > 2000 or not marks.TAG_LINE.match(text):
            return None
        if len(self.draft.flow) and not self.draft.flow.levels[-1]:
            self._keep_tags(text)
        else:
            self.keep("tags", text)
        return self.draft.leave_out(index, index + 1, "tags")
