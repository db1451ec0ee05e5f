"""A citation for one record, so that a reader finds the very words: as text, Markdown or HTML with a link into the live page."""

from __future__ import annotations

from html import escape

from onrecord.records import Record, Records
from onrecord.selectors import fragment_link
from onrecord.spans import cover

FORMS = ("text", "markdown", "html")
LONGEST = 240
"""Characters of the quotation in a citation."""


def cite(records: Records, record: Record, form: str = "text") -> str:
    """Return the citation of a record in one of FORMS: publisher, title, day, quote, where it stands; ValueError for another form."""
    document = records.document
    quote = " … ".join(" ".join(s.of(document.text).split()) for s in record.anchor)
    quote = quote if len(quote) <= LONGEST else quote[: LONGEST - 1].rstrip() + "…"
    day = document.published.value or (f"by {document.published.latest}" if document.published.latest else "no date")
    where = document.url or document.uri
    link = fragment_link(document, cover(record.anchor)) or where
    who = document.publisher or (document.byline.name if document.byline else None)
    title = document.title or "(no title)"
    place = f"characters {record.anchor[0].start}–{record.anchor[-1].end} of {document.id[:19]}"
    tail = f"{record.KIND} {record.id[:8]}, {place}"
    match form:
        case "text":
            return f"{f'{who}, ' if who else ''}“{title}”, {day}: “{quote}” <{link}> [{tail}]"
        case "markdown":
            return f"{f'{who}, ' if who else ''}[{_escaped(title)}](<{link}>), {day}: “{_escaped(quote)}” ({tail})"
        case "html":
            source = f"{escape(who)}, " if who else ""
            return f'<cite>{source}<a href="{escape(link)}">{escape(title)}</a></cite>, {day}: <q>{escape(quote)}</q> ({escape(tail)})'
    message = f"{form!r} is none of {', '.join(FORMS)}"
    raise ValueError(message)


def _escaped(words: str) -> str:
    return "".join("\\" + c if c in "\\`*_[]<>" else c for c in words)
