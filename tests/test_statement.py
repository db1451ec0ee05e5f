"""Statements: who said what, in which words, in the forms that news has for it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from onrecord.records import Records, Statement

Row = tuple[str | None, str | None, list[str]]


def told(records: Records) -> list[Row]:
    """Return source, cue and content of each statement."""
    text = records.document.text
    return [(s.source and s.source.of(text), s.cue and s.cue.of(text), [p.of(text) for p in s.content]) for s in records.statements]


def one(records: Records) -> Statement:
    """Return the only statement."""
    assert len(records.statements) == 1, told(records)
    return records.statements[0]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("The mayor said that the bridge is safe.", [("The mayor", "said", ["the bridge is safe"])], "that stays out"),
        ("The bridge is safe, the mayor said on Monday.", [("the mayor", "said", ["The bridge is safe"])], "content in front"),
        ("The mayor said that the bridge was unsafe and called for the firm to go.",
         [("The mayor", "said", ["the bridge was unsafe"]), ("The mayor", "called for", ["the firm to go"])], "two cues of one subject"),
        ("Ms Kerr said she was disappointed but would not say whether she would appeal.",
         [("Ms Kerr", "said", ["she was disappointed"]), ("Ms Kerr", "would not say", ["whether she would appeal"])], "a refusal ends it"),
        ("The army held the bridge, and the ministry sent two men who, it said, would stay for a week.",
         [("it", "said", ["who", "would stay for a week"])], "a parenthesis takes its own clause alone"),
        ("It would be, he said, the largest cut ever.", [("he", "said", ["It would be", "the largest cut ever"])], "parenthesis"),
        ("“We will stay,” said Mira Tolan, a nurse.", [("Mira Tolan", "said", ["We will stay,"])], "inverted; apposition stays out"),
        ("“We tried,” she told the paper, “and we failed.”", [("she", "told", ["We tried,", "and we failed."])], "split quotation"),
        ("“We tried,” she said. “It failed twice.”", [("she", "said", ["We tried,", "It failed twice."])], "goes on in the next sentence"),
        ("In a letter, Orne wrote: “We were wrong.”", [("Orne", "wrote", ["We were wrong."])], "colon"),
        ("She said the plan was “a gift to insurers.”", [("She", "said", ["the plan was “a gift to insurers.”"])], "mixed"),
        ("Orne addressed the crowd: “Nobody should take this lightly.”",
         [("Orne", "addressed", ["Nobody should take this lightly."])], "a colon behind a verb that is no cue"),
        ("According to the police, the road was closed.", [("the police", "According to", ["the road was closed"])], "fronted phrase"),
        ("The road was closed, according to the police.", [("the police", "according to", ["The road was closed"])], "phrase behind"),
        ("Critics called the law “a farce”.", [("Critics", "called", ["a farce"])], "what something is called"),
        ("The envoy called for a truce.", [("The envoy", "called for", ["a truce"])], "what is called for"),
        ("The envoy urged both sides to talk.", [("The envoy", "urged", ["talk"])], "what is asked, without the addressee"),
        ("Lund said it failed, adding that it would fail again.",
         [("Lund", "said", ["it failed"]), ("Lund", "adding", ["it would fail again"])], "a participle is a statement of its own"),
        ("She urged them to vote and accused Hale of lying.",
         [("She", "urged", ["vote"]), ("She", "accused", ["lying"])], "two cues of one speaker"),
        ("The Examiner reported, citing two officials, that he had resigned.",
         [("The Examiner", "reported", ["he had resigned"]), ("two officials", "citing", ["he had resigned"])], "both sources"),
        ("The paper quoted a doctor as saying the king was ill.", [("a doctor", "saying", ["the king was ill"])], "only whom it quotes"),
        ("The claim that guards beat him was false.", [(None, "claim", ["guards beat him"])], "a claim as a noun, its maker hidden"),
        ("It was reported that the king had left.", [(None, "reported", ["the king had left"])], "the passive hides the source"),
        ("She reportedly won the vote.", [(None, "reportedly", ["won the vote"])], "an adverb"),
        ("If elected, Mr Orne said, he would resign.", [("Mr Orne", "said", ["If elected", "he would resign"])], "set off by commas"),
        ("A banker told the court he had paid.", [("A banker", "told", ["he had paid"])], "a clause that the parser hangs on the court"),
        ("Rescuers put the toll at 40.", [("Rescuers", "put", ["the toll at 40"])], "an estimate with what it counts"),
        ("“We won the vote” tweeted Mayor Ada Voss.", [("Mayor Ada Voss", "tweeted", ["We won the vote"])], "inverted, without a comma"),
        ("“No one,” the envoy told the council, “can say so.”",
         [("the envoy", "told", ["No one,", "can say so."])], "the addressee between stays out"),
        ("Sources close to the family say the heir will sell.",
         [("Sources close to the family", "say", ["the heir will sell"])], "a present tense that the tagger takes for an infinitive"),
        ("A poll by the institute found Mr Orne leading by 12 points.",
         [("A poll by the institute", "found", ["Mr Orne leading by 12 points"])], "what a document shows somebody doing"),
    ],
)  # fmt: skip
def test_forms_of_attribution(read_text: Callable[..., Records], text: str, expected: list[Row], reason: str) -> None:
    """Each form of attribution gives source, cue and exactly the words attributed."""
    assert told(read_text(text)) == expected, reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The mayor would say that the bridge is safe.", "a modal"),
        ("If the mayor says that the bridge is safe, we cross.", "a condition"),
        ("The mayor hopes to announce a budget.", "wished"),
        ("Nobody said that the bridge is safe.", "nobody speaks"),
        ("Did the mayor say that the bridge is safe?", "a question of the author's"),
        ("They wrote novels and read the signs.", "acts, not words"),
        ("The minister did not rule out asking for help.", "not done"),
        ("The job demands patience.", "a thing cannot speak"),
        ("A taxi called for the guests at nine.", "nor can a taxi"),
    ],
)
def test_what_is_no_statement(read_text: Callable[..., Records], text: str, reason: str) -> None:
    """Words that nobody is said to have spoken are no statement."""
    assert told(read_text(text)) == [], reason


@pytest.mark.parametrize(
    ("text", "stance", "reason"),
    [
        ("The clerk denied that he took the money.", "denies", "a denial keeps what is denied"),
        ("The clerk denied taking the money.", "denies", "a gerund"),
        ("The judge asked whether it rained.", "asks", "a question"),
        ("“Why now?” asked the judge.", "asks", "a quoted question"),
        ("The council demanded a new vote.", "asks", "a demand"),
        ("The mayor declined to say who paid.", "declines", "a refusal is no assertion"),
        ("“No comment,” said the mayor.", "declines", "a quoted refusal"),
        ("The mayor said that the bridge is safe.", "asserts", "plain"),
    ],
)
def test_stance(read_text: Callable[..., Records], text: str, stance: str, reason: str) -> None:
    """A denial, a question and a refusal are never turned into an assertion."""
    assert one(read_text(text)).stance == stance, reason


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Mira Tolan said it rained.", "named", "a name"),
        ("The minister said it rained.", "named", "a definite office"),
        ("A cabinet minister said it rained.", "unnamed", "an indefinite person"),
        ("Officials said it rained.", "unnamed", "insiders"),
        ("Critics said it rained.", "collective", "a plural"),
        ("A report by the audit office said it rained.", "document", "a document"),
        ("A nurse, Beata Olin, said it rained.", "named", "named by an apposition"),
        ("It was said that it rained.", "unknown", "hidden"),
    ],
)
def test_kinds_of_sources(read_text: Callable[..., Records], text: str, kind: str, reason: str) -> None:
    """Sources are told apart by how they are named."""
    assert one(read_text(text)).source_kind == kind, reason


@pytest.mark.parametrize(
    ("text", "form", "reason"),
    [
        ("“It rained,” she said.", "direct", "all within marks"),
        ("She said it rained.", "indirect", "none within marks"),
        ("She said it rained “like never before”.", "mixed", "some within marks"),
    ],
)
def test_form(read_text: Callable[..., Records], text: str, form: str, reason: str) -> None:
    """Quotation marks decide the form."""
    assert one(read_text(text)).form == form, reason


def test_a_quotation_over_two_paragraphs_is_one_statement(read_text: Callable[..., Records]) -> None:
    """A quotation that its next paragraph opens again keeps its speaker, and loses nothing between."""
    records = read_text("“We tried for years,” Orne said. “It was hard.\n\n“And then it failed.”")
    text = records.document.text
    assert [p.of(text) for p in one(records).content] == ["We tried for years,", "It was hard.", "And then it failed."]


def test_an_unclosed_mark_loses_nothing_behind_it(read_text: Callable[..., Records]) -> None:
    """An odd mark does not swallow the next paragraph's statements."""
    records = read_text("“We tried, Orne said.\n\n“It failed,” said Mira Tolan.")
    assert ("Mira Tolan", "said", ["It failed,"]) in told(records)


