"""Who may reach the server: this machine, or whoever shows the token; and no page of another site.

Until there are accounts the server belongs to the person at this machine. A request from this machine under
a loopback name is let in. Any other needs the token, as `X-Zonetwin-Token`, as a bearer, or from the cookie
that a first visit to `/?token=…` sets. The Host header is checked against DNS rebinding, the Origin against
requests that pages of other sites make in the visitor's name.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from zonetwin.api.problems import problem_response
from zonetwin.core.errors import Forbidden

COOKIE = "zonetwin_token"
TOKEN_HEADER = "x-zonetwin-token"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets requests through to `app`, or refuses them with the reason."""

    app: ASGIApp
    token: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers) or self._token_visit(scope)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if is_cross_site(scope["method"], headers):
            return _refused(
                f"The request comes from a page of {headers.get('origin', 'another site')!r}.",
                hint="Open the server's own address.",
            )
        if is_local(scope, headers) or self._shows_token(scope, headers):
            return None
        if self.token is None:
            return _refused(
                f"This server answers only on this machine, not as {headers.get('host', '')!r}.",
                hint="Open it as http://127.0.0.1, or start it with a token.",
            )
        return _refused("A token is needed.", hint="Send it as X-Zonetwin-Token, or open /?token=… once.")

    def _shows_token(self, scope: Scope, headers: Headers) -> bool:
        return shows_token(headers, self.token) or any(
            has_token(shown, self.token or "") for shown in _query(scope).get("token", ())
        )

    def _token_visit(self, scope: Scope) -> Response | None:
        """Turn a visit with the token in its address into a cookie, and the address into one without it."""
        query = _query(scope)
        if self.token is None or scope["method"] != "GET" or not query.get("token"):
            return None
        if not has_token(query["token"][0], self.token):
            return None
        rest = urlencode({name: values for name, values in query.items() if name != "token"}, doseq=True)
        path = quote(scope["path"].lstrip("/\\"))  # browsers read a leading // or /\ as another host
        answer = RedirectResponse(f"/{path}" + (f"?{rest}" if rest else ""), status_code=303)
        answer.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", path="/")
        return answer


def is_local(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request comes from this machine and names it by a loopback name."""
    client = scope.get("client")
    return client is not None and is_loopback(client[0]) and is_loopback(_host_name(headers.get("host", "")))


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_cross_site(method: str, headers: Headers) -> bool:
    """Tell whether a page of another site made this request: by its Origin, else by Sec-Fetch-Site."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    return method not in _SAFE_METHODS and headers.get("sec-fetch-site") in ("cross-site", "same-site")


def shows_token(headers: Headers, token: str | None) -> bool:
    """Tell whether a request's headers or cookies show the token; there is none to show when it is None."""
    return any(has_token(shown, token or "") for shown in _shown_tokens(headers))


def has_token(shown: str, token: str) -> bool:
    """Compare tokens in constant time; an empty one is no token."""
    return bool(token) and hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode())


def _shown_tokens(headers: Headers) -> list[str]:
    shown = [headers.get(TOKEN_HEADER, "")]
    kind, _, bearer = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        shown.append(bearer.strip())
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return shown
    return [*shown, *(morsel.value for name, morsel in cookies.items() if name == COOKIE)]


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope.get("query_string", b"").decode("latin-1"))


def _host_name(host: str) -> str:
    """Give the name of a Host header without its port; an IPv6 address stands in brackets there."""
    return host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _refused(message: str, *, hint: str) -> Response:
    return problem_response(Forbidden(message, hint=hint))
