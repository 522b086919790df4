"""The playground: the real app against a local Slack, a made-up practice, and the page to use it in."""
