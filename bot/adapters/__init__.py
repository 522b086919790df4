"""The outside world, each behind a port."""
