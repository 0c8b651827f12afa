"""What is found, by whom, and in what order; on whichever database the tests run."""

import pytest

from kennispunt.search.find import search, suggest
from kennispunt.search.index import Entry, Passage
from kennispunt.search.models import SearchEntry, SynonymGroup

SCREENING = Entry(
    key="screening",
    title="Screening van kandidaat-raadsleden",
    url="/screening/",
    lead="Zo praat je over integriteit.",
    passages=[
        Passage(
            "Hoe lang bewaar je het verslag?", "Wis het vier weken na de procedure.", "bewaren"
        ),
        Passage("Wie voert het gesprek?", "Twee mensen van de commissie.", "wie"),
    ],
)
ELECTIONS = Entry(
    key="gr", title="Gemeenteraadsverkiezingen", url="/gr/", lead="Eens in de vier jaar."
)
MEETING = Entry(
    key="alv", title="Een ledenvergadering organiseren", url="/alv/", lead="Oproep en agenda."
)

PLACES = ["Assen", "Best", "Delft", "Ede", "Goes", "Haren"]
INSURED = Entry(
    key="insured",
    title="Zijn vrijwilligers verzekerd?",
    url="/verzekerd/",
    lead="Veel gemeenten verzekeren wie iets doet voor een ander.",
)


def give(*entries):
    return lambda keys: [entry for entry in entries if keys is None or entry.key in keys]


@pytest.fixture
def three(kinds):
    kinds.register("article", label="Uitleg", order=1, entries=give(SCREENING, ELECTIONS, MEETING))
    kinds.rebuild()


def keys(text, **options):
    return [hit.key for hit in search(text, **options).hits()]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kandidaten screenen", "screening"),
        ("verkiezing", "gr"),
        ("raadsverkiezing", "gr"),
        ("vergadering met leden", "alv"),
        ("verkeizingen", "gr"),
        ("gemeenteraadsverkiezngen", "gr"),
        ("Hoe lang bewaren we een verslag?", "screening"),
    ],
)
def test_dutch_is_found_as_it_is_spoken(three, question, found):
    assert keys(question)[:1] == [found]


def test_an_abbreviation_is_found_as_soon_as_an_editor_says_what_it_is(three):
    assert keys("ALV") == []

    SynonymGroup.objects.create(words="ALV, algemene ledenvergadering, ledenvergadering")

    assert keys("ALV") == ["alv"]
    assert keys("algemene ledenvergadering") == ["alv"]


def test_a_correction_is_told(three):
    assert search("verkeizingen").corrections == {"verkeizingen": "verkiezingen"}


def test_the_passage_that_matched_is_shown_with_its_address(three):
    best = search("hoe lang verslag bewaren").best

    assert best.url == "/screening/#bewaren"
    assert best.question == "Hoe lang <mark>bewaar</mark> je het <mark>verslag</mark>?"


def test_text_is_never_markup(kinds):
    entry = Entry(
        key="x", title="<b>Statuten</b> & <script>", url="/x/", lead="<img src=x> statuten"
    )
    kinds.register("article", label="Uitleg", order=1, entries=give(entry))
    kinds.rebuild()

    best = search("statuten").best

    assert best.title == "&lt;b&gt;<mark>Statuten</mark>&lt;/b&gt; &amp; &lt;script&gt;"
    assert best.passage == "&lt;img src=x&gt; <mark>statuten</mark>"


def test_the_title_counts_more_than_the_text(kinds):
    inside = Entry(key="a", title="Iets anders", url="/a/", passages=[Passage("", "royement " * 5)])
    title = Entry(key="b", title="Een royement", url="/b/")
    kinds.register("article", label="Uitleg", order=1, entries=give(inside, title))
    kinds.rebuild()

    assert keys("royeren") == ["b", "a"]


