"""Whole time expressions from the smallest ones: clocks join their days, distances their "ago", edges and modifiers what they modify.

5 a.m. | on | Saturday        one TIME            three weeks | ago       one DATE
Tuesday | , | January 21      one DATE            the end of | August     2021-08, mod END
15 years | , | 8 months       P15Y8M              nearly | two decades    mod LESS_THAN
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.timex.atoms import atoms
from onrecord.timex.periods import unit_of
from onrecord.timex.senses import Phrase, Sense, joined
from onrecord.timex.words import Word, table

APPROXIMATE = {
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "approx": "APPROX",
    "roughly": "APPROX",
    "circa": "APPROX",
    "some": "APPROX",
    "almost": "LESS_THAN",
    "nearly": "LESS_THAN",
    "close to": "LESS_THAN",
    "less than": "LESS_THAN",
    "fewer than": "LESS_THAN",
    "under": "LESS_THAN",
    "just under": "LESS_THAN",
    "more than": "MORE_THAN",
    "over": "MORE_THAN",
    "well over": "MORE_THAN",
    "just over": "MORE_THAN",
    "a little over": "MORE_THAN",
    "a little more than": "MORE_THAN",
    "at least": "EQUAL_OR_MORE",
    "no less than": "EQUAL_OR_MORE",
    "not less than": "EQUAL_OR_MORE",
    "a minimum of": "EQUAL_OR_MORE",
    "no more than": "EQUAL_OR_LESS",
    "not more than": "EQUAL_OR_LESS",
    "exactly": None,
    "precisely": None,
}
"""Words before an amount that belong to the expression, and the `mod` of each."""
OF_POINTS = {"about", "around", "approximately", "roughly", "circa", "exactly", "precisely", "almost", "nearly"}
"""Those that clock times take too."""
OF_DATES = {"around", "circa", "roughly", "approximately"}
BESIDE = {f"{how} {where}": where.upper() for how in ("shortly", "just", "soon", "right", "immediately") for where in ("before", "after")}
BACK = {
    "ago": -1,
    "back": -1,
    "earlier": -1,
    "before": -1,
    "beforehand": -1,
    "previously": -1,
    "prior": -1,
    "later": 1,
    "after": 1,
    "afterwards": 1,
    "hence": 1,
}
ALONE = {"before", "after", "back", "prior"}
"""Those that make a distance only where no noun or clause follows: "two days before", not "two days before the vote"."""
ON_DATES = frozenset({(), ("on",), ("of",), ("on", "the"), (",", "on"), ("in", "the")})
AT_CLOCKS = frozenset(
    {(), ("at",), (",",), (",", "at"), ("at", "about"), ("at", "around"), ("around",), ("about",), ("at", "approximately"), ("by",)}
)


def phrases(words: Sequence[Word]) -> list[Phrase]:
    """Return the whole expressions among the words, from left to right."""
    found = atoms(words)
    for step in (_joined, _distant, _joined, _edged, _staged, _approximated):
        found = step(words, found)
    return [phrase for phrase in found if phrase.sense.rule != "time.alone"]


# ---- neighbours ----------------------------------------------------------------------------------------------------


def _joined(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Join each expression with the one before it where the two are one."""
    out: list[Phrase] = []
    for phrase in found:
        while out:
            gap = tuple(w.lower for w in words[out[-1].end : phrase.first])
            sense = _pair(out[-1].sense, gap, phrase.sense) if len(gap) <= 2 else None
            if sense is None:
                break
            phrase = out.pop().widened(phrase.first, phrase.end, sense)  # noqa: PLW2901 - it may join the one before that, too
        out.append(phrase)
    return out


