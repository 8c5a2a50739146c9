"""C2J, the form in which botocore's wheel describes services: reading it, taking a document apart
into model and documentation, and finding which shapes an operation reaches."""

import gzip
import json
import zipfile

# What the console needs of a client's own additions to a model. `SourceRegion` is a parameter of
# botocore, with which it signs a URL; it is no member of the request.
CLIENT_ONLY = "SourceRegion"

# A service's other files: the name here, which is where in it the content is, and botocore's name.
OTHERS = {"waiters": "waiters-2", "examples": "examples-1"}

# What is read of how an operation answers page by page.
PAGINATION = ("input_token", "output_token", "more_results", "limit_key", "result_key")

# botocore takes the first of these that a service speaks.
PROTOCOLS = ("json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query", "ec2")


def compact(value):
    """JSON without white space, as bytes; members stay in their order, which a form shows."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Wheel:
    """botocore's wheel: its version is in its name, its data in `botocore/data`."""

    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        self.names = set(self.archive.namelist())
        self.version = path.name.split("-")[1]
        versions = {}
        for name in self.names:
            match name.split("/"):
                case ["botocore", "data", service, version, "service-2.json.gz"]:
                    versions.setdefault(service, []).append(version)
        # Like botocore, the newest of several versions of a service's API.
        self.services = {service: max(versions[service]) for service in sorted(versions)}

    def read(self, name):
        """A file's bytes, or None."""
        return self.archive.read(name) if name in self.names else None

    def data(self, service, kind):
        """A service's file of one kind, or None."""
        stem = f"botocore/data/{service}/{self.services[service]}/{kind}"
        packed, plain = self.read(f"{stem}.json.gz"), self.read(f"{stem}.json")
        if packed is not None:
            plain = gzip.decompress(packed)
        return None if plain is None else json.loads(plain)

    def extended(self, service, kind):
        """A service's file with what botocore adds to it from the one for clients beside it."""
        document = self.data(service, kind)
        extras = self.data(service, f"{kind}.sdk-extras")
        if extras:
            _merge(document, extras["merge"])
        return document

    def model(self, service):
        """A service's model; operations that answer page by page say how, in `pagination`, and those
        that waiters ask have the names of these, in `waiters`."""
        document = self.extended(service, "service-2")
        pagination = (self.extended(service, "paginators-1") or {}).get("pagination", {})
        for name, operation in document["operations"].items():
            if name in pagination:
                known = pagination[name].items()
                operation["pagination"] = {key: it for key, it in known if key in PAGINATION}
        for name, waiter in self.other(service, "waiters").items():
            document["operations"][waiter["operation"]].setdefault("waiters", []).append(name)
        return document

    def other(self, service, name):
        """What a service's other file has, empty where there is none."""
        return (self.extended(service, OTHERS[name]) or {}).get(name) or {}


def _merge(base, extras):
    for key, value in extras.items():
        if key == CLIENT_ONLY:
            continue
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        else:
            base[key] = value


def protocol(metadata):
    """The protocol that botocore speaks with a service."""
    spoken = metadata.get("protocols", [metadata["protocol"]])
    return next(known for known in PROTOCOLS if known in spoken)


# Where documentation stands: a name, `*` for every name or place in a list.
DOCUMENTED = (
    (),
    ("clientContextParams", "*"),
    ("operations", "*"),
    ("operations", "*", "input"),
    ("operations", "*", "output"),
    ("operations", "*", "errors", "*"),
    ("shapes", "*"),
    ("shapes", "*", "member"),
    ("shapes", "*", "key"),
    ("shapes", "*", "value"),
    ("shapes", "*", "members", "*"),
)


def places(document, path):
    """The objects at a path, each with its own path; those of a list are named by their shapes."""
    if not path:
        yield (), document
        return
    name, rest = path[0], path[1:]
    if isinstance(document, list):
        entries = [(entry["shape"], entry) for entry in document]
    elif name == "*":
        entries = list(document.items())
    else:
        entries = [(name, document[name])] if name in document else []
    for key, value in entries:
        for inner, found in places(value, rest):
            yield (key, *inner), found


def take_documentation(document):
    """Takes the documentation out of a document, and returns it with the document's own structure:
    objects that hold only `documentation`, or others of the kind. An operation's errors are
    named by their shapes."""
    taken = {}
    for path in DOCUMENTED:
        for names, place in places(document, path):
            text = place.pop("documentation", "")
            if not text:
                continue
            inner = taken
            for name in names:
                inner = inner.setdefault(name, {})
            inner["documentation"] = text
    return taken


def references(shape):
    """The names of the shapes that a shape is made of, in its order."""
    for part in ("member", "key", "value"):
        if part in shape:
            yield shape[part]["shape"]
    for member in shape.get("members", {}).values():
        yield member["shape"]


def reached(document, operation):
    """The names of all shapes that an operation reaches, nearest first."""
    described = document["operations"][operation]
    pending = [described[part]["shape"] for part in ("input", "output") if part in described]
    pending += [error["shape"] for error in described.get("errors", [])]
    found = dict.fromkeys(pending)
    for name in pending:
        for other in references(document["shapes"][name]):
            if other not in found:
                found[other] = None
                pending.append(other)
    return found


def part(document, operations):
    """The document of some operations: all of the service's facts, these operations, and the
    shapes that they reach, in their order."""
    shapes = {}
    for operation in operations:
        shapes |= reached(document, operation)
    return {
        **document,
        "operations": {name: document["operations"][name] for name in operations},
        "shapes": {name: document["shapes"][name] for name in shapes},
    }


def part_of_documentation(documentation, model):
    """What a service's documentation says of a part of its model."""
    taken = {}
    for name, value in documentation.items():
        if name in ("operations", "shapes"):
            value = {inner: value[inner] for inner in model[name] if inner in value}
        if value:
            taken[name] = value
    return taken