def test_groups_stand_in_the_order_of_their_best_hit(kinds):
    texts = [
        Entry(key=f"t{n}", title=f"Tekst {n}", url="/t/", lead="over de begroting")
        for n in range(3)
    ]
    days = [Entry(key=f"d{n}", title=f"Begroting {n}", url="/d/") for n in range(3)]
    kinds.register("text", label="Teksten", order=1, entries=give(*texts))
    kinds.register("day", label="Dagen", order=2, entries=give(*days))
    kinds.rebuild()

    found = search("begroting", limit=1)

    assert found.best.kind == "day"
    assert [(group.kind, group.found, len(group.hits)) for group in found.groups] == [
        ("day", 2, 1),
        ("text", 3, 1),
    ]


class TestRights:
    """Staff may find what the public may not even count."""

    @pytest.fixture(autouse=True)
    def secrets(self, kinds):
        kinds.register(
            "note",
            label="Notities",
            order=1,
            entries=give(
                Entry(key="open", title="Contributie innen", url="/open/"),
                Entry(
                    key="staff",
                    title="Contributie van Zonnestraal",
                    url="/staff/",
                    access={"staff"},
                ),
                Entry(
                    key="rival",
                    title="Contributie elders",
                    url="/r/",
                    access={"staff"},
                    hidden_from={"area-gm1"},
                ),
            ),
        )
        kinds.rebuild()

    def test_the_public_sees_and_counts_only_what_is_public(self):
        found = search("contributie")

        assert [hit.key for hit in found.hits()] == ["open"]
        assert sum(group.found for group in found.groups) == 0
        assert keys("zonnestraal") == []

    def test_staff_finds_all(self):
        assert sorted(keys("contributie", access={"public", "staff"})) == ["open", "rival", "staff"]

    def test_who_has_a_key_it_is_hidden_from_finds_it_not(self):
        assert sorted(keys("contributie", access={"public", "staff", "area-gm1"})) == [
            "open",
            "staff",
        ]

    def test_nothing_of_it_is_suggested_or_corrected_to(self):
        assert suggest("contr") == ["Contributie innen"]
        assert suggest("zonn") == []
        assert search("zonnestraol").corrections == {}
        assert search("contributei").corrections == {"contributei": "contributie"}

    def test_update_keeps_the_rights(self, kinds):
        kinds.update("note", "open", "staff", "rival")

        assert keys("contributie") == ["open"]
        assert suggest("zonn") == []


def test_suggestions_hold_titles_and_questions(three):
    assert suggest("hoe l") == ["Hoe lang bewaar je het verslag?"]
    assert suggest("scree") == ["Screening van kandidaat-raadsleden"]
    assert suggest("sc") == suggest("") == suggest("%_*\"'") == []


def test_what_changed_is_found_at_once_and_what_went_is_gone(kinds):
    there = {"a": Entry(key="a", title="Kascommissie", url="/a/")}
    kinds.register(
        "article", label="Uitleg", order=1,
        entries=lambda keys: [e for k, e in there.items() if keys is None or k in keys],
    )  # fmt: skip
    kinds.rebuild()

    there["a"] = Entry(key="a", title="Begroting", url="/a/")
    kinds.update("article", "a")
    assert (keys("kascommissie"), keys("begroting")) == ([], ["a"])

    del there["a"]
    kinds.update("article", "a")
    assert keys("begroting") == []


def test_a_rebuild_that_is_stopped_leaves_all_to_be_found(three, kinds, monkeypatch):
    def stopped(keys):
        yield MEETING
        raise KeyboardInterrupt

    monkeypatch.setattr(kinds, "BATCH", 1)
    kinds.register("article", label="Uitleg", order=1, entries=stopped, suggest=False)
    with pytest.raises(KeyboardInterrupt):
        kinds.rebuild()

    assert keys("verkiezing") == ["gr"]
    assert keys("ledenvergadering")[:1] == ["alv"]


