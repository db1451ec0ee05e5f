"""The lines of a page to their roles: title, date line, byline, body, crosshead, credit, chrome; each with a reason code.

A line is first judged by its own words (`chrome`), then by its place:

1. *Tails.* What stands below "Leave a reply" is comments, once an article stands above it. The short lines below a heading over
   other stories belong to it.
2. *Region.* In a dump of a whole page the article is the stretch of lines with the most prose: a paragraph counts its words, a
   line of anything else takes eight off, and the stretch with the largest sum wins. What lies outside is chrome (`outside`).
   Marked items that are sentences count as prose, and the headings above them cost nothing: reports are written so.
   A text in which no line looks like chrome is an article from end to end.
3. *Head.* The title is the last headline-like line above the first paragraph, with only furniture (date line, byline, buttons)
   between them. The same words again are `title-repeat`.
4. *Short lines* within the region: closed by punctuation they are body; alone between two paragraphs, a crosshead; two or more in
   a row, chrome (`short-run`), except a list that a colon announces.

Known limits: a teaser of one full paragraph among the article's is taken for body; so is a comment without a heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.calendars import full_dates
from onrecord.documents import Role
from onrecord.reading.chrome import LIST_MARK, Reason, closed, reason
from onrecord.reading.dates import PUBLISHED, date_line, dated_title, is_date_line
from onrecord.reading.languages import WORDS
from onrecord.spans import Span

PROSE_WORDS = 10
"""Fewest words of a line that is a paragraph by itself."""
SURE_WORDS = 25
"""From so many words on a line is a paragraph though nothing closes it, and though it stands alone."""
FUNCTION_SHARE = 0.15
"""Least share of common English words in prose; news has .3 to .45, lists of names and headlines less than .1."""
COST = 8
"""What a line that is no prose costs the stretch: about one short sentence."""
DEAREST = 100
"""What one run of such lines costs at most: an article of two halves with a long list of links between them is one."""
MOST = 80
"""A paragraph counts for at most so many words, lest one long notice outweigh an article."""
BEFORE_COMMENTS = 60
"""Words of prose that must stand above a heading of comments for it to cut off what follows."""
RELATED_SHORT = 16
LINKED = 0.7
"""A line of which so much is links is one that leads elsewhere."""
HEADLINE_WORDS = 5
SENTENCE_CASE = 0.25
"""Least share of words in small letters; papers' names and menus have none, headlines in title case have prepositions."""
ABOVE = 25
"""Lines above the first paragraph among which the title is looked for."""
CROSSHEAD_WORDS = 10
HEADINGS = 3
"""Most headings that stand one below the other above a list: of the part, the section, and what the list is."""
SPEAKER = re.compile(r"^(?:Q|A|[A-Z][A-Z.'’ -]{2,40}):\s")
"""A turn of a transcript is said, however short it is."""
TITLE_WORDS = 30


PERSON = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}(?:,? and [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3})?$")


class Line(NamedTuple):
    """One line or paragraph: its span, its characters, whether a blank line stands before it, and what markup says of it."""

    span: Span
    text: str
    gap: bool = False
    heading: int = 0
    """1-6 where the page marks it as a heading."""
    linked: float = 0.0
    """Share of its letters that are links."""


class Label(NamedTuple):
    """What a line is, and the code of the rule that says so."""

    role: Role
    code: str = ""


@dataclass
class _Page:
    """The state of labelling one page: `labels` fills up, step by step."""

    lines: Sequence[Line]
    reasons: list[Reason | None]
    prose: list[bool]
    labels: list[Label | None]
    selected: bool = False

    def words(self, index: int) -> int:
        return len(self.lines[index].text.split())

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.lines) and self.labels[index] is None


