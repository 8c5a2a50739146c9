"""A forward proxy that keeps what passes through it: clients send to the sandbox's own address,
as they sign it, and are none the wiser."""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Recorder:
    """Runs until the `with` block ends."""

    def __enter__(self):
        self.seen = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                recorder._pass_on(self)

            do_GET = do_PUT = do_DELETE = do_POST

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def take(self):
        """The one exchange since the last time."""
        seen, self.seen[:] = list(self.seen), []
        assert len(seen) == 1, f"{len(seen)} requests were sent"
        return seen[0]

    def _pass_on(self, handler):
        address = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        connection = http.client.HTTPConnection(address.netloc, timeout=20)
        hop = {"connection", "proxy-connection", "expect"}
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in hop}
        connection.request(handler.command, address.path, body, headers)
        answer = connection.getresponse()
        told = answer.read()
        self.seen.append(
            {
                "method": handler.command,
                "path": address.path,
                "headers": {k.lower(): v for k, v in headers.items()},
                "body": body,
                "answer": (answer.status, json.loads(told or "null")),
            }
        )
        handler.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ("connection", "transfer-encoding", "content-length"):
                handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)
        connection.close()
