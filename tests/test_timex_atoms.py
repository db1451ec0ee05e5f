"""Every rule for time expressions, with what it finds and what it must leave alone."""

from __future__ import annotations

import pytest

from onrecord.documents import Published
from onrecord.timex import expressions
from onrecord.timex.atoms import RULES

WEDNESDAY = Published(value="2021-03-10", earliest="2021-03-10", latest="2021-03-10")

EXAMPLES: list[tuple[str, str, str, str, str]] = [
    # rule, text, expression, type, value
    ("date.iso", "Filed 2019-03-15 in court.", "2019-03-15", "DATE", "2019-03-15"),
    ("date.slashed", "Seen on 25/12/2020.", "25/12/2020", "DATE", "2020-12-25"),
    ("date.slashed", "Seen on 7/8/07.", "7/8/07", "DATE", "2007-XX-XX"),
    ("date.september11", "Since 9/11 rules changed.", "9/11", "DATE", "2001-09-11"),
    ("date.month_day", "He left on May 1, 2003.", "May 1, 2003", "DATE", "2003-05-01"),
    ("date.month_day", "Since the Sept. 11 attacks it grew.", "Sept. 11", "DATE", "2001-09-11"),
    ("date.month_day", "He left on Oct. 31.", "Oct. 31", "DATE", "2020-10-31"),
    ("date.month_day", "He left on March 01 , 2008 .", "March 01 , 2008", "DATE", "2008-03-01"),
    ("date.day_month", "He left on 20 Nov 2019.", "20 Nov 2019", "DATE", "2019-11-20"),
    ("date.day_month", "He was freed on the 4th of July 1999.", "the 4th of July 1999", "DATE", "1999-07-04"),
    ("date.year_month", "It began last year August 8.", "last year August 8", "DATE", "2020-08-08"),
    ("date.month_year", "They invaded in March 2003.", "March 2003", "DATE", "2003-03"),
    ("date.month_year", "They met in January last year.", "January last year", "DATE", "2020-01"),
    ("date.relative_month", "He died this past December.", "this past December", "DATE", "2020-12"),
    ("date.month", "It closed in October.", "October", "DATE", "2020-10"),
    ("date.month", "It closed in July.", "July", "DATE", "2020-07"),
    ("date.years", "The 2017–18 season was long.", "2017–18", "DATE", "2017/2018"),
    ("date.year", "The 2020 election was close.", "2020", "DATE", "2020"),
    ("date.decade", "During the 1990s it grew.", "the 1990s", "DATE", "199X"),
    ("date.decade", "In the early '80s it grew.", "the early '80s", "DATE", "198X"),
    ("date.century", "A 19th century law.", "19th century", "DATE", "18"),
    ("date.season", "It opened in summer 2019.", "summer 2019", "DATE", "2019-SU"),
    ("date.season", "It opened last summer.", "last summer", "DATE", "2020-SU"),
    ("date.season", "It opened in the fall.", "the fall", "DATE", "2020-FA"),
    ("date.quarter", "Profits fell in the fourth quarter of 2012.", "the fourth quarter of 2012", "DATE", "2012-Q4"),
    ("date.quarter", "Profits fell in Q3 2020.", "Q3 2020", "DATE", "2020-Q3"),
    ("date.half", "Profits fell in the first half of 2019.", "the first half of 2019", "DATE", "2019-H1"),
    ("date.fiscal", "The budget for fiscal 2024 rose.", "fiscal 2024", "DATE", "FY2024"),
    ("date.fiscal", "The budget for the 2019-20 financial year rose.", "the 2019-20 financial year", "DATE", "FY2019"),
    ("date.weekday", "He left on Monday.", "Monday", "DATE", "2021-03-08"),
    ("date.weekday", "He left last Friday.", "last Friday", "DATE", "2021-03-05"),
    ("date.weekday_date", "He left on Tuesday, March 2.", "Tuesday, March 2", "DATE", "2021-03-02"),
    ("date.week_on", "Rolls close a week on Thursday.", "a week on Thursday", "DATE", "2021-03-18"),
    ("date.numbered_day", "It must pass by the 20th.", "the 20th", "DATE", "2021-03-20"),
    ("date.today", "He left yesterday.", "yesterday", "DATE", "2021-03-09"),
    ("date.day_of_later", "It sat on 3, 4 and 5 May 2019.", "4", "DATE", "2019-05-04"),
    ("date.day_of_later", "It sat from the 3rd to the 5th of May 2019.", "the 3rd", "DATE", "2019-05-03"),
    ("date.day_of_earlier", "It sat on May 3 and 4.", "4", "DATE", "2021-05-04"),
    ("date.today", "He left the day before yesterday.", "the day before yesterday", "DATE", "2021-03-08"),
    ("date.deictic", "Sales fell last week.", "last week", "DATE", "2021-W09"),
    ("date.deictic", "Sales will rise next year.", "next year", "DATE", "2022"),
    ("date.anaphoric", "He came on 3 May 2019. The next day he left.", "The next day", "DATE", "2019-05-04"),
    ("date.anaphoric", "He came on 3 May 2019 and left that month.", "that month", "DATE", "2019-05"),
    ("date.beside", "He came on 3 May 2019, she the day before.", "the day before", "DATE", "2019-05-02"),
    ("date.the_unit", "It opens by the end of the year.", "the end of the year", "DATE", "2021"),
    ("date.year_end", "It opens by year-end.", "year-end", "DATE", "2021"),
    ("date.week_of", "It met in the week of October 21, 2019.", "the week of October 21, 2019", "DATE", "2019-W43"),
    ("date.this_time", "It opens by this time next year.", "this time next year", "DATE", "2022"),
    ("date.now", "He is now in Rome.", "now", "DATE", "PRESENT_REF"),
    ("date.now", "It fell more recently.", "more recently", "DATE", "PAST_REF"),
    ("date.present", "He is in Rome at the moment.", "the moment", "DATE", "PRESENT_REF"),
    ("date.past", "It fell in recent years.", "recent years", "DATE", "PAST_REF"),
    ("date.future", "It may fall in the near future.", "the near future", "DATE", "FUTURE_REF"),
    ("date.feast", "It opened at Christmas 2019.", "Christmas 2019", "DATE", "2019-12-25"),
    ("date.feast", "He won on Super Tuesday.", "Super Tuesday", "DATE", "2020-03-03"),
    ("date.distance", "He left three days ago.", "three days ago", "DATE", "2021-03-07"),
    ("date.distance", "He left nearly two decades ago.", "nearly two decades ago", "DATE", "PAST_REF"),
    ("date.distance", "Elected in 2011, he left three years later.", "three years later", "DATE", "2014"),
    ("duration.counted", "A three-day visit.", "three-day", "DURATION", "P3D"),
    ("duration.counted", "It took twenty-three years.", "twenty-three years", "DURATION", "P23Y"),
    ("duration.counted", "It took several weeks.", "several weeks", "DURATION", "PXW"),
    ("duration.counted", "He served 15 years, 8 months.", "15 years, 8 months", "DURATION", "P15Y8M"),
    ("duration.single", "It took about an hour and a half.", "about an hour and a half", "DURATION", "PT1H30M"),
    ("date.distance", "A half-century ago it stood.", "A half-century ago", "DATE", "1971"),
    ("duration.single", "They build 15 a year.", "a year", "SET", "P1Y"),
    ("duration.bare", "They fought for years.", "years", "DURATION", "PXY"),
    ("duration.long", "A weeklong feud.", "weeklong", "DURATION", "P1W"),
    ("duration.long", "A decades-long feud.", "decades-long", "DURATION", "PXDE"),
    ("duration.reaching", "Over the past five years it grew.", "the past five years", "DURATION", "P5Y"),
    ("duration.reaching", "It will open in the coming weeks.", "the coming weeks", "DATE", "FUTURE_REF"),
    ("duration.one", "It grew in the past decade.", "the past decade", "DURATION", "P1DE"),
    ("set.every", "They march every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
    ("set.often", "They publish daily.", "daily", "SET", "P1D"),
    ("set.rate", "They meet twice a year.", "twice a year", "SET", "P1Y"),
    ("set.weekdays", "They meet on Fridays.", "Fridays", "SET", "XXXX-WXX-5"),
    ("time.clock", "It began at 5:30 p.m. EDT on May 1, 2003.", "5:30 p.m. EDT on May 1, 2003", "TIME", "2003-05-01T17:30"),
    ("time.military", "It began on Monday at 0600 GMT.", "Monday at 0600 GMT", "TIME", "2021-03-08T06:00Z"),
    ("time.beside_hour", "It began at half past ten.", "half past ten", "TIME", "2021-03-10T10:30"),
    ("time.point", "It began at noon on Monday.", "noon on Monday", "TIME", "2021-03-08T12:00"),
    ("time.part", "It began this morning.", "this morning", "TIME", "2021-03-10TMO"),
    ("time.part", "It began last night.", "last night", "TIME", "2021-03-09TNI"),
    ("time.alone", "It began Monday night.", "Monday night", "TIME", "2021-03-08TNI"),
    ("time.dated", "It began late on Sunday night.", "late on Sunday night", "TIME", "2021-03-07TNI"),
    ("time.tonight", "It begins tonight.", "tonight", "TIME", "2021-03-10TNI"),
]
COUNTEREXAMPLES = [
    ("date.slashed", "It is open 24/7.", "a ratio"),
    ("date.month", "Theresa May's deal failed.", "a name"),
    ("date.month", "They may march on the capital.", "a modal and a verb"),
    ("date.year", "About 2000 people came.", "a count"),
    ("date.year", "It cost $ 2000 in all.", "a price"),
    ("date.decade", "She is in her 80s.", "an age"),
    ("date.decade", "She is in her early 30s.", "an age, early"),
    ("date.season", "The fall of Kabul was sudden.", "a noun"),
    ("date.quarter", "A quarter of them left.", "a fraction"),
    ("date.numbered_day", "He came to the 20th floor.", "an ordinal before its noun"),
    ("date.now", "The now-defunct party lost.", "part of an adjective"),
    ("date.feast", "The Christmas Charity lost.", "a name"),
    ("date.the_unit", "At the end of the day it failed.", "an idiom"),
    ("duration.counted", "A 55-year-old man and a boy 12 years old.", "ages"),
    ("duration.counted", "Police held a man aged 30 years.", "an age"),
    ("duration.single", "It moved at 75 miles an hour.", "a speed"),
    ("duration.bare", "Its opening hours changed.", "no length of time"),
    ("set.often", "The Daily Mail said so.", "a name"),
    ("time.beside_hour", "A tide of four to seven feet.", "a range"),
    ("time.clock", "They won 3:10 in the end.", "a score"),
    ("time.alone", "He works night shifts.", "a part of the day without a day"),
]


def test_a_count_behind_a_day_is_no_day():
    """What is counted follows its number."""
    assert [e.span.of("On May 3 and 4 people died.") for e in expressions("On May 3 and 4 people died.", WEDNESDAY)] == ["May 3"]


@pytest.mark.parametrize(("rule", "text", "expression", "kind", "value"), EXAMPLES, ids=[f"{r[0]}: {r[2]}" for r in EXAMPLES])
def test_each_rule_finds_its_examples(rule, text, expression, kind, value):
    """The expression comes out with the whole of its words, its type and its value."""
    found = {e.span.of(text): (e.type, e.value) for e in expressions(text, WEDNESDAY)}
    assert found.get(expression) == (kind, value), rule


@pytest.mark.parametrize(("rule", "text", "reason"), COUNTEREXAMPLES, ids=[f"{r[0]}: {r[2]}" for r in COUNTEREXAMPLES])
def test_no_rule_finds_its_counterexamples(rule, text, reason):
    """What only looks like a time is none."""
    assert [(e.span.of(text), e.rule) for e in expressions(text, WEDNESDAY)] == [], f"{rule}: {reason}"


def test_every_rule_has_an_example():
    """No rule is without proof."""
    assert {rule.id for rule in RULES} <= {example[0] for example in EXAMPLES}