def label(lines: Sequence[Line], *, title: str | None = None, selected: bool = False) -> list[Label]:
    """Return a label for each line. `selected`: something else (trafilatura) chose the lines, so that there is no region to find.

    `title`: the page's title where it is known already.
    """
    reasons = [reason(line.text) if index or dated_title(line.text) is None else None for index, line in enumerate(lines)]
    page = _Page(lines, reasons, [_is_prose(line, why) for line, why in zip(lines, reasons, strict=True)], [None] * len(lines), selected)
    for index, why in enumerate(reasons):
        if why is not None and not (why.heads and lines[index].heading == 1):
            page.labels[index] = Label(why.role, why.code)
    _date_lines(page)
    _headings(page)
    _comments(page)
    first, last = (0, len(lines)) if selected else _region(page)
    head = _title(page, first, title, clean=first == 0 and last == len(lines))
    _writers(page, head, first)
    _outside(page, head, first, last)
    _furniture(page, head, first)
    _lists(page)
    _short(page)
    _about_writers(page)
    return [found or Label("body") for found in page.labels]


def _is_prose(line: Line, why: Reason | None) -> bool:
    words = len(line.text.split())
    if (why is not None and why.role != "body") or line.heading or line.linked >= LINKED or words < PROSE_WORDS:
        return False
    return _common(line.text) >= FUNCTION_SHARE * words and (closed(line.text) or words >= SURE_WORDS)


FULL_STOP = re.compile(r"\b[a-z]{2,}\.[\"'”’]?$")
"""A full stop at the end of a line; "D.C." and "No. 4." have none."""


def is_sentence(text: str) -> bool:
    """Tell whether a short line is prose: closed by a full stop or the like, a quotation, at least three words."""
    return closed(text) and len(text.split()) >= 3


def _date_lines(page: _Page) -> None:
    for index, line in enumerate(page.lines):
        if page.labels[index] is None and is_date_line(line.text) and not (index == 0 and dated_title(line.text)):
            page.labels[index] = Label("date_line", "date-line")


def _headings(page: _Page) -> None:
    """Give the short lines below a heading over other stories to it; a paragraph ends them."""
    for index, why in enumerate(page.reasons):
        if why is None or not why.heads:
            continue
        for below in range(index + 1, len(page.lines)):
            line = page.lines[below]
            known = page.labels[below]
            if _list_ends(page, index, below) or (
                known is not None and known.role in {"byline", "date_line"} and not any(page.prose[:below])
            ):
                break
            if known is not None and known.role == "chrome":
                continue
            if page.prose[below] and (page.words(below) >= SURE_WORDS or not _teasers_on(page, below)):
                break
            if page.words(below) > RELATED_SHORT and not page.prose[below] and not LIST_MARK.match(line.text):
                break
            page.labels[below] = Label("chrome", f"{why.code.split('.')[0]}.item")


def _list_ends(page: _Page, heading: int, below: int) -> bool:
    """Tell whether a list under a heading is over: its items stood close together and a blank line comes, or they had marks."""
    first = heading + 1
    if below == first:
        return False
    close = page.lines[below].gap and not any(page.lines[i].gap for i in range(first, below))
    marked = all(LIST_MARK.match(page.lines[i].text) for i in range(first, below)) and not LIST_MARK.match(page.lines[below].text)
    return close or marked


def _teasers_on(page: _Page, index: int) -> bool:
    """Tell whether a sentence stands between headlines: what teasers look like, a title and a line of text each."""
    before, after = index - 1, index + 1
    return not page.prose[before] and (after >= len(page.lines) or not page.prose[after])


def _comments(page: _Page) -> None:
    """Cut off what stands below a heading of comments, once an article stands above it."""
    above = 0
    for index, why in enumerate(page.reasons):
        if why is not None and why.code == "comments.heading" and above >= BEFORE_COMMENTS:
            for below in range(index + 1, len(page.lines)):
                page.labels[below] = page.labels[below] or Label("chrome", "comments.item")
                page.prose[below] = False
            return
        above += page.words(index) if page.prose[index] and page.labels[index] is None else 0


def _region(page: _Page) -> tuple[int, int]:
    """Return the stretch of lines (end exclusive) that holds the article."""
    if not any(found is not None and found.role == "chrome" for found in page.labels):
        return 0, len(page.lines)
    best, best_span, total, start, run = 0, (0, len(page.lines)), 0, 0, 0
    for index in range(len(page.lines)):
        weight = _weight(page, index)
        run = run + weight if weight < 0 else 0
        if total <= 0:
            total, start = 0, index
        total += weight if run >= -DEAREST else 0
        if total > best:
            best, best_span = total, (start, index + 1)
    return best_span


