"""Where parts are done: one after the other here, or at once on a Dask cluster."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isocourse.exchange.parts.doing import Run, Seen, do_part
from isocourse.exchange.parts.part import Part

LOCAL = "local"
_ENOUGH_KILLS = 20
"""So many workers may die under a part before it is given up."""


class NoCluster(ConnectionError):
    """A cluster that cannot be used, or whose workers die; the text says what to do."""


def here(run: Run, parts: Sequence[Part], seen: Seen) -> None:
    """One part after the other in this process; a part uses its threads."""
    for part in parts:
        do_part(run.work, part, run.out, seen)


@dataclass(frozen=True, slots=True)
class Dask:
    """A cluster: `local` starts one worker for each core, else the address of a scheduler.

    Its workers must see the files of the registry and the folder of the answers under the same
    names, and run the same release of isocourse. A worker that dies has its part done by another.
    """

    address: str

    def __call__(self, run: Run, parts: Sequence[Part], seen: Seen) -> None:
        """All parts, as many at once as there are workers."""
        from dask.distributed import KilledWorker, as_completed

        out = str(run.out.absolute())
        with self._client() as client:
            rows = {}
            for part in parts:
                future = client.submit(_done, run.work, part, out, pure=False, retries=2)
                rows[future] = part.rows
            for future in as_completed(rows):
                try:
                    future.result()  # raises what the part raised
                except KilledWorker:
                    raise NoCluster(
                        f"--dask: workers died again and again under one part ({self.address}), "
                        "most often for want of memory; give them more, and run the same again: it "
                        "goes on with what is left."
                    ) from None
                seen(rows[future])

    @contextmanager
    def _client(self) -> Iterator[Any]:
        import dask
        from dask.distributed import Client, LocalCluster

        if self.address != LOCAL:
            try:
                client = Client(self.address, timeout="5s")
            except (OSError, ValueError) as error:
                raise NoCluster(
                    f"--dask: found no scheduler at {self.address!r} ({type(error).__name__}), "
                    f"expected an address such as tcp://host:8786, or {LOCAL}."
                ) from None
            with client:
                yield client
            return
        kills = {"distributed.scheduler.allowed-failures": _ENOUGH_KILLS}
        with (
            dask.config.set(kills),
            LocalCluster(
                threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def _done(work: Any, part: Part, out: str) -> str:
    return do_part(work, part, Path(out))


Where = Callable[[Run, Sequence[Part], Seen], None]
