"""Sends what a program writes, signed, and has the program read the answer."""

import http.client
import json
import subprocess
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from reference import as_text, body_of

CREDENTIALS = Credentials("AKIDEXAMPLE", "secret")


class Sender:
    """A running program; it ends with the `with` block."""

    def __init__(self, command, endpoint):
        self.command, self.endpoint = command, urlsplit(endpoint)

    def __enter__(self):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(self.command, text=True, **pipes)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def ask(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the program ended when it was asked for {line['operation']}")
        return json.loads(answer)

    def send(self, line, signing_name):
        """The output or error of an operation, and what was sent for it: an object with `output`,
        `error`, `violations` or `refused`."""
        request = self.ask(line)
        if "method" not in request:
            return request
        response = self._send(request, signing_name, line["region"])
        return self.ask(line | {"response": response})

    def _send(self, request, signing_name, region):
        body = body_of(request)
        # It is signed for AWS's own host, and sent to the endpoint, as the proxy does with
        # --endpoint.
        url = f"https://{request['host']}{request['path']}"
        signed = AWSRequest(request["method"], url, request["headers"], body)
        SigV4Auth(CREDENTIALS, signing_name, region).add_auth(signed)
        connection = http.client.HTTPConnection(self.endpoint.netloc, timeout=20)
        headers = dict(signed.headers.items()) | {"Host": request["host"]}
        connection.request(request["method"], request["path"], body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return {"status": response.status, "headers": dict(response.headers)} | as_text(content)
