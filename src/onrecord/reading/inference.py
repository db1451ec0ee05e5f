"""When a page without a date can have been published: bounds from what its own article tells as past or as ahead.

earliest   the latest day told as past ("resigned in August 2016": from 1 August 2016 on), or told with "since"
latest     the end of the earliest day, month or year told as ahead ("will be held on 4 December 2016": that day at the latest)
both       "today, 2 October 2018"; "last year, in 2019"; "of 14 August this year"; "May 2014, a year ago this month"; the same thing
           to be done "by the end of 2017" here and "by the end of the year", or "this year", there
hint       "Tuesday, March 3" without a year: the years in which it is one, those within the bounds first. Where the bounds leave
           one year only, the day bounds too. It is never stored as the day of publication.

Every constraint cites its characters. Only title and paragraphs are read, never chrome. The tense is that of the nearest verb
before the date in its clause, by cheap cues; where a noun of something planned, an infinitive or "would" stands between, nothing
is concluded. What is ahead inside quotation marks says nothing: the words may be old. Bounds that exclude each other are a
conflict: then none is kept.
Known limits: English; an article on a past that quotes plans of its time outside quotation marks can mislead `latest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from onrecord.calendars import DAY, MONTH, WEEKDAY, YEAR, day_of, last_day, month_number, weekday_number
from onrecord.documents import Constraint, Published
from onrecord.spans import Span

MENTION = re.compile(
    rf"(?:\b(?P<prep>on|in|of|since|by|until|till|before|from|after|during|for|at|to|through|ending|between|and|late|early|mid)\s+)?"
    rf"(?:(?P<phase>the\s+(?:end|beginning|start|middle)\s+of|late|early|mid|the\s+(?:spring|summer|autumn|fall|winter)\s+of|the)[\s-]+)?"
    rf"(?:(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?)?"
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?![\d:])(?:,?\s+(?P<y1>{YEAR}))?|(?P<d2>{DAY})\s+(?:of\s+)?(?P<m2>{MONTH})(?:,?\s+(?P<y2>{YEAR}))?"
    rf"|(?P<m3>{MONTH}),?\s+(?:of\s+)?(?P<y3>{YEAR})|(?P<y4>{YEAR}))(?![\w-]|[.,]\d|\s+(?:people|men|women|votes|euros|dollars|pounds|km|miles|troops|soldiers))",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
BREAK = re.compile(
    r"[;:]|[“”\"]|\s[-–—]\s|,\s+(?:but|and|while|where|although|though|after|before|when|who|which)\b|\b(?:but|while|although|though)\b"
)

_BE = r"(?:am|is|are|'s|’s)"
_AHEAD = (
    r"(?:will|shall|'ll|’ll|won['’]t)(?:\s+(?:not|also|only|then|now|never|be|have|been|\w+ly))*\s+\w+"
    rf"|{_BE}\s+(?:not\s+)?(?:to|due(?:\s+to)?|(?:scheduled|expected|planned|slated|set|meant|supposed|likely|obliged|required)\s+(?:to|for))\s+(?:be\s+)?\w+"
    rf"|(?:must|may|can)\s+(?:not\s+)?(?:be\s+)?\w+|{_BE}\s+(?:due|scheduled|planned|expected)"
)
_VOID = (
    r"(?:would|could|should|might|ought)(?:\s+(?:not|be|have|been))*\s+\w+"
    r"|(?:was|were)\s+(?:not\s+)?(?:to|due|scheduled|expected|planned|slated|set|meant|supposed)\b(?:\s+to)?(?:\s+be)?(?:\s+\w+)?"
    r"|\bto\s+(?:be\s+|have\s+)?(?!(?:the|an?|its|his|her|their)\b)[a-z]+|\bif\b|\bunless\b|(?:had|has|have)\s+(?:planned|hoped|promised|intended|wanted)"
)
_IRREGULAR = (
    "was|were|had|did|began|became|broke|brought|built|burst|bought|came|caught|chose|cut|dealt|died|drew|drove|fell|felt|fled|flew|fought|found"
    "|froze|gave|got|grew|held|hit|kept|knew|laid|lay|led|left|lent|let|lost|made|met|paid|put|ran|rose|said|sank|sat|saw|sent|set|shot|shut|slid"
    "|sold|spent|split|spoke|stood|stole|struck|swore|took|taught|thought|threw|told|understood|went|withdrew|woke|won|wrote|sued|beat|taken|given"
    "|begun|written|driven"
)
_PAST = (
    r"(?:has|have|had)\s+(?:\w+ly\s+|been\s+|not\s+)*\w+(?:ed|en|n|t|d|ne|ng)"
    rf"|\b(?:{_IRREGULAR})\b(?:\s+(?:\w+ly\s+)?\w+(?:ed|en)\b)?"
    r"|(?<!the )(?<!\ba )(?<!\ban )(?<!its )(?<!their )(?<!his )(?<!her )\b[a-z]{2,}ed\b"
)
VERB = re.compile(rf"(?P<ahead>\b(?:{_AHEAD}))|(?P<void>{_VOID})|(?P<past>{_PAST})", re.IGNORECASE)
PLANNING = re.compile(
    r"^(?:announced|scheduled|planned|set|called|agreed|promised|proposed|postponed|delayed|pledged|vowed|expected|warned|predicted|forecast|demanded|wanted|hoped|urged|asked|approved|ordered"
    r"|decided|moved|extended|backed|fixed|named|chose|put|adopted|prepared|budgeted|booked|offered|gave|sought|invited|suggested|threatened)\b",
    re.IGNORECASE,
)
"""Verbs whose object may lie ahead: a date counts as theirs only right behind them."""
PLANNED = re.compile(
    r"\b(?:elections?|referendum|vote|deadline|plans?|budget|targets?|goals?|summit|games|olympics|world cup|tournament|conference|schedule"
    r"|term|mandate|bid|campaign|forecasts?|contract|extension)\b",
    re.IGNORECASE,
)
"""Nouns of things that are spoken of before they take place."""
NEAR = 3
"""Words between a planning verb and its date."""
FAR = 16
"""Words between any other verb and its date."""
HYPOTHESES = 3
LONGEST = 1000
"""Characters of a sentence; what is longer is no sentence, and patterns need not read it."""
READ = 100_000
"""Characters of a page that are asked for its date: a very long report."""


class Mention(NamedTuple):
    """A date in the text: its span, its bounds (None without a year), month and day where the year is missing, and how it is told."""

    span: Span
    earliest: date | None
    latest: date | None
    month: int | None
    day: int | None
    weekday: int | None
    tense: str
    """`past`, `ahead` or `` where nothing can be concluded."""


def infer(text: str, spans: Sequence[Span], captured: str | None = None) -> tuple[Published, tuple[str, ...]]:
    """Return what the stretches of a text (title, paragraphs) say of the day of publication, and warnings (a conflict)."""
    sentences = [s for span in spans for s in _sentences(text, span) if s.end - s.start <= LONGEST and s.start < READ]
    mentions = [m for s in sentences for m in _mentions(text, s)]
    found = [c for s in sentences for c in _anchors(text, s)] + [c for m in mentions if (c := _bound(m))]
    found += _same_deadline(text, sentences)
    if captured and re.match(r"\d{4}-\d\d-\d\d", captured):
        found.append(Constraint("latest", captured[:10], None, "captured on that day"))
    earliest, latest = _bounds(found)
    fixed, hints = _without_year(mentions, earliest, latest)
    found += fixed
    earliest, latest = _bounds(found)
    if earliest and latest and earliest > latest:
        warning = f"the text dates itself from {earliest} on and up to {latest}: no bounds kept"
        return Published(constraints=tuple(found)), (warning,)
    return _published(earliest, latest, [*found, *hints]), ()


def _published(earliest: str | None, latest: str | None, constraints: Sequence[Constraint]) -> Published:
    if earliest is None and latest is None:
        return Published(constraints=tuple(constraints))
    day = earliest if earliest == latest else None
    deciding = [c for c in constraints if (c.bound, c.value) in {("earliest", earliest), ("latest", latest)}]
    evidence = tuple(dict.fromkeys(c.span for c in deciding if c.span))
    return Published(day, earliest, latest, edtf_of(earliest, latest), "inferred", evidence, tuple(constraints))


def edtf_of(earliest: str | None, latest: str | None) -> str | None:
    """Return bounds as EDTF: the day, `[a..b]`, `[a..]`, `[..b]`; None where there are none."""
    if earliest is None and latest is None:
        return None
    return earliest if earliest == latest else f"[{earliest or ''}..{latest or ''}]"


def _bounds(found: Iterable[Constraint]) -> tuple[str | None, str | None]:
    rows = list(found)
    return (
        max((c.value for c in rows if c.bound == "earliest"), default=None),
        min((c.value for c in rows if c.bound == "latest"), default=None),
    )


# ---- mentions ------------------------------------------------------------------------------------------------------


def _sentences(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    for match in SENTENCE_END.finditer(text, span.start, span.end):
        yield Span(at, match.start())
        at = match.end()
    yield Span(at, span.end)


def _mentions(text: str, sentence: Span) -> Iterator[Mention]:
    if not re.search(r"\d", text[sentence.start : sentence.end]):
        return
    quoted = [Span(*m.span()) for m in QUOTED.finditer(text, *sentence)]
    for match in MENTION.finditer(text, *sentence):
        if match["y4"] and not _is_year(match):
            continue
        start = min(match.start(g) for g in ("phase", "weekday", "m1", "d1", "d2", "m2", "m3", "y4") if match[g])
        span = Span(start, match.end())
        first, last = _period(match)
        month = month_number(match["m1"] or match["m2"] or match["m3"] or "")
        digits = re.match(r"\d+", match["d1"] or match["d2"] or "")
        weekday = weekday_number(match["weekday"]) if match["weekday"] else None
        tense = _tense(text, sentence, match, span)
        if tense == "ahead" and any(q.contains(span) for q in quoted):
            tense = ""
        if match["d1"] or match["d2"] or first:
            yield Mention(span, first, last, month, int(digits[0]) if digits else None, weekday, tense)


def _is_year(match: re.Match[str]) -> bool:
    """Tell whether four digits are a year: a preposition or phase stands before them ("Route 2016" is a name)."""
    return bool(match["prep"] or match["phase"]) and (match["prep"] or "").lower() not in {"for", "at", "and", "to", "between"}


def _period(match: re.Match[str]) -> tuple[date | None, date | None]:
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    if year is None:
        return None, None
    if match["y4"]:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    month = month_number(match["m1"] or match["m2"] or match["m3"]) or 1
    if match["m3"]:
        return date(int(year), month, 1), last_day(int(year), month)
    digits = re.match(r"\d+", match["d1"] or match["d2"])
    day = day_of(int(year), month, int(digits[0]) if digits else 0)
    return day, day


def _tense(text: str, sentence: Span, match: re.Match[str], span: Span) -> str:
    prep = (match["prep"] or "").lower()
    before = text[sentence.start : match.start()]
    clause = before[max((m.end() for m in BREAK.finditer(before)), default=0) :]
    if prep == "since":
        return "past"
    if prep in {"after", "between", "and", "to", "through"}:
        return ""
    if prep in {"until", "till"} and re.search(r"\b(?:has|have)\s*$", clause):
        return "ahead"  # "the company has until 30 June 2014"
    cue = _governing(clause)
    if cue is None:
        return _leading(text, sentence, span, before)
    between = clause[cue.end() :]
    if len(between.split()) > FAR:
        return ""
    if cue["ahead"]:
        return "ahead"
    if cue["void"]:
        return ""
    if prep in {"until", "till"} and re.search(r"\b(?:gave|given)$", cue[0]) and re.match(r"\s+to\s+[a-z]", text[span.end : sentence.end]):
        return "ahead"  # "gave the owner until 30 June 2014 to comply"
    return _told_as_past(cue[0], between, prep)


def _governing(clause: str) -> re.Match[str] | None:
    """Return the last verb of a clause; an infinitive behind what is ahead is ahead with it ("will begin to withdraw in April")."""
    cues = list(VERB.finditer(clause))
    while len(cues) > 1 and cues[-1]["void"] and cues[-1][0].lower().startswith("to ") and cues[-2]["ahead"]:
        cues.pop()
    return cues[-1] if cues else None


def _told_as_past(verb: str, between: str, prep: str) -> str:
    if prep in {"by", "until", "till", "before", "from", "for", "ending", "during"} or (prep != "of" and PLANNED.search(between)):
        return ""
    if PLANNING.match(verb) and len(between.split()) > NEAR:
        return ""
    return "past" if prep in {"on", "in", "of", ""} else ""


def _leading(text: str, sentence: Span, span: Span, before: str) -> str:
    """Return the tense of a date that opens its sentence ("On June 24 voters will be asked"): that of the first verb behind it."""
    if before.strip(" “\"'"):
        return ""
    after = text[span.end : sentence.end]
    cue = VERB.search(after)
    if cue is None or len(after[: cue.start()].split()) > FAR or BREAK.search(after[: cue.start()]):
        return ""
    return "ahead" if cue["ahead"] else ("past" if cue["past"] else "")


def _bound(mention: Mention) -> Constraint | None:
    if mention.earliest is None or mention.latest is None:
        return None
    if mention.tense == "past":
        return Constraint("earliest", mention.earliest.isoformat(), mention.span, "told as past")
    if mention.tense == "ahead":
        return Constraint("latest", mention.latest.isoformat(), mention.span, "told as still ahead")
    return None


# ---- words that count from the day of publication --------------------------------------------------------------------

TODAY = re.compile(rf"\b(?P<word>today|yesterday|tomorrow),?\s+(?:\(?(?:on\s+)?(?:{WEEKDAY},?\s+)?)(?=(?:{MONTH}|{DAY})\b)", re.IGNORECASE)
LAST_YEAR = re.compile(
    rf"\b(?P<word>last|next|this)\s+year,?\s+\(?(?:in\s+)?(?P<year>{YEAR})\b|\b(?:in\s+)(?P<year2>{YEAR}),\s+(?P<word2>last|next|this)\s+year\b",
    re.IGNORECASE,
)
HELD_NEXT = re.compile(
    rf"\b(?P<year>{YEAR})\s+(?:[A-Z]\w+|[a-z]+)(?:\s+\w+){{0,3}},?\s+(?:which\s+)?(?:to\s+be|will\s+be|are\s+to\s+be|is\s+to\s+be)\s+(?:held|staged|played|hosted)\b[^.;]{{0,50}}\bnext\s+year\b"
)
AGO = re.compile(
    rf"\b(?P<month>{MONTH})\s+(?P<year>{YEAR}),\s+(?P<n>a|one|two|three|four|five|six|seven|eight|nine|ten)\s+years?\s+ago\s+this\s+month\b",
    re.IGNORECASE,
)
NUMBERS = {w: n for n, w in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))} | {"a": 1}
SHIFT = {"last": 1, "this": 0, "next": -1, "today": 0, "yesterday": 1, "tomorrow": -1}


def _anchors(text: str, sentence: Span) -> Iterator[Constraint]:
    """Yield both bounds where words that count from the day of publication stand beside a date."""
    if not re.search(r"\d{4}", text[sentence.start : sentence.end]):
        return
    quoted = [Span(*m.span()) for m in QUOTED.finditer(text, *sentence)]
    for span, first, last, why in _anchored(text, sentence):
        if not any(q.overlaps(span) for q in quoted):
            yield Constraint("earliest", first.isoformat(), span, why)
            yield Constraint("latest", last.isoformat(), span, why)


def _anchored(text: str, sentence: Span) -> Iterator[tuple[Span, date, date, str]]:
    for match in TODAY.finditer(text, *sentence):
        full = MENTION.match(text, match.end(), sentence.end)
        first = _period(full)[0] if full and (full["y1"] or full["y2"]) else None
        if full and first:
            day = first + timedelta(days=SHIFT[match["word"].lower()])
            yield Span(match.start(), full.end()), day, day, f"{match['word'].lower()} is a full date"
    for match in LAST_YEAR.finditer(text, *sentence):
        word = (match["word"] or match["word2"]).lower()
        year = int(match["year"] or match["year2"]) + SHIFT[word]
        yield Span(*match.span()), date(year, 1, 1), date(year, 12, 31), f"{word} year is named"
    for match in HELD_NEXT.finditer(text, *sentence):
        year = int(match["year"]) - 1
        yield Span(*match.span()), date(year, 1, 1), date(year, 12, 31), "next year is named"
    for match in AGO.finditer(text, *sentence):
        year, month = int(match["year"]) + NUMBERS[match["n"].lower()], month_number(match["month"]) or 1
        yield Span(*match.span()), date(year, month, 1), last_day(year, month), "years ago this month"


NAMED_END = re.compile(rf"\b(?:by|before|until)\s+(?:the\s+)?end\s+of\s+(?P<year>{YEAR})\b", re.IGNORECASE)
THIS_END = re.compile(r"\b(?:by|before|until)\s+(?:the\s+)?(?:end\s+of\s+the\s+year|year['’]?s?[\s-]end)\b|\bthis\s+year\b", re.IGNORECASE)
SHARED = 2
"""Content words that two sentences must share to speak of one thing: one is the page's topic, two are seldom chance."""
CONTENT_WORD = re.compile(
    r"\b(?!end\b|year\b|this\b|that\b|will\b|with\b|from\b|have\b|been\b|said\b|their\b|there\b)[a-z]{4,}", re.IGNORECASE
)