def test_a_rebuild_writes_only_what_differs_and_drops_what_is_gone(three, kinds):
    before = dict(SearchEntry.objects.values_list("key", "pk"))
    kinds.register("article", label="Uitleg", order=1, entries=give(SCREENING, MEETING))

    assert kinds.rebuild() == 2

    assert dict(SearchEntry.objects.values_list("key", "pk")) == {
        k: before[k] for k in ("screening", "alv")
    }
    assert keys("verkiezing") == []


NASTY = [
    "x" * 10_000,
    "verkiezing " * 1_000,
    "de het een",
    '"verkiezing',
    "verkiezing AND OR NOT NEAR(",
    "title:verkiezing*",
    "verkiezing & | ! <-> :*",
    "\\'); DROP TABLE search_searchentry; --",
    "<script>alert(1)</script>",
    "🗳️🎉",
    "verkiezing\0",
    "\0",
    "Україна العربية 选举",
    "%_",
    " ",
    "½ ² ﬁ",
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_bad_input_gets_an_ordinary_answer(three, client, text):
    answer = client.get("/zoeken/", {"q": text})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert client.get("/zoeken/suggesties/", {"q": text}).status_code == 200
    assert SearchEntry.objects.count() == 3
    if "verkiezing" in text:
        assert "/gr/" in answer.text


def test_words_in_any_script_are_found(kinds):
    kinds.register(
        "article",
        label="Uitleg",
        order=1,
        entries=give(Entry(key="x", title="Україна 选举", url="/x/")),
    )
    kinds.rebuild()

    assert keys("україна") == ["x"]


def test_words_that_stand_in_every_name_find_no_name(kinds):
    places = [Entry(str(n), f"Gemeente {name}", f"/{n}/") for n, name in enumerate(PLACES)]
    kinds.register("place", label="Gebieden", order=1, entries=give(*places), names=True)
    kinds.register("article", label="Uitleg", order=2, entries=give(INSURED))
    kinds.rebuild()

    assert keys("gemeente") == ["insured"]
    assert keys("gemeente Assen")[:1] == ["0"]


def test_the_last_part_of_a_compound_is_what_it_is_about(kinds):
    year = Entry("year", "Het jaar van het bestuur", "/jaar/", lead="Wat een vereniging doet.")
    form = Entry("form", "Vereniging of stichting", "/vorm/", lead="Dit kies je in een jaar.")
    kinds.register("article", label="Uitleg", order=1, entries=give(form, year))
    kinds.rebuild()

    assert keys("verenigingsjaar") == ["year", "form"]


def test_other_words_for_a_title_are_no_suggestion(kinds):
    term = Entry("alv", "Ledenvergadering", "/", passages=[Passage("vergadering, ALV", "Leden.")])
    kinds.register("term", label="Begrippen", order=1, entries=give(term))
    kinds.rebuild()

    assert suggest("vergadering") == []
    assert suggest("ledenverg") == ["Ledenvergadering"]


def test_what_editors_keep_as_a_synonym_is_no_slip(kinds):
    """Nobody wrote "staken" in a text, and "staten" looks like it."""
    tie = Entry(key="tie", title="Evenveel stemmen", url="/tie/", lead="Wat nu?")
    council = Entry(key="ps", title="Provinciale staten", url="/ps/", lead="De staten stemmen.")
    kinds.register("article", label="Uitleg", order=1, entries=give(tie, council))
    SynonymGroup.objects.create(words="stemmen staken, evenveel stemmen")
    kinds.rebuild()

    assert keys("de stemmen staken")[0] == "tie"
    assert not search("de stemmen staken").corrections


def test_a_title_that_is_what_was_asked_comes_first(kinds):
    """And not the page that says the word most often."""
    board = Entry(key="board", title="Wie doet wat in het bestuur?", url="/board/", lead="Taken.")
    change = Entry(
        key="change",
        title="Een nieuw bestuur kiezen",
        url="/change/",
        lead="Een bestuur kiest een bestuur.",
        passages=[Passage("Wie kiest het bestuur?", "Het bestuur is het bestuur.", "wie")],
    )
    kinds.register("article", label="Uitleg", order=1, entries=give(change, board))
    kinds.rebuild()

    assert keys("wie doet wat in het bestuur")[0] == "board"


def test_a_name_is_found_when_it_is_said(kinds):
    """Waterland is no place for who asks about a waterschap."""
    land = Entry(key="land", title="Gemeente Waterland", url="/land/")
    kinds.register("area", label="Gebied", order=1, entries=give(land), names=True)
    kinds.rebuild()

    assert keys("waterschap") == []
    assert keys("waterland") == ["land"]


def test_an_election_and_its_year_may_be_one_word(kinds):
    first = Entry(key="ps", title="PS 2027", url="/ps/", lead="Alle dagen.")
    kinds.register("calendar", label="Kalender", order=1, entries=give(first))
    kinds.rebuild()

    assert keys("ps27") == ["ps"]


def test_article_of_a_law_may_be_typed_together(kinds):
    law = Entry(key="law", title="Kieswet H 4", url="/h4/", lead="Ondersteuning")
    party = Entry(key="party", title="D66", url="/d66/", lead="Een partij")
    kinds.register("article", label="Uitleg", order=1, entries=give(law, party))
    kinds.rebuild()

    assert keys("H4") == keys("h 4") == ["law"]
    assert keys("D66") == ["party"]


def test_abbreviation_is_found_with_and_without_dots(kinds):
    entry = Entry(key="alv", title="De ALV", url="/alv/", lead="Schrijf je in bij de K.v.K.")
    other = Entry(key="aa", title="Waterschap Aa en Maas", url="/aa/", lead="A en v")
    kinds.register("article", label="Uitleg", order=1, entries=give(entry, other))
    kinds.rebuild()

    for asked in ("a.l.v.", "A.L.V", "alv", "kvk", "K.v.K.", "kvk."):
        assert keys(asked) == ["alv"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("ledenadministratie", "alv"),  # of words of the index that are part of no compound
        ("vicevoorzitter", "voorzitter"),  # the end of it is known
        ("statutenwijzigign", "statuten"),  # a slip in one part of a compound
        ("kwxzqvbnm", None),
    ],
)
def test_a_word_that_is_nowhere_is_found_by_what_it_is_made_of(kinds, question, found):
    kinds.register(
        "artikel",
        label="Uitleg",
        order=1,
        entries=give(
            Entry(key="alv", title="De leden", url="/", lead="Houd de administratie bij."),
            Entry(key="voorzitter", title="Wat doet de voorzitter?", url="/"),
            Entry(key="statuten", title="Een wijziging van de statuten", url="/"),
        ),
    )
    kinds.rebuild()

    best = search(question).best
    assert (best and best.key) == found


def test_words_a_thing_is_found_by_count_as_far_as_they_were_asked(kinds):
    """Who asks about borrowing money is not helped by what is found by "geld terug" among more."""
    back = Entry(
        key="back", title="De waarborgsom", url="/terug/", passages=[Passage("geld lenen", "")]
    )
    much = Entry(
        key="a-much",
        title="De begroting",
        url="/begroting/",
        passages=[Passage("geld lenen van leden voor de campagne met rente", "")],
    )
    kinds.register("article", label="Uitleg", order=1, entries=give(back, much))
    kinds.rebuild()

    assert keys("geld lenen") == ["back", "a-much"]


@pytest.mark.parametrize("question", ["parkeervergunning", "Amerika"])
def test_what_is_known_only_by_its_family_or_its_end_may_be_about_something_else(kinds, question):
    stall = Entry(
        key="stall",
        title="Een kraam met een vergunning",
        url="/kraam/",
        lead="Stemmen over de Amerikaanse manier van campagne voeren.",
    )
    kinds.register("article", label="Uitleg", order=1, entries=give(stall, ELECTIONS, MEETING))
    kinds.rebuild()

    assert search(question).weak
    assert not search("kraam met vergunning").weak
