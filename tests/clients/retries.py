"""What a client repeats by itself and what it doesn't, and that it is done once."""

import unittest
from unittest import mock

import models

# How often the client sends a request at most.
ATTEMPTS = 3

# Faults that would be the same again, and the error each is told by.
REFUSALS = {
    "denied": "AccessDeniedException",
    "expired": "ExpiredTokenException",
    "skew": "InvalidSignatureException",
}


def suite(sandbox, client):
    tests = unittest.TestSuite()
    for operation in models.operations():
        if not operation.is_read_only:
            for fault in ["throttle", "fail-before"]:
                tests.addTest(Succeeds(sandbox, client, operation, fault, ATTEMPTS - 1))
                tests.addTest(GivesUp(sandbox, client, operation, fault, ATTEMPTS))
            if operation.token:
                # It was done, and the client can't know it.
                for fault in ["fail-after", "lost"]:
                    tests.addTest(Succeeds(sandbox, client, operation, fault, 1))
            for fault in REFUSALS:
                tests.addTest(NotRepeated(sandbox, client, operation, fault, 1))
    return tests


class Retried(unittest.TestCase):
    def __init__(self, sandbox, client, operation, fault, times):
        super().__init__()
        self.sandbox, self.client, self.operation = sandbox, client, operation
        self.fault, self.times = fault, times

    def __str__(self):
        return f"{self.client.name} calls {self.operation.name}, {self.times} times {self.fault}"

    def call(self, *faults):
        """The answer, what was done, and how often the client waited to try again."""
        self.sandbox.reset()
        self.sandbox.strike(*faults)
        service, name = self.operation.service, self.operation.name
        # Nothing becomes otherwise by waiting.
        with mock.patch("time.sleep") as sleep:
            told = self.client.tell(service, name, {"input": self.operation.example})
        return told, self.sandbox.done(), sleep.call_count

    def struck(self):
        return self.call({"fault": self.fault, "times": self.times})


class Succeeds(Retried):
    def runTest(self):
        told, done, _ = self.call()
        self.assertIn("output", told)
        self.assertTrue(done)
        struck, done_in_the_end, waits = self.struck()
        self.assertEqual(struck.keys(), told.keys())
        self.assertEqual(done_in_the_end, done)
        self.assertEqual(waits, self.times)


class GivesUp(Retried):
    def runTest(self):
        told, done, waits = self.struck()
        self.assertIn("error", told)
        self.assertEqual(done, {})
        self.assertEqual(waits, ATTEMPTS - 1)


class NotRepeated(Retried):
    def runTest(self):
        told, done, waits = self.struck()
        self.assertEqual(told["error"]["name"], REFUSALS[self.fault])
        self.assertEqual(done, {})
        self.assertEqual(waits, 0)
