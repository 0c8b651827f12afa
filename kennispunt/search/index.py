"""The index: apps register their kinds here and say when something changed.

Nothing is asked of other apps while someone searches: an entry is a copy. The `tokens` of an
entry are lines:

    0  marks: who may find it (kind/key), from whom it is hidden (!key), words of the title
    (t:stem) and, for
       suggestions, words as they are written in title and headings (w:word)
    1  the title    2  the lead    3, 5, …  the heading of a passage    4, 6, …  its text

each line with a space at both ends, so that " token " is in a line when the token is.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import now

from kennispunt.search.dutch import STOP, Dutch, plain_words, stem
from kennispunt.search.following import follow
from kennispunt.search.models import SearchEntry, SearchTerm, SearchWord

PUBLIC = "public"
BATCH = 500
SHORTEST_OWN_PART = 5
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CONTENT = ("title", "url", "lead", "passages", "note", "day", "tokens")


@dataclass(frozen=True)
class Passage:
    """A part with its own heading (a question, a section) and, if it has one, the anchor to it."""

    heading: str
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry that an app gives to be found. Plain text everywhere, no HTML.

    `access`: whoever has one of these keys may find it. `hidden_from`: whoever has one of these
    may not.
    Keys are lower case letters, digits, - and _. `note` stands small below the result; `day` as a
    leaf before it.
    """

    key: str
    title: str
    url: str
    lead: str = ""
    passages: Collection[Passage] = ()
    access: Collection[str] = (PUBLIC,)
    hidden_from: Collection[str] = ()
    note: str = ""
    day: date | None = None

    def __post_init__(self):
        for key in (*self.access, *self.hidden_from):
            if not _KEY.fullmatch(key):
                raise ValueError(f"Not a key of access: {key!r}")

    @property
    def is_public(self) -> bool:
        return PUBLIC in self.access and not self.hidden_from

    def texts(self) -> Iterator[str]:
        """Title, lead, and heading and text of each passage: the lines of `tokens` after the
        marks."""
        yield self.title
        yield self.lead
        for passage in self.passages:
            yield passage.heading
            yield passage.text

    def headings(self) -> list[str]:
        return [self.title, *(passage.heading for passage in self.passages)]


@dataclass(frozen=True)
class Kind:
    """A kind of result. `entries(keys)` gives those entries, or all of them when `keys` is None."""

    name: str
    label: str
    order: int
    entries: Callable[[Collection[str] | None], Iterable[Entry]] = field(repr=False)
    suggest: bool = True
    names: bool = False
    weight: float = 1.0


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    label: str,
    order: int,
    entries: Callable[[Collection[str] | None], Iterable[Entry]],
    rows: Mapping[type[Model], str] | None = None,
    suggest: bool = True,
    names: bool = False,
    weight: float = 1.0,
) -> None:
    """Make a kind of things findable; call it in `ready()` of apps.py.

    `label` is the heading of its group ("Uitleg"); `order` decides between groups that are
    equally good.
    `rows` are what it is made of, with where the key stands: {Training: "slug", Edition:
    "training.slug"}. A row that is saved or deleted has its thing indexed anew. What is written
    past save() (update, bulk_create) is told with update().
    `suggest=False` keeps titles of this kind (a forum's, say) out of the suggestions while typing.
    `names=True` says that titles are names, of places or parties: no part of a compound then.
    `weight` is how much more a thing of this kind counts: a text that explains, more than a term.
    """
    if not _KEY.fullmatch(name):
        raise ValueError(f"Not a name of a kind: {name!r}")
    _kinds[name] = Kind(name, label, order, entries, suggest, names, weight)
    follow(rows or {}, partial(update, name))


def unregister(name: str) -> None:
    """Forget a kind; its entries go at the next rebuild."""
    del _kinds[name]


def kinds() -> dict[str, Kind]:
    """All registered kinds by name, in their order."""
    return dict(sorted(_kinds.items(), key=lambda item: (item[1].order, item[0])))


def scope(kind: str, key: str) -> str:
    """The mark of entries of this kind that this key opens."""
    return f"{kind}/{key}"


def update(kind: str, *keys: str) -> None:
    """Index these things anew, or drop them when their app no longer gives them.

    Call it in the transaction that changed them: what is rolled back there is not found here
    either.
    """
    own = SearchTerm.objects.filter(is_part=True).values_list("token", flat=True)
    dutch, given = Dutch(own), list(_kinds[kind].entries(keys))
    rows = [_row(_kinds[kind], entry, dutch, at=now()) for entry in given]
    with transaction.atomic():
        remove(kind, *set(keys).difference(row.key for row in rows))
        _save(rows)
        tokens = {token for row in rows for token in _countable(row)}
        written = {word for entry in given for word in _written(entry, dutch)}
        # Sorted, so that two of these at once cannot wait for each other; counted at the next
        # rebuild.
        SearchTerm.objects.bulk_create(
            [SearchTerm(token=token) for token in sorted(tokens)], ignore_conflicts=True
        )
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in sorted(written)], ignore_conflicts=True
        )


