"""How sure the text is that something happened, and according to whom: from the words that govern a token to a status.

A word inherits the *context* that its governor leaves it ("refused to **resign**": negated), then adds what it carries itself
(modals, negation, adverbs, adjectives). `status` folds all of it into the five values of the guidelines; `factuality` reads the
same path once for each source: FactBank's certainty (CT, PR, PS, U) and polarity (+, -, u) for the author and for everyone whose
words the token stands in. What each governing word does to its complement is a row of `data/tables/signatures.tsv`: result where
the word itself holds, and where it is negated; equal results shield the complement ("admitted that", "did not admit that").

Known limits: one sentence at a time (a quotation's second sentence knows no source: statements do); no aspect, no discourse
("the visit … it was cancelled"); a wrong attachment of the parser is followed.
"""

from onrecord.modality.states import Signature, State, Status, rows
from onrecord.modality.values import Value, factuality, state_of, status

__all__ = ["Signature", "State", "Status", "Value", "factuality", "rows", "state_of", "status"]
