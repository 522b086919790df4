"""The Slack app: one catch-all listener a kind of payload, the error boundary, and the delivery of replies."""
