"""A process that has read the whole program and forks: what starts from it starts in no time.

    python -m tests.nursery SOCKET

Whoever connects hands over its standard streams and says which module to run, with which arguments and
environment. It is told the process id, and at the end the exit code. It ends when its standard input does.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
from dataclasses import dataclass
from types import ModuleType

STREAMS = 3
READ_BEFORE = ("uvloop", "aiosqlite", "asyncpg", "alembic.command", "pytest", "tests.databases")
"""What the program, or a test's own process, reads only when it comes to need it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to run.

    Attributes:
        module: run as by `python -m`.
        arguments: what follows its name.
        environment: all of it.
    """

    module: str
    arguments: list[str]
    environment: dict[str, str]


def read_everything() -> None:
    """Import what is ours, and what it imports."""
    for name in ("bot", "storage"):
        package: ModuleType = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "migrations" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    for name in READ_BEFORE:
        importlib.import_module(name)


def wait_for_work(path: str) -> socket.socket:
    """Fork for whoever connects; return in that child, with the connection."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        os.write(1, b"ready\n")
        while True:
            able, _, _ = select.select([door.fileno(), sys.stdin.fileno()], [], [])
            if door.fileno() not in able:
                sys.exit()
            connection, _ = door.accept()
            if not os.fork():
                return connection
            connection.close()


def begin(connection: socket.socket) -> Asked:
    """Fork once more and watch over the child; return in the child, as the process that was asked for."""
    # The first byte carries the streams.
    _, streams, _, _ = socket.recv_fds(connection, 1, STREAMS)
    with connection.makefile() as told:
        asked = Asked(**json.loads(told.readline()))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        connection.sendall(f"{child}\n".encode())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(f"{code}\n".encode())
        os._exit(0)
    connection.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked.environment)
    return asked


if __name__ == "__main__":
    read_everything()
    gc.freeze()
    # Whoever ends below is waited for by nobody here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    now = begin(wait_for_work(sys.argv[1]))
    sys.argv[1:] = now.arguments
    runpy.run_module(now.module, run_name="__main__", alter_sys=True)
