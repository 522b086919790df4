"""The trail: what makes the history one that nobody can edit unseen."""
