"""The plain way: parse the whole answer, and send all of it to one queue per stream.

``python rebroadcast.py PORT SITE COOKIE``. Most examples of server-sent events with Starlette work
like this, and so do the public clients of the site.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

PORT, SITE, COOKIE = sys.argv[1:]
queues: set[asyncio.Queue[bytes]] = set()
client = httpx2.AsyncClient(trust_env=False)


async def events(_request: Request) -> Response:
    """Stream everything that is published."""
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    queues.add(queue)

    async def frames() -> AsyncIterator[bytes]:
        yield b": hello\n\n"
        try:
            while True:
                yield await queue.get()
        finally:
            queues.discard(queue)

    headers = {"access-control-allow-origin": "*"}  # for the plain page
    return StreamingResponse(frames(), media_type="text/event-stream", headers=headers)


async def refresh(_request: Request) -> Response:
    """Ask the site and publish its whole answer."""
    answer = await client.get(f"{SITE}/api/user/usage", headers={"cookie": COOKIE})
    rows = [
        {"t": row["createdAt"], "credits": row["creditsUsed"], "model": row["model"]}
        for row in json.loads(answer.content)
        if row["type"] == "USAGE" and row["endpoint"] == "v1/messages"
    ]
    frame = b"event: records\ndata: " + json.dumps(rows).encode() + b"\n\n"
    for queue in queues:
        queue.put_nowait(frame)
    return JSONResponse({"rows": len(rows)})


app = Starlette(
    routes=[Route("/api/events", events), Route("/api/refresh", refresh, methods=["POST"])]
)
uvicorn.run(app, port=int(PORT), log_level="error")
