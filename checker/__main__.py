"""The program: ``checker``, or ``python -m checker``.

It ends at once: to free a report's values one by one takes longer than the system, which frees them all.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

FEW_PAUSES = (200_000, 20, 50)  # for the collector of cycles, which finds none to speak of in a report


def run() -> None:
    """What the command line asks for; the process ends with its exit status."""
    gc.set_threshold(*FEW_PAUSES)
    from checker.cli import main

    status: object = 0
    try:
        try:
            main()
        except SystemExit as done:
            status = done.code
        sys.stdout.flush()
    except OSError as error:  # a full disk behind standard output, say
        status = 2
        sys.stderr.write(f"checker: {error.strerror or error}\n")
    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0 if status is None else 1)


if __name__ == "__main__":
    run()