def _weight(page: _Page, index: int) -> int:
    found, words, text = page.labels[index], page.words(index), page.lines[index].text
    if found is not None:
        return -COST if found.role == "chrome" else 0
    near = any(0 <= n < len(page.lines) and page.prose[n] for n in (index - 1, index + 1))
    if LIST_MARK.match(text) and is_sentence(text):
        return min(words, MOST)
    if _heads_items(page, index):
        return 0
    if page.prose[index]:
        return min(words, MOST) if near or words >= SURE_WORDS else -COST
    if is_sentence(text):
        return words if near else -COST
    unfinished = text.endswith(",") or (words >= PROSE_WORDS and _common(text) >= FUNCTION_SHARE * words)
    return 0 if near and unfinished else -COST


def _heads_items(page: _Page, index: int) -> bool:
    """Tell whether a short line stands above a marked list of sentences, at most two other headings between: "Needs:", "Protection"."""
    for below in page.lines[index : index + HEADINGS + 1]:
        if LIST_MARK.match(below.text):
            return is_sentence(below.text)
        if len(below.text.split()) > CROSSHEAD_WORDS or is_sentence(below.text):
            return False
    return False


def _common(text: str) -> int:
    """Return the number of a text's words that are common English ones."""
    return sum(word.lower().strip("\"'“”‘’.,") in WORDS["English"] for word in text.split())


def _title(page: _Page, first: int, known: str | None, *, clean: bool) -> int | None:
    """Label the title and its repetitions; return its line, or None where the page has none."""
    body = next((i for i in range(first, len(page.lines)) if page.prose[i] and page.labels[i] is None), None)
    head = _known_title(page, known, body)
    if head is None and page.selected:
        head = next((i for i, line in enumerate(page.lines[:body]) if line.heading == 1), None)
    elif head is None and not (clean and known):
        head = _first_line(page) if clean else _last_headline(page, len(page.lines) if body is None else body)
    if head is None:
        return None
    page.labels[head] = Label("title")
    wanted = plain(page.lines[head].text)
    for index, line in enumerate(page.lines):
        if index != head and page.labels[index] is None and not page.prose[index] and _repeats(plain(line.text), wanted):
            page.labels[index] = Label("chrome", "title-repeat")
    return head


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, one blank between words: for comparing titles."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _repeats(text: str, title: str) -> bool:
    return text == title or (len(title.split()) >= 4 and text.startswith(title + " ") and len(text.split()) <= len(title.split()) + 6)


def _known_title(page: _Page, known: str | None, body: int | None) -> int | None:
    if known is None:
        return None
    wanted = plain(known)
    found = [i for i, line in enumerate(page.lines) if _is_title(plain(line.text), wanted)]
    before = [i for i in found if body is None or i < body] or found
    return before[-1] if before else None


def _is_title(line: str, title: str) -> bool:
    """Tell whether a line is the title, or the title without the site's name."""
    return line == title or (len(line.split()) >= HEADLINE_WORDS and title.startswith(line + " "))


def _first_line(page: _Page) -> int | None:
    """Return the first line where it can be a title: not prose, however short ("The rebels fled."), save what is asked or cried."""
    index = next((i for i, found in enumerate(page.labels) if found is None), None)
    if index is None or page.words(index) > TITLE_WORDS:
        return None
    text = page.lines[index].text.rstrip()
    if len(page.lines) == 1 and is_sentence(text):
        return None
    return index if text.endswith(("?", "!")) or not (page.prose[index] or FULL_STOP.search(text)) else None


