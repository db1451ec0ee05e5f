"""Rules for lengths of time and for what recurs; see `rules` for what a rule is."""

from __future__ import annotations

from onrecord.timex.rules import NUMBER, QUANTITY, Hit, Rule, number, side
from onrecord.timex.senses import Sense, duration
from onrecord.timex.words import CURRENCY, table

_LENGTH_TAILS = frozenset({"ago", "earlier", "later", "after", "before", "of", "long", "beforehand", "prior", "back"})
"""What may stand behind one: "*months* of protest"."""
_OTHER_HOURS = frozenset({"wee", "small"}) | frozenset(
    {"the", "these", "those", "his", "her", "their", "our", "my", "its", "early", "working", "opening", "business", "school", "visiting"}
)
_RATED = frozenset({"times", "once", "twice", "million", "billion", "thousand", "hundred", "%", "percent", "cent", "bn", "m"})
_NOT_COUNTED = frozenset(
    {"this", "his", "its", "was", "has", "yes", "less", "across", "always", "perhaps", "thus", "plus", "versus", "unless", "lasts", "takes"}
)


def _unit(word: str) -> str:
    return table()["UNIT"].get(word) or table()["UNITS"][word]


def _is_age(hit: Hit) -> bool:
    after = (hit.after(), hit.after(2))
    return (
        after[0] in {"old", "olds", "older", "younger"}
        or (after[0] in {"-", "–"} and after[1] in {"old", "olds"})
        or after == ("of", "age")
        or hit.before() in {"aged", "age"}
        or (hit.before() == "of" and hit.before(2) == "age")
        or after[1] in {"junior", "senior"}
    )


def _counted(hit: Hit) -> Sense | None:
    """Read "three days", "a five-year", "several weeks", "two to three months", "18+ years"."""
    unit, text, singular = _unit(hit.text("u")), hit.text("q"), hit.text("u") in table()["UNIT"]
    amount = number(text)
    if _is_age(hit) or hit.before() in CURRENCY:
        return None
    if singular and (unit == "second" or amount is None or (1900 <= amount <= 2100 and not hit.contains("-"))):
        return None
    if hit.has("z") and number(hit.text("z")) != amount:
        return Sense("DURATION", duration(None, unit), unit=unit, vague=True)
    return Sense("DURATION", duration(amount, unit), unit=unit, count=amount or 0, vague=amount is None)


def _single(hit: Hit) -> Sense | None:
    """Read "a year", "half an hour", "an hour and a half"; after a number it is a rate: "15 a year"."""
    unit = _unit(hit.text("u"))
    if unit in {"second", "weekend"} or _is_age(hit) or hit.after() in {"when", "where"}:
        return None
    amount = 0.25 if hit.has("c") else 0.5 if hit.has("h") else 1.5 if hit.has("k") else 1
    if amount == 1 and _is_rate(hit):
        return None if unit == "hour" else Sense("SET", duration(1, unit), unit=unit)  # speeds and wages are measures
    return Sense("DURATION", duration(amount, unit), unit=unit, count=amount)


def _is_rate(hit: Hit) -> bool:
    """Tell whether "a year" counts what stands before it: a number, a price, "times", a counted noun."""
    if hit.first == 0:
        return False
    before = hit.words[hit.first - 1]
    if before.text[-1].isdigit() or before.lower in _RATED or before.lower in table()["ONES"] or before.lower in table()["TENS"]:
        return True
    counted = any(w.text[0].isdigit() or w.lower in table()["SCALE"] for w in hit.words[max(0, hit.first - 4) : hit.first - 1])
    return counted and before.lower.endswith("s") and len(before.lower) > 3 and before.lower not in _NOT_COUNTED


def _long(hit: Hit) -> Sense:
    """Read "year-long", "decades-long", "weeklong"."""
    word = table()["LONG"].get(hit.text("u"), hit.text("u"))
    plural = word in table()["UNITS"]
    return Sense("DURATION", duration(None if plural else 1, _unit(word)), unit=_unit(word), count=0 if plural else 1, vague=plural)


def _bare(hit: Hit) -> Sense | None:
    """Read "for years", "hours later"."""
    before, after, unit = hit.before(), hit.after(), _unit(hit.text("u"))
    if _is_age(hit) or unit in {"weekend", "quarter"} or before in _OTHER_HOURS:
        return None
    tail = hit.after(2) if after in {"-", "–"} else after
    if before in table()["LASTING"] or tail in _LENGTH_TAILS:
        return Sense("DURATION", duration(None, unit), unit=unit, vague=True)
    return None


