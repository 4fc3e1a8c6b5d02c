"""One picture from the web: bounded in time and size, tried again when that may help.

requests does HTTP, tenacity the waiting. urllib3's own retries are not used: they stop
at the headers, and half of a picture is the commonest failure.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
import tenacity
from urllib3.exceptions import HTTPError

CHUNK_BYTES = 64 * 1024
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP status codes after which another attempt may succeed; all others are final."""


@dataclass(frozen=True)
class FetchPolicy:
    """How politely and how patiently a server is asked.

    Attributes:
        requests_per_second: Starts of requests, over all connections.
        connections: Number of connections at the same time.
        attempts: Number of attempts for one picture.
        first_wait_seconds: Wait before the second attempt; doubled each time.
        longest_wait_seconds: Longest wait between attempts, and the longest Retry-After
            that is obeyed; a server that asks for more is left alone for this run.
        timeout_seconds: Longest wait for a connection, and longest pause in an answer.
        whole_seconds: Longest time of one attempt from start to end.
        maximum_bytes: Largest size of a picture.
    """

    requests_per_second: float = 5.0
    connections: int = 4
    attempts: int = 5
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    timeout_seconds: float = 20.0
    whole_seconds: float = 60.0
    maximum_bytes: int = 10 * 2**20


class FinalError(Exception):
    """There is no picture at this address; another attempt cannot help."""


class TransientError(Exception):
    """An attempt failed; another one may succeed.

    Attributes:
        retry_after_seconds: What the server asks to wait; None if it does not say.
    """

    def __init__(self, reason: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class RateLimit:
    """Lets callers through one after the other, at most so many per second."""

    def __init__(self, per_second: float) -> None:
        if not per_second > 0:
            raise ValueError(f"per_second: expected above 0, received {per_second}")
        self._interval_seconds = 1 / per_second
        self._next_turn = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self._lock:
            turn = max(self._next_turn, time.monotonic())
            self._next_turn = turn + self._interval_seconds
        time.sleep(max(0.0, turn - time.monotonic()))


class Fetcher:
    """Fetches pictures; several threads may use it.

    Args:
        policy: How to ask.
        agent: Text sent as User-Agent.
    """

    def __init__(self, policy: FetchPolicy, agent: str) -> None:
        self.policy = policy
        self._agent = agent
        self._rate = RateLimit(policy.requests_per_second)
        self._own = threading.local()

    def __call__(self, url: str) -> tuple[bytes, int]:
        """Fetch one picture.

        Returns:
            Its bytes and the number of attempts.

        Raises:
            FinalError: There is none, or it is too large, or no picture by its type.
            TransientError: All attempts failed; the last one's reason.
        """
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.policy.attempts),
            wait=self._wait_seconds,
            retry=tenacity.retry_if_exception(self._is_transient),
            reraise=True,
        )
        for attempt in retrying:
            with attempt:
                content = self._once(url)
        return content, attempt.retry_state.attempt_number

    def _once(self, url: str) -> bytes:
        self._rate.wait()
        deadline = time.monotonic() + self.policy.whole_seconds
        try:
            with self._session().get(
                url, stream=True, timeout=self.policy.timeout_seconds
            ) as response:
                self._check(response)
                return b"".join(self._chunks(response, deadline))
        except requests.exceptions.InvalidURL as error:
            raise FinalError(f"no address: {error}") from error
        except (
            requests.exceptions.InvalidSchema,
            requests.exceptions.MissingSchema,
            requests.exceptions.TooManyRedirects,
        ) as error:
            raise FinalError(f"{type(error).__name__}: {error}") from error
        except (requests.exceptions.RequestException, HTTPError) as error:
            raise TransientError(_short(error)) from error

    def _check(self, response: requests.Response) -> None:
        if response.status_code in AGAIN:
            raise TransientError(
                f"HTTP {response.status_code}",
                retry_after_seconds(response.headers.get("Retry-After")),
            )
        if response.status_code != 200:
            raise FinalError(f"HTTP {response.status_code}")
        kind = response.headers.get("Content-Type", "image/").split(";")[0].strip()
        if not kind.startswith("image/") and kind != "application/octet-stream":
            raise FinalError(f"no picture: Content-Type {kind}")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self.policy.maximum_bytes:
            raise FinalError(self._too_large())

    def _chunks(self, response: requests.Response, deadline: float) -> Iterator[bytes]:
        received = 0
        # What has come, at once: a whole chunk of a dripping server may take for ever.
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            received += len(chunk)
            if received > self.policy.maximum_bytes:
                raise FinalError(self._too_large())
            if time.monotonic() > deadline:
                raise TransientError(
                    f"not done within {self.policy.whole_seconds:g} seconds"
                )
            yield chunk

    def _too_large(self) -> str:
        return f"larger than {self.policy.maximum_bytes:,} bytes"

    def _is_transient(self, error: BaseException) -> bool:
        if not isinstance(error, TransientError):
            return False
        return (error.retry_after_seconds or 0) <= self.policy.longest_wait_seconds

    def _wait_seconds(self, state: tenacity.RetryCallState) -> float:
        assert state.outcome is not None  # an attempt has just failed
        error = state.outcome.exception()
        asked = error.retry_after_seconds if isinstance(error, TransientError) else None
        backoff = tenacity.wait_random_exponential(
            multiplier=self.policy.first_wait_seconds,
            max=self.policy.longest_wait_seconds,
        )
        # Never before the server wants it; the jitter spreads what it turned away.
        return (asked or 0.0) + backoff(state)

    def _session(self) -> requests.Session:
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
            self._own.session.headers["User-Agent"] = self._agent
            self._own.session.max_redirects = 3
        return self._own.session


def retry_after_seconds(header: str | None) -> float | None:
    """Read a Retry-After header: seconds or a date (RFC 9110, 10.2.3)."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