def _same_deadline(text: str, sentences: Sequence[Span]) -> Iterator[Constraint]:
    """Yield both bounds where one thing is due by the end of a named year, and in another sentence by the end of "the year"."""
    named = [(s, m) for s in sentences for m in NAMED_END.finditer(text, *s)]
    if len({match["year"] for _, match in named}) != 1:
        return
    for sentence, match in named:
        topic = {w.lower() for w in CONTENT_WORD.findall(text, *sentence)}
        for other in sentences:
            unnamed = THIS_END.search(text, *other)
            if other == sentence or unnamed is None or len(topic & {w.lower() for w in CONTENT_WORD.findall(text, *other)}) < SHARED:
                continue
            span, year = Span(*match.span()), match["year"]
            yield Constraint("earliest", f"{year}-01-01", span, f"the same is due by the end of {year} and {unnamed[0].lower()!r}")
            yield Constraint("latest", f"{year}-12-31", span, f"the same is due by the end of {year} and {unnamed[0].lower()!r}")
            return


# ---- dates without a year --------------------------------------------------------------------------------------------


def _without_year(mentions: Sequence[Mention], earliest: str | None, latest: str | None) -> tuple[list[Constraint], list[Constraint]]:
    """Return the bounds of days without a year where one year alone is left for them, and hints for the others."""
    fixed: list[Constraint] = []
    hints: list[Constraint] = []
    for mention in mentions:
        if mention.earliest is not None or mention.month is None or mention.day is None or not mention.tense:
            continue
        days = list(_days(mention, earliest, latest))
        within = [
            d
            for d in days
            if (earliest is None or d.isoformat() >= earliest[:4]) and (latest is None or d.isoformat() <= latest[:4] + "-12-31")
        ]
        inside = [d for d in within if _possible(mention, d, earliest, latest)]
        if earliest and latest and len(inside) == 1:
            bound = "earliest" if mention.tense == "past" else "latest"
            fixed.append(Constraint(bound, inside[0].isoformat(), mention.span, "the only year that the bounds leave"))  # type: ignore[arg-type]
        elif mention.weekday is not None and (earliest or latest):
            hints += [Constraint("hint", d.isoformat(), mention.span, _why(mention, rank)) for rank, d in enumerate(inside[:HYPOTHESES], 1)]
    return fixed, hints


def _days(mention: Mention, earliest: str | None, latest: str | None) -> Iterator[date]:
    """Yield the days that a month and day can be, nearest to the known bound first; weekdays choose among the years."""
    first = int(earliest[:4]) if earliest else int((latest or "0")[:4]) - 28
    last = int(latest[:4]) if latest else first + 28
    years = range(first, last + 1) if earliest else range(last, first - 1, -1)
    for year in years:
        day = day_of(year, mention.month or 1, mention.day or 1) if year > 0 else None
        if day and (mention.weekday is None or mention.weekday == day.weekday()):
            yield day


def _possible(mention: Mention, day: date, earliest: str | None, latest: str | None) -> bool:
    """Tell whether a day fits the bounds: one told as past lies before `latest`, one told as ahead after `earliest`."""
    if mention.tense == "past":
        return latest is None or day.isoformat() <= latest
    return earliest is None or day.isoformat() >= earliest


def _why(mention: Mention, rank: int) -> str:
    return f"hypothesis {rank}: a year in which that day has this weekday, told as {mention.tense or 'neither past nor ahead'}"
