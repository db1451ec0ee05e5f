"""Time expressions of English text as TIMEX3: found by rules over words, resolved in the order of telling. Needs no parse."""

from onrecord.timex.telling import expressions

__all__ = ["expressions"]
