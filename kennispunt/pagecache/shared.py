"""The cache that several processes share (Redis), as a convenience: the site goes on without it.

A cache that refuses, is silent or is full answers like an empty one. A silent one costs a moment
once in a PAUSE, not at each call: in between it is not asked at all. So nothing may depend on what
lies in a cache, and what must be counted or marked is counted or marked in the database.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

WAIT = 0.2  # seconds; what lies in a cache is made anew sooner than that
PAUSE = 10  # seconds in which a cache that did not answer is left alone
# A connection that Redis closed while it was idle is made again; nothing is waited for twice.
ONCE_MORE = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
OPTIONS = {"socket_timeout": WAIT, "socket_connect_timeout": WAIT, "retry": ONCE_MORE}


class Breaker:
    """Whether a cache may be asked now: one for all threads, which have a client each."""

    def __init__(self):
        self.closed_until = 0.0
        self.lock = threading.Lock()

    def may_ask(self) -> bool:
        """Yes while all is well. After a pause one thread tries, and the others go on without."""
        if not self.closed_until:
            return True
        with self.lock:
            now = time.monotonic()
            if now < self.closed_until:
                return False
            self.closed_until = now + PAUSE
            return True

    def well(self):
        self.closed_until = 0.0

    def away(self):
        self.closed_until = time.monotonic() + PAUSE


_breakers: dict[tuple, Breaker] = {}


class SharedCache(RedisCache):
    """Django's own, that answers like an empty cache when there is none."""

    def __init__(self, server, params):
        params = params | {"OPTIONS": OPTIONS | params.get("OPTIONS", {})}
        super().__init__(server, params)
        self.breaker = _breakers.setdefault(tuple(self._servers), Breaker())

    def answers(self) -> bool:
        """Whether Redis is there now."""
        return self._ask(lambda: self._cache.get_client().ping(), otherwise=False)

    def _ask(self, call: Callable, *, otherwise):
        """The answer of the cache, or that of an empty one."""
        if not self.breaker.may_ask():
            return otherwise
        try:
            answer = call()
        except (RedisError, OSError) as problem:
            self.breaker.away()
            log.error("The cache does not answer, we go on without: %s", type(problem).__name__)
            return otherwise
        if self.breaker.closed_until:
            self.breaker.well()
        return answer

    def add(self, key, *args, **kwargs):
        """True: who takes a lock or begins to count goes on."""
        return self._ask(lambda: RedisCache.add(self, key, *args, **kwargs), otherwise=True)

    def get(self, key, default=None, version=None):
        return self._ask(lambda: RedisCache.get(self, key, default, version), otherwise=default)

    def set(self, key, *args, **kwargs):
        self._ask(lambda: RedisCache.set(self, key, *args, **kwargs), otherwise=None)

    def touch(self, key, *args, **kwargs):
        return self._ask(lambda: RedisCache.touch(self, key, *args, **kwargs), otherwise=False)

    def delete(self, key, version=None):
        return self._ask(lambda: RedisCache.delete(self, key, version), otherwise=False)

    def get_many(self, keys, version=None):
        return self._ask(lambda: RedisCache.get_many(self, keys, version), otherwise={})

    def has_key(self, key, version=None):
        return self._ask(lambda: RedisCache.has_key(self, key, version), otherwise=False)

    def incr(self, key, delta=1, version=None):
        """ValueError without a cache, as for a key that is not there."""
        number = self._ask(lambda: RedisCache.incr(self, key, delta, version), otherwise=None)
        if number is None:
            raise ValueError(f"Key '{key}' not found.")
        return number

    def set_many(self, data, *args, **kwargs):
        """The keys that were not stored."""
        return self._ask(
            lambda: RedisCache.set_many(self, data, *args, **kwargs), otherwise=list(data)
        )

    def delete_many(self, keys, version=None):
        self._ask(lambda: RedisCache.delete_many(self, keys, version), otherwise=None)

    def clear(self):
        return self._ask(lambda: RedisCache.clear(self), otherwise=False)
