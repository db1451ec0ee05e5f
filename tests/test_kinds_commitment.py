"""Commitments from whole sentences: who is bound to do what by when, what is no commitment, and above all every "not"."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.records import Commitment, Records, line

DAY = "2023-05-10"
Read = Callable[..., Records]


def one(read_text: Read, text: str, day: str | None = DAY) -> tuple[Commitment, str]:
    """Return the only commitment of a text, and the page's text."""
    records = read_text(text, day)
    assert len(records.commitments) == 1, [(c.action.of(records.document.text), c.rule) for c in records.commitments]
    return records.commitments[0], records.document.text


def said(read_text: Read, text: str) -> list[tuple[str, bool]]:
    """Return the actions and whether they are negated."""
    records = read_text(text, DAY)
    return [(c.action.of(records.document.text), c.negated) for c in records.commitments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister will not close the base.", [("close the base", True)]),
        ("The ministers won’t close the base.", [("close the base", True)]),
        ("“We will never pay this fine,” the mayor said.", [("pay this fine", True)]),
        ("The government vowed never to sign the bill.", [("sign the bill", True)]),
        ("The rebels agreed not to attack the town and to free the captives.", [("attack the town", True), ("free the captives", False)]),
        ("The army will not shell or enter the town.", [("shell", True), ("enter the town", True)]),
        ("Under no circumstances will Iran ever seek or acquire the weapons.", [("seek", True), ("acquire the weapons", True)]),
        ("Never again will this council close a school.", [("close a school", True)]),
        ("The minister promised that no officer would be punished.", [("no officer would be punished", True)]),
        ("Neither side will use the bridge in April.", [("use the bridge", True)]),
        ("The government will no longer pay the militia.", [("pay the militia", True)]),
        ("The president ruled out sending troops.", [("sending troops", True)]),
        ("The cabinet decided against raising the tax.", [("raising the tax", True)]),
        ("The court barred the mayor from holding public office.", [("holding public office", True)]),
        ("The minister will make no concessions to the rebels.", [("make no concessions to the rebels", True)]),
        ("The firm will pay the fine no later than June 30.", [("pay the fine", False)]),
        ("The firm will not only pay the fine.", [("pay the fine", False)]),
        ("The government did not rebuild the bridge but will open the road in June.", [("open the road", False)]),
        ("The minister will stop the sale of the harbour.", [("stop the sale of the harbour", False)]),
    ],
)
def test_no_negation_is_dropped_or_invented(text: str, expected: list[tuple[str, bool]], read_text: Read) -> None:
    """The worst error there is: each act has its own "not", shared over "or", and only where it reaches."""
    assert said(read_text, text) == expected