def _reaching(hit: Hit) -> Sense | None:
    """Read "the past five years", "the next few weeks", "the coming days", "these four days"."""
    relation, unit = hit.text("r"), _unit(hit.text("u"))
    amount, towards = number(hit.text("q")) if hit.has("q") else None, side(relation)
    if hit.words[hit.first].lower == "last" and hit.before() in {"to", "will", "would", "could", "may", "might", "can", "should", "must"}:
        return None  # a verb: "is to *last* three weeks"
    if not hit.has("q"):
        if "coming" in relation:
            return Sense("DATE", "FUTURE_REF")
        if towards <= 0 or "following" in relation:
            return None
    reach = towards if relation in {"past", "last", "next", "coming", "upcoming"} else 0
    return Sense("DURATION", duration(amount, unit), unit=unit, count=amount or 0, vague=amount is None, reach=reach)


def _one(hit: Hit) -> Sense:
    """Read "the past year", "over the next month"."""
    unit = table()["SPAN"][hit.text("u")]
    return Sense("DURATION", duration(1, unit), unit=unit, count=1, reach=side(hit.text("r")))


def _every(hit: Hit) -> Sense | None:
    word, text = hit.text("u"), hit.words[hit.end - 1].text
    for category, shape in (("WEEKDAY", "XXXX-WXX-{}"), ("MONTH", "XXXX-{:0>2}"), ("SEASON", "XXXX-{}"), ("PART", "XXXX-XX-XXT{}")):
        if word in table()[category] and not (category == "MONTH" and text.islower()):
            return Sense("SET", shape.format(table()[category][word]))
    return Sense("SET", duration(2 if "other" in hit.text("q") else (number(hit.text("q")) or 1), _unit(word)))


def _often(hit: Hit) -> Sense | None:
    """Read "daily", "annual"; not the Daily Mail."""
    word = hit.words[hit.first].text
    following = hit.words[hit.end].text if hit.end < len(hit.words) else ""
    paper = hit.after() in {"newspaper", "paper", "tabloid", "broadsheet"} or (
        word.lower() in {"daily", "weekly"} and following[:1].isupper()
    )
    if paper or (word[0].isupper() and hit.first > 0 and hit.before()[0].isalnum()):
        return None
    unit = hit.value("x", "OFTEN")
    return Sense("SET", "P3M" if unit == "quarter" else duration(1, unit))


def _rate(hit: Hit) -> Sense:
    return Sense("SET", duration(1, _unit(hit.text("u"))))


def _weekdays(hit: Hit) -> Sense:
    return Sense("SET", f"XXXX-WXX-{hit.value('w', 'WEEKDAYS')}" if hit.has("w") else "XXXX-WXX-WE")


RULES: tuple[Rule, ...] = (
    Rule(
        "duration.counted",
        f"((?P<z>{NUMBER}) (to|or)|(?P<z2>DIGITS|ONES) DASH)? (?P<q>{QUANTITY}) PLUS? DASH? (?P<u>UNIT|UNITS) (DASH? long)?",
        _counted,
    ),
    Rule(
        "duration.single",
        "((?P<c>a quarter of)|(?P<h>half))? (a|an) (full|whole|entire|good|mere)? DASH? (?P<h2>half DASH?)? (?P<u>UNIT)(?! DASH long)"
        " (?P<k>DASH? and DASH? a DASH? half)?|(?P<h3>half) DASH (?P<u2>UNIT)|a? (?P<c2>quarter) DASH? (?P<u3>century)",
        _single,
    ),
    Rule("duration.long", "(?P<u>UNIT|UNITS) DASH long|(?P<u2>LONG)", _long),
    Rule("duration.bare", "(?P<u>UNITS)", _bare),
    Rule("duration.reaching", f"(the|this)? (?P<r>RELATION|first|final|these|those) (?P<q>{QUANTITY})? (?P<u>UNITS)", _reaching),
    Rule("duration.one", "the (?P<r>past|last) (?P<u>SPAN)", _one),
    Rule("duration.one", "(?<=(over|in|within|during|for|throughout)) the (?P<r>next|coming) (?P<u>SPAN)", _one),
    Rule("set.every", f"(every|each) (?P<q>other|single|{NUMBER})? (?P<u>UNIT|UNITS|WEEKDAY|MONTH|SEASON|PART)", _every),
    Rule("set.often", "(?P<x>OFTEN)", _often),
    Rule("set.rate", f"((once|twice|{NUMBER} times) (a|an|per|each|every)) (?P<u>UNIT)", _rate),
    Rule("set.weekdays", "(?P<w>WEEKDAYS)|(?<=(on|at)) weekends", _weekdays),
)
