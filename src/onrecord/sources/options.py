"""What the caller says about inputs, and the limits that hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import UsageError

PAGE_LIMIT = 5 * 2**20
"""Bytes of one page: the largest news page of the public extraction sets has 2.3 MB."""
EXPANSION = 20
"""Times that compressed bytes may grow: HTML shrinks 4 to 12 times under gzip."""
EXPANSION_FLOOR = 2**20
"""A small compressed page may grow to this anyhow."""


@dataclass(frozen=True, slots=True)
class Options:
    """The publication date of inputs that carry none, and what may be fetched."""

    published: str | None = None
    follow: bool = False
    """Fetch the pages that a feed's entries link to."""
    allow_private: bool = False
    """Fetch from private and loopback addresses too."""
    timeout: float = 20.0
    """Seconds for connecting, and for each stretch of silence."""

    def __post_init__(self) -> None:
        """Refuse a date that is none: nothing would be dated by it."""
        if self.published is not None:
            from onrecord.reading.dates import edtf_bounds  # heavy, and needed only here

            if edtf_bounds(self.published) is None:
                message = f"published: {self.published!r} is no date (EDTF, as in 2023-08-14, 2023-08, 2023-08-01/2023-08-14)"
                raise UsageError(message)
