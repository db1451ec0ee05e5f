"""The store: pages, records and people's decisions in one SQLite file, with an audit chain over all of them.

    with open_store("onrecord.db", now=clock) as store:
        store.add([(page, records)])
        store.records(kind="commitment", actor="Iran")

The store never sees how a record was found.
"""

from onrecord.rulings import Offer
from onrecord.store.counting import Stats, Table
from onrecord.store.listing import Filter, Stored
from onrecord.store.queries import DocumentRow
from onrecord.store.searching import Hit
from onrecord.store.store import Store, open_store
from onrecord.store.verifying import Damage
from onrecord.store.writes import AddReport

__all__ = ["AddReport", "Damage", "DocumentRow", "Filter", "Hit", "Offer", "Stats", "Store", "Stored", "Table", "open_store"]
