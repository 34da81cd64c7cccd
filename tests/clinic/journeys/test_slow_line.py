"""The slow line of the soak carries all that was said, later and in pieces."""

import socket
import threading
import time

from tests.clinic.journeys.slow_line import slow_line

WAIT = 0.05


def test_an_answer_comes_whole_and_no_sooner_than_the_line_lets_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_echo_once, args=(server,), daemon=True).start()
        with (
            slow_line(server.getsockname()[1], WAIT) as port,
            socket.create_connection(("127.0.0.1", port), timeout=60) as line,
        ):
            began = time.monotonic()
            line.sendall(b"a question and its answer")
            line.shutdown(socket.SHUT_WR)
            pieces = list(iter(lambda: line.recv(1 << 16), b""))
    assert b"".join(pieces) == b"a question and its answer"
    assert time.monotonic() - began >= 2 * WAIT


def test_a_line_that_ends_while_an_answer_is_under_way_leaves_nothing_behind() -> None:
    before = threading.active_count()
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        slow_line(server.getsockname()[1], WAIT) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as line,
    ):
        line.sendall(b"a question")
        asked, _ = server.accept()
        with asked:
            assert asked.recv(1 << 16) == b"a question"
            asked.sendall(b"too late")
    assert threading.active_count() == before


def _echo_once(server: socket.socket) -> None:
    asked, _ = server.accept()
    with asked:
        asked.sendall(b"".join(iter(lambda: asked.recv(1 << 16), b"")))
