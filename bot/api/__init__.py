"""The HTTP interface for the systems of the practice: notices in, and who receives them."""
