"""The text of an HTML tree as a stream of text nodes, and where in it a passage stands.

A passage is found without regard to white space, soft hyphens and zero-width characters. What is found is spelt from the page's
own characters: a run of white space becomes one blank, whose source is the run's first character; where two nodes meet at the
edge of a block, or at a `<br>`, a blank is set that has no source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.spans import Segment

HIDDEN = frozenset(
    {"script", "style", "template", "head", "noscript", "iframe", "object", "svg", "math", "select", "textarea", "canvas", "audio", "video"}
)
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
    }
    | {"nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
SPACE = re.compile(r"\s")
WIDTHLESS = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e"
EMPTY = re.compile(rf"[\s{WIDTHLESS}]+")
WORD = re.compile(rf"[^\s{WIDTHLESS}]+")
MESSY = re.compile(rf"[\s{WIDTHLESS}]{{2,}}|[{WIDTHLESS}]")
"""What breaks a stretch that is copied as it is: more than one blank, or characters without width."""
PIECE = 24
"""Letters by which a passage that the page interrupts is taken up again; shorter ones are found in wrong places."""
SKIP = 2000
"""How many letters the page may put between two parts of one passage."""


class Node(NamedTuple):
    """One text node: its characters, the element that it belongs to, and whether a block's edge stands before it."""

    text: str
    element: Any
    tail: bool
    edge: bool
    linked: bool
    squeezed: int
    """Where its letters begin in the stream without white space."""


class Place(NamedTuple):
    """A passage's letters in the stream without white space: `[start, end)`."""

    start: int
    end: int


