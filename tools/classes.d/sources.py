"""The pinned packages that say what operations do, and what they say: words of evidence."""

import json
import re
import tarfile
import zipfile

import answers
from c2j import Wheel, protocol

LEVELS = {
    "Read": "Read",
    "List": "List",
    "Write": "Write",
    "Tagging, Write": "Tagging",
    "Permissions management, Write": "Permissions",
}
# Of several actions that an operation needs, the strictest says what it does.
STRICTER = ("List", "Read", "Tagging", "Write", "Permissions")

# What the name of an operation begins with that can't be undone. Never taken for the opposite.
DESTROYS = re.compile(
    r"(Admin|Batch|Bulk|Force|Initiate|Request|Schedule|Start|Async)?"
    r"(Delete|Terminate|Purge|Destroy|Erase|Wipe|Expunge|Discard|Forget|Deregister|Deprovision|Release"
    r"|Abort|Truncate|Drop|Empty)(?![a-z])"
    r"|(Schedule|Start|Initiate|Request)[A-Za-z]*(Delete|Deletion|Termination|Deprovision)(?![a-z])"
)


class Levels:
    """The access levels of IAM's actions, from the archive of the npm package."""

    def __init__(self, path):
        self.actions = {}
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                found = re.fullmatch(r"package/data/actions/(.+)\.json", member.name)
                if found:
                    actions = json.load(archive.extractfile(member)).values()
                    self.actions[found[1]] = {
                        action["name"].lower(): LEVELS[action["accessLevel"]] for action in actions
                    }

    def level(self, action):
        """The level of `prefix:Action`, or None."""
        prefix, _, name = action.partition(":")
        return self.actions.get(prefix, {}).get(name.lower())


def read_only(path):
    """What AWS's MCP server counts as reading: operations by service."""
    with zipfile.ZipFile(path) as wheel:
        listed = json.loads(wheel.read("awslabs/aws_api_mcp_server/core/data/api_metadata.json"))
    return {
        service: {name for name, facts in operations.items() if facts["type"] == "ReadOnly"}
        for service, operations in listed.items()
    }


class Sources:
    """All of them. `actions` is ours: which action of IAM an operation needs, by another name."""

    def __init__(self, botocore, levels, listed, actions):
        self.botocore, self.levels, self.actions = Wheel(botocore), Levels(levels), actions
        self.listed = read_only(listed)

    def operations(self):
        """Each operation as `service:Operation`, with its evidence."""
        for service in self.botocore.services:
            model = self.botocore.extended(service, "service-2")
            paginators = self.botocore.data(service, "paginators-1") or {"pagination": {}}
            waiters = self.botocore.data(service, "waiters-2") or {"waiters": {}}
            repeated = set(paginators["pagination"])
            repeated |= {waiter["operation"] for waiter in waiters["waiters"].values()}
            for name in model["operations"]:
                found = self._evidence(service, model, name, name in repeated)
                yield f"{service}:{name}", [word for word in found if word]

    def _evidence(self, service, model, name, repeated):
        operation = model["operations"][name]
        yield self._iam(service, model["metadata"], name)
        method = operation["http"]["method"]
        # In the other protocols everything is a POST.
        is_rest = protocol(model["metadata"]).startswith("rest")
        yield f"http:{method}" if is_rest and method != "POST" else None
        yield "list" if name in self.listed.get(service, ()) else None
        yield "trait" if operation.get("readonly") else None
        yield "pages" if repeated else None
        yield "token" if _has_token(model, operation) else None
        yield "name" if DESTROYS.match(name) else None
        yield answers.evidence(model, name)

    def _iam(self, service, metadata, name):
        prefix = metadata.get("signingName", metadata["endpointPrefix"])
        prefix = self.actions.get(service, [prefix])[0]
        actions = self.actions.get(f"{service}:{name}", [f"{prefix}:{name}"])
        levels = [self.levels.level(action) for action in actions]
        if f"{service}:{name}" in self.actions and None in levels:
            raise SystemExit(f"actions.txt: {service}:{name}: IAM has no such action as {actions}")
        known = [level for level in levels if level]
        return f"iam:{max(known, key=STRICTER.index)}" if known else None


def _has_token(model, operation):
    """Has the input a token that makes doing it twice doing it once? Reading needs none."""
    if "input" not in operation:
        return False
    shapes = model["shapes"]
    members = shapes[operation["input"]["shape"]].get("members", {}).values()
    return any(
        part.get("idempotencyToken") for member in members for part in (member, shapes[member["shape"]])
    )
