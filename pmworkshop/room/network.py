"""The laptop's addresses, the likeliest for phones first, and a test that one of them can be reached."""

import http.client
import ipaddress
import re
import socket
import ssl
from contextlib import suppress
from typing import Final

import ifaddr

from pmworkshop.core.value import value

REACH_SECONDS: Final = 1.0
_VIRTUAL: Final = re.compile(
    r"docker|veth|vbox|virtual|vmnet|vmware|hyper-v|wsl|bridge|br-|tun|tap|utun|tailscale|zerotier|wg|loopback|bluetooth",
    re.IGNORECASE,
)
_WIRELESS: Final = re.compile(r"wi-?fi|wlan|wlp|wlx|wl\d|wireless|airport|en0", re.IGNORECASE)
_ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address kept for documentation: asking for the way there sends nothing."""


@value
class Found:
    """One address of this laptop; `adapter` is what the system calls the network card."""

    host: str
    adapter: str
    wireless: bool


def found_addresses() -> tuple[Found, ...]:
    """Return this laptop's IPv4 addresses that phones may reach, the likeliest first; none where there is no network."""
    towards = _towards_the_world()
    ranked = []
    for adapter in ifaddr.get_adapters():
        name = f"{adapter.nice_name} {adapter.name}"
        for one in adapter.ips:
            if isinstance(one.ip, str) and _may_be_reached(one.ip):
                virtual, wireless = bool(_VIRTUAL.search(name)), bool(_WIRELESS.search(name))
                rank = (virtual, one.ip != towards, not wireless, one.ip)
                ranked.append((rank, Found(host=one.ip, adapter=adapter.nice_name, wireless=wireless)))
    return tuple(found for _, found in sorted(ranked, key=lambda pair: pair[0]))


def _may_be_reached(host: str) -> bool:
    address = ipaddress.ip_address(host)
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _towards_the_world() -> str:
    """Return the address that the system would send from; empty where there is no way out."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ELSEWHERE)
        return str(probe.getsockname()[0])
    return ""


def can_be_reached(host: str, port: int, *, tls: bool) -> bool:
    """Whether the room answers at that address, as far as this laptop can tell. Takes a second at most."""
    if tls:
        context = ssl._create_unverified_context()  # noqa: S323, SLF001  # our own certificate, at our own door
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=REACH_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=REACH_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read(10) == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
