"""A client that calls an app in the process, as from this machine."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI

ADDRESS = "http://127.0.0.1:8600"
ACTOR = {"X-Zonetwin-Actor": quote("王工;规划建设局")}


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests to an app; `peer` is the address they seem to come from."""

    app: FastAPI
    peer: str = "127.0.0.1"
    address: str = ADDRESS
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, **options: object) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(self.peer, 50000), raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=self.address, headers=self.headers
            ) as sender:
                return await sender.request(method, path, **options)  # type: ignore[arg-type]

        return asyncio.run(send())

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.request("GET", path, **options)

    def json(self, path: str, **options: object) -> Any:
        """Get a document that must be there."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()


def client_of(app: FastAPI, **options: str) -> Client:
    return Client(app, **options)  # type: ignore[arg-type]
