"""`python -m bot` is `kinward`."""

from bot.cli import main

main()
