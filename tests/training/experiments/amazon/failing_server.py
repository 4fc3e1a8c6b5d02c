"""A shop's picture server on loopback that fails on purpose, as its paths ask for."""

import io
import threading
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
from PIL import Image


def picture(category: int = 0, seed: int = 0, side: int = 96) -> bytes:
    """A JPEG of stripes whose colour and width tell the category."""
    random = np.random.default_rng([category, seed])
    stripes = np.sin(np.arange(side) / (1 + 2 * category)) > 0
    pixels = np.zeros((side, side, 3))
    pixels[:, :, category % 3] = 200 * stripes
    pixels[:, :, (category + 1) % 3] += 60 * (category // 3 + 1)
    noisy = np.clip(pixels + random.normal(0, 12, pixels.shape), 0, 255)
    content = io.BytesIO()
    Image.fromarray(noisy.astype(np.uint8)).save(content, "JPEG")
    return content.getvalue()


class FailingServer(ThreadingHTTPServer):
    """Serves `/<what>/<anything>`; see `_Handler` for what there is."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.lock = threading.Lock()
        self.busy = self.busiest = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FailingServer

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.asked[self.path] += 1
            self.server.times.append(time.monotonic())
            self.server.busy += 1
            self.server.busiest = max(self.server.busiest, self.server.busy)
            turn = self.server.asked[self.path]
        try:
            self._answer(self.path.split("/")[1], turn)
        except (BrokenPipeError, ConnectionResetError):
            pass  # a caller that has seen enough
        finally:
            with self.server.lock:
                self.server.busy -= 1

    def _answer(self, what: str, turn: int) -> None:
        good = picture(
            int(what) if what.isdecimal() else 0, zlib.crc32(self.path.encode()) % 20
        )
        if what == "error-twice" and turn <= 2:
            self._send(b"", status=500)
        elif what == "always-error":
            self._send(b"", status=503)
        elif what == "busy-once" and turn == 1:
            self._send(b"", status=429, headers={"Retry-After": "1"})
        elif what == "busy-for-days":
            self._send(b"", status=429, headers={"Retry-After": "200000"})
        elif what == "gone":
            self._send(b"", status=404)
        elif what == "page":
            self._send(b"<html>Sorry</html>", kind="text/html")
        elif what == "page-called-picture":
            self._send(b"<html>Sorry</html>")
        elif what == "half-once" and turn == 1:
            self._send(good[: len(good) // 2], length=len(good))
        elif what == "wrong-length":
            self._send(good, length=len(good) + 100)
        elif what == "huge":
            self._send(good * 100)
        elif what == "huge-untold":
            self._send(good * 100, length=None)
        elif what == "dripping":
            self._drip(good)
        elif what == "hanging":
            time.sleep(1.0)
            self._send(good)
        elif what == "slow":
            time.sleep(0.05)
            self._send(good)
        elif what == "dot":
            self._send(picture(side=1))
        elif what == "circle":
            self._send(b"", status=302, headers={"Location": self.path})
        else:
            self._send(good)

    def _send(
        self,
        content: bytes,
        status: int = 200,
        kind: str = "image/jpeg",
        length: int | None = -1,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header(
                "Content-Length", str(len(content) if length < 0 else length)
            )
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def _drip(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.end_headers()
        for byte in content:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)
        self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def failing_server() -> Iterator[FailingServer]:
    with FailingServer() as server:
        thread = threading.Thread(
            target=server.serve_forever, args=(0.01,), daemon=True
        )
        thread.start()
        yield server
        server.shutdown()
        thread.join()
