"""Every address costs as many statements with a hundred of everything as with a few.

Found from the table of addresses (test_who_may_what.py keeps it whole) and made large by copying
the rows of every model (tests/multiplied.py): a page, a list or a model that comes is in it.
"""

import pytest
from django.core.cache import cache

from tests.multiplied import Multiplied
from tests.test_who_may_what import (
    BACK_OFFICE,
    TABLE,
    Visit,
    back_office_addresses,
    filled,
    patterns,
)
from tests.test_who_may_what import site as site

MORE = 30  # copies of each row; there are several of most, so that lists grow to a hundred
# Who asks: the first of these who may. What others see beside it, is on other pages of theirs.
READERS = ["member", "leader", "trainer", "editor", "moderator", "visitor"]
ALSO = ["/zoeken/?q=kas", "/partijen/?q=kring"]
GROWS = {
    "/beheer/snippets/choose/outreach/griffieaddress/",  # Wagtail's own; nobody chooses one
}


class Counting(Visit):
    def count(self, address) -> int:
        self.statements = []
        self.ask("get", address)
        return len(self.statements)

    def note(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return super().note(execute, sql, params, many, context)


def asked(site) -> list[tuple[str, str]]:
    """(who, address) of each page that somebody may read."""
    found = []
    for row in TABLE:
        who = next((kind for kind in READERS if row[kind].startswith("200")), None)
        if who:
            found.append((who, f"/{filled(row['address'], site)}"))
    return [*found, *(("member", address) for address in ALSO), *lists_of_the_back_office(site)]


def lists_of_the_back_office(site) -> list[tuple[str, str]]:
    """Return those without a key in their address; …/results/ is the same list without its frame."""
    fixed = {f"/{route}" for route in patterns() if route.startswith(BACK_OFFICE)}
    return [
        ("superuser", address)
        for address in back_office_addresses(site)
        if address in fixed and not address.endswith("/results/")
    ]


@pytest.mark.thorough
def test_every_page_costs_as_many_statements_with_a_hundred_as_with_a_few(site):
    visits = {kind: Counting(site, kind) for kind in (*READERS, "superuser")}
    many, pages = Multiplied(), asked(site)
    many.grow(1)
    few = {page: visits[page[0]].count(page[1]) for page in pages}
    many.grow(MORE)
    cache.clear()

    grew = {}
    for who, address in pages:
        number = visits[who].count(address)
        if number > few[who, address]:  # perhaps something was remembered: once more
            number = visits[who].count(address)
        if number > few[who, address] and address not in GROWS:
            grew[who, address] = (few[who, address], number)

    assert grew == {}