def test_where_nobody_can_say_whether_a_not_reaches_the_act_there_is_no_record(read_text: Read) -> None:
    """The second act of "will not resign and continue" is refused, with the reason."""
    records = read_text("The minister will not resign and continue the talks.", DAY)
    assert [c.negated for c in records.commitments] == [True]
    assert any(a.rule == "commitment.reach" for a in records.abstentions)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("forecast", "Analysts expect that the government will close two bases."),
        ("forecast", "The mayor hopes that the army will withdraw its troops."),
        ("forecast", "The minister fears the rebels will attack the town."),
        ("forecast", "The government will probably raise the tax."),
        ("forecast", "The government is unlikely to sign the treaty."),
        ("forecast", "Critics said the minister would close the school."),
        ("fate", "The government will lose the election."),
        ("fate", "The army will suffer a defeat, the general said."),
        ("fate", "The company is set to become the largest in Europe."),
        ("fate", "The talks will take months."),
        ("thing", "The storm will hit the coast on Friday."),
        ("thing", "Prices will open old wounds."),
        ("fate", "House prices will rise by 4 per cent next year."),
        ("supposed", "The minister may close the school."),
        ("supposed", "A government led by the party would close the plants."),
        ("supposed", "The government would sign the treaty if it had a majority."),
        ("supposed", "The council might sell the old baths."),
        ("demand", "The union urged the minister to reopen the plant by Friday."),
        ("demand", "The party demanded that the government withdraw its troops."),
        ("opinion", "“The government must reopen the plant,” the union said."),
        ("opinion", "The government should apologise to the families."),
        ("denied", "The airline refused to commit to resuming the flights."),
        ("denied", "The palace denied that the queen plans to abdicate."),
        ("denied", "The minister stopped short of promising to close the plant."),
        ("denied", "Reports that the prince is to marry in June are nonsense, the palace said."),
        ("question", "Will the government close the base?"),
        ("question", "Asked if troops will be sent, the general declined to comment."),
        ("question", "The minister did not say whether the government would close the base."),
        ("question", "The two sides never settled how the freeze would be checked."),
        ("withdrawn", "The council dropped its plan to sell the baths."),
        ("withdrawn", "The firm is no longer bound by its pledge to clean the river."),
        ("undone", "The party opposes the plan to close the school."),
        ("undone", "The agency has no plans to close the office."),
        ("past", "The treaty was to have been signed on Friday, but the envoy walked out."),
        ("past", "The singer once vowed never to take money from the lobby."),
        ("past", "The town had until midnight to answer and did so."),
        ("past", "The council had planned to build a bridge."),
        ("past", "In 2019 the mayor promised to build 2,000 homes, and all of them are built."),
        ("decided", "Parliament voted to elect Ada Holm as speaker."),
        ("general", "Anyone who drives without insurance must pay a fine."),
        ("general", "You will never see a finer sunset than here."),
        ("opinion", "Drivers are required to carry a card."),
        ("habit", "The council meets every Thursday."),
        ("sport", "Rovers meet Athletic in the quarter-final on 24 May."),
        ("boilerplate", "Actual results may differ materially, and the firm will not update these statements."),
        ("aim", "The aim of the programme is to halve child poverty by 2030."),
        ("present", "Police said the man was walking home on Tuesday."),
        ("present", "Police said they were chasing the man on Tuesday."),
        ("wish", "The coach would love to sign Ferro."),
        ("talk", "“I won’t preview any actions,” the spokesman, Matthew Hill, told reporters."),
        ("talk", "“What I will say is that the bank is safe,” the governor said."),
        ("talk", "The company said it would not discuss individual cases."),
        ("talk", "“I will add that the hospital is full,” the minister, Ada Holm, said."),
        ("talk", "“I’ll tell you this much: the bank is safe,” the governor, Ada Holm, said."),
        ("supposed", "The agency asked for money, without which, it said, rations would be halved from 1 May."),
        ("fate", "Her second term was to end in October."),
        ("measure", "The senator said that the plan was bad and called for the head of the bank to resign."),
    ],
)
def test_what_is_no_commitment(kind: str, text: str, read_text: Read) -> None:
    """Predictions, hopes, possibilities, demands, denials, kept and broken promises, law, custom, boilerplate."""
    assert said(read_text, text) == [], kind


@pytest.mark.parametrize(
    ("text", "actor", "basis"),
    [
        ("The interior ministry promised to open the archive.", "interior ministry", "pledge"),
        ("Amnesty International said it would publish the report.", "Amnesty International", "pledge"),
        ("“I will publish the report,” President Joe Biden said.", "Joe Biden", "pledge"),
        ("France agreed with Germany to open the bridge.", "France", "agreement"),
        ("The court ordered France to pay the fine.", "France", "plan"),
        ("The senate passed a law obliging the ministry to close the camp.", "ministry", "duty"),
        ("France is to open the bridge in June.", "France", "plan"),
        ("Runa Voss, the acting warden, has until 9 June to publish the plans.", "Runa Voss", "duty"),
        ("“I am committed to getting our people out,” President Joe Biden said.", "Joe Biden", "pledge"),
        ("The bridge will be opened by June, the interior ministry announced.", "interior ministry", "pledge"),
        ("The bridge will stay closed until 3 June, the interior ministry said.", "interior ministry", "pledge"),
        ("“No family will spend the winter in a tent,” President Joe Biden said.", "Joe Biden", "pledge"),
        ("The festival will be held on 3 June, the organisers said.", "organisers", "pledge"),
        ("“No soldier will be sent to the island,” President Joe Biden said.", "Joe Biden", "pledge"),
        ("“I will add 200 beds to the hospital,” President Joe Biden said.", "Joe Biden", "pledge"),
        ("France warned it would expel the envoy unless the raids stop.", "France", "pledge"),
    ],
)
def test_who_is_bound_and_by_what(text: str, actor: str, basis: str, read_text: Read) -> None:
    """The one who acts, who says "I", who is told to, or the body that announces its own measure."""
    records = read_text(text, DAY)
    (found,) = records.commitments
    name = next(a.name for a in records.actors if a.id == found.actor)
    assert actor.lower() in name.lower()
    assert found.basis == basis


