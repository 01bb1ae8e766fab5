"""Runs a command and says what it took."""
import os
import pathlib
import subprocess
import sys
import threading
from dataclasses import dataclass

# However a peer is built, it shall take one thread.
ONE_THREAD = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass
class Cost:
    user: float
    system: float
    """Bytes of memory at the most."""
    memory: int
    """Bytes at the most in files that were open and had no name (on Linux)."""
    spilled: int

    @property
    def seconds(self):
        return self.user + self.system


def unnamed(pid):
    found = 0
    try:
        for file in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            if os.readlink(file).endswith(" (deleted)"):
                found += file.stat().st_size
    except OSError:
        # It has ended, or closed a file meanwhile.
        pass
    return found


def run(command):
    process = subprocess.Popen([str(part) for part in command], env=os.environ | ONE_THREAD)
    spilled, ended = 0, threading.Event()

    def look():
        nonlocal spilled
        while not ended.wait(0.2):
            spilled = max(spilled, unnamed(process.pid))

    watch = threading.Thread(target=look)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    ended.set()
    watch.join()
    if status:
        sys.exit(f"{command[0]} ended with status {status}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime, usage.ru_stime, usage.ru_maxrss * unit, spilled)
