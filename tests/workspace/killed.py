"""Commands that are killed on the way: by themselves, without any clean-up, before or after their
nth touch of the disk."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

fork_only = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
TOUCHES = {"open", "mkdir", "write", "flush", "fsync", "close", "chmod", "rename", "replace",
           "unlink", "rmdir", "flock", "__exit__"}  # fmt: skip


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Runs `work` in a child that is killed at the nth touch; False where it came to its end."""
    child = os.fork()
    if child == 0:
        touches = [0]

        def watch(_frame: object, event: str, called: object) -> None:
            if event in ("c_call", "c_return") and getattr(called, "__name__", "") in TOUCHES:
                touches[0] += 1
                if touches[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