class Stream:
    """The text nodes of a body in document order, without what is never shown."""

    def __init__(self, root: Any) -> None:
        """Walk the tree once, without recursion."""
        self.nodes: list[Node] = []
        parts: list[str] = []
        at = 0
        for text, element, tail, edge, linked in _walk(root):
            self.nodes.append(Node(text, element, tail, edge, linked, at))
            letters = EMPTY.sub("", text)
            parts.append(letters)
            at += len(letters)
        self.letters = "".join(parts)
        self._starts = [node.squeezed for node in self.nodes]
        self._paths: dict[Any, str] = {}
        self._steps: dict[Any, dict[Any, str]] = {}

    def find(self, passage: str, cursor: int) -> list[Place]:
        """Return where a passage stands, first behind `cursor`, else anywhere; in parts where the page interrupts it; [] if nowhere."""
        wanted = EMPTY.sub("", passage)
        if not wanted:
            return []
        at = self.letters.find(wanted, cursor)
        if at < 0:
            at = self.letters.find(wanted)
        return [Place(at, at + len(wanted))] if at >= 0 else self._in_parts(wanted, cursor)

    def _in_parts(self, wanted: str, cursor: int) -> list[Place]:
        out: list[Place] = []
        done = 0
        while done < len(wanted):
            piece = wanted[done : done + PIECE]
            first = not out
            at = self.letters.find(piece, cursor) if first else self.letters.find(piece, cursor, cursor + SKIP)
            if at < 0 and first:
                at = self.letters.find(piece)
            if at < 0 or (len(piece) < PIECE and first):
                return []
            length = _common(self.letters, at, wanted, done)
            out.append(Place(at, at + length))
            done += length
            cursor = at + length
        return out

    def cut(self, place: Place) -> list[Place]:
        """Return the parts of a place between the edges of blocks: what a reader sees as lines of its own."""
        cuts = [self.nodes[i].squeezed for i in self.between(place)[1:] if self.nodes[i].edge and self._end(i) > self.nodes[i].squeezed]
        starts, ends = [place.start, *cuts], [*cuts, place.end]
        return [Place(start, end) for start, end in zip(starts, ends, strict=True) if end > start]

    def between(self, place: Place) -> range:
        """Return the numbers of the nodes that hold the letters of a place."""
        first = bisect_right(self._starts, place.start) - 1
        last = bisect_right(self._starts, place.end - 1) - 1
        return range(first, last + 1)

    def linked(self, place: Place) -> float:
        """Return the share of a place's letters that are links."""
        total = linked = 0
        for index in self.between(place):
            node = self.nodes[index]
            stop = self._starts[index + 1] if index + 1 < len(self.nodes) else len(self.letters)
            length = min(place.end, stop) - max(place.start, node.squeezed)
            total += length
            linked += length if node.linked else 0
        return linked / total if total else 0.0

    def element(self, place: Place) -> Any:
        """Return the element that holds the first letter of a place."""
        node = self.nodes[self.between(place)[0]]
        return node.element.getparent() if node.tail else node.element

    def blocks(self) -> list[Place]:
        """Return the stretches of letters between the edges of blocks, in order; none is empty."""
        starts = [node.squeezed for node in self.nodes if node.edge]
        ends = [*starts[1:], len(self.letters)]
        return [Place(start, end) for start, end in zip(starts, ends, strict=True) if end > start]

    def spell(self, place: Place, canonical: int) -> tuple[str, list[Segment]]:
        """Return the characters of a place, white space collapsed, and their segments from the canonical offset on."""
        out: list[str] = []
        segments: list[Segment] = []
        at = canonical
        blank: tuple[str, int] | None = None
        for index in self.between(place):
            node = self.nodes[index]
            start, end = self._stretch(index, place)
            path = self._path(node)
            if out and node.edge and blank is None:
                blank = ("", 0)
            for space, begin, stop in _runs(node.text, start, end):
                if space:
                    blank = blank if blank and blank[0] else (path, begin)
                    continue
                if out and blank is not None:
                    out.append(" ")
                    if blank[0]:
                        _add(segments, at, 1, *blank)
                    at += 1
                out.append(SPACE.sub(" ", node.text[begin:stop]))
                _add(segments, at, stop - begin, path, begin)
                at, blank = at + stop - begin, None
        return "".join(out), segments

    def blank_after(self, place: Place) -> tuple[str, int] | None:
        """Return the white space right behind a place (its node and offset), or None."""
        index = self.between(place)[-1]
        node, (_, end) = self.nodes[index], self._stretch(index, place)
        return (self._path(node), end) if end < len(node.text) and node.text[end].isspace() else None

    def _stretch(self, index: int, place: Place) -> tuple[int, int]:
        """Return the part of a node's own characters that lies in a place; white space at an end that the place goes beyond is in."""
        node, stop = self.nodes[index], self._end(index)
        start, end = 0, len(node.text)
        if place.start > node.squeezed:
            start = _offset(node.text, place.start - node.squeezed)
        if place.end < stop:
            end = _offset(node.text, place.end - node.squeezed - 1) + 1 if place.end > node.squeezed else 0
        return start, end

    def lines(self, place: Place) -> Iterator[tuple[str, Any]]:
        """Yield the lines of a stretch, cut at the edges of blocks, each with the element of its first letter."""
        parts: list[str] = []
        owner: Any = None
        for index in self.between(place):
            node = self.nodes[index]
            if node.edge and "".join(parts).strip():
                yield " ".join("".join(parts).split()), owner
                parts, owner = [], None
            if node.text.strip() and owner is None:
                owner = node.element.getparent() if node.tail else node.element
            parts.append(node.text)
        if "".join(parts).strip():
            yield " ".join("".join(parts).split()), owner

    def _end(self, index: int) -> int:
        return self._starts[index + 1] if index + 1 < len(self.nodes) else len(self.letters)

    def _path(self, node: Node) -> str:
        """Return the XPath of a text node."""
        owner = node.element.getparent() if node.tail else node.element
        key = (node.element, node.tail)
        if key not in self._paths:
            number = 1
            if node.tail:
                number = (1 if owner.text else 0) + 1 + sum(1 for sibling in node.element.itersiblings(preceding=True) if sibling.tail)
            self._paths[key] = f"{self._xpath(owner)}/text()[{number}]"
        return self._paths[key]

    def _xpath(self, element: Any) -> str:
        """Return the path of an element as `getpath` writes it, but each list of siblings is counted once."""
        steps: list[str] = []
        while element is not None:
            above = element.getparent()
            if above is None:
                steps.append(f"/{element.tag}")
            else:
                if above not in self._steps:
                    self._steps[above] = _steps(above)
                steps.append(self._steps[above][element])
            element = above
        return "".join(reversed(steps))


