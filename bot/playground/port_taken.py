"""Why the playground cannot begin; by itself, as the command line knows it without the playground."""


class PortTaken(Exception):  # noqa: N818 - named for what is wrong, as it is said
    """The port cannot be listened on; the message is one sentence."""