def test_a_transcript(read_text: Callable[..., Records]) -> None:
    """Paragraphs that open with a speaker in capitals are that speaker's words."""
    records = read_text(
        "The debate began at nine.\n\nORNE: We have never raised the tax on bread.\n\nTOLAN: You raised it in the spring of last year."
    )
    assert told(records)[-2:] == [
        ("ORNE", ":", ["We have never raised the tax on bread."]),
        ("TOLAN", ":", ["You raised it in the spring of last year."]),
    ]


def test_signed_words(read_text: Callable[..., Records]) -> None:
    """A dash and a name behind a whole quotation say whose it is."""
    records = read_text("It began at nine.\n\n“We will never forget it.” — Mira Tolan")
    assert told(records)[-1:] == [("Mira Tolan", "—", ["We will never forget it."])]


def test_hedges_are_marked(read_text: Callable[..., Records]) -> None:
    """A hedging cue marks the statement and is its evidence."""
    records = read_text("The aide suggested that the minister knew.")
    statement = one(records)
    assert statement.hedged
    assert [s.of(records.document.text) for s in statement.evidence["hedged"]] == ["suggested"]


def test_addressee_time_and_place(read_text: Callable[..., Records]) -> None:
    """Whom, when and where are read from what hangs on the cue, not from the words said."""
    records = read_text("The mayor told reporters on 3 May 2022 that the bridge is safe.", "2022-05-05")
    statement = one(records)
    assert statement.addressee is not None
    assert statement.addressee.of(records.document.text) == "reporters"
    assert statement.time == "2022-05-03"


