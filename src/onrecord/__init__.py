"""onrecord: news pages in, an auditable record out."""

__version__ = "0.1.0"
