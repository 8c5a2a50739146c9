"""Requests that are not signed as the sandbox's credentials would have it. The right ones pass in
every story."""

import os
import unittest
from datetime import datetime, timedelta, timezone
from unittest import mock

import models


def suite(sandbox, client_class):
    firsts = {}
    for operation in models.operations():
        firsts.setdefault(operation.service, operation)
    cases = [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, 0, "InvalidSignatureException"),
        ({"AWS_ACCESS_KEY_ID": "AKIDOTHER"}, 0, "UnrecognizedClientException"),
        ({"AWS_SESSION_TOKEN": "of-another"}, 0, "UnrecognizedClientException"),
        ({}, 6, "InvalidSignatureException"),
        ({}, -6, "InvalidSignatureException"),
    ]
    tests = unittest.TestSuite()
    for operation in firsts.values():
        for case in cases:
            tests.addTest(Refused(sandbox, client_class, operation, *case))
    return tests


class Refused(unittest.TestCase):
    def __init__(self, sandbox, client_class, operation, settings, minutes, error):
        super().__init__()
        self.sandbox, self.client_class, self.operation = sandbox, client_class, operation
        self.settings, self.minutes, self.error = settings, minutes, error

    def __str__(self):
        wrong = ", ".join(self.settings) or f"{self.minutes} minutes off"
        return f"{self.client_class.name} calls {self.operation.name} with {wrong}"

    def runTest(self):
        self.sandbox.reset()
        moment = datetime.now(timezone.utc) + timedelta(minutes=self.minutes)
        with (
            mock.patch.dict(os.environ, self.settings),
            mock.patch("botocore.auth.get_current_datetime", return_value=moment),
        ):
            client = self.client_class(self.sandbox.url)
            step = {"input": self.operation.example}
            told = client.tell(self.operation.service, self.operation.name, step)
        self.assertEqual(told["error"]["name"], self.error)
        self.assertEqual(self.sandbox.done(), {})
