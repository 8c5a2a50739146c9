"""Checks a service's picks against its model: every list only reads, and every path leads somewhere."""

import json
from functools import cache

from classes import classes

# Facts that have to stand in the picks, whatever is changed in how they are found: the service, the
# operation, the member, the list, the path of its items and that of the value.
FACTS = (
    ("ec2", "RunInstances", "SubnetId", "DescribeSubnets", "Subnets[]", "SubnetId"),
    ("ec2", "RunInstances", "SecurityGroupIds[]", "DescribeSecurityGroups", "SecurityGroups[]", "GroupId"),
    ("ec2", "StartInstances", "InstanceIds[]", "DescribeInstances", "Reservations[].Instances[]", "InstanceId"),
    ("iam", "GetRole", "RoleName", "ListRoles", "Roles[]", "RoleName"),
    ("iam", "DetachRolePolicy", "PolicyArn", "ListAttachedRolePolicies", "AttachedPolicies[]", "PolicyArn"),
    ("iam", "AttachRolePolicy", "PolicyArn", "ListPolicies", "Policies[]", "Arn"),
    ("lambda", "DeleteFunction", "FunctionName", "ListFunctions", "Functions[]", "FunctionName"),
    ("lambda", "CreateFunction", "VpcConfig.SubnetIds[]", "DescribeSubnets", "Subnets[]", "SubnetId"),
    ("lambda", "CreateFunction", "Role", "ListRoles", "Roles[]", "Arn"),
    ("s3", "DeleteBucket", "Bucket", "ListBuckets", "Buckets[]", "Name"),
    ("sqs", "SendMessage", "QueueUrl", "ListQueues", "QueueUrls[]", "@"),
    ("dynamodb", "DeleteTable", "TableName", "ListTables", "TableNames[]", "@"),
    ("ecs", "UpdateService", "service", "ListServices", "serviceArns[]", "@"),
    ("kms", "Encrypt", "KeyId", "ListAliases", "Aliases[]", "TargetKeyId"),
    ("eks", "DescribeNodegroup", "nodegroupName", "ListNodegroups", "nodegroups[]", "@"),
)
# What no list may fill: the names of what is made, and what only sounds like something else.
NEVER = (
    ("dynamodb", "CreateTable", "TableName"),
    ("s3", "CreateBucket", "Bucket"),
    ("events", "PutTargets", "Targets[].Id"),
    ("ec2", "DescribeSubnets", "Filters[].Name"),
    ("datazone", "UpdateDomainUnit", "identifier"),
)


def wrong(service, document, letters, picks, others):
    """What is wrong with the picks of a service; `others` is the folder of all models."""
    lists, fills = picks["lists"], picks["fills"]
    used = {number for members in fills.values() for numbers in members.values() for number in numbers}
    if used != set(range(len(lists))):
        yield "a list is missing, or fills nothing"
    for described in lists:
        name, of = described["operation"], described.get("service")
        where = _of_another(others, of) if of else (document, letters)
        yield from (f"{name}: {problem}" for problem in _list(*where, name, described))
    for name, members in fills.items():
        for path in members:
            if not _leads(document, name, "input", path):
                yield f"{name} takes no {path}"
    for _, name, path, *expected in (it for it in FACTS if it[0] == service):
        found = [lists[number] for number in fills.get(name, {}).get(path, ())]
        if expected not in [[it[key] for key in ("operation", "items", "value")] for it in found]:
            yield f"{name}: {path} isn't filled from {expected[0]}"
    for _, name, path in (it for it in NEVER if it[0] == service):
        if path in fills.get(name, {}):
            yield f"{name}: {path} is filled"


def _list(document, letters, name, described):
    if letters.get(name) != "r":
        yield "it does more than read"
    if not _leads(document, name, "output", described["items"]):
        yield f"its output has no {described['items']}"
    item = described["items"]
    for path in (described["value"], described.get("name", "@"), *described.get("about", ())):
        plain = path.split("[?")[0]
        if path != "@" and not _leads(document, name, "output", f"{item}.{plain}"):
            yield f"its items have no {path}"
    for member in (*described.get("input", ()), *described.get("narrow", ()), *described.get("with", ())):
        if not _leads(document, name, "input", member):
            yield f"it takes no {member}"


def _leads(document, name, part, path):
    """Does a path lead from an operation's input or output to a shape?"""
    shapes = document["shapes"]
    described = document["operations"].get(name, {})
    if part not in described:
        return False
    shape = shapes[described[part]["shape"]]
    for step in path.split("."):
        member = step.rstrip("[]{}")
        if shape["type"] == "map":
            # A key of the map.
            shape = shapes[shape["value"]["shape"]]
            continue
        if member not in shape.get("members", {}):
            return False
        shape = shapes[shape["members"][member]["shape"]]
        rest = step[len(member) :]
        while rest:
            inner = "member" if rest.startswith("[]") else "value"
            if inner not in shape:
                return False
            shape, rest = shapes[shape[inner]["shape"]], rest[2:]
    return True


@cache
def _of_another(folder, service):
    """A service's whole model, and the classes of its operations."""
    whole = {"operations": {}, "shapes": {}}
    for file in sorted((folder / "services" / service).glob("[0-9]*.json")):
        if not file.name.endswith(".docs.json"):
            part = json.loads(file.read_bytes())
            whole["operations"] |= part["operations"]
            whole["shapes"] |= part["shapes"]
    return whole, classes(service)
