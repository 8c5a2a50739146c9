"""What is wrong with a `permissions.json`, by the model of its service."""

import re

from permissions import OF_A_PLACE, PLACEHOLDER
from picks import places


def wrong(document, made):
    arns = made["arns"]
    for arn in arns:
        if not arn.startswith("arn:") or "," in arn:
            yield f"{arn} is no template of one ARN"
    for name, needed in made["operations"].items():
        if name not in document["operations"]:
            yield f"there is no operation {name}"
            continue
        paths = {it.path for it in places(document, name, with_all=True)}
        for action in needed["actions"]:
            if not re.fullmatch(r"[a-z0-9-]+:\w+", action["action"]):
                yield f"{name}: {action['action']} is no action"
            resources = action.get("resources", [])
            for resource in resources:
                placeholders = set(PLACEHOLDER.findall(arns[resource["arn"]])) - OF_A_PLACE
                for placeholder, of in resource.get("parts", {}).items():
                    if placeholder not in placeholders:
                        yield f"{name}: no {placeholder} in {arns[resource['arn']]}"
                    for path in of:
                        if not path.startswith("keys(") and path not in paths:
                            yield f"{name}: no {path} in the input"
            for described in (action, *resources):
                for key, (_, path) in described.get("keys", {}).items():
                    if not any(it == path or it.startswith(path + ".") for it in paths):
                        yield f"{name}: no {path} in the input, for {key}"