def _last_headline(page: _Page, body: int) -> int | None:
    """Return the headline nearest above the body: of a run of them the first. Without one, the longest free line.

    A line that a heading over other stories had claimed counts where it alone stands right above the body.
    """
    candidates: list[int] = []
    for index in range(body - 1, max(body - 1 - ABOVE, -1), -1):
        found = page.labels[index]
        claimed = found is not None and found.code == "related.item"
        if claimed and not candidates and page.words(index) >= 4 and not LIST_MARK.match(page.lines[index].text):
            return index
        if claimed and any(_headline(page, i) for i in candidates):
            break
        if found is None and not page.prose[index] and page.words(index) <= TITLE_WORDS:
            candidates.append(index)
    marked = [i for i in candidates if page.lines[i].heading == 1]
    likely = marked or [i for i in candidates if _headline(page, i)]
    if not likely:
        return max(candidates, key=lambda i: (page.words(i), -i)) if candidates else None
    best = likely[0]
    while best - 1 in likely:
        best -= 1
    return best


def _headline(page: _Page, index: int) -> bool:
    """Tell whether a line is likely a headline: five words or more, some of them small, no full stop, no date."""
    text = page.lines[index].text
    words = page.words(index)
    if words < HEADLINE_WORDS or LIST_MARK.match(text) or text.rstrip().endswith((".", ":")) or any(True for _ in full_dates(text)):
        return False
    return _small_letters(text) >= SENTENCE_CASE or words > HEADLINE_WORDS


def _small_letters(text: str) -> float:
    """Return the share of words that begin with a small letter: names of papers and menus have none."""
    words = text.split()
    return sum(word[0].islower() for word in words) / len(words)


def _writers(page: _Page, head: int | None, first: int) -> None:
    """Label a name between title and text as the byline where a date line or a lone "By" stands next to it."""
    for index in range(len(page.lines) if head is None else head + 1, first):
        near = [*page.lines[max(index - 1, 0) : index], *page.lines[index + 1 : index + 4]]
        beside = any(is_date_line(line.text) or line.text.lower().strip(" :") == "by" for line in near)
        if page.labels[index] is None and beside and PERSON.match(page.lines[index].text):
            page.labels[index] = Label("byline", "name-by-date")


def _outside(page: _Page, head: int | None, first: int, last: int) -> None:
    """Label what lies outside the region; short sentences next to it belong to it."""
    if not any(page.prose[i] and page.labels[i] is None for i in range(first, last)):
        first, last = 0, len(page.lines)
    while page.free(first - 1) and is_sentence(page.lines[first - 1].text):
        first -= 1
    while page.free(last) and is_sentence(page.lines[last].text):
        last += 1
    top = first if head is None else min(head, first)
    for index in range(len(page.lines)):
        if page.labels[index] is None and not first <= index < last:
            standfirst = top < index < first and is_sentence(page.lines[index].text)
            page.labels[index] = (
                Label("body", "standfirst") if standfirst else Label("chrome", "furniture" if top < index < first else "outside")
            )
    _dates_and_writers(page, head, first, last)


def _dates_and_writers(page: _Page, head: int | None, first: int, last: int) -> None:
    """Keep date lines and bylines that stand between title and text; elsewhere they belong to the masthead or to other stories.

    In a text without chrome they may also stand above the title; right below the text, where they say "published". Two date lines
    that name different days are none.
    """
    clean = first == 0 and last == len(page.lines)
    body = next((i for i in range(first, len(page.lines)) if page.prose[i] and page.labels[i] is None), first)
    top = 0 if head is None or clean else head
    for index, found in enumerate(page.labels):
        if found is not None and found.role in {"byline", "date_line"}:
            below = last <= index <= last + 1 and (found.role == "byline" or PUBLISHED.search(page.lines[index].text) is not None)
            if not (top <= index <= max(body, first) or below or (clean and found.role == "byline")):
                page.labels[index] = Label("chrome", "outside")
    dated = [i for i, found in enumerate(page.labels) if found is not None and found.role == "date_line"]
    days = {line.day for i in dated if (line := date_line(page.lines[i].text)) is not None and not line.updated}
    for index in dated if len(days) > 1 else ():
        page.labels[index] = Label("chrome", "several-dates")


def _furniture(page: _Page, head: int | None, first: int) -> None:
    """Label short lines between the title and the first paragraph."""
    body = next((i for i in range(first, len(page.lines)) if page.prose[i] and page.labels[i] is None), None)
    if head is not None and body is not None:
        for index in range(head + 1, body):
            short = page.words(index) <= 4 and not closed(page.lines[index].text)
            if page.labels[index] is None and short:
                page.labels[index] = Label("chrome", "furniture")
            elif page.labels[index] is None and not is_sentence(page.lines[index].text) and page.words(index) <= TITLE_WORDS:
                page.labels[index] = Label("crosshead", "standfirst")


