"""Listeners: parse the payload, call one service method, render one view."""
