"""Who would not speak: declined, did not respond, could not be reached, no comment, "without naming", terms that were not disclosed.

Barred acts of speech come from `barring`, silence and unanswered requests from `silences`, evasion from `evasions`; quoted words that refuse ("No comment", "I
won't get into that", "You'd have to ask the president") are known here, by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.attribution import topics
from onrecord.attribution.barring import Refusal, barred, refused_thing, silent_adjunct, unreal
from onrecord.attribution.evasions import EVASIONS
from onrecord.attribution.silences import SILENCES
from onrecord.attribution.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH = (
    r"(?:comment|discuss|speculate|elaborate|answer|respond|be drawn|speak (?:to|about|on)|talk about|confirm|disclose|reveal|"
    r"get into|go into|go there|get drawn|be commenting|be discussing|be answering|be speculating|share|give (?:\w+ )?(?:details|names|figures|specifics)|"
    r"name|identify|say (?:any(?:thing)?(?: more| else)?|more|who|what|when|where|why|how|whether|if)\b|weigh in|engage|"
    r"say (?:no )?more|provide (?:\w+ )?(?:details|information|comment)|go beyond)"
)
NOT = r"(?:can[’']?t|cannot|can not|won[’']?t|will not|wouldn[’']t|would not|don[’']?t|do not|does not|doesn[’']t|never|couldn[’']t|could not|[’']ll not)"
QUOTED = re.compile(
    r"^\W*(?:(?:well|look|sorry|again|listen|no|as i said|as always|frankly|you know(?: that)?|as a matter of \w+|at this (?:time|point|stage)|for now|unfortunately)[,.:]?\s+)*(?:"
    r"no (?:further )?comments?\b(?!ed| (?:was|were|is|could|can))|"
    rf"(?:i|we|this \w+|the \w+)(?: simply| really| just| also| \w+ly)? {NOT}(?: \w+ly| be able to| be in a position to| want to| wish to| intend to| going to| plan to| even| normally| at this (?:time|point)| really)* {SPEECH}|"
    rf"(?:i|we)(?:[’']m|[’']re| am| are) (?:simply |really |just )?(?:not|un)\s?(?:able|willing|prepared|ready|going|at liberty|in a position|authori[sz]ed|allowed|permitted|here|inclined) to {SPEECH}|"
    r"(?:i|we)(?:[’']m|[’']re| am| are) not (?:commenting|discussing|answering|speculating|getting into|going into|going there|talking about|saying (?:any|who|what|when|why|how))|"
    r"(?:i|we)(?:[’']ve| have|[’']d)? (?:have |got )?(?:nothing|no (?:further |more |other )?(?:comment|information|details|reaction|statement|response|answer|announcements?))(?: (?:more|further|else|new|at all))?(?: (?:to (?:say|add|share|offer|announce|give)|for you)|[.,!]|\s*$| (?:on|about|at))|"
    r"(?:i|we)(?:[’']d| would) (?:rather|prefer) not(?: to)?\b|(?:i|we) prefer not to|"
    r"(?:i|we) (?:decline|refuse) to (?:comment|answer|say|discuss)|"
    r"(?:i|we) (?:can|will|could|would) neither confirm|ask (?:my|our|the|his|her|their|your) \w+[.,!]|"
    r"it (?:would|wouldn[’']t|would not)(?: \w+)? (?:be )?(?:in|un)?(?:appropriate|proper|wise|right|fair|responsible|premature|wrong|improper)(?: \w+){0,3} to (?:comment|discuss|speculate|say|talk|speak|go into)|"
    r"it is(?:n[’']t| not)(?: \w+)? (?:appropriate|proper|our (?:policy|place|practice)|my place|for (?:me|us))(?: \w+){0,3} to (?:comment|discuss|speculate|say|talk|speak)|"
    r"(?:you(?:[’']d| would|[’']ll| will)?(?: have to| should| need to| must| better)?|please) ask (?:the|him|her|them|my|your|mr|mrs|ms|president|minister|[a-z]+)|"
    r"you(?:[’']d| would|[’']ll| will) (?:have|need) to (?:speak|talk|put that|refer)\b|"
    r"(?:that|this|it)(?:[’']s| is| would be) (?:really |entirely )?(?:a (?:question|matter) (?:for|you)|not (?:for me|something (?:i|we))|(?:for|up to) (?:the|others|him|her|them|\w+) (?:\w+ ){0,3}?to (?:answer|say|explain|comment))|"
    r"(?:i|we)(?:[’']ll| will|[’']d| would) (?:leave (?:that|it|this|those)|let (?:the|them|him|her|others)|refer you)|(?:i|we) (?:would )?refer you|"
    r"(?:i|we) (?:take|plead|invoke) the fifth|next question|my lips are sealed|(?:that[’']s|it[’']s|this is) none of your|(?:i[’']m going to|i[’']ll|i will) pass\b|there(?:[’']s| is) nothing (?:more|further|else|new) to (?:say|add)|(?:i|we)(?:[’']m|[’']re| am| are) not (?:at liberty|allowed|able|authori[sz]ed) to say\b|(?:i|we) have no intention of (?:comment|discuss|answer|say))",
    re.IGNORECASE,
)
QUOTED_WORDS = 30  # a longer speech says something besides


PATTERNS: tuple[Callable[[Token], Refusal | None], ...] = (barred, refused_thing, silent_adjunct, *SILENCES, *EVASIONS)
HEADS = frozenset().union(
    *(vocabulary(kind) for kind in ("talk", "tell", "refuser", "refrain", "give", "detail", "withheld", "request", "refused"))
)


def refusal_at(token: Token) -> Refusal | None:
    """Return the refusal whose head this token is, or None."""
    if token.lemma_.lower() not in HEADS and token.lower_ not in HEADS:
        return None
    for pattern in PATTERNS:
        found = pattern(token)
        if found is not None:
            return None if unreal(token) else found._replace(content=found.content or topics.asked(token))
    return None


def is_refusal(quotation: str) -> bool:
    """Tell whether quoted words refuse to speak ("No comment", "I won't get into that")."""
    return len(quotation.split()) <= QUOTED_WORDS and QUOTED.match(quotation) is not None
