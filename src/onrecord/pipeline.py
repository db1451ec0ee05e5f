"""The whole flow on one screen: a document in, its records out. Pure: no files, no clock, no network.

document ── parse ──▶ annotations ── ANNOTATORS ──▶ annotations ── KINDS ──▶ records ── gate ──▶ records
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.annotators import ANNOTATORS
from onrecord.annotators.sentences import parse
from onrecord.documents import Document
from onrecord.gate import judge
from onrecord.kinds import KINDS
from onrecord.lexicons import Lexicon
from onrecord.records import Abstention, Record, Records, seal

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
        passed, refused = _gate(found.records, annotations)
        records = records.plus(kind, seal(annotations.document.id, passed), (*found.abstentions, *refused))
    return records


def _gate(found: tuple[Record, ...], annotations: Annotations) -> tuple[list[Record], list[Abstention]]:
    """Return what passes, and an abstention for each field or record that does not."""
    actors = {actor.id: actor for actor in annotations.actors}
    passed, refused = [], []
    for record in found:
        judgement = judge(record, annotations.document, actors)
        refused += [Abstention(record.anchor[0], record.KIND, record.rule, f"{v.field}: {v.reason}") for v in judgement.rejected]
        if judgement.record is not None:
            passed.append(judgement.record)
    return passed, refused
