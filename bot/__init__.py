"""Kinward: the family and contacts of a practice's clients, kept straight from Slack."""
