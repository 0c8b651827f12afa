"""Counting: not one too many, also with ten at once, and forgotten on time."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from kennispunt.limits.counting import DAY, fits, give_back, place, take, too_many
from kennispunt.limits.models import Count
from kennispunt.limits.retention import forget_counts

pytestmark = pytest.mark.django_db


def some(amount=1, who="anna"):
    return take("test", who, at_most=10, seconds=DAY, amount=amount)


def test_ten_may_and_the_eleventh_may_not():
    assert [some() for _ in range(12)] == [True] * 10 + [False] * 2
    assert some(who="bram")


def test_what_does_not_fit_does_not_count():
    assert some(8)
    assert not some(3)
    assert some(2)
    assert not take("other", "anna", at_most=10, seconds=DAY, amount=11)


def test_what_is_given_back_may_be_done_again():
    for _ in range(10):
        some()
    assert not fits("test", "anna", at_most=10)

    give_back("test", "anna")

    assert fits("test", "anna", at_most=10)
    assert some()
    assert not some()


def test_the_count_begins_anew_after_its_time():
    for _ in range(10):
        some()
    Count.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert fits("test", "anna", at_most=10)
    assert [some() for _ in range(11)] == [True] * 10 + [False]
    assert Count.objects.get().until > timezone.now() + timedelta(hours=23)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_do_not_let_eleven_through():
    def thread(_):
        try:
            return [some() for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = [answer for answers in threads.map(thread, range(10)) for answer in answers]

    assert sum(answers) == 10


def test_nobody_reads_from_it_who_it_was_and_it_goes_on_time():
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    too_many(request, "form", each=5, all_together=9)
    keys = Count.objects.values_list("key", flat=True)

    assert [re.fullmatch("[0-9a-f]{64}", key) is not None for key in keys] == [True, True]
    assert forget_counts(timezone.now()) == 0
    assert forget_counts(timezone.now() + timedelta(hours=2)) == 2
    assert not Count.objects.exists()


def test_all_together_have_a_limit_too():
    answers = []
    for number in range(8):
        request = RequestFactory().post("/", REMOTE_ADDR=f"203.0.113.{number}")
        answers.append(too_many(request, "form", each=5, all_together=6))

    assert answers == [False] * 6 + [True] * 2


def test_it_holds_without_a_cache(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    for name in ("get", "set", "add", "incr", "delete"):
        monkeypatch.setattr(LocMemCache, name, away)

    assert [some() for _ in range(11)] == [True] * 10 + [False]


# --- From where ---------------------------------------------------------------------------------


def of(remote="10.0.0.1", **headers):
    return place(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_without_a_proxy_no_header_counts():
    assert of("203.0.113.9", x_forwarded_for="198.51.100.1") == "ip 203.0.113.9"


@pytest.mark.parametrize("forged", ["", "198.51.100.1, ", "198.51.100.1, 198.51.100.2, "])
def test_behind_a_proxy_only_what_the_proxy_says_counts(settings, forged):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert of(x_forwarded_for=f"{forged}203.0.113.9") == "ip 203.0.113.9"


@pytest.mark.parametrize("forged", ["", "198.51.100.1, "])
def test_behind_two_proxies_the_one_before_both_counts(settings, forged):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    assert of(x_forwarded_for=f"{forged}203.0.113.9, 10.0.0.2") == "ip 203.0.113.9"


def test_a_house_with_its_own_network_is_one_place():
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:3::1")
