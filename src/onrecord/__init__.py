"""onrecord: news pages in, an auditable record out.

    document = onrecord.read("page.html")        # Page -> canonical text, everything labelled
    records = onrecord.extract(document)         # who said what, who is bound to do what, who did what to whom, how many, when
    onrecord.explain(records, records.statements[0])

Names are imported when they are first used, so that `import onrecord` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_WHERE = {
    "Actor": "annotations",
    "Commitment": "records",
    "Document": "documents",
    "Event": "records",
    "Figure": "records",
    "OnRecordError": "errors",
    "Page": "documents",
    "Records": "records",
    "RuleError": "errors",
    "SourceError": "errors",
    "Span": "spans",
    "Statement": "records",
    "StoreError": "errors",
    "Time": "records",
    "UsageError": "errors",
    "check_quote": "quotes",
    "code_actor": "annotators.actors",
    "code_pair": "verbs",
    "copies": "links.copies",
    "explain": "verbs",
    "extract": "verbs",
    "factuality": "verbs",
    "read": "verbs",
}

__all__ = [  # noqa: PLE0604 - the names are those of the table, sorted there
    *_WHERE
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"onrecord.{_WHERE[name]}"), name)
    message = f"module 'onrecord' has no attribute {name!r}"
    raise AttributeError(message)
