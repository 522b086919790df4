"""Use cases: no Slack, no SQL, no HTTP, no clock of their own. Each method is one transaction."""
