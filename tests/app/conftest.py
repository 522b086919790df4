from tests.logged import log

__all__ = ["log"]
