"""Document to annotations: one file for each thing that is found in a text before any record is made.

Annotators do not import each other; what two share is a part of `Annotations`. ANNOTATORS runs in order, after the parse.
"""

from collections.abc import Callable

from onrecord.annotations import Annotations
from onrecord.annotators import actors, quantities, quotations, times
from onrecord.lexicons import Lexicon

Annotator = Callable[[Annotations, Lexicon], Annotations]
ANNOTATORS: tuple[Annotator, ...] = (quotations.annotate, times.annotate, quantities.annotate, actors.annotate)