def test_anonymity_before_the_cue_ends_before_it(read_text: Callable[..., Records]) -> None:
    """A relative clause between source and cue: the reason does not run on into what is said."""
    records = read_text("A nurse at the clinic, who asked not to be named because she feared for her job, said that the wards were full.")
    [statement] = records.statements
    assert statement.anonymity is not None
    assert statement.anonymity.of(records.document.text) == "asked not to be named because she feared for her job"


def test_anonymity(read_text: Callable[..., Records]) -> None:
    """The words that say why a source is not named are kept with their reason."""
    records = read_text("The order came late, said an officer, who spoke on condition of anonymity because he feared for his job.")
    statement = one(records)
    assert statement.source_kind == "unnamed"
    assert statement.anonymity is not None
    assert statement.anonymity.of(records.document.text) == "spoke on condition of anonymity because he feared for his job"


def test_nested_statements_know_their_holder(read_text: Callable[..., Records]) -> None:
    """A statement within another's words names it."""
    records = read_text("Orne said that Tolan had demanded a new vote.")
    outer, inner = records.statements
    assert (outer.nested_in, inner.nested_in) == (None, outer.id)


def test_every_claim_has_its_characters(read_text: Callable[..., Records]) -> None:
    """Each field that is set and not a span itself has evidence, and the rule is a cue or a frame."""
    records = read_text("“It rained,” Mira Tolan told reporters in Geneva. She did not say why. Critics called it “a farce”.")
    assert len(records.statements) == 3
    for statement in records.statements:
        needed = {"form", "stance", "source_kind"} | ({"source_actor"} if statement.source_actor else set())
        assert needed <= set(statement.evidence)
        assert all(span.end > span.start for spans in statement.evidence.values() for span in spans)
        assert statement.rule.startswith(("cue.", "refusal.", "frame."))


def test_certain_statements_of_the_gold_pages_are_right(read_text: Callable[..., Records], shared) -> None:
    """Of the statements marked certain on the gold pages, at least 92 in 100 have a gold statement's words."""
    sys.path.insert(0, str(shared / "gold"))
    import gold  # type: ignore[import-not-found]

    from onrecord import language, lexicons, pipeline, reading
    from onrecord.documents import Page

    nlp, lexicon = language.load(), lexicons.builtin()
    right = certain = 0
    for stem, (text, page) in gold.read_gold(shared / "gold" / "dev").items():
        source = Page((shared / "gold" / "dev" / f"{stem}.txt").read_bytes(), f"{stem}.txt", media_type="text/plain")
        found = [s for s in pipeline.extract(reading.read(source), nlp, lexicon).statements if s.content]
        rows = [{"content": [list(p) for p in s.content], "certain": s.certainty == "certain"} for s in found]
        hits = gold.pair(page["statements"], rows, lambda a, b, t=text: gold.overlap(t, a["content"], b["content"]), 0.5)
        right += sum(row["certain"] for _, row in hits)
        certain += sum(row["certain"] for row in rows)
    assert certain > 100
    assert right / certain >= 0.92


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("An aide, who asked not to be named because talks go on, said it is over.", "asked not to be named because talks go on",
         "with its reason"),
        ("The plan is dead, said one official. The official spoke on condition of anonymity.",
         "spoke on condition of anonymity", "the sentence behind goes on about the same source"),
        ("Officials not authorised to discuss it and speaking anonymously said it is dead.",
         "not authorised to discuss it and speaking anonymously", "two wordings are one"),
        ("Speaking privately, ministers say the plan is dead.", "Speaking privately", "spoken, not done, in private"),
        ("Ada Voss, whose name was withheld for years, said it is dead.", None, "the source has a name"),
        ("The donor gave the money anonymously, the museum said.", None, "another's secrecy, within the words"),
    ],
)  # fmt: skip
def test_why_a_source_is_not_named(read_text: Callable[..., Records], text: str, expected: str | None, reason: str) -> None:
    """The words that say why a source is not named are found beside the cue, and nowhere else."""
    records = read_text(text)
    found = [s.anonymity.of(records.document.text) for s in records.statements if s.anonymity is not None]
    assert found == ([expected] if expected else []), reason


@pytest.mark.parametrize("form", ["blogged", "blogging"])
def test_a_users_cue_is_found_in_all_its_forms(read_text: Callable[..., Records], form: str) -> None:
    """A verb whose past doubles its last letter is found by the form in the lexicon."""
    text = f"“We were wrong,” the minister {'was ' if form.endswith('ing') else ''}{form}."
    assert [s.rule for s in read_text(text).statements] == ["cue.blog"]
