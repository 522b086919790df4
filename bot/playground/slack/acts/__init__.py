"""What a person can do: each act becomes a payload to the app, and the app's answer becomes what they see."""
