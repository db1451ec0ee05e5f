"""Why a source is not named: the words that say so ("on condition of anonymity because …", "asked not to be named").

The words are looked for beside the cue, and in the sentence behind it where that goes on about the same source; a reason that follows
them belongs to them. Words that deny ("no anonymity", "dropped his anonymity") do not count. Every family is written once, with its
tenses, its British and American forms: speaking without one's name, asking not to be named, a name that is withheld or changed, a
first name alone, no leave to speak.
"""

from __future__ import annotations

import re

from onrecord.spans import Span

WITHIN = r"[^.;“”\"]"  # within one clause of the author's own words
NAMED = r"(?:named|identified|quoted|attributed|cited|mentioned)"
WHO = r"(?:he|she|they|it|we|(?:his|her|their|its) (?:\w+ )?(?:names?|identit(?:y|ies)))"
BE = r"(?:was|were|is|are|be|being|been|has been|have been|had been|is being|are being|were being|was being)"
NAMES = r"(?:\w+ )?(?:names?|surnames?|identit(?:y|ies)|full names?|real names?|last names?)"
THEIR = r"(?:his|her|their|its|a|my)"
CONDITION = r"(?:condition|cloak|promise|guarantee|grant|basis|assurance|understanding) of (?:\w+ )?(?:anonymity|confidentiality)"
TERMS = rf"(?:on|under) (?:(?:the|a) )?(?:\w+ )?{CONDITION}"
THAT = rf"on (?:the )?(?:strict )?(?:condition|understanding|basis|proviso) (?:that )?{WHO}\b[^.;,“”\"]*?\b(?:{NAMED}|withheld|used|published|revealed|disclosed|kept|protected|anonymous)"  # fmt: skip
SPEAK = r"(?:(?:agreed|agreeing|willing|consented) (?:only )?to (?:speak|talk|be interviewed|comment|discuss (?:(?:the|his|her|their|its) )?\w+)|(?:would|will) (?:speak|talk)|spoke|speaks?|speaking|spoken|talked|talking|briefed|briefing|commented|commenting|interviewed|discussed|discussing)"  # fmt: skip
UNSIGNED = (
    r"(?:anonymously|(?:strictly |purely )?on (?:deep )?background|without attribution|off (?:the |-the-)record|not for attribution|"
    r"under (?:an? )?(?:\w+ )?(?:pseudonyms?|alias(?:es)?|assumed names?|false names?|condition of anonymity)|using (?:a )?pseudonyms?)"
)
WISHED = (
    r"(?:asked|asking|asks|agreed|agreeing|declined|declining|declines|refused|refusing|wished|wishing|preferred|preferring|wanted|wanting|requested|requesting|"
    r"insisted|insisting|begged|demanded|demanding|chose|choosing|opted|opting|(?:did|do|does)(?:n[’']t| not) (?:want|wish|like)|not (?:wanting|wishing))"
)
UNNAMED = rf"(?:for |that )?(?:{WHO} )?(?:would |should |could )?(?:not )?(?:to )?(?:not )?(?:be|have been) (?:publicly |further |fully )?{NAMED}(?: (?:by name|further|publicly|in print|in this \w+|for this \w+))*"  # fmt: skip
HIDE = r"(?:withheld|left out|kept (?:out|from|secret|private|confidential|hidden|back)|protected|changed|concealed|hidden|omitted|not (?:be )?(?:used|published|disclosed|revealed|printed|made public|given|named|known)|suppressed)"  # fmt: skip
KEPT = rf"(?:for |that )?{THEIR} {NAMES} (?:to )?(?:not )?(?:be |being |remain |stay |was |were |is |are |has been |have been )?(?:{HIDE}|used|published|disclosed|revealed|printed)"  # fmt: skip
LEAVE = r"(?:authori[sz]ed|permitted|allowed|cleared|supposed|empowered|entitled)"
TALK = r"(?:speak|comment|discuss|talk|brief|disclose|divulge|release|make|address|be (?:quoted|named|identified))"
WORDS = (
    rf"{SPEAK}\b{WITHIN}{{0,60}}?(?:\bonly )?\b(?:{TERMS}|{THAT})",
    rf"{SPEAK}\b (?:\w+ ){{0,7}}?{UNSIGNED}",
    rf"{SPEAK} (?:\w+ ){{0,4}}?(?:only )?if (?:{WHO}\b|not\b)[^.;,“”\"]*?\b(?:{NAMED}|used|published|printed|withheld|anonymous)",
    r"(?:speaking|spoke|speaks|talking|talked) privately|in private conversations?",
    TERMS,
    THAT,
    rf"on (?:the )?condition of not being (?:publicly )?{NAMED}",
    r"(?<!published )(?<!donated )(?<!posted )anonymously",
    r"(?:on (?:deep )?background|without attribution|not for attribution|off the record)\b",
    r"(?:(?:who |and )?(?:was|were|been|being|is|are) )?(?:granted|given|promised|offered|guaranteed) (?:\w+ )?(?:anonymity|confidentiality)",
    r"(?:requested|requesting|insisted (?:up)?on|insisting (?:up)?on|asked for|asking for|demanded|demanding|seeking|sought|required|requiring|preferring|preferred|chose|pleaded for)(?: (?:on|for))?(?: \w+)? anonymity",
    rf"{WISHED} (?:to )?be (?:identified|named|known|referred to|quoted) (?:only|just|solely|simply) (?:by|as)",
    rf"{WISHED} (?:to )?be (?:identified|named|known|referred to|quoted) by (?:{THEIR}|an?) (?:\w+ )?(?:names?|initials?|nickname)",
    rf"{WISHED} {UNNAMED}",
    rf"{WISHED} {KEPT}",
    rf"{WISHED} (?:to )?(?:remain|stay|be kept) (?:anonymous|unnamed|unidentified|nameless)",
    rf"{WISHED} (?:not )?(?:to )?(?:not )?(?:give|use|provide|disclose|reveal|share|publish|have|using|giving) (?:\w+ )?{THEIR} (?:\w+ )?{NAMES}(?: (?:used|published|printed|disclosed|revealed|given))?",
    rf"(?:would|could|can|may|must|should|might|did)(?:n[’']t| not)? (?:give|reveal|disclose|provide) (?:only )?{THEIR} {NAMES}",
    r"(?:would|could|may|can|must|should|might|will|asked to|to) (?:not )?be (?:identified|named|described|quoted) only (?:as|by)",
    rf"(?:would|could|may|can|must|should|might|will)(?:not| not|n[’']t) be (?:publicly )?{NAMED}",
    rf"whose (?:\w+ ){{0,2}}?(?:names?|surnames?|identit(?:y|ies)) (?:\w+ )?(?:{BE}|can(?:not)?|could|may|must|will) (?:not )?(?:be )?(?:being )?(?:{HIDE}|not \w+|used|published|disclosed|revealed|given|known to \w+ \w+)",
    rf"{THEIR} (?:real |full )?names? (?:{BE}) (?:being )?(?:changed|withheld|not been \w+|not being \w+|known to \w+ \w+|altered)",
    r"not (?:his|her|their) (?:real|actual|full) names?",
    rf"(?:who )?(?:signed|signing) (?:\w+ )?only (?:as|with|(?:{THEIR}) {NAMES})",
    rf"(?:who )?(?:gave|giving|used|using|provided|providing|offered|offering) (?:only|just) (?:{THEIR}) (?:first|last|given|middle|nick|sur)?\s?(?:names?|nicknames?|initials?)",
    rf"(?:who )?(?:gave|giving|provided) {THEIR} names? (?:only|just|simply) as",
    r"(?:using|uses|used|going|goes|went|identified|known) (?:only |just |simply )?(?:by|as|under|with)? ?(?:only |just )?the (?:\w+ )?(?:name|nickname|initials?|pseudonym|alias)",
    r"(?:going|goes|went) (?:only|just|simply) by",
    rf"(?:identified|known|referred to|named) (?:here )?by (?:only )?(?:{THEIR}|an?) (?:first|middle|given|nick|assumed|false|different|initial)\s?(?:names?|initials?)?",
    r"in (?:return|exchange) for (?:\w+ )?anonymity|under (?:the )?chatham house rules?|(?:names?|identity) withheld",
    rf"(?:unwilling|reluctant|afraid|too (?:afraid|frightened|scared)|unable|loath|not willing|declining|fearful) (?:of )?(?:to )?(?:be(?:ing)? {NAMED}|giv(?:e|ing) {THEIR} (?:\w+ )?names?)",
    r"(?:used|using|uses|adopted|taking|took) (?:a |an )?(?:\w+ )?(?:pseudonyms?|alias(?:es)?|assumed names?|false names?|nom de guerre)",
    r"(?:identified|known|named|identifying (?:himself|herself|themselves)|identified (?:himself|herself|themselves)) (?:only|just|simply|solely) (?:by|as)",
    r"who (?:was|were|is|are)(?:n[’']t| not) (?:further )?(?:named|identified)|not named|whom (?:he|she|they|it) (?:did|would)(?:n[’']t| not) (?:name|identify)",
    rf"(?:can|could|may|must)(?:not| not) (?:legally |publicly )?be {NAMED}",
    r"without (?:naming|identifying) (?:him|her|them)",
    rf"{THEIR} faces? (?:\w+ )?(?:hidden|blurred|masked|obscured|covered)(?: and {THEIR} voices? (?:altered|disguised|distorted))?",
    rf"{THEIR} voices? (?:altered|disguised|distorted)",
    rf"(?:(?:was|were|is|are|had|am)(?:n[’']t| not)(?: been)?|not|lacked|lacking|without|never|no one was) (?:\w+ )?(?:{LEAVE}|authori[sz]ation|permission|clearance) to (?:\w+ )?{TALK}(?: (?:publicly|openly|freely|on the record|to \w+))*",
    r"(?:forbidden|barred|prohibited|prevented|banned) (?:\w+ )?(?:from|to) (?:\w+ )?(?:speak|comment|discuss|talk)(?:ing)?",
    rf"under (?:the |strict )?(?:ground rules?|(?:\w+ )?rules?|terms?|guidelines?) (?:that|under which|set|requiring|which|of){WITHIN}*?\b(?:named|identified|anonym\w+|attribut\w+)",
)
ANONYMITY = re.compile("|".join(f"(?:{words})" for words in WORDS), re.IGNORECASE)
REASON = re.compile(
    r"(?:\s*,?\s*(?:because|since|as|for fear|for (?:his|her|their|the|own|family)(?: \w+)? (?:safety|security|protection|privacy)|for (?:legal|security|safety|privacy|family|personal|professional) reasons|fearing|out of|citing|"
    r"(?:in order )?(?:so as )?to (?!whom)\w+|due to|owing to|given|so (?:that|as)|under|lest|in (?:line|keeping|accordance) with|"
    r"while (?:discussing|describing|speaking)|when (?:discussing|describing|speaking)|discussing|describing|ahead of|amid|pending|"
    r"in the (?:report|article|story|interview)|about|for the (?:sake|protection|safety) of|as part of|until)\b[^.;“”\"]*)|"
    r"(?:\s*,?\s*(?:with|to) (?:the )?(?:media|press|reporters|journalists|publicly)[^.;“”\",]*)",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    r"(?:only|just|simply|solely) (?:by|as|with)$|(?:signed|signing)\b.*only \w+$|(?:names?|surnames?|initials?)$", re.IGNORECASE
)
DENIED = re.compile(r"\b(?:no|not|never|waived|dropped|lost|lifted|broke) (?:\w+ )?$|\bsaid (?:that )?$", re.IGNORECASE)
ASKED = re.compile(
    r"(?:that \w+ )?(?:not )?(?:to )?(?:not )?be (?:named|identified|quoted)|(?:no )?anonymity|(?:that |for )?(?:his|her|their) (?:\w+ )?names? (?:not )?(?:to )?(?:not )?be\b|"
    r"(?:to )?(?:remain|stay) anonymous",
    re.IGNORECASE,
)
ONWARD = re.compile(r"\s*(?:he|she|they|all|both|each|like|neither|the (?:\w+ ){0,2}?(?:officials?|sources?|people|person|persons|aides?|diplomats?|officers?|lawyers?|employees?|executives?|man|woman|men|women|witness(?:es)?|advis[eo]rs?|insiders?|staff\w*|two|three|four|five|students?|teachers?|soldiers?|workers?|doctors?|nurses?|residents?|activists?|members?|spokes\w+))\b", re.IGNORECASE)  # fmt: skip


def anonymity(text: str, near: Span) -> Span | None:
    """Return the words within `near` that say that a source is not named, with the reason that follows; None without such words."""
    found = next((m for m in ANONYMITY.finditer(text, near.start, near.end) if DENIED.search(text[max(near.start, m.start() - 24) : m.start()]) is None), None)  # fmt: skip
    if found is None:
        return None
    end = found.end()
    reason = REASON.match(text, end, near.end)
    if reason is not None:
        end = reason.end()
    elif PARTIAL.search(found[0]):
        more = re.compile(r"[^.;,]*").match(text, end, near.end)
        end = more.end() if more else end
        reason = REASON.match(text, end, near.end)
        end = reason.end() if reason is not None else end
    tail = text[found.start() : end].rstrip(" ,—–-")
    return Span(found.start(), found.start() + len(tail))


def goes_on(sentence: str) -> bool:
    """Tell whether a sentence can go on about the source of the one before ("The officials spoke on condition of anonymity")."""
    return ONWARD.match(sentence) is not None


def asks_anonymity(asked: str) -> bool:
    """Tell whether what is asked for is not to be named."""
    return ASKED.match(asked) is not None
