"""Is it English? A test by the commonest words, for texts of news length; no model.

A text is English where at least 12 per cent of its words are common English ones (news runs at 35 to 50 per cent, lists of names
below 10) and no other language has more. It is another language where that one has at least 12 per cent and clearly more than
English. Letters of another script say so at once. Fewer than 20 words say nothing.
Known limits: ten languages of the Latin script are told apart; any other gives "unknown", and is read.
"""

from __future__ import annotations

import re

SHARE = 0.12
SURE = 0.3
"""From such a share on no other language needs to be asked."""
LEAD = 1.5
FEWEST = 20
MOST = 3000
"""Words looked at: enough for three decimals."""

COMMON = {
    "English": "the of and to in that was for on with by as his her it is at from were had not be which he but this have has they are or"
    " an its their them will would could said when who after before about over into than then there been more also up out no if so we you"
    " she him may can against between under while where what how because until during through since both one two other all any some most"
    " such only",
    "German": "der die und den das von mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass nach wird bei",
    "French": "le la les des et du une est dans que pour qui sur par au pas plus avec ce il sont aux cette mais ont été ne se elle ses",
    "Spanish": "el la los las del que en y una por con para su se al lo como más pero fue ha sus este son entre también según ya hasta",
    "Italian": "il di che la della per un non del con le è dei una si sono al da nel alla anche ha più delle gli ma dal come nella",
    "Portuguese": "que do da em os não para uma no com as na por mais dos ao das foi como se um são pelo pela também já mas",
    "Dutch": "de het een van en dat te zijn met voor niet op aan er ook als bij door om naar maar uit wordt heeft nog werd deze over hij",
    "Swedish": "och att det som en på är av för med den till inte har om ett men var jag vi från så kan när han de",
    "Danish or Norwegian": "og det at som en på er av for med den til ikke har om et men var jeg vi fra så kan når han de",
    "Polish": "nie się na że jest do jak za od po przez który są oraz dla tym tego ale już być było jego które",
    "Turkish": "bir ve bu için ile olarak da de daha olan çok gibi sonra kadar ise ama ne en olduğu var",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
OTHER_LETTERS = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
SCRIPTS = (
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("Korean", re.compile(r"[\uac00-\ud7af]")),
    ("Japanese", re.compile(r"[\u3040-\u30ff]")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff]")),
)


def language_of(text: str) -> str | None:
    """Return "English", another language's or script's name, or None where the text does not say."""
    foreign = OTHER_LETTERS.findall(text[: MOST * 8])
    if foreign and len(foreign) > sum(c.isalpha() for c in text[: MOST * 8]) / 2:
        counts = {script: sum(pattern.match(c) is not None for c in foreign) for script, pattern in SCRIPTS}
        return max(counts, key=lambda script: counts[script])
    words = re.findall(r"[^\W\d_]+", text[: MOST * 8].lower())[:MOST]
    if len(words) < FEWEST:
        return None
    share = {"English": sum(word in WORDS["English"] for word in words) / len(words)}
    if share["English"] >= SURE:
        return "English"
    share |= {language: sum(word in common for word in words) / len(words) for language, common in WORDS.items()}
    best = max(share, key=lambda language: (share[language], language == "English"))
    if share[best] < SHARE or (best != "English" and share[best] < LEAD * share["English"]):
        return "English" if share["English"] >= SHARE else None
    return best
