"""What the models that are built into the console say of each operation."""

import json
from dataclasses import dataclass

from sandbox import ROOT


def name(shape_id):
    return shape_id.split("#")[1]


@dataclass
class Operation:
    service: str
    name: str
    # The error shapes it can end in.
    errors: list[str]
    # The codes with which an entry of a batch can fail.
    codes: list[str]
    # An input that the fresh sandbox takes.
    example: dict
    is_read_only: bool
    # The member that a client fills with a token, so that a repetition does nothing.
    token: str | None
    # The members it pages by, if it does.
    pages: dict | None


def operations():
    """Every operation of every model."""
    found = []
    for file in sorted((ROOT / "src/api/models").glob("*.json")):
        found += _operations(json.loads(file.read_text("utf-8"))["shapes"])
    assert found
    return found


def _operations(shapes):
    service = next(shape for shape in shapes.values() if shape["type"] == "service")
    prefix = service["traits"]["aws.api#service"]["endpointPrefix"]
    for shape_id, shape in shapes.items():
        if shape["type"] != "operation":
            continue
        traits = shape["traits"]
        members = shapes[shape["input"]["target"]].get("members", {})
        tokens = [
            member
            for member, place in members.items()
            if "smithy.api#idempotencyToken" in place.get("traits", {})
        ]
        yield Operation(
            service=prefix,
            name=name(shape_id),
            errors=[name(error["target"]) for error in shape.get("errors", [])],
            codes=_codes(shapes, shape),
            example=traits["smithy.api#examples"][0]["input"],
            is_read_only="smithy.api#readonly" in traits,
            token=next(iter(tokens), None),
            pages=traits.get("smithy.api#paginated"),
        )


def _codes(shapes, operation):
    batch = operation["traits"].get("formsmith#batch")
    if batch is None:
        return []
    output = shapes[operation["output"]["target"]]
    failed = shapes[output["members"][batch["failed"]]["target"]]
    place = shapes[failed["member"]["target"]]
    for member in batch["code"].split("."):
        place = shapes[place["members"][member]["target"]]
    members = place.get("members", {}).items()
    return [
        member["traits"].get("smithy.api#enumValue", name) for name, member in members
    ]
