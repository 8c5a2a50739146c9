"""Every story of the sandbox, played by a client that nobody here wrote."""

import json
import unittest

import models
from sandbox import ROOT

SUCCESS = "success"


def files():
    return sorted((ROOT / "tests/cases").glob("*/sandbox/*.json"))


def suite(sandbox, client):
    """All stories, and after them whether they tell of everything there is."""
    met = set()
    tests = unittest.TestSuite()
    for file in files():
        tests.addTest(Story(sandbox, client, file, met))
    for operation in models.operations():
        tests.addTest(IsTold(client, operation, met))
    return tests


def shortest(sandbox, client):
    """For a slow client: the shortest story that has successes and errors."""
    told = [(file, json.loads(file.read_text("utf-8"))["steps"]) for file in files()]
    mixed = [
        (len(steps), file)
        for file, steps in told
        if 0 < sum("error" in step for step in steps) < len(steps)
    ]
    return unittest.TestSuite([Story(sandbox, client, min(mixed)[1], set())])


class Story(unittest.TestCase):
    maxDiff = None

    def __init__(self, sandbox, client, file, met):
        super().__init__()
        self.sandbox, self.client, self.file, self.met = sandbox, client, file, met

    def __str__(self):
        return f"{self.client.name} plays {self.file.relative_to(ROOT)}"

    def runTest(self):
        story = json.loads(self.file.read_text("utf-8"))
        service = self.file.parents[1].name
        self.sandbox.reset()
        for number, step in enumerate(story["steps"], 1):
            operation = step.get("operation") or story["operation"]
            self.sandbox.set_clock(step.get("after", 0))
            told = self.client.tell(service, operation, step)
            if "output" in told:
                for path in story.get("ignore", []):
                    leave_out(told["output"], path)
            self.assertEqual(told, self.client.expected(step), f"step {number}")
            name = told["error"]["name"] if "error" in told else SUCCESS
            self.met.add((service, operation, name))
            for text in texts(told.get("output")):
                self.met.add((service, operation, text))


class IsTold(unittest.TestCase):
    """An operation was called with success, and with each error and each code it can have."""

    def __init__(self, client, operation, met):
        super().__init__()
        self.client, self.operation, self.met = client, operation, met

    def __str__(self):
        return f"{self.client.name} met everything {self.operation.name} can answer"

    def runTest(self):
        operation = self.operation
        wanted = {SUCCESS, *operation.errors, *operation.codes}
        called = (operation.service, operation.name)
        self.assertEqual(set(), {it for it in wanted if (*called, it) not in self.met})


def leave_out(output, path):
    """Takes out a member that the story leaves open; where its structure is, it has to be."""
    structure, member = path.rsplit(".", 1)
    if structure in output:
        del output[structure][member]


def texts(value):
    """Every text in an output."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