def remove(kind: str, *keys: str) -> None:
    """These things can no longer be found."""
    SearchEntry.objects.filter(kind=kind, key__in=keys).delete()


def rebuild(progress: Callable[[str, int], None] = lambda kind, done: None) -> int:
    """Index everything anew and return how many entries there are.

    Entries are replaced one batch at a time and only when they differ, and what is gone goes
    last: the index is never empty, and a rebuild may be stopped at any moment and started again.
    `progress(kind, done)` is called after every batch.
    """
    started, total = now(), 0
    own_parts = _own_parts()
    dutch, terms, in_names, written = Dutch(own_parts), Counter(), Counter(), Counter()
    for kind in kinds().values():
        done = 0
        given = iter(kind.entries(None))
        while batch := list(islice(given, BATCH)):
            rows = [_row(kind, entry, dutch, at=now()) for entry in batch]
            _save_changed(kind, rows)
            for entry, row in zip(batch, rows, strict=True):
                tokens = _countable(row)
                terms.update(tokens)
                if kind.names:
                    in_names.update(tokens)
                written.update(_written(entry, dutch))
            done += len(rows)
            progress(kind.name, done)
        SearchEntry.objects.filter(kind=kind.name, indexed_at__lt=started).delete()
        total += done
    SearchEntry.objects.exclude(kind__in=kinds()).delete()
    counted = {
        token: (count, in_names[token], token in own_parts) for token, count in terms.items()
    }
    _replace(SearchTerm, "token", counted)
    _replace(SearchWord, "word", {word: (count,) for word, count in written.items()})
    return total


def _own_parts() -> frozenset[str]:
    """Stems from titles of kinds that suggest: words of our own that may be part of a compound."""
    return frozenset(
        stem(word)
        for kind in kinds().values()
        if kind.suggest and not kind.names
        for entry in kind.entries(None)
        for word in plain_words(entry.title)
        if len(word) >= SHORTEST_OWN_PART and word not in STOP and word.isalpha()
    )


def _row(kind: Kind, entry: Entry, dutch: Dutch, *, at: datetime) -> SearchEntry:
    texts = [dutch.text_tokens(text) for text in entry.texts()]
    marks = [scope(kind.name, key) for key in sorted(entry.access)]
    marks += [f"!{key}" for key in sorted(entry.hidden_from)]
    marks += [f"t:{token}" for token in dict.fromkeys(texts[0])]
    if kind.suggest and entry.is_public:
        marks += [f"w:{word}" for heading in entry.headings() for word in plain_words(heading)]
    return SearchEntry(
        kind=kind.name,
        key=entry.key,
        title=_clean(entry.title)[:255],
        url=entry.url,
        lead=_clean(entry.lead),
        passages=[[_clean(p.heading), _clean(p.text), p.anchor] for p in entry.passages],
        note=_clean(entry.note)[:255],
        day=entry.day,
        tokens="\n".join(f" {' '.join(line)} " for line in [dict.fromkeys(marks), *texts]),
        indexed_at=at,
    )


def _countable(row: SearchEntry) -> set[str]:
    return {token for token in row.tokens.split() if not token.startswith("w:")}


def _clean(text: str) -> str:
    """Without the null bytes that PostgreSQL cannot keep."""
    return text.replace("\0", "")


def _written(entry: Entry, dutch: Dutch) -> set[str]:
    """The words of what everyone may read, with their parts; of anything else nothing."""
    if not entry.is_public:
        return set()
    found = {word for text in entry.texts() for word in plain_words(text) if word.isalpha()}
    return found.union(*(dutch.pieces(word) for word in found))


def _save(rows: list[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=[*_CONTENT, "indexed_at"],
    )


@transaction.atomic
def _save_changed(kind: Kind, rows: list[SearchEntry]) -> None:
    there = {
        row.key: row
        for row in SearchEntry.objects.filter(kind=kind.name, key__in=[r.key for r in rows])
    }
    changed = [row for row in rows if _content(row) != _content(there.get(row.key))]
    _save(changed)
    SearchEntry.objects.filter(pk__in=[row.pk for row in there.values()]).update(indexed_at=now())


def _content(row: SearchEntry | None) -> list:
    return [getattr(row, name, None) for name in _CONTENT]


def _replace(model, key: str, counted: dict[str, tuple]) -> None:
    """Make the table say exactly this."""
    names = [f.name for f in model._meta.concrete_fields if f.name != key]
    gone = set(model.objects.values_list(key, flat=True)).difference(counted)
    new = (
        model(**{key: value, **dict(zip(names, rest, strict=True))})
        for value, rest in counted.items()
    )
    while batch := list(islice(new, 5000)):
        model.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=[key], update_fields=names
        )
    for batch in _chunks(gone, 500):
        model.objects.filter(**{f"{key}__in": batch}).delete()


def _chunks(values: Iterable, size: int) -> Iterator[list]:
    values = iter(values)
    while chunk := list(islice(values, size)):
        yield chunk
