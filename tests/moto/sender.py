"""A program that writes requests and reads answers, and sending them without a proxy."""

import http.client
import json
import subprocess
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from reference import as_text, body_of

CREDENTIALS = Credentials("AKIDEXAMPLE", "secret")


class Program:
    """It runs until the `with` block ends."""

    def __init__(self, command):
        self.command = command

    def __enter__(self):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(self.command, text=True, **pipes)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def call(self, line, sender, signing_name):
        """The output or error of an operation: an object with `output`, `error`, `violations` or
        `refused`."""
        request = self._ask(line)
        if "method" not in request:
            return request
        return self._ask(line | {"response": sender.send(request, line, signing_name)})

    def _ask(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the program ended when it was asked for {line['operation']}")
        return json.loads(answer)


class Sender:
    """Signs requests (SigV4) for the host that the program names, and sends them to an endpoint."""

    def __init__(self, endpoint):
        self.endpoint = urlsplit(endpoint)

    def send(self, request, line, signing_name):
        """The answer to a request that the program wrote, as the program reads it."""
        body = body_of(request)
        url = f"https://{request['host']}{request['path']}"
        signed = AWSRequest(request["method"], url, request["headers"], body)
        SigV4Auth(CREDENTIALS, signing_name, line["region"]).add_auth(signed)
        connection = http.client.HTTPConnection(self.endpoint.netloc, timeout=20)
        headers = dict(signed.headers.items()) | {"Host": request["host"]}
        connection.request(request["method"], request["path"], body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return {"status": response.status, "headers": dict(response.headers)} | as_text(content)
