"""ClaimReview drafts: JSON-LD (schema.org) for what sources assert or deny, for a fact-checker to finish.

`@graph` has one ClaimReview for each claim: the words as the page has them, who said them (`itemReviewed.author`), every page that
carries them (`appearance`), and the earliest of these (`firstAppearance`, where its day is known). The same words (marks and case
aside) by a source of the same name are one claim, unless they are too few to tell. Questions, refusals to speak and records that a
person rejected are left out. What schema.org has no word for is under `onrecord:`: the records with their status of review, the
stance, whether the words are a quotation or reported, hedges, and offsets.

A draft has no `reviewRating`, `author`, `url` or `datePublished` of its own: whether a claim is true, and who says so, is for the
reviewer; the program never rates. The words of a denial are what was denied: `claimReviewed` begins with "Denied:".

Known limits: reported words are the page's, not the speaker's (`onrecord:form` is `indirect`); versions of one quotation that differ by
a word are claims of their own; a claim within a claim is listed apart from the one that holds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.annotations import Actor
from onrecord.exports.items import Item, Manner
from onrecord.records import Records, Statement

CONTEXT = ["https://schema.org", {"onrecord": "urn:onrecord:"}]
STANCES = frozenset({"asserts", "denies"})
TELLING = 4
"""Words from which the same words by a source of the same name are taken for one claim: "no comment" is said every day."""
PEOPLE = frozenset({"person", "unnamed"})


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write the drafts to `out`; return the files. They hold quotes only, with or without text."""
    drafts: dict[tuple[str, ...], dict[str, Any]] = {}
    for item in items:
        for statement in item.records.statements:
            if statement.stance in STANCES and statement.content and item.review(statement.id) != "rejected":
                _add(drafts, item, statement)
    graph = [_finished(draft) for draft in drafts.values()]
    if manner.head:
        graph.append({"@type": "onrecord:AuditChain", "onrecord:head": manner.head})
    whole = {"@context": CONTEXT, "@graph": graph}
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    return [out]


def _add(drafts: dict[tuple[str, ...], dict[str, Any]], item: Item, statement: Statement) -> None:
    """Add a statement to the draft of its claim."""
    made = draft(item, statement)
    kept = drafts.setdefault(_claim(item.records, statement), made)
    if kept is not made:
        kept["itemReviewed"]["appearance"] += made["itemReviewed"]["appearance"]
        kept["onrecord:records"] += made["onrecord:records"]


def _claim(records: Records, statement: Statement) -> tuple[str, ...]:
    """Return what is the same for two appearances of one claim."""
    author, words = _source(records, statement), re.findall(r"\w+", _words(records, statement).casefold())
    if author is None or author.kind == "unnamed" or len(words) < TELLING:
        return (statement.id,)
    return (author.name.casefold(), statement.stance, *words)


def draft(item: Item, statement: Statement) -> dict[str, Any]:
    """Return the draft of one statement."""
    words, author = _words(item.records, statement), _source(item.records, statement)
    place = {"onrecord:document": item.records.document.id, "onrecord:spans": [list(span) for span in statement.content]}
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "claimReviewed": f"Denied: {words}" if statement.stance == "denies" else words,
        "itemReviewed": {
            "@type": "Claim",
            "text": words,
            **({"author": _person(author)} if author else {}),
            "appearance": [_page(item.records)],
        },
        "onrecord:stance": statement.stance,
        "onrecord:form": statement.form,
        "onrecord:hedged": statement.hedged,
        "onrecord:records": [{"@id": f"onrecord:record:{statement.id}", "onrecord:review": item.review(statement.id), **place}],
    }


def _finished(made: dict[str, Any]) -> dict[str, Any]:
    """Return a draft with its first appearance, where some page's day is known."""
    dated = [page for page in made["itemReviewed"]["appearance"] if "datePublished" in page]
    if not dated:
        return made
    first = min(dated, key=lambda page: page["datePublished"])
    return {**made, "itemReviewed": {**made["itemReviewed"], "datePublished": first["datePublished"], "firstAppearance": first}}


def _words(records: Records, statement: Statement) -> str:
    return " … ".join(" ".join(span.of(records.document.text).split()) for span in statement.content)


def _source(records: Records, statement: Statement) -> Actor | None:
    return next((actor for actor in records.actors if actor.id == statement.source_actor), None)


def _person(actor: Actor) -> dict[str, Any]:
    """Return a source as schema.org names it: a person with a title, or an organisation."""
    if actor.kind in PEOPLE:
        return {"@type": "Person", "name": actor.name, **({"jobTitle": actor.role} if actor.role else {})}
    return {"@type": "Organization", "name": actor.name}


def _page(records: Records) -> dict[str, Any]:
    """Return a page as schema.org names it; what is not known is left out."""
    document = records.document
    known = {
        "url": document.url or (document.uri if document.uri.startswith(("http://", "https://")) else None),
        "headline": document.title,
        "datePublished": document.published.value,
        "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
        "archivedAt": document.archive_url,
        "isBasedOn": {"@id": f"onrecord:document:{document.copy_of}"} if document.copy_of else None,
    }
    head = {"@type": "NewsArticle", "@id": f"onrecord:document:{document.id}", "identifier": document.id}
    return {**head, **{name: value for name, value in known.items() if value}}
