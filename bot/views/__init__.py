"""Block Kit: pure functions of domain values, and the reader of each form beside its builder."""
