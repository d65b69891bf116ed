"""A hundred readers at once, each with another choice every ten seconds: waits and memory.

They speak Streamlit's own protocol over websockets, so that two cores serve and do not draw. A wait
is from the choice to the last message of the answer. CROWD_MINUTES shortens the ten minutes.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from dataclasses import dataclass, field
from itertools import cycle

import duckdb
import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.browser import DATA, ROOT, WORK, free_port, serving
from benchmarks.measure import cpu_seconds, resident
from benchmarks.report import Row
from etl.pipeline import load

READERS, EVERY_S, LOOK_S = 100, 10.0, 5.0
MINUTES = float(os.environ.get("CROWD_MINUTES", "10"))
SETTLED = 0.2  # of the time: what comes before is filling caches
P95_MS, MB_A_MINUTE = 250, 0.1
SEED = 20241015

# Pages that people filter, and the choice that they change.
CHOICES = """
select distinct indicator from series
where dataset = 'demonstration' and freq = 'Q' and breakdown = '_T' and obs_value is not null
order by all
"""
PAGES = {
    "": "area", "trends": "indicators", "counties": "indicator", "changes": "indicator",
    "topics": "area", "county": "area", "explore": "indicators",
}  # fmt: skip
AREAS = ("620700", "620702", "620721", "620722", "620723", "620724", "620725")


@dataclass
class Crowd:
    """What was seen: milliseconds of each wait, and (seconds, bytes) of the server."""

    waits: list[float] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)
    alone: int = 0  # bytes of the server before anybody came
    worked: float = 0.0  # seconds of its processor for them


def run() -> list[Row]:
    """Serve the demonstration to the crowd."""
    vintages = WORK / "vintages"
    load([DATA / "demo"], DATA, vintages, (DATA / "catalogue",), fresh=True)
    database = vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"
    with duckdb.connect(str(database), read_only=True) as con:
        indicators = [code for (code,) in con.execute(CHOICES).fetchall()]
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with serving(command, port, ROOT, {"VINTAGES": str(vintages)}) as server:
        crowd, before = Crowd(alone=resident(server.pid)), cpu_seconds(server.pid)
        asyncio.run(_visit(crowd, f"ws://127.0.0.1:{port}/_stcore/stream", indicators, server.pid))
        crowd.worked = cpu_seconds(server.pid) - before
    return rows(crowd)


async def _visit(crowd: Crowd, address: str, indicators: list[str], server: int) -> None:
    until = time.monotonic() + 60 * MINUTES
    readers = [_read(crowd, address, indicators, n, until) for n in range(READERS)]
    await asyncio.gather(_watch(crowd, server, until), *readers)


async def _watch(crowd: Crowd, server: int, until: float) -> None:
    start = time.monotonic()
    while time.monotonic() < until:
        crowd.memory.append((time.monotonic() - start, resident(server)))
        await asyncio.sleep(LOOK_S)


async def _read(
    crowd: Crowd, address: str, indicators: list[str], number: int, until: float
) -> None:
    """One reader: opens a page, then changes its choice every ten seconds, never in step."""
    chance = random.Random(SEED + number)
    page, key = list(PAGES.items())[number % len(PAGES)]
    values = list(AREAS if key == "area" else indicators)
    chance.shuffle(values)
    await asyncio.sleep(EVERY_S * chance.random())
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as socket:
        await _ask(socket, page, "")
        for value in cycle(values):
            await asyncio.sleep(EVERY_S * (0.5 + chance.random()))
            if time.monotonic() > until:
                return
            start = time.perf_counter()
            await _ask(socket, page, f"{key}={value}")
            crowd.waits.append(1000 * (time.perf_counter() - start))


async def _ask(socket: websockets.ClientConnection, page: str, query: str) -> None:
    """Send one address and read until the script is through."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv())
        if answer.WhichOneof("type") == "script_finished":
            return


def rows(crowd: Crowd) -> list[Row]:
    """Waits at the 95th percentile, memory a reader, its slope once caches are full."""
    p95 = float(np.percentile(crowd.waits, 95))
    settled = [m for m in crowd.memory if m[0] >= SETTLED * 60 * MINUTES]
    minutes, megabytes = np.array([(s / 60, b / 2**20) for s, b in settled]).T
    slope = float(np.polyfit(minutes, megabytes, 1)[0])
    each = (float(np.median(megabytes)) - crowd.alone / 2**20) / READERS
    return [
        Row(
            what=f"{READERS} readers, another choice every {EVERY_S:.0f} s, {MINUTES:g} minutes: "
            f"p95 of {len(crowd.waits)} answers",
            measured=f"{p95:.0f} ms",
            beside=f"median {np.median(crowd.waits):.0f} ms, "
            f"{1000 * crowd.worked / len(crowd.waits):.0f} ms of the server's processor each",
            target=f"< {P95_MS} ms",
            met=p95 < P95_MS,
        ),
        Row(
            what="memory a reader, and its slope once caches are full",
            measured=f"{each:.1f} MB, {slope / READERS:+.3f} MB a minute",
            beside=f"the server alone {crowd.alone / 2**20:.0f} MB; all readers together "
            f"{slope:+.2f} MB a minute",
            target=f"slope < {MB_A_MINUTE} MB a minute",
            met=slope / READERS < MB_A_MINUTE,
        ),
    ]
