"""The words of the field: frozen values and rules. Standard library only."""
