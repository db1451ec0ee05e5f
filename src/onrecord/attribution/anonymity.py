"""Why a source is not named: the words that say so ("on condition of anonymity because …", "asked not to be named").

The words are looked for beside the cue; a reason that follows them belongs to them. Words that deny ("no anonymity") do not count.
"""

from __future__ import annotations

import re

from onrecord.spans import Span

NAMED = r"(?:named|identified|quoted|attributed)"
WHO = r"(?:he|she|they|it)"
WERE = r"(?:was|were|has been|have been|is|are)"
WITHIN = r"[^.;“”\"]"  # within one clause of the author's own words
CONDITION = r"(?:condition|cloak|promise|guarantee) of (?:\w+ )?anonymity"
WISHED = (
    r"(?:asked|asking|declined|declining|refused|refusing|wished|wishing|preferred|preferring|wanted|wanting|requested|"
    r"requesting|did not want)"
)
WORDS = (
    rf"(?:spoke|speaks|speaking|spoken|talked|talking|agreed to (?:speak|talk))\b{WITHIN}{{0,40}}?\b(?:on|under) (?:the )?{CONDITION}",
    rf"(?:(?:spoke|speaking|spoken|talked|talking)\b{WITHIN}{{0,40}}?\b)?on (?:the )?condition that {WHO}\b[^.;,“”\"]*?\b{NAMED}",
    r"(?:spoke|speaking|spoken|talked|talking|speaks) (?:\w+ ){0,4}?anonymously",
    r"anonymously",
    rf"on (?:the )?{CONDITION}",
    r"(?:was |were |been |being )?granted anonymity",
    r"(?:requested|requesting|insisted on|insisting on|asked for|asking for|demanding|seeking) anonymity",
    rf"(?:{WISHED}|not wishing) (?:that {WHO} )?(?:not )?(?:to )?(?:not )?be {NAMED}(?: by name)?",
    r"(?:would|could|may|can|must|should|might) (?:not )?be identified only as",
    r"(?:would|could|may|can|must|should|might) not be (?:named|identified)",
    rf"whose (?:\w+ ){{0,2}}?identit(?:y|ies) {WERE} (?:withheld|hidden|protected|concealed|not (?:revealed|disclosed))",
    rf"whose names? {WERE} (?:withheld|changed|not \w+)",
    r"(?:who )?(?:signed|gave) only (?:as|(?:his|her|their) (?:first |last )?names?)",
    r"(?:identified|known|named) only (?:by|as)",
    r"not named",
    r"whom they did not name",
    r"without (?:naming|identifying) (?:him|her|them)",
    r"(?:his|her|their) faces? (?:hidden|blurred|masked|obscured)(?: and (?:his|her|their) voices? (?:altered|disguised|distorted))?",
    r"(?:his|her|their) voices? (?:altered|disguised|distorted)",
    r"(?:was|were|is|are)(?:n[’']t| not) authori[sz]ed to (?:speak|comment|discuss|talk|brief)",
    rf"under (?:the )?(?:ground rules?|rules?) (?:that|under which|set){WITHIN}*?\b(?:named|identified|anonym\w+)",
)
ANONYMITY = re.compile("|".join(f"(?:{words})" for words in WORDS), re.IGNORECASE)
REASON = re.compile(
    r"(?:\s*,?\s*(?:because|since|as|for fear|out of fear|citing|to (?:discuss|describe|speak|talk|comment|avoid|protect)|in order to|"
    r"due to|given|so as|under)\b[^.;“”\"]*)|(?:\s*,?\s*(?:with|to) (?:the )?(?:media|press|reporters|journalists|publicly)[^.;“”\",]*)",
    re.IGNORECASE,
)
ASKED = re.compile(r"(?:that \w+ )?(?:not )?(?:to )?(?:not )?be (?:named|identified|quoted)|(?:no )?anonymity", re.IGNORECASE)


def anonymity(text: str, near: Span) -> Span | None:
    """Return the words within `near` that say that a source is not named, with the reason that follows; None without such words."""
    found = ANONYMITY.search(text, near.start, near.end)
    if found is None or _disclaimed(text, found, near):
        return None
    end = found.end()
    reason = REASON.match(text, end, near.end)
    if reason is not None:
        end = reason.end()
    elif found[0].lower().endswith(("only by", "only as")) or "signed only" in found[0].lower():
        more = re.compile(r"[^.;,“”\"]*").match(text, end, near.end)
        end = more.end() if more else end
    start = found.start() + (len(found[0]) - len(found[0].lstrip()))
    tail = text[start:end].rstrip(" ,")
    return Span(start, start + len(tail))


def asks_anonymity(asked: str) -> bool:
    """Tell whether what is asked for is not to be named."""
    return (
        re.match(r"(?:that \w+ )?(?:not )?(?:to )?(?:not )?be (?:named|identified|quoted)|(?:no )?anonymity", asked, re.IGNORECASE)
        is not None
    )


def _disclaimed(text: str, found: re.Match[str], near: Span) -> bool:
    """Tell whether the words are denied, or only about another's name ("asked for no anonymity")."""
    before = text[max(near.start, found.start() - 12) : found.start()].lower()
    return bool(re.search(r"\b(?:no|not|never)\s$", before))
