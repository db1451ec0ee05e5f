"""One page from an http(s) address, as a polite and careful reader would fetch it.

A plain User-Agent; robots.txt honoured; 5 MiB at most; each redirect is checked like the first address; addresses that are
private, loopback, link-local or reserved are refused unless the caller allows them, and the connection is made to the address
that was checked (a name that resolves anew to another does not get past).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from onrecord import __version__
from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources.options import EXPANSION, EXPANSION_FLOOR, PAGE_LIMIT, Options

USER_AGENT = f"onrecord/{__version__}"
REDIRECTS = 5


class _RefusedError(Exception):
    """Why an address is not fetched."""


def fetch(url: str, options: Options) -> Page | SourceError:
    """Return the page at an address, or why it was not fetched."""
    try:
        with _client(options) as client:
            robots = _robots(client, url)
            if not robots.can_fetch(USER_AGENT, url):
                return SourceError(url, "robots.txt does not allow it")
            return _page(client, url, options)
    except _RefusedError as error:
        return SourceError(url, str(error))
    except httpx.TimeoutException:
        return SourceError(url, f"no answer within {options.timeout:g} s")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return SourceError(url, f"cannot be fetched: {error or type(error).__name__}")


@contextmanager
def _client(options: Options) -> Iterator[httpx.Client]:
    # no proxies from the environment: the addresses that we checked are those that are connected to
    with httpx.Client(timeout=options.timeout, headers={"User-Agent": USER_AGENT}, trust_env=False, transport=_Checked(options)) as client:
        yield client


class _Checked(httpx.HTTPTransport):
    """A transport that connects to the very address that it checked."""

    def __init__(self, options: Options) -> None:
        super().__init__(retries=0)
        self.options = options

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = _address(host, request.url.port or (443 if request.url.scheme == "https" else 80), self.options)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return super().handle_request(request)


def _address(host: str, port: int, options: Options) -> str:
    """Return an address of the host that may be connected to."""
    found = sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    allowed = [a for a in found if options.allow_private or ipaddress.ip_address(a.partition("%")[0]).is_global]
    if not allowed:
        message = f"{host} is a private or local address ({', '.join(found)}); --allow-private reads it"
        raise _RefusedError(message)
    return allowed[0]


def _robots(client: httpx.Client, url: str) -> RobotFileParser:
    """Return the site's rules; where it has none (4xx), all is allowed; where it fails (5xx), nothing is."""
    parser = RobotFileParser()
    content, response = _get(client, urljoin(url, "/robots.txt"))
    if response.status_code >= 500:
        parser.disallow_all = True  # type: ignore[attr-defined]
    elif response.status_code >= 400:
        parser.allow_all = True  # type: ignore[attr-defined]
    else:
        parser.parse(content.decode("utf-8", "replace").splitlines())
    return parser


def _page(client: httpx.Client, url: str, options: Options) -> Page | SourceError:
    content, response = _get(client, url)
    if response.status_code != 200:
        return SourceError(url, f"the server says {response.status_code} {response.reason_phrase}".rstrip())
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower() or None
    return Page(
        content,
        url,
        media_type=kind,
        encoding=response.charset_encoding,
        published=options.published,
        url=str(response.extensions["asked"]),
        captured=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _get(client: httpx.Client, url: str) -> tuple[bytes, httpx.Response]:
    """Follow redirects, each checked anew; return the body, and the response with the address that answered."""
    for _ in range(REDIRECTS + 1):
        if urlsplit(url).scheme not in {"http", "https"}:
            message = f"redirected to {url}, which is no http address"
            raise _RefusedError(message)
        with client.stream("GET", url, follow_redirects=False) as response:
            if response.has_redirect_location:
                url = urljoin(url, response.headers["Location"])
                continue
            response.extensions["asked"] = url
            return _body(response), response
    message = f"redirected more than {REDIRECTS} times"
    raise _RefusedError(message)


def _body(response: httpx.Response) -> bytes:
    out = bytearray()
    for piece in response.iter_bytes(2**16):
        out += piece
        if len(out) > PAGE_LIMIT:
            message = f"over {PAGE_LIMIT / 2**20:.3g} MiB"
            raise _RefusedError(message)
        if len(out) > max(EXPANSION_FLOOR, EXPANSION * max(1, response.num_bytes_downloaded)):
            message = f"expands to more than {EXPANSION} times its size"
            raise _RefusedError(message)
    return bytes(out)
