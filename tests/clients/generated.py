"""Inputs made from the models, in the types that they want, with the texts that tools stumble
over wherever a text may stand."""

import json
import random

from models import name
from sandbox import ROOT

HOSTILE = json.loads((ROOT / "tests/cases/hostile.json").read_text("utf-8"))
CHARACTERS = "'\"\\$`!\n-@=,{}[]#%&|;<> ~*?()a\u00e9\U0001f389\x01\x7f"


def calls(each):
    """So many inputs for every operation, as `snippets` has them: the same every time."""
    for file in sorted((ROOT / "src/api/models").glob("*.json")):
        shapes = json.loads(file.read_text("utf-8"))["shapes"]
        service = next(shape for shape in shapes.values() if shape["type"] == "service")
        prefix = service["traits"]["aws.api#service"]["endpointPrefix"]
        for shape_id, shape in shapes.items():
            if shape["type"] != "operation":
                continue
            operation = name(shape_id)
            examples = [one["input"] for one in shape["traits"]["smithy.api#examples"]]
            for number in range(each):
                chance = random.Random(f"{operation} {number}")
                given = Given(shapes, chance).structure(shape["input"]["target"])
                example = chance.choice(examples) | token(shapes, shape, number)
                # A third are what the fresh sandbox takes, a third are that with more in it.
                given = [given, given | example, example][number % 3]
                yield {
                    "service": prefix,
                    "operation": operation,
                    "region": "us-east-1",
                    "input": given,
                }


def token(shapes, operation, number):
    """An idempotency token, where there is one."""
    members = shapes[operation["input"]["target"]].get("members", {})
    return {
        member: f"token-{number}"
        for member, place in members.items()
        if "smithy.api#idempotencyToken" in place.get("traits", {})
    }


class Given:
    def __init__(self, shapes, chance):
        self.shapes, self.chance = shapes, chance

    def structure(self, target):
        given = {}
        for member, place in self.shapes[target].get("members", {}).items():
            traits = place.get("traits", {})
            # The CLI asks for those that are required; the others only lose by being there.
            needed = {"smithy.api#required", "smithy.api#idempotencyToken"} & set(traits)
            if needed or self.chance.random() < 0.4:
                given[member] = self.value(place["target"])
        return given

    def value(self, target):
        shape = self.shapes.get(target) or {"type": name(target).lower()}
        kind = shape["type"]
        if kind == "structure":
            return self.structure(target)
        if kind == "list":
            count = self.chance.randrange(4)
            return [self.value(shape["member"]["target"]) for _ in range(count)]
        if kind == "map":
            count = self.chance.randrange(4)
            value = shape["value"]["target"]
            return {self.text(): self.value(value) for _ in range(count)}
        if kind == "boolean":
            return self.chance.random() < 0.5
        if kind in ("integer", "long"):
            return self.chance.randrange(-3, 120)
        if kind == "timestamp":
            # As AWS's clients write it, whatever they were given.
            return f"20{self.chance.randrange(10, 99)}-01-02T03:04:05Z"
        assert kind in ("string", "enum"), kind
        return self.text()

    def text(self):
        if self.chance.random() < 0.3:
            count = self.chance.randrange(12)
            return "".join(self.chance.choice(CHARACTERS) for _ in range(count))
        count = self.chance.randrange(1, 3)
        return "".join(self.chance.choice(HOSTILE) for _ in range(count))
