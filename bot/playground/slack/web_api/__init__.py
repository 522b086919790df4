"""The Web API: `/api/<method>`, one file for each family of methods."""
