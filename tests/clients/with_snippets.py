"""The suites of the same call elsewhere; run.py starts them."""

import os
import tempfile
import unittest

import any_operation
import snippets
import suites
from recorder import Recorder
from sandbox import Sandbox

# The calls for the CLI as a process: every so many of them, and the last, which is a long one.
STEP = 60

with Sandbox() as sandbox, Recorder() as recorder, tempfile.TemporaryDirectory() as folder:
    os.environ.pop("NO_PROXY", None)
    os.environ["http_proxy"] = recorder.url
    # Nothing else in the texts is other than a person has it.
    os.environ["AWS_ENDPOINT_URL"] = sandbox.url
    os.environ["AWS_MAX_ATTEMPTS"] = "1"
    calls = snippets.written(each=10)
    curl = snippets.Curl(folder, sandbox)
    command = snippets.Command(folder)
    others = [
        snippets.Others(sandbox, recorder, curl, calls, name)
        for name in vars(snippets.Others)
        if name.startswith(("curl_", "a_", "snippets_"))
    ]
    with snippets.Boto3() as boto3:

        def of(calls, tool):
            return snippets.suite(sandbox, recorder, calls, tool)

        suites.run(
            {
                "calls written for the AWS CLI": of(calls[:-1], snippets.InProcess()),
                "calls written for the command aws": of([*calls[:-1:STEP], calls[-1]], command),
                "calls written for boto3": of(calls, boto3),
                "calls written for curl": of(calls, curl),
                "calls of any operation": any_operation.suite(),
                "other texts": unittest.TestSuite(others),
            }
        )
