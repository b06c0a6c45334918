"""A gate in front of a server: while it is shut, nobody gets through; those inside are put out."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK = 65_536


@dataclass
class Gate:
    """`address` stands for the server behind."""

    address: str = ""
    is_open: bool = True
    inside: set[socket.socket] = field(default_factory=set)

    def shut(self) -> None:
        """As if the server were away."""
        self.is_open = False
        for one in list(self.inside):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def open(self) -> None:
        """The server is back."""
        self.is_open = True


@contextmanager
def gate_before(address: str) -> Iterator[Gate]:
    """Put an open gate before a server."""
    parts, gate = urlsplit(address), Gate()
    behind = (parts.hostname or "127.0.0.1", parts.port or 80)

    class Passage(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            """Both ways at once, until either side or the gate ends it."""
            if not gate.is_open:
                return
            with socket.create_connection(behind) as server:
                pair = {self.request, server}
                gate.inside |= pair
                back = threading.Thread(target=_pass, args=(server, self.request), daemon=True)
                back.start()
                _pass(self.request, server)
                back.join()
                gate.inside -= pair

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads, block_on_close, request_queue_size = True, False, 64

    with Server(("127.0.0.1", 0), Passage) as server:
        gate.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield gate
        finally:
            server.shutdown()


def _pass(of: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while chunk := of.recv(CHUNK):
            to.sendall(chunk)
    for one in (of, to):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
