"""Rules for days, months, years and other periods of the calendar; see `rules` for what a rule is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from onrecord.timex.rules import DAY, LAST, LAST_UNIT, MONTH, TOLD, Hit, Rule, leading, ordinal, side
from onrecord.timex.senses import Sense
from onrecord.timex.words import CURRENCY, table

_OF_YEAR = f"(COMMA? of? (?P<y>YEARNUM)|of? (?P<r>{LAST}|{TOLD}|the) year)"
_YEAR_CUES = frozenset(
    {"in", "since", "of", "until", "till", "by", "from", "before", "after", "during", "to", "through", "and", "between", "early"}
)
_COUNT_CUES = CURRENCY | {"no", "number", "boeing", "airbus", "flight", "route", "highway", "least", "than", "about", "nearly", "some"}
_DAY_NAMES = "(day|date)"
_AFTER_DAYS = frozenset(
    {"in", "at", "for", "with", "near", "after", "before", "amid", "as", "during", "when", "where", "by", "to", "outside"}
)
"""Words behind the second day of "May 3 and 4" that show that it counts nothing ("May 3 and 4 people")."""
_WHOLES = frozenset(
    {
        "months",
        "quarter",
        "end",
        "beginning",
        "start",
        "close",
        "middle",
        "rest",
        "remainder",
        "course",
        "part",
        "half",
        "earlier",
        "later",
        "early",
        "late",
        "days",
    }
)
"""What makes "the year" one particular year: "the end of the year", "earlier in the month"."""


def _month_day(hit: Hit) -> Sense | None:
    month, day = int(hit.value("m", "MONTH", "SHORT")), leading(hit.text("d"))
    if day > 31 or (month == 2 and day > 29) or (month in {4, 6, 9, 11} and day > 30):
        return None
    tail = f"-{month:02}-{day:02}"
    if tail == "-09-11" and hit.after() in {"attack", "attacks", "terror", "terrorist", "hijackings"}:
        return Sense("DATE", "2001-09-11")
    if hit.has("y"):
        return Sense("DATE", hit.text("y") + tail)
    return _in_year(hit, "XXXX" + tail) if hit.has("r") else Sense("DATE", "XXXX" + tail)


def _day_of_later(hit: Hit) -> Sense | None:
    """Read the "29" of "29 and 30 November 2020"."""
    return _month_day(hit) if leading(hit.text("d")) < leading(hit.text("e")) else None


def _day_of_earlier(hit: Hit) -> Sense | None:
    """Read the "4" of "May 3 and 4", where nothing behind it could be what is counted."""
    month, first = {**table()["MONTH"], **table()["SHORT"]}, leading(hit.before(2))
    day, word = leading(hit.text("d")), hit.after()
    counted = word.isalnum() and word not in _AFTER_DAYS
    if counted or not first < day <= 31:
        return None
    return Sense("DATE", f"XXXX-{int(month[hit.before(3)]):02}-{day:02}")


def _in_year(hit: Hit, partial: str) -> Sense:
    """Read a month, day, season or quarter of "last year", "that year", "the year"."""
    relation = hit.text("r")
    told = relation.startswith("that") or re.fullmatch(r"the (very )?(same|next|following|previous|preceding|prior|subsequent)", relation)
    return Sense("DATE", origin="told" if told else "published", count=side(relation), unit="year", pick=partial)


def _month(hit: Hit) -> Sense | None:
    partial = f"XXXX-{int(hit.value('m', 'MONTH', 'SHORT')):02}"
    if hit.has("y"):
        return Sense("DATE", hit.text("y") + partial[4:])
    return _in_year(hit, partial) if hit.contains("year") else _relative(hit, partial)


def _relative(hit: Hit, partial: str) -> Sense:
    """Read a partial value with "last", "this", "next" before it, or with nothing."""
    relation = hit.text("r")
    towards = side(relation)
    if relation.startswith("that") or re.match(r"the (very )?(same|next|following|previous|preceding)", relation):
        return Sense("DATE", partial, origin="told", side=towards or 1, strict=bool(towards))
    if relation == "this" and "XXXX-W" not in partial:
        return Sense("DATE", origin="published", unit="year", pick=partial)
    return Sense("DATE", partial, side=towards, strict=bool(towards), nearer=relation == "next")


def _bare_month(hit: Hit) -> Sense | None:
    """Read "May" and "March" only where a preposition or another month shows that they are months."""
    if hit.words[hit.first].lower in {"may", "march"} and (hit.after() in {"'s", "’s"} or hit.after().isdigit()):
        return None
    return Sense("DATE", f"XXXX-{int(hit.value('m', 'MONTH')):02}")


def _iso(hit: Hit) -> Sense:
    day, _, clock = hit.text("x").partition("t")
    return Sense("TIME" if clock else "DATE", day, clock=f"T{clock[:5]}" + ("Z" if clock.endswith("z") else "") if clock else "")


def _slashed(hit: Hit) -> Sense:
    """Read "13/7/2021"; nobody can tell the day from the month, unless one of them is over 12 or they are the same."""
    first, second, year = (int(part) for part in hit.text("x").split("/"))
    year += (2000 if year < 50 else 1900) if year < 100 else 0
    month, day = (second, first) if first > 12 else (first, second)
    if month <= 12 and month >= 1 and (12 < day <= 31 or day == month):
        return Sense("DATE", f"{year}-{month:02}-{day:02}")
    return Sense("DATE", f"{year}-XX-XX")


def _year(hit: Hit) -> Sense | None:
    """Read a year that stands alone: not a price, a count, or a number in a name."""
    year, before, after = int(hit.text("y")), hit.before(), hit.after()
    if before in _COUNT_CUES or (before == "." and (hit.before(2) == "no" or hit.before(2).isdigit())):
        return None
    if before in {"bill", "act"} or (after == "-" and hit.after(2).startswith("nco")):  # names of laws and of a virus
        return None
    if after in table()["COUNTED"].keys() | {"%", "percent", "year", "years", "hundred", "thousand", "million", "billion"} or (
        after == "per" and hit.after(2) == "cent"
    ):
        return None
    if (
        before in {"-", "/"}
        and hit.words[hit.first - 1].span.end == hit.words[hit.first].span.start
        and hit.before(2) not in {"mid", "early", "late", "pre"}
    ):
        return None
    counted = after.isalpha() and after.endswith(("s", "children", "men"))  # "1709 schoolchildren"
    return Sense("DATE", f"{year:04}") if 1900 <= year <= 2100 or (before in _YEAR_CUES and not counted) else None


def _years(hit: Hit) -> Sense | None:
    """Read "2017-18", "1914–1918"."""
    first, last = hit.text("y"), hit.text("z")
    last = first[:2] + last if len(last) == 2 else last
    return Sense("DATE", f"{first}/{last}") if int(first) < int(last) < int(first) + 150 else None


def _decade(hit: Hit) -> Sense | None:
    """Read "the 1990s", "the '90s", "the eighties"; "in her 80s" is an age."""
    word = hit.text("x")
    if word in table()["WORDYEARS"]:
        return Sense("DATE", table()["WORDYEARS"][word], assumed=True) if hit.has("t") else None
    digits = re.sub(r"\D", "", word)
    if hit.before(2) in {"his", "her", "their", "my", "your", "our", "whose"}:  # "in her early 30s"
        return None
    if len(digits) == 4:
        return Sense("DATE", digits[:3] + "X")
    if hit.has("t") or word[0] in "'’" or hit.before() in {"early", "late", "mid"}:
        return Sense("DATE", f"{20 if int(digits) < 30 else 19}{digits[0]}X")
    return None


def _century(hit: Hit) -> Sense | None:
    nth = ordinal(hit.text("n"))
    return Sense("DATE", f"{nth - 1:02}") if 1 <= nth <= 21 else None


def _season(hit: Hit) -> Sense | None:
    partial = f"XXXX-{hit.value('s', 'SEASON')}"
    if hit.has("y"):
        return Sense("DATE", hit.text("y") + partial[4:])
    if hit.has("r"):
        return _in_year(hit, partial) if hit.contains("year") else _relative(hit, partial)
    return None if hit.after() == "of" else Sense("DATE", partial)


def _part_of_year(hit: Hit) -> Sense | None:
    """Read a quarter or a half."""
    nth = int(hit.text("q")[1]) if hit.has("q") else ordinal(hit.text("n"))
    letter = "H" if hit.contains("half") else "Q"
    if not 1 <= nth <= (2 if letter == "H" else 4):
        return None
    if hit.has("y"):
        return Sense("DATE", f"{hit.text('y')}-{letter}{nth}")
    partial = f"XXXX-{letter}{nth}"
    return _in_year(hit, partial) if hit.has("r") else Sense("DATE", partial)


def _fiscal(hit: Hit) -> Sense:
    digits = re.sub(r"\D", "", hit.text("y"))
    return Sense("DATE", "FY" + (digits if len(digits) == 4 else "20" + digits))


def _weekday(hit: Hit) -> Sense:
    return _relative(hit, f"XXXX-WXX-{hit.value('w', 'WEEKDAY')}")


def _week_on(hit: Hit) -> Sense:
    """Read the British "a week on Thursday", "Thursday week", "today week"."""
    if hit.has("x"):
        return Sense("DATE", origin="published", count=7 + int(hit.value("x", "TODAY")), unit="day")
    return Sense("DATE", f"XXXX-WXX-{hit.value('w', 'WEEKDAY')}", side=1, count=7)


_AFTER_A_DAY = frozenset("at to and if or but because when after before that in said for with".split())  # noqa: SIM905


def _numbered_day(hit: Hit) -> Sense | None:
    """Read the 20th: of this month, where no noun follows."""
    after = hit.after()
    return None if after[:1].isalnum() and after not in _AFTER_A_DAY else Sense("DATE", f"XXXX-XX-{leading(hit.text('d')):02}")


def _today(hit: Hit) -> Sense:
    beside = {"": 0, "before": -1, "after": 1}[hit.text("b")]
    return Sense("DATE", origin="published", count=int(hit.value("x", "TODAY")) + beside, unit="day")


def _deictic(hit: Hit) -> Sense:
    """Read "last week", "this year", "next month", "this weekend"."""
    unit, relation = hit.value("u", "SPAN"), hit.text("r")
    if unit == "weekend":
        return Sense("DATE", "XXXX-WXX-WE", side=side(relation))
    return Sense("DATE", origin="published", count=side(relation), unit=unit)


def _unit(word: str) -> str:
    return "day" if word in {"day", "date"} else table()["SPAN"][word]


def _anaphoric(hit: Hit) -> Sense | None:
    """Read "that day", "the next day", "the same month", "this day"."""
    relation = hit.text("r")
    if relation == "next" and hit.text("u") == "date":
        return None
    if relation == "the next" and hit.text("u") != "day" and hit.before() in {"over", "in", "within", "during", "for", "throughout"}:
        return None
    if relation == "this":
        return Sense("DATE", origin="published", unit="day")
    extra = {"subsequent": 1, "prior": -1}.get(relation.rpartition(" ")[2], 0)
    return Sense("DATE", origin="told", count=side(relation) or extra, unit=_unit(hit.text("u")))


_EVENT_OPENERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that"})


def _beside(hit: Hit) -> Sense | None:
    """Read "the day before", "the year after", "the night before"."""
    word, count = hit.text("u"), 1 if hit.text("b") == "after" else -1
    following = hit.words[hit.end].text if hit.end < len(hit.words) else ""
    if following.lower() in _EVENT_OPENERS or following[:1].isupper():  # "the day before the blast" is not counted from a day told
        return Sense("DATE", "XXXX-XX-XX") if word == "day" else None
    if word in table()["PART"]:
        return Sense("TIME", origin="told", count=count, unit="day", clock="T" + table()["PART"][word])
    return Sense("DATE", origin="told", count=count, unit=_unit(word))


def _the_unit(hit: Hit) -> Sense | None:
    """Read "the year" in "the end of the year", "earlier in the month"; alone it may mean any."""
    unit = _unit(hit.text("u"))
    if hit.before() in {"of", "in"} and hit.before(2) in _WHOLES and not (unit == "day" and hit.before() == "of"):
        return Sense("DATE", origin="told" if unit == "day" else "published", unit=unit)
    if hit.before() == "before" and hit.after() in {"is", "ends"}:  # before the year is out
        return Sense("DATE", origin="published", unit=unit, mod="END")
    if unit == "weekend" and hit.before() in {"over", "at", "during", "on", "for", "after", "before", "through", "throughout", "by"}:
        return Sense("DATE", "XXXX-WXX-WE")
    return Sense("DATE", origin="published", unit="week") if unit == "week" and hit.before() in {"during", "throughout"} else None


def _year_end(hit: Hit) -> Sense:
    """Read "the year's end", "year-end"."""
    return Sense("DATE", origin="published", unit=hit.value("u", "SPAN"), mod="END")


def _week_of(hit: Hit) -> Sense | None:
    inner = _month_day(hit)
    return replace(inner, unit=hit.value("u", "SPAN")) if inner and hit.value("u", "SPAN") in {"week", "weekend"} else None


def _this_time(hit: Hit) -> Sense:
    """Read "this time next year": somewhere in it."""
    return Sense("DATE", origin="published", count=side(hit.text("r")), unit=hit.value("u", "SPAN"), mod="APPROX")


def _reference(value: str) -> Callable[[Hit], Sense]:
    return lambda _: Sense("DATE", value)


def _now(hit: Hit) -> Sense | None:
    if hit.text("x") == "now" and (
        hit.before() == "every"
        or hit.before() == "from"
        or hit.after() == "that"
        or (hit.after() == "-" and hit.words[hit.end].span.start == hit.words[hit.end - 1].span.end)
    ):
        return None
    return Sense("DATE", hit.value("x", "REF"))


# ---- feasts --------------------------------------------------------------------------------------------------------


def _feast(hit: Hit) -> Sense | None:
    name = hit.text("x").replace("’", "'")
    at = hit.groups["x"][0]
    named = (
        at > 0
        and hit.words[at - 1].text[0].isupper()
        and hit.words[at - 1].text.isalpha()
        and not hit.has("r")
        and hit.before() not in _YEAR_CUES
    )
    if not hit.words[at].text[0].isupper() or named:  # Johnnie Christmas
        return None
    following = hit.words[hit.end].text if hit.end < len(hit.words) else ""
    if following[:1].isupper() and not hit.has("y"):  # the Christmas Charity
        return None
    partial = f"XXXX-{table()['FEAST'][name]}"
    if hit.has("y"):
        return Sense("DATE", partial, pick=hit.text("y"))
    return _relative(hit, partial) if hit.has("r") else Sense("DATE", partial)


def _feast_pattern() -> str:
    """Return a pattern of all names of feasts, the longest first."""
    names = sorted(table()["FEAST"], key=len, reverse=True)
    return "|".join(name.replace("'s", "POSSESSIVE").replace("'", "MARK").replace(".", "DOT") for name in names)


RULES: tuple[Rule, ...] = (
    Rule("date.iso", "(?P<x>ISODATE)", _iso),
    Rule("date.slashed", "(?P<x>SLASHDATE)", _slashed),
    Rule("date.september11", "SEPTEMBER11", _reference("2001-09-11")),
    Rule("date.month_day", f"(?P<m>{MONTH}) the? (?P<d>{DAY}) (COMMA? (?P<y>YEARNUM)|COMMA? of? (?P<r>{LAST}|{TOLD}) year)?", _month_day),
    Rule(
        "date.day_month",
        f"(the? (?P<d>DAYNTH)|(?P<d2>DAYNUM)) of? (?P<m>{MONTH}) (COMMA? (?P<y>YEARNUM)|COMMA? of? (?P<r>{LAST}|{TOLD}) year)?",
        _month_day,
    ),
    Rule(
        "date.day_of_later",
        f"the? (?P<d>{DAY}) (?=(COMMA {DAY})* COMMA? (and|or|to|until|till|through) the? (?P<e>{DAY}) of? (?P<m>{MONTH})"
        " (COMMA? (?P<y>YEARNUM))?)",
        _day_of_later,
    ),
    Rule("date.day_of_earlier", f"(?<=(MONTH|SHORT) {DAY} (and|or|to|through)) (?P<d>DAYNUM)", _day_of_earlier),
    Rule("date.year_month", f"(?P<r>last|this|next) year COMMA? (?P<m>MONTH) (?P<d>{DAY})", _month_day),
    Rule("date.month_year", f"(?P<m>{MONTH}) {_OF_YEAR}", _month),
    Rule("date.relative_month", f"(?P<r>{LAST}|{TOLD}) (?P<m>MONTH|SHORT DOT)", _month),
    Rule("date.month", "(?P<m>CLEAR)", _bare_month),
    Rule(
        "date.month",
        "(?<=(in|since|until|till|of|early|late|mid|DASH|from|through|to|during|by|before|after|for|between|and|or|starting|later|earlier|least|throughout))"
        " (?P<m>MONTH)",
        _bare_month,
    ),
    Rule("date.years", "(?P<y>YEARNUM) DASH (?P<z>YEARNUM|TWODIGIT)", _years),
    Rule("date.year", "(?P<y>YEARNUM)", _year),
    Rule("date.decade", "(?P<t>the)? (?P<x>DECADE|WORDYEARS)", _decade),
    Rule("date.century", "the? (?P<n>NTH|ORDINAL) DASH? century", _century),
    Rule("date.season", f"the? (?P<s>SEASON) {_OF_YEAR}", _season),
    Rule("date.season", f"(?P<r>{LAST}|{TOLD}) (?P<s>SEASON)", _season),
    Rule(
        "date.season",
        "(?<=(in|by|since|until|till|early|late|mid|from|before|after|during|over|through|throughout|for|of|DASH)) the? (?P<s>SEASONAL)",
        _season,
    ),
    Rule("date.season", "(?<=(in|by|since|until|early|late|over|during)) the? (?P<s>fall)", _season),
    Rule("date.quarter", f"(the? (fiscal|financial)? (?P<n>ORDINAL|NTH) DASH? quarter|(?P<q>QNUM)) ((in|for)? {_OF_YEAR})?", _part_of_year),
    Rule("date.half", f"the? (?P<n>first|second) half (in|for)? {_OF_YEAR}", _part_of_year),
    Rule("date.fiscal", "(the? (fiscal|financial) year?|fy) (?P<y>YEARNUM) (DASH (TWODIGIT|YEARNUM))?|(?P<y2>FYEAR)", _fiscal),
    Rule("date.fiscal", "the? (?P<y>YEARNUM) (DASH (YEARNUM|TWODIGIT))? (fiscal|financial) year", _fiscal),
    Rule("date.weekday", f"(?P<r>{LAST}|{TOLD})? (?P<w>WEEKDAY)", _weekday),
    Rule("date.week_on", "a week (on|from) ((?P<w>WEEKDAY)|(?P<x>TODAY))|((?P<w2>WEEKDAY)|(?P<x2>TODAY)) week", _week_on),
    Rule("date.numbered_day", "(?<=(on|by|until|till|before|from|since|after)) the (?P<d>DAYNTH)", _numbered_day),
    Rule("date.today", "(the day (?P<b>before|after))? (?P<x>TODAY)", _today),
    Rule("date.deictic", f"(?P<r>{LAST_UNIT}) (?P<u>SPAN)|the (?P<r2>last|next) (?P<u2>quarter)", _deictic),
    Rule("date.anaphoric", f"(?P<r>{TOLD}|next|this( very)?) (?P<u>{_DAY_NAMES})", _anaphoric),
    Rule("date.anaphoric", f"(?P<r>{TOLD}) (?P<u>SPAN)", _anaphoric),
    Rule("date.beside", "the (?P<u>day|PART|SPAN) (?P<b>before|after)", _beside),
    Rule("date.the_unit", "the (?P<u>SPAN|day)", _the_unit),
    Rule("date.year_end", "the? (?P<u>SPAN) POSSESSIVE end|(?P<u2>year) DASH? end", _year_end),
    Rule("date.week_of", f"the (?P<u>SPAN) of (?P<m>{MONTH}) (?P<d>{DAY}) (COMMA? (?P<y>YEARNUM))?", _week_of),
    Rule("date.this_time", "this time (?P<r>last|next) (?P<u>SPAN)", _this_time),
    Rule("date.now", "(right|even|more|most|very|only)? (?P<x>REF)", _now),
    Rule(
        "date.present",
        "(?<=at) present|(?<=at) the moment|these days|the present (day|time)|the present DASH day",
        _reference("PRESENT_REF"),
    ),
    Rule(
        "date.past",
        "the (recent|distant)? past|recent (UNITS|times)|past UNITS|(ancient|prehistoric|medieval) times",
        _reference("PAST_REF"),
    ),
    Rule("date.future", "the (near|distant|foreseeable|immediate)? future", _reference("FUTURE_REF")),
    Rule("date.feast", f"(?P<r>{LAST}|{TOLD})? (?P<x>{_feast_pattern()}) (COMMA? (?P<y>YEARNUM))?", _feast),
)
