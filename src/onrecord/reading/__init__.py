"""Page (bytes) to Document (canonical text, everything labelled)."""

from onrecord.reading.read import read

__all__ = ["read"]
