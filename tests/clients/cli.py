"""The AWS CLI as a client of the sandbox."""

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

from awscli.clidriver import create_clidriver
from botocore import xform_name

# Its exit code for errors, the service's and its own (version 2 has 254 for the service's).
ERROR = 255


class Client:
    """The CLI in this process: starting it anew for each step would take minutes."""

    name = "the AWS CLI"

    def __init__(self, url, attempts=1):
        self.url = url
        self.attempts = attempts
        self.driver = create_clidriver()

    def run(self, service, operation, given, *options):
        """Exit code, output and complaint."""
        arguments = [service, xform_name(operation, "-"), "--endpoint-url", self.url]
        arguments += ["--cli-input-json", json.dumps(given), *options]
        retries = {"AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": str(self.attempts)}
        with mock.patch.dict(os.environ, retries):
            return self.start(arguments)

    def start(self, arguments):
        output, complaint = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(complaint):
            code = self.driver.main(arguments)
        return code, output.getvalue(), complaint.getvalue()

    def tell(self, service, operation, step):
        """The answer to a step as stories write it, as far as the CLI tells it."""
        # A step is one request; the CLI would turn pages by itself.
        code, output, complaint = self.run(
            service, operation, step["input"], "--no-paginate"
        )
        if code == 0:
            assert complaint == "", complaint
            return {"output": json.loads(output or "{}")}
        assert (code, output) == (ERROR, ""), (code, output, complaint)
        line = re.search(
            r"^An error occurred \((\w+)\) when calling the (\w+) "
            rf"operation(?: \(reached max retries: {self.attempts - 1}\))?: (.*)$",
            complaint,
            re.MULTILINE,
        )
        assert line and line[2] == operation, complaint
        return {"error": {"name": line[1], "message": line[3]}}

    def has_paginator(self, service, operation):
        return self._paginator(service, operation) is not None

    def _paginator(self, service, operation):
        try:
            model = self.driver.session.get_paginator_model(service)
            return model.get_paginator(operation)
        except ValueError:
            return None

    def paginate(self, service, operation, given, settings):
        """All pages put together; the CLI's options are named after botocore's settings."""
        options = []
        limit = self._paginator(service, operation).get("limit_key")
        for setting, value in settings.items():
            # The option would be the operation's own member then, and ask for a single page.
            if setting != limit:
                options += ["--" + xform_name(setting, "-"), str(value)]
        code, output, complaint = self.run(service, operation, given, *options)
        assert code == 0, complaint
        return json.loads(output)

    def expected(self, step):
        if "output" in step:
            return {"output": step["output"]}
        error = step["error"]
        return {"error": {"name": error["name"], "message": error["message"]}}


class Command(Client):
    """The CLI as a person has it, a command."""

    name = "the command aws"

    def start(self, arguments):
        command = [sys.executable, "-m", "awscli", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr
