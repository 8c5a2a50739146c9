"""formsmith-proxy in front of moto's server, spoken to as the page does."""

import hashlib
import http.client
import json
import queue
import re
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

from reference import as_text, body_of

MODELS = Path(__file__).parents[2] / "models"

FOR_BROWSERS = {
    "cache-control", "content-disposition", "content-encoding", "content-security-policy",
    "location", "x-content-type-options", "x-frame-options",
}  # fmt: skip


class Proxy:
    """A running proxy that sends to an endpoint; it ends with the `with` block."""

    def __init__(self, program, endpoint):
        self.command = [
            program, "--listen", "127.0.0.1:0", "--target", "aws", "--models", str(MODELS),
            "--endpoint", endpoint, "--allow-write", "--allow-secrets", "--allow-credentials", "--allow-destroy", "--allow-permissions",
        ]  # fmt: skip

    def __enter__(self):
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
        pipes["stderr"] = subprocess.STDOUT
        self.process = subprocess.Popen(self.command, text=True, **pipes)
        lines = queue.Queue()
        # Its line about each request has to be read, too.
        follow = threading.Thread(target=lambda: [*map(lines.put, self.process.stdout)], daemon=True)
        follow.start()
        try:
            self.address, self.token = self._session(lines)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def _session(self, lines):
        """Where it listens, and the token that the code in the printed address is good for."""
        said = []
        try:
            while not (found := re.search(r"(http://\S+)#code=(\w+)", "".join(said[-1:]))):
                said.append(lines.get(timeout=20))
        except queue.Empty:
            raise RuntimeError(f"the proxy printed no address: {''.join(said)}") from None
        self.address, self.token = urlsplit(found[1]).netloc, None
        told = self._own("POST", "/api/session", {"code": found[2]})
        return self.address, told["token"]

    def send(self, request, line, _):
        """The answer to a request that the program wrote, as the program reads it. Whatever
        changes something is proposed first, and confirmed."""
        service, region, operation = line["service"], line["region"], line["operation"]
        path = f"/api/{service}/{region}{request['path']}"
        body = body_of(request)
        asked = {
            "kind": "run",
            "service": service,
            "region": region,
            "operation": operation,
            "method": request["method"],
            "path": request["path"],
            "target": request["headers"].get("X-Amz-Target"),
            "hash": request_hash(request["method"], path, request["headers"], body),
            "attempts": 1,
        }
        proposal = self._own("POST", "/api/consents", asked)
        own = {"X-Formsmith-Token": self.token, "X-Formsmith-Operation": operation}
        if proposal["class"] != "read":
            self._own("POST", f"/api/consents/{proposal['id']}", {})
            own["X-Formsmith-Consent"] = proposal["id"]
        status, headers, content = self._ask(
            request["method"], path, request["headers"] | own, body
        )
        return {"status": status, "headers": as_answered(headers)} | as_text(content)

    def _own(self, method, path, asked):
        """What the proxy itself answers."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["X-Formsmith-Token"] = self.token
        _, _, content = self._ask(method, path, headers, json.dumps(asked).encode())
        return json.loads(content)

    def _ask(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if "X-Formsmith-Error" in answer.headers:
            raise http.client.HTTPException(f"the proxy: {content.decode()}")
        return answer.status, dict(answer.headers), content


def as_answered(headers):
    """The headers as the service sent them; src/wire/header.rs has what the proxy does to them."""
    start, names = "x-formsmith-answered-", {name.lower(): value for name, value in headers.items()}
    theirs = {name.removeprefix(start): it for name, it in names.items() if name.startswith(start)}
    others = {name: it for name, it in names.items() if not name.startswith(start)}
    return {name: it for name, it in others.items() if name not in FOR_BROWSERS} | theirs


def request_hash(method, path, headers, body):
    """What a person agrees to; src/wire/consent.rs has the text."""
    pairs = sorted((name.lower(), value) for name, value in headers.items())
    lines = [method, path, *(f"{name}:{value}" for name, value in pairs)]
    text = "\n".join([*lines, hashlib.sha256(body).hexdigest()])
    return hashlib.sha256(text.encode()).hexdigest()
