"""The same call elsewhere: what the console's texts for other tools do, run by these tools, beside
what its own request does."""

import collections
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from awscli.clidriver import create_clidriver
from generated import calls
from sandbox import ROOT

# The sandbox answers here whatever host the text names.
HOST = re.compile(r"https://[a-z0-9.-]+\.(amazonaws\.com|api\.aws)")


def written(each):
    """Calls with their texts in all languages, and the request that the console sends."""
    command = ["cargo", "run", "--quiet", "-p", "formsmith-snippets", "--example", "write"]
    asked = list(calls(each)) + [long_call()]
    lines = "".join(json.dumps(call) + "\n" for call in asked)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    # Not splitlines: a line of JSON may hold other characters that end one.
    texts = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert len(texts) == len(asked) > 200
    return [{**call, "texts": text} for call, text in zip(asked, texts)]


def long_call():
    """One whose input is too long for an argument."""
    values = [f"{n} it's $HOME \\ \U0001f389 {'x' * 480}" for n in range(300)]
    return {
        "service": "servicecatalog",
        "operation": "ExecuteProvisionedProductServiceAction",
        "region": "us-east-1",
        "input": {
            "ProvisionedProductId": "pp-1",
            "ServiceActionId": "act-1",
            "ExecuteToken": "long",
            "Parameters": {"Many": values},
        },
    }


def suite(sandbox, recorder, calls, tool):
    tests = unittest.TestSuite()
    for number, call in enumerate(calls):
        tests.addTest(SameCall(sandbox, recorder, call, tool, number))
    return tests


class SameCall(unittest.TestCase):
    maxDiff = 2000
    # How many had success, and how many an effect.
    met = collections.Counter()

    def __init__(self, sandbox, recorder, call, tool, number):
        super().__init__()
        self.sandbox, self.recorder, self.call, self.tool = sandbox, recorder, call, tool
        self.number = number

    def __str__(self):
        return f"{self.tool.name} makes call {self.number}, {self.call['operation']}"

    def runTest(self):
        request = self.call["texts"]
        self.sandbox.reset()
        expected = self.console(request)
        done = self.sandbox.done()
        self.met["success"] += expected[0] == 200
        self.met["effect"] += bool(done)
        self.sandbox.reset()
        is_success = self.tool.run(request)
        seen = self.recorder.take()
        self.assertEqual(json.loads(seen["body"]), json.loads(request["body"]))
        self.assertEqual(seen["method"], request["method"])
        self.assertEqual(seen["path"], "/sandbox" + request["path"])
        for header, value in request["headers"].items():
            self.assertEqual(seen["headers"][header.lower()], value)
        self.assertIn("Signature=", seen["headers"]["authorization"])
        if self.tool.sends_bytes:
            self.assertEqual(seen["body"].decode(), request["body"])
        self.assertEqual(alike(seen["answer"]), alike(expected))
        self.assertEqual(self.sandbox.done(), done)
        if is_success is not None:
            self.assertEqual(is_success, expected[0] == 200)

    def console(self, request):
        """The answer to the request as the console sends it."""
        place = f"api/{self.call['service']}/{self.call['region']}{request['path']}"
        headers = {**request["headers"], "X-Formsmith-Token": self.sandbox.token}
        sent = urllib.request.Request(
            self.sandbox.origin + place, request["body"].encode(), headers, method=request["method"]
        )
        try:
            with self.sandbox.opener.open(sent, timeout=10) as response:
                return response.status, json.loads(response.read() or "null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def alike(answer):
    """An answer without the number of a new record, which is another each time."""
    status, told = answer
    return status, re.sub(r"rec-[a-z0-9]+", "rec-new", json.dumps(told))


class InProcess:
    """Commands of the AWS CLI, run in this process: starting it for each would take minutes."""

    name = "the AWS CLI"
    sends_bytes = False

    def __init__(self):
        self.driver, self.runs = None, 0

    def run(self, texts):
        text = texts["AwsCli"]
        name, *arguments = shlex.split(text.replace("\\\n", " "))
        assert name == "aws"
        # A driver becomes slower with each call.
        if self.runs % 20 == 0:
            self.driver = create_clidriver()
        self.runs += 1
        output, complaint = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(complaint):
            code = self.driver.main(arguments)
        assert code == 0 or "An error occurred (" in complaint.getvalue(), complaint.getvalue()
        return code == 0


class Shell:
    """Commands as a person runs them, by sh in a folder."""

    def __init__(self, folder):
        self.folder = folder
        # The CLI of these tests, whichever another is installed.
        command = Path(folder) / "aws"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m awscli "$@"\n')
        command.chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}

    def start(self, text, **settings):
        return subprocess.run(
            ["sh"],
            cwd=self.folder,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            env={**self.environment, **settings},
        )


