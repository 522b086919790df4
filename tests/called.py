"""One function of a test in a process of its own: `python -m tests.called MODULE FUNCTION ARGUMENT...`."""

import asyncio
import importlib
import sys

if __name__ == "__main__":
    module, function, *arguments = sys.argv[1:]
    asyncio.run(getattr(importlib.import_module(module), function)(*arguments))
