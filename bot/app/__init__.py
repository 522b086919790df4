"""The Slack app: a catch-all listener for each kind of payload, the error boundary, and the delivery."""