@pytest.mark.parametrize(
    ("text", "words", "role", "value"),
    [
        ("France will close the base by 30 June 2024.", "30 June 2024", "by", "2024-06-30"),
        ("France will close the base in June 2024.", "June 2024", "at", "2024-06-30"),
        ("France will close the base by the end of 2024.", "the end of 2024", "by", "2024-12-31"),
        ("The hearing is scheduled for 24 September 2023.", "24 September 2023", "at", "2023-09-24"),
        ("The strike has been postponed until 22 May 2023.", "22 May 2023", "at", "2023-05-22"),
        ("France has until 28 October 2023 to publish the plans.", "28 October 2023", "by", "2023-10-28"),
        ("The minister ruled out any tax rise before 2026.", "2026", "until", "2025-12-31"),
        ("France vowed not to close the base while the talks last.", "while the talks last", "during", None),
        ("Hospitals were told under a directive to postpone surgery until further notice.", "until further notice", "until", None),
        ("The interior ministry said it was closing two camps on 12 June 2023.", "12 June 2023", "at", "2023-06-12"),
        ("On Monday France agreed to close the base.", None, None, None),
    ],
)
def test_by_when(text: str, words: str | None, role: str | None, value: str | None, read_text: Read) -> None:
    """A period ends with its last day, the day of saying is no deadline, a clause may be one without a day."""
    found, page = one(read_text, text)
    assert (found.deadline and found.deadline.of(page), found.deadline_role, found.deadline_value) == (words, role, value)


def test_each_of_two_undertakings_has_its_own_deadline(read_text: Read) -> None:
    """A day behind a second "will" is not the first one's; behind an act that shares the "will" it is that of both."""
    apart = read_text("Canada will provide $52 million for demining and will train 300 guards by March 2024.", DAY).commitments
    shared = read_text("Norway will send two ships and train 300 guards by June.", DAY).commitments
    assert [c.deadline_value for c in apart] == [None, "2024-03-31"]
    assert [c.deadline_value for c in shared] == ["2023-06-30", "2023-06-30"]


def test_a_quotation_within_an_action_is_closed(read_text: Read) -> None:
    """The mark that closes quoted words belongs to the action that holds the one that opens them."""
    found, page = one(read_text, "The city will arrest people who act “in a riotous manner”.")
    assert found.action.of(page).endswith("“in a riotous manner”")


def test_a_rule_that_comes_into_force_on_a_day_may_stand_in_a_relative_clause(read_text: Read) -> None:
    """A plan with a day, "rules which come into force on 12 July", is found there too."""
    found, _ = one(read_text, "The ministry issued new rules, which come into force on 12 July.")
    assert found.deadline_value == "2023-07-12"


def test_an_action_leaves_out_deadline_condition_and_reason(read_text: Read) -> None:
    """Each has its own field, or none."""
    found, page = one(read_text, "France will withdraw its troops from Mali by June 2024 if the militia disarms, despite protests at home.")
    assert found.action.of(page) == "withdraw its troops from Mali"
    assert found.condition is not None
    assert found.condition.of(page).startswith("if the militia disarms")


def test_two_acts_are_two_commitments_and_said_twice_is_one(read_text: Read) -> None:
    """Coordination divides; repetition does not, and the fuller one stays."""
    assert [a for a, _ in said(read_text, "France will close the base and withdraw its troops.")] == [
        "close the base",
        "withdraw its troops",
    ]
    text = "France will close the base at Gao. In Paris the minister said that France would close the base at Gao by 30 June 2024."
    found, _ = one(read_text, text)
    assert found.deadline_value == "2024-06-30"


def test_a_commitment_points_to_the_statement_that_carries_it(read_text: Read) -> None:
    """Who says so, and who is bound, may be two; the day of saying is where "made" comes from."""
    records = read_text("Germany’s foreign minister, Annalena Baerbock, said on Monday that France would close the base.", DAY)
    (found,) = records.commitments
    assert found.statement in {s.id for s in records.statements}
    assert found.speaker != found.actor
    assert found.made is not None
    assert found.made.value == "2023-05-08"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("France will release 64 prisoners.", "yes"),
        ("France will vote by 30 June 2024.", "yes"),
        ("France will continue to help refugees.", "no"),
        ("France will strive for peace.", "no"),
        ("France will appeal.", "unclear"),
    ],
)
def test_whether_it_can_be_tested(text: str, answer: str, read_text: Read) -> None:
    """An act with an end and a day, or with what is counted or named; never one of trying."""
    found, page = one(read_text, text)
    assert found.testable == answer
    assert all(s.of(page) for s in found.evidence.get("testable", ()))


def test_every_claim_of_a_commitment_cites_characters(read_text: Read) -> None:
    """What is not a span itself has its words in the evidence."""
    records = read_text("On Monday the interior ministry promised Amnesty International not to close the archive before 30 June 2024.", DAY)
    row: dict[str, Any] = json.loads(json.dumps(line(records)))["commitments"][0]
    cited = {"actor", "counterparty", "basis", "negated", "made", "strength"}
    assert {name for name in cited if row[name]} == cited
    assert cited <= set(row["evidence"])


def test_the_same_page_gives_the_same_commitments(read_text: Read) -> None:
    """No order of sets or clocks leaks into records."""
    text = "France and Germany will close the base by June and agreed to pay the workers. The minister promised more talks."
    assert [c.id for c in read_text(text, DAY).commitments] == [c.id for c in read_text(text, DAY).commitments]
