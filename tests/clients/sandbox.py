"""The proxy with its sandbox, as a process of its own, and the addresses that steer it."""

import json
import os
import secrets
import subprocess
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# 2025-11-19T23:20:45.123Z, when every story begins.
NOW_MS = 1_763_594_445_123


def program():
    """The proxy that `cargo build -p formsmith-proxy` makes."""
    target = os.environ.get("CARGO_TARGET_DIR") or "target"
    file = ROOT / target / "debug" / "formsmith-proxy"
    if not file.exists():
        raise SystemExit(f"missing: {file}. Build it with cargo build -p formsmith-proxy.")
    return file


class Sandbox:
    """A running sandbox; it ends with the `with` block."""

    def __enter__(self):
        # It takes only what the clients sign with the credentials of the environment.
        names = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"
        credentials = ":".join(os.environ[name] for name in names)
        self.token = secrets.token_hex(32)
        own = {"FORMSMITH_TOKEN": self.token, "FORMSMITH_SANDBOX_CREDENTIALS": credentials}
        self.process = subprocess.Popen(
            [program(), "--listen", "127.0.0.1:0"],
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        announcement = self.process.stdout.readline()
        if "http://" not in announcement:
            raise RuntimeError(f"the proxy did not say where it listens: {announcement!r}")
        address = announcement.split("http://")[1]
        self.origin = f"http://{address.split('/')[0]}/"
        self.url = f"{self.origin}sandbox/"
        # Whatever proxy the environment names, this is on the same machine.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()

    def reset(self):
        """The fresh state, at the moment at which stories begin."""
        self._ask("POST", "_reset")
        self.set_clock(0)

    def set_clock(self, seconds):
        """Time stands still, so many seconds after the beginning."""
        self._ask("PUT", "_clock", {"nowMs": NOW_MS + round(seconds * 1000)})

    def strike(self, *faults):
        """The only faults from now on."""
        self._ask("PUT", "_faults", {"faults": faults})

    def done(self):
        """What was really done: how often for each operation."""
        return self._ask("GET", "_ledger")["operations"]

    def _ask(self, method, path, document=None):
        body = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(self.url + path, body, method=method)
        with self.opener.open(request, timeout=10) as response:
            return json.loads(response.read() or "null")