def _pair(a: Sense, gap: tuple[str, ...], b: Sense) -> Sense | None:
    if a.type == b.type == "DURATION" and gap in {(), (",",), ("and",), (",", "and")} and _larger(a, b):
        return replace(a, value=joined(a.value, b.value), vague=a.vague or b.vague)
    if _is_weekday(a) and gap in {(), (",",), (",", "the"), ("the",)} and _is_day(b) and not _is_weekday(b) and not b.origin:
        return replace(b, weekday=int(a.value[9]), rule="date.weekday_date")
    if _is_clock(a) and _is_day(b) and gap in ON_DATES:
        return _timed(b, a)
    if _is_day(a) and _is_clock(b) and (gap in AT_CLOCKS or (gap == ("'s",) and b.rule == "time.alone")):
        if b.rule == "time.part" and gap != ():
            return None
        return _timed(a, b)
    if _is_clock(b) and a.type == "TIME" and gap in AT_CLOCKS and _is_part(a) and not _is_part(b):
        return replace(a, clock=b.clock, value=a.value.replace("T" + a.value.partition("T")[2], b.clock) if a.value else "")
    if a.type == "TIME" and not _is_clock(a) and not _is_part(a) and b.rule == "time.alone" and gap == ():
        return replace(a, clock=b.clock) if "24:00" in a.clock else a
    if _is_clock(a) and b.type == "TIME" and gap in ON_DATES and not _is_part(a) and _is_part(b) and not _is_clock(b):
        return b if "24:00" in a.clock else replace(b, clock=a.clock)
    return None


def _larger(a: Sense, b: Sense) -> bool:
    order = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
    return a.unit in order and b.unit in order and order.index(a.unit) > order.index(b.unit)


def _is_weekday(sense: Sense) -> bool:
    return sense.type == "DATE" and sense.value.startswith("XXXX-WXX-") and sense.value[9:].isdigit()


def _is_day(sense: Sense) -> bool:
    """Tell whether a date names one day."""
    if sense.type != "DATE" or sense.unit in {"week", "weekend"}:
        return False
    return unit_of(sense.value) == "day" if sense.value else (unit_of(sense.pick) if sense.pick else sense.unit) == "day"


def _is_clock(sense: Sense) -> bool:
    """Tell whether it is a clock time or a part of a day that names no day itself."""
    return sense.type == "TIME" and sense.origin == "told" and not sense.count and not sense.value


def _is_part(sense: Sense) -> bool:
    return sense.clock[1:].isalpha()


def _timed(day: Sense, clock: Sense) -> Sense:
    return replace(day, type="TIME", clock=clock.clock, mod=clock.mod or day.mod, rule="time.dated")


# ---- distances -----------------------------------------------------------------------------------------------------


