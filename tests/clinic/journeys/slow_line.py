"""A line between browser and server that keeps each answer waiting, and breaks it in two."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread

_MOST = 1 << 16


@contextmanager
def slow_line(port: int, wait: float) -> Iterator[int]:
    """The port of a line to a port of this machine; each half of an answer comes `wait` s later."""
    ready: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = Thread(target=lambda: asyncio.run(_held(port, wait, ready)))
    thread.start()
    reached, loop, end = ready.result(60)
    try:
        yield reached
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()


async def _held(
    port: int, wait: float, ready: "Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]]"
) -> None:
    async def answered(reader: StreamReader, writer: StreamWriter) -> None:
        closing = [writer]
        try:
            back, forth = await asyncio.open_connection("127.0.0.1", port)
            closing.append(forth)
            await asyncio.gather(_carried(reader, forth, 0), _carried(back, writer, wait))
        except (OSError, asyncio.CancelledError):
            pass  # one side has gone, or the line ends with an answer under way
        finally:
            for each in closing:
                each.close()
                with suppress(OSError):
                    await each.wait_closed()

    end = asyncio.Event()
    server = await asyncio.start_server(answered, "127.0.0.1", 0)
    ready.set_result((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), end))
    await end.wait()
    server.close()
    under_way = asyncio.all_tasks() - {asyncio.current_task()}
    for each in under_way:
        each.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)


async def _carried(source: StreamReader, sink: StreamWriter, wait: float) -> None:
    while piece := await source.read(_MOST):
        half = (len(piece) + 1) // 2 if wait else len(piece)
        for part in filter(None, (piece[:half], piece[half:])):
            await asyncio.sleep(wait)
            sink.write(part)
            await sink.drain()
    sink.write_eof()
