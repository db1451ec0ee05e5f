"""Issuers: whose a document is that a page lets speak."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.annotations import Annotations
from onrecord.records import Records


def issuer_of(annotations: Annotations, noun: str) -> tuple[str, str] | None:
    """Return (issuer's name, rule) of the last document of this noun in the text, or None."""
    token = [t for t in annotations.doc if t.lower_ == noun][-1]
    mention = annotations.issuer_at(token)
    return (annotations.actor(mention.actor).name, mention.how) if mention is not None else None


@pytest.mark.parametrize(
    ("text", "noun", "expected", "reason"),
    [
        ("A statement released by the Kenyan interior ministry said ten people died.", "statement", "by", "the agent of a participle"),
        ("The letter, signed by Senator Ruth Okafor, said the deal was off.", "letter", "by", "whoever signed it"),
        ("The letter that Mayor Lena Brandt sent to the council said so.", "letter", "by", "the subject of a relative clause"),
        ("Data from the Health Ministry showed that cases rose.", "data", "by", "where figures come from"),
        ("The findings of the commission were clear.", "findings", "by", "a body behind 'of'"),
        ("The trade ministry published its figures on Monday.", "figures", "owner", "a possessive"),
        ("A WHO report found that measles had returned.", "report", "before", "a body before the noun"),
        ("The French statement said the envoy would return.", "statement", "before", "a people before the noun"),
        ("A police report said the car had been stolen.", "report", "before", "a body by its common noun"),
        ("Amnesty International issued a report on Monday.", "report", "subject", "who puts it out"),
        ("In a letter to lawmakers, Senator Ada Moreau said it would close.", "letter", "subject", "who speaks in it"),
        ("Mira Tolan wrote in a tweet that she would go. The tweet was deleted.", "tweet", "again", "the same noun"),
        ("Amnesty International issued a report on Monday. The study accuses the army.", "study", "again", "a noun of its sort"),
        ("The Supreme Court of Kenya ruled that the vote was void. The ruling said so.", "ruling", "act", "whose act it comes of"),
        ("Prosecutors charged Dren Hale with fraud. The indictment says so.", "indictment", None, "prosecutors without a name or 'the'"),
        ("According to a memo seen by Reuters, the ministry knew.", "memo", None, "who saw it did not write it"),
        ("The Iran report said talks had failed.", "report", None, "a state's name is the topic"),
        ("Reports from Syria said the town had fallen.", "reports", None, "a place"),
        ("A YouTube video showed the attack.", "video", None, "where it was posted"),
        ("A video of the president showed him asleep.", "video", None, "whom it shows"),
    ],
)
def test_issuers(annotate_text: Callable[..., Annotations], text: str, noun: str, expected: str | None, reason: str) -> None:
    """A document is its maker's, where the words beside it or the last act say who that is, and nobody's elsewhere."""
    found = issuer_of(annotate_text(text), noun)
    assert (found[1] if found else None) == (f"issuer.{expected}" if expected else None), reason


def test_statement_of_a_document(read_text: Callable[..., Records]) -> None:
    """What a document says has its issuer for its actor, with the words that name him, and is inferred where nothing beside it does."""
    records = read_text("Senator Ruth Okafor sent a letter on Monday. The letter said the deal was off.")
    statement = records.statements[-1]
    named = next(a for a in records.actors if a.id == statement.source_actor)
    assert (named.name, statement.source_kind) == ("Ruth Okafor", "document")
    assert [s.of(records.document.text) for s in statement.evidence["source_actor"]] == ["Senator Ruth Okafor"]
    assert "source_actor" in statement.inferred
