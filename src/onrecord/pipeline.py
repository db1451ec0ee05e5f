"""The whole flow on one screen: a document in, its records out. Pure: no files, no clock, no network.

document ── parse ──▶ annotations ── ANNOTATORS ──▶ annotations ── KINDS ──▶ records ── gate ──▶ records
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.annotators import ANNOTATORS
from onrecord.annotators.sentences import parse
from onrecord.documents import Document
from onrecord.kinds import KINDS
from onrecord.lexicons import Lexicon
from onrecord.records import Records, seal

if TYPE_CHECKING:
    from spacy.language import Language


def annotate(document: Document, nlp: Language, lexicon: Lexicon) -> Annotations:
    """Return everything that the annotators find in the document."""
    annotations = parse(document, nlp)
    for annotator in ANNOTATORS:
        annotations = annotator(annotations, lexicon)
    return annotations


def extract(document: Document, nlp: Language, lexicon: Lexicon) -> Records:
    """Return the document's records, each judged by the gate; where none was made, its abstentions say why."""
    return records_of(annotate(document, nlp, lexicon), lexicon)


def records_of(annotations: Annotations, lexicon: Lexicon) -> Records:
    """Return the records of annotations."""
    records = Records(document=annotations.document, actors=annotations.actors)
    for kind, find in KINDS.items():
        found = find(annotations, records, lexicon)
        sealed = seal(annotations.document.id, found.records)
        records = records.plus(kind, sealed, found.abstentions)
    return records