def _distant(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Turn a duration with "ago", "later", "from now" behind it into a date."""
    out = []
    for phrase in found:
        tail = [w.lower for w in words[phrase.end : phrase.end + 3]] + ["", "", ""]
        length, origin, direction = _direction(tail, words[phrase.end + 1 : phrase.end + 2])
        if phrase.sense.type == "DURATION" and length and not phrase.sense.reach:
            out.append(phrase.widened(phrase.first, phrase.end + length, _distance(phrase.sense, origin, direction)))
        else:
            out.append(phrase)
    return out


def _direction(tail: list[str], following: Sequence[Word]) -> tuple[int, str, int]:
    """Return how many words make a distance of a duration, what it is counted from, and its direction."""
    if tail[0] in {"ago", "back"} and not (tail[0] == "back" and following and following[0].text[0].isalnum()):
        return 1, "published", -1
    if tail[:2] in (["from", "now"], ["from", "today"]):
        return 2, "published", 1
    if tail[0] in {"'", "’", "'s", "’s"} and tail[1] == "time":
        return 2, "published", 1
    if tail[0] in BACK and tail[1] != "than":
        open_ended = not following or not following[0].text[0].isalnum() or following[0].lower in {"and", "but", "in", "on", "at"}
        if tail[0] not in ALONE or (open_ended and not (following and following[0].text in '"“‘')):
            return 1, "told", BACK[tail[0]]
    return 0, "", 0


def _distance(sense: Sense, origin: str, direction: int) -> Sense:
    unit, count = sense.unit, sense.count * direction
    if unit == "fortnight":
        unit, count = "week", count * 2
    if count != int(count) and unit in {"year", "decade", "century"}:
        unit, count = ("month", count * 12) if unit == "year" else ("year", count * {"decade": 10, "century": 100}[unit])
    kind = "TIME" if unit in {"second", "minute", "hour"} and not sense.vague else "DATE"
    return Sense(kind, rule="date.distance", origin=origin, count=count, unit=unit, side=direction, vague=sense.vague, mod=sense.mod)  # type: ignore[arg-type]


# ---- what stands before --------------------------------------------------------------------------------------------


def _previous(words: Sequence[Word], phrase: Phrase, count: int, floor: int) -> tuple[str, ...]:
    """Return so many words before a phrase in lower case, none of an expression before it."""
    return tuple(w.lower for w in words[max(floor, phrase.first - count) : phrase.first])


def _each(words: Sequence[Word], found: list[Phrase], change: Callable[[Sequence[Word], Phrase, int], Phrase]) -> list[Phrase]:
    out: list[Phrase] = []
    for phrase in found:
        out.append(change(words, phrase, out[-1].end if out else 0))
    return out


def _edged(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Take in "the end of", "the beginning of", "the early hours of"."""
    return _each(words, found, _edge)


def _edge(words: Sequence[Word], phrase: Phrase, floor: int) -> Phrase:
    before = _previous(words, phrase, 4, floor)
    if phrase.sense.type not in {"DATE", "TIME"} or phrase.sense.value.endswith("_REF") or len(before) < 2 or before[-1] != "of":
        return phrase
    if before[-2] == "hours" and len(before) > 2 and before[-3] in {"early", "small", "wee"}:
        start = phrase.first - (4 if len(before) > 3 and before[-4] == "the" else 3)
        return phrase.widened(start, phrase.end, replace(phrase.sense, type="TIME", clock="TMO", rule="time.dated"))
    mod = table()["EDGE"].get(before[-2]) or {"rest": "END", "remainder": "END"}.get(before[-2])
    if mod is None:
        return phrase
    start = phrase.first - 2
    for word in reversed(before[:-2]):
        if word not in {"the", "very"}:
            break
        start -= 1
    return phrase.widened(start, phrase.end, replace(phrase.sense, mod=mod))


def _staged(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Take in "early", "late", "mid-", "earlier", "later" and "shortly before"."""
    return _each(words, found, _stage)


def _stage(words: Sequence[Word], phrase: Phrase, floor: int) -> Phrase:
    before, sense = _previous(words, phrase, 3, floor), phrase.sense
    if not before or sense.type not in {"DATE", "TIME"} or sense.value.endswith("_REF") or sense.rule == "date.distance":
        return phrase
    reach, word = (2, before[-2]) if before[-1] in {"on", "in", "-", "–"} and len(before) > 1 else (1, before[-1])
    if word in table()["STAGE"] and not (word == "mid" and before[-1] == "in") and not (before[-1] == "in" and sense.rule not in _NAMED):
        mod = table()["STAGE"][word]
    elif word in {"earlier", "later"} and before[-1] not in {"-", "–"} and (reach == 1 or sense.rule in _NAMED):
        mod = "START" if word == "earlier" else "END"
    elif len(before) > 1 and " ".join(before[-2:]) in BESIDE and sense.type == "TIME":
        return phrase.widened(phrase.first - 2, phrase.end, replace(sense, mod=BESIDE[" ".join(before[-2:])]))
    else:
        return phrase
    start = phrase.first - reach
    if start > floor and words[start - 1].lower in {"very", "too"}:
        start -= words[start - 1].lower == "very"
    if (
        start > floor
        and words[start - 1].lower == "the"
        and words[phrase.first].lower != "the"
        and sense.rule in {"date.decade", "date.century"}
    ):
        start -= 1
    return phrase.widened(start, phrase.end, replace(sense, mod=sense.mod or mod))


_NAMED = frozenset(
    {"date.the_unit", "date.month", "date.year", "date.month_year", "date.deictic", "date.anaphoric", "date.decade", "date.season"}
)
"""Periods that "early in", "later in" may stand before."""


def _approximated(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Take in "about", "nearly", "more than", "at least"."""
    return _each(words, found, _approximation)


def _approximation(words: Sequence[Word], phrase: Phrase, floor: int) -> Phrase:
    sense = phrase.sense
    if sense.type == "SET" or sense.reach or sense.value.endswith("_REF"):
        return phrase
    for size in (4, 3, 2, 1):
        before = _previous(words, phrase, size, floor)
        text = " ".join(before)
        if len(before) == size and text in APPROXIMATE and _approximates(text, sense, words[phrase.first]):
            return phrase.widened(
                phrase.first - size, phrase.end, replace(sense, mod=APPROXIMATE[text] or sense.mod, exact=APPROXIMATE[text] is None)
            )
    return phrase


def _approximates(text: str, sense: Sense, first: Word) -> bool:
    if sense.type == "DURATION" or sense.rule == "date.distance":
        return not (sense.vague and text in {"some", "over", "under", "about"}) and first.lower != "the"
    if sense.type == "TIME":
        return text in OF_POINTS and not _is_part(sense)
    return text in OF_DATES and first.lower not in {"the", "this", "last", "next"}
