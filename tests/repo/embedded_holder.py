"""A program that uses the embedded Postgres of a folder until it is told to stop, or is killed.

It prints the superuser's URL once the server runs.
"""

import signal
import sys
from pathlib import Path

from service.embedded import embedded

if __name__ == "__main__":
    with embedded(Path(sys.argv[1])) as postgres:
        sys.stdout.write(f"{postgres.admin_url}\n")
        sys.stdout.flush()
        signal.pause()
