"""Annotations to records: one file for each kind. Kinds do not import each other; a later one sees the earlier ones' records.

To add a kind: its class in `records`, its file here, one line in KINDS, one folder of gold.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from onrecord.annotations import Annotations
from onrecord.kinds import commitment, event, figure, statement, time
from onrecord.lexicons import Lexicon
from onrecord.records import Found, Records

Kind = Callable[[Annotations, Records, Lexicon], Found]
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "statement": statement.extract,
        "time": time.extract,
        "figure": figure.extract,
        "event": event.extract,
        "commitment": commitment.extract,
    }
)
