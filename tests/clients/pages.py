"""Lists page by page: a client's own paginator gives what its caller gets by handing each token
through by hand."""

import unittest

import models


def suite(sandbox, client):
    tests = unittest.TestSuite()
    for operation in models.operations():
        if operation.pages:
            tests.addTest(Pages(sandbox, client, operation))
    return tests


class Pages(unittest.TestCase):
    maxDiff = None

    def __init__(self, sandbox, client, operation):
        super().__init__()
        self.sandbox, self.client, self.operation = sandbox, client, operation
        self.pages = operation.pages
        self.given = dict(operation.example)
        self.given.pop(self.pages["pageSize"], None)

    def __str__(self):
        return f"{self.client.name} walks {self.operation.name}"

    def runTest(self):
        self.sandbox.reset()
        whole = self.by_hand({})
        self.assertTrue(whole)
        if not self.client.has_paginator(self.operation.service, self.operation.name):
            self.assertEqual(self.by_hand({self.pages["pageSize"]: 1}), whole)
            return
        for settings in {}, {"PageSize": 1}, {"PageSize": 3}:
            self.assertEqual(self.items(self.paginate(settings)), whole)
        # It goes on in the middle of a page.
        self.assertEqual(self.resumed({"PageSize": 2, "MaxItems": 3}), whole)

    def items(self, output):
        return output[self.pages["items"]]

    def by_hand(self, size):
        items, place = [], {}
        while place is not None:
            step = {"input": self.given | size | place}
            told = self.client.tell(self.operation.service, self.operation.name, step)
            items += self.items(told["output"])
            token = told["output"].get(self.pages["outputToken"])
            place = {self.pages["inputToken"]: token} if token else None
        return items

    def paginate(self, settings):
        operation = self.operation
        return self.client.paginate(operation.service, operation.name, self.given, settings)

    def resumed(self, settings):
        """Some items at a time, beginning where the client says."""
        items, place = [], {}
        while place is not None:
            output = self.paginate(settings | place)
            items += self.items(output)
            token = output.get("NextToken")
            place = {"StartingToken": token} if token else None
        return items
