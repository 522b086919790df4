"""Families drawn from lists of names: always the same ones, for the dice start from the same number."""

from bot.playground.practice.drawn.families import write_drawn_families

__all__ = ["write_drawn_families"]
