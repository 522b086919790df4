"""The Slack app: Bolt's app, the error boundary, and the delivery."""
