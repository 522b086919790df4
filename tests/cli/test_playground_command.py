"""`kinward playground`: one command, a page, and a good end."""

import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.playground.playground import playing
from bot.playground.practice import PracticeBook
from tests.cli.commands import Commands, finished, says


def small_practice() -> PracticeBook:
    book = PracticeBook()
    book.client("Ada", "Quill", None, own_id="K-1")
    return book


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_the_page_is_and_ends_well(
    commands: Commands, tmp_path: Path, free_port: int, which: signal.Signals
) -> None:
    async with playing(tmp_path, practice=small_practice().closed()):
        pass
    process = await commands.start("playground", "--port", str(free_port), "--data-dir", str(tmp_path))

    line = await says(process, "http://")
    assert f"http://127.0.0.1:{free_port}/" in line
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{free_port}/") as page:
        assert page.status == 200
        assert "Kinward" in await page.text()
    process.send_signal(which)
    left = await finished(process)

    assert left.code == 0
    assert left.err == ""
    assert "kept for the next time" in left.out


async def test_asked_to_stop_while_it_makes_the_practice_up_it_stops(
    commands: Commands, tmp_path: Path, free_port: int
) -> None:
    process = await commands.start("playground", "--port", str(free_port), "--data-dir", str(tmp_path))

    await says(process, "Making up a practice")
    process.send_signal(signal.SIGINT)
    left = await finished(process)

    assert "Traceback" not in left.err
    assert not (tmp_path / "practice.sqlite3").exists()


async def test_a_port_in_use_is_one_sentence_and_nothing_is_thrown_away(
    commands: Commands, tmp_path: Path
) -> None:
    async with playing(tmp_path, practice=small_practice().closed()) as first:
        port = first.slack.port

        left = await commands.run("playground", "--port", str(port), "--data-dir", str(tmp_path), "--fresh")

        assert left.code == 1
        assert left.err == (
            f"Port {port} is in use, perhaps by another playground: stop that one, "
            f"or choose another port with --port {port + 1}.\n"
        )
        assert (tmp_path / "practice.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http"])
async def test_what_is_no_port_is_refused(commands: Commands, tmp_path: Path, port: str) -> None:
    left = await commands.run("playground", "--port", port, "--data-dir", str(tmp_path))

    assert left.code == 2
    assert "--port" in left.err