def _lists(page: _Page) -> None:
    """Label notes: numbered or starred lines that no punctuation closes, and that no colon announces."""
    index = 0
    while index < len(page.lines):
        stop = index
        while page.free(stop) and LIST_MARK.match(page.lines[stop].text):
            stop += 1
        items = range(index, stop)
        announced = index > 0 and page.lines[index - 1].text.rstrip().endswith(":")
        if items and not announced and not any(closed(page.lines[i].text) for i in items):
            starred = page.lines[index].text.startswith(("*", "†"))
            if len(items) > 1 or starred:
                for item in items:
                    page.labels[item] = Label("chrome", "note")
        index = max(stop, index + 1)


def _short(page: _Page) -> None:
    """Label the runs of short lines that nothing closes: crosshead where one stands alone, else chrome.

    Chrome between two short lines does not part them: they are items of one list.
    """
    index = 0
    while index < len(page.lines):
        run: list[int] = []
        stop = index
        while stop < len(page.lines) and (page.labels[stop] is not None or _is_short(page.lines[stop])):
            found = page.labels[stop]
            if found is None:
                run.append(stop)
            elif found.role != "chrome":
                break
            stop += 1
        if run:
            _run(page, run)
        index = max(stop, index + 1)


def _is_short(line: Line) -> bool:
    if line.heading and len(line.text.split()) <= TITLE_WORDS:
        return True
    short = len(line.text.split()) <= CROSSHEAD_WORDS and not SPEAKER.match(line.text)
    return short and (not closed(line.text) or (line.text.endswith("?") and not line.text.startswith(("“", '"', "‘"))))


def _run(page: _Page, run: Sequence[int]) -> None:
    start, stop = run[0], run[-1] + 1
    announced = start > 0 and page.labels[start - 1] is None and page.lines[start - 1].text.rstrip().endswith(":")
    marked = all(page.lines[i].heading for i in run)
    links = all(page.lines[i].linked >= LINKED for i in run)
    if (announced or (page.selected and not links)) and not marked and len(run) > 1:
        return
    below = next((i for i in range(stop, len(page.lines)) if not _is_chrome(page.labels[i])), None)
    crosshead = below is not None and page.labels[below] is None and (len(run) == 1 or (marked and len(run) == 2))
    for index in run:
        if crosshead and page.lines[index].linked < LINKED:
            page.labels[index] = Label("crosshead", "crosshead")
        elif page.lines[index].linked >= LINKED or len(run) > 1 or below is None:
            page.labels[index] = _alone(page, index, len(run))


WRITER = re.compile(r"((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+),? (?:who )?(?:is|was|has|writes|covers|reports|served)\b")
WRITER_WORDS = 60
"""Most words of the lines at the end that say who wrote the page."""


def _about_writers(page: _Page) -> None:
    """Label the last paragraph where it tells who the writer is: it opens with a name that the byline has, and goes on with "is"."""
    names = " ".join(line.text for line, found in zip(page.lines, page.labels, strict=True) if found is not None and found.role == "byline")
    last = next((i for i in reversed(range(len(page.lines))) if not _is_chrome(page.labels[i])), None)
    if last is None or page.labels[last] is not None or page.words(last) > WRITER_WORDS or not any(page.prose[:last]):
        return
    name = WRITER.match(page.lines[last].text)
    if name and name[1].lower() in names.lower():
        page.labels[last] = Label("chrome", "about-writer")


def _is_chrome(found: Label | None) -> bool:
    return found is not None and found.role == "chrome"


def _alone(page: _Page, index: int, length: int) -> Label:
    """Label a short line that is no crosshead: a run is chrome; a last line alone is body where the page has no other."""
    if length == 1 and not any(page.prose):
        return Label("body")
    dated = any(True for _ in full_dates(page.lines[index].text))
    return Label("chrome", "dated" if dated else ("short-run" if length > 1 else "last-line"))
