"""What records were made with: the version of the tool, of its rules and of the language model."""

from __future__ import annotations

from dataclasses import replace

from onrecord import __version__, language
from onrecord.lexicons import Lexicon
from onrecord.records import Records


def stamp(records: Records, lexicon: Lexicon) -> Records:
    """Return the records with their provenance filled in."""
    made_with = {"onrecord": __version__, "lexicon": lexicon.hash, "model": f"en_core_web_sm 3.8.0 {language.manifest_hash()}"}
    return replace(records, provenance=made_with)