class Command(Shell):
    name = "the command aws"
    sends_bytes = False

    def run(self, texts):
        done = self.start(texts["AwsCli"])
        assert done.returncode == 0 or "An error occurred (" in done.stderr, done.stderr
        return done.returncode == 0


class Curl(Shell):
    name = "curl"
    sends_bytes = True

    def __init__(self, folder, sandbox):
        super().__init__(folder)
        self.address = sandbox.url.rstrip("/")
        version = subprocess.run(["curl", "--version"], capture_output=True, text=True).stdout
        number = tuple(int(part) for part in re.match(r"curl (\d+)\.(\d+)", version).groups())
        if number < (7, 86):
            raise SystemExit(
                f"curl {number[0]}.{number[1]} signs too little with --aws-sigv4; "
                "7.86 or newer is needed for these tests."
            )

    def run(self, texts, **settings):
        text, count = HOST.subn(self.address, texts["Curl"])
        assert count == 1, text
        done = self.start(text, **settings)
        assert done.returncode == 0, done.stderr
        # It is content with any answer.
        return None


class Boto3:
    """Snippets of Python, in a process of their own: the CLI has its copy of botocore in the place
    of boto3's."""

    name = "boto3"
    sends_bytes = False

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-B", Path(__file__).parent / "run_boto3.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def run(self, texts):
        self.process.stdin.write(json.dumps(texts["Boto3"]) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        assert told["trouble"] is None, told["trouble"]
        return told["isSuccess"]


class Others(unittest.TestCase):
    """What is not one call like the other."""

    def __init__(self, sandbox, recorder, curl, calls, method):
        super().__init__(method)
        self.sandbox, self.recorder, self.curl, self.calls = sandbox, recorder, curl, calls

    def curl_sends_a_session_token(self):
        """The sandbox has credentials without one, and refuses it: it has arrived, signed."""
        self.sandbox.reset()
        self.curl.run(self.calls[0]["texts"], AWS_SESSION_TOKEN="a/token+of=the/session==")
        seen = self.recorder.take()
        self.assertEqual(seen["headers"]["x-amz-security-token"], "a/token+of=the/session==")
        self.assertIn("x-amz-security-token", seen["headers"]["authorization"])
        self.assertEqual(seen["answer"][0], 403)
        self.assertIn("security token", json.dumps(seen["answer"]))

    def a_wrong_secret_is_refused(self):
        """So the right one was looked at."""
        self.sandbox.reset()
        self.curl.run(self.calls[0]["texts"], AWS_SECRET_ACCESS_KEY="wrong")
        answer = self.recorder.take()["answer"]
        self.assertEqual(answer[0], 403)
        self.assertIn("signature", json.dumps(answer))

    def a_good_part_of_the_calls_did_something(self):
        """Refusals alone would show little."""
        self.assertGreater(SameCall.met["success"], 200)
        self.assertGreater(SameCall.met["effect"], 75)

    def snippets_of_javascript_are_modules(self):
        """Their syntax is judged by node, each once; they are not run."""
        with tempfile.TemporaryDirectory() as folder:
            for number, call in enumerate(self.calls):
                file = Path(folder) / f"{number}.mjs"
                file.write_text(call["texts"]["JavaScript"], "utf-8")
            script = (
                "import { readdirSync, readFileSync } from 'node:fs';"
                "import { SourceTextModule } from 'node:vm';"
                "for (const file of readdirSync('.'))"
                "  new SourceTextModule(readFileSync(file, 'utf8'), { identifier: file });"
            )
            node = ["node", "--experimental-vm-modules", "--input-type=module", "-e", script]
            done = subprocess.run(node, cwd=folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