def _walk(root: Any) -> Iterator[tuple[str, Any, bool, bool, bool]]:
    """Yield (text, element, is it a tail, is there an edge before it, is it a link) for each shown text node."""
    edge, links = True, 0
    stack: list[tuple[Any, str]] = [(root, "")]  # an element to enter, or the tag of one to leave
    while stack:
        element, left = stack.pop()
        if left:
            links -= left == "a"
            edge = edge or not _inline(left)
        else:
            tag = element.tag
            if tag not in HIDDEN and isinstance(tag, str):
                edge = edge or not _inline(tag)
                links += tag == "a"
                text = element.text
                if text:
                    yield text, element, False, edge, links > 0
                    edge = edge and text.isspace()
                if len(element):
                    stack.append((element, tag))
                    stack.extend([(child, "") for child in reversed(element)])
                    continue
                links -= tag == "a"
                edge = edge or not _inline(tag)
        tail = element.tail
        if tail and element is not root:
            yield tail, element, True, edge, links > 0
            edge = edge and tail.isspace()


def _inline(tag: str) -> bool:
    """Tell whether a tag leaves its text in the line; browsers treat tags of a page's own, which have a hyphen, so."""
    return tag in INLINE or "-" in tag


def _offset(text: str, letter: int) -> int:
    """Return where in a text its letter of this number (0 the first) stands."""
    for match in WORD.finditer(text):
        if letter < len(match[0]):
            return match.start() + letter
        letter -= len(match[0])
    return len(text)


def _runs(text: str, start: int, end: int) -> Iterator[tuple[bool, int, int]]:
    """Yield the clean stretches between `start` and `end` and the white space between them: (is it space, start, end).

    A clean stretch has single blanks only; a longer run, one at an end, and characters without width break it.
    """
    lead = EMPTY.match(text, start, end)
    at = lead.end() if lead else start
    tail = at + len(text[at:end].rstrip())
    if lead:
        yield from _space(text, start, at)
    for match in MESSY.finditer(text, at, tail):
        if match.start() > at:
            yield False, at, match.start()
        yield from _space(text, *match.span())
        at = match.end()
    if at < tail:
        yield False, at, tail
    yield from _space(text, max(tail, at), end)


def _space(text: str, start: int, end: int) -> Iterator[tuple[bool, int, int]]:
    """Yield the first white space character of a run, if it has one."""
    found = SPACE.search(text, start, end)
    if found:
        yield True, *found.span()


def _add(segments: list[Segment], canonical: int, length: int, node: str, offset: int) -> None:
    """Add a segment, or lengthen the last one where it goes on without a gap."""
    if segments:
        last = segments[-1]
        if last.node == node and last.canonical + last.length == canonical and last.offset + last.length == offset:
            segments[-1] = last._replace(length=last.length + length)
            return
    segments.append(Segment(canonical, length, node, offset))


def _common(left: str, i: int, right: str, j: int) -> int:
    """Return how many characters agree from `left[i]` and `right[j]` on."""
    length, most = 0, min(len(left) - i, len(right) - j)
    while length < most:
        step = min(64, most - length)
        if left[i + length : i + length + step] == right[j + length : j + length + step]:
            length += step
            continue
        while left[i + length] == right[j + length]:
            length += 1
        break
    return length


def _steps(parent: Any) -> dict[Any, str]:
    """Return the step of a path that leads to each child: "/p[2]", or "/p" where it is the only one."""
    totals: dict[Any, int] = {}
    numbers: list[tuple[Any, int]] = []
    for child in parent:
        totals[child.tag] = totals.get(child.tag, 0) + 1
        numbers.append((child, totals[child.tag]))
    return {child: f"/{child.tag}[{number}]" if totals[child.tag] > 1 else f"/{child.tag}" for child, number in numbers}
