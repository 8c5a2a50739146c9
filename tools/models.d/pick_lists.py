"""Which operations list a service's resources, and what stands in their items."""

from dataclasses import dataclass, field

from names import BETWEEN, OF_ITEMS, OF_OTHERS, bare, identifier, joined, operation, singular, words

# Verbs of operations that list, the best first.
VERBS = ("list", "describe", "search", "get")

# What an item is called by, and what helps to tell it from others.
CALLED = ("name", "displayname", "title", "friendlyname", "alias", "label", "domainname")
ABOUT = (
    "description", "status", "state", "availabilityzone", "cidrblock", "engine", "runtime",
    "instancetype", "instanceclass", "platform", "version", "type", "createdat", "creationtime",
    "creationdate", "createddate", "createdtime", "createdon", "createtime",
)

# Members by which a list looks for a text by itself.
SEARCH = ("prefix", "contains", "substring")

# Too many to be listed whole, or of everybody: fixed members of the input, by list.
FIXED = {
    ("ec2", "DescribeImages"): {"Owners": ["self"]},
    ("ec2", "DescribeSnapshots"): {"OwnerIds": ["self"]},
    ("ec2", "DescribeFpgaImages"): {"Owners": ["self"]},
    ("rds", "DescribeDBClusterSnapshots"): {"IncludePublic": False},
}


# Words in the names of lists of things that are deleted or invalid.
UNUSABLE = ("recycle", "invalid", "deleted")
# They describe only what they are asked for by name.
ASKED_FOR = {("ecs", "DescribeClusters")}

# Members that set the page size, and the size asked for.
LIMITS = {"maxresults", "maxitems", "limit", "pagesize"}
PAGE = 50


@dataclass
class Source:
    """An operation that lists a resource, with one of the identifiers that its items have."""

    operation: str
    items: str
    value: str
    nouns: tuple
    kind: str
    is_exact: bool
    required: tuple
    optional: dict
    name: str | None = None
    about: tuple = ()
    search: str | None = None
    fixed: dict = field(default_factory=dict)
    # Is it of those only that its name says (`InRecycleBin`)?
    is_qualified: bool = False
    # Those of the required members that are lists or structures.
    nested: tuple = ()

    def is_scalar(self, member):
        return member not in self.nested


def sources(service, document, letters):
    """All that a service's operations list."""
    found = []
    for name in document["operations"]:
        if letters.get(name) == "r":
            found += _of(service, document, name)
    return found


def _of(service, document, name):
    described, shapes = document["operations"][name], document["shapes"]
    verb, rest = operation(name)
    if any(word in words(name) for word in UNUSABLE) or (service, name) in ASKED_FOR:
        return
    if verb not in VERBS or "output" not in described or described.get("deprecated") or not rest:
        return
    if verb != "list" and singular(rest[-1]) == rest[-1] and "pagination" not in described:
        # One resource, which has lists.
        return
    noun = joined(rest)
    taken = shapes[described["input"]["shape"]] if "input" in described else {}
    members = taken.get("members", {})
    fixed = dict(FIXED.get((service, name), {}))
    limit = described.get("pagination", {}).get("limit_key")
    for member in taken.get("required", ()):
        if member == limit or member.lower() in LIMITS:
            fixed[member] = min(shapes[members[member]["shape"]].get("max", PAGE), PAGE)
    required = tuple(member for member in taken.get("required", ()) if member not in fixed)
    optional = {
        member: reference["shape"]
        for member, reference in members.items()
        if member not in required and _is_scalar(shapes[reference["shape"]])
    }
    for path, shape in _items(shapes, described, noun):
        own = _nouns(noun, path, shape)
        facts = {
            "operation": name,
            "items": path,
            "required": required,
            "optional": optional,
            "search": _search(shapes, optional, own),
            "fixed": fixed,
            "nested": tuple(it for it in required if not _is_scalar(shapes[members[it]["shape"]])),
            "is_qualified": any(word in BETWEEN for word in words(name)[2:])
            and joined(words(name)[1:]) not in own,
        }
        item = shapes[shape]
        if item["type"] == "string":
            yield from _of_texts(path, own, facts)
            continue
        called = _called(shapes, item, own)
        about = _about(shapes, item)
        for member, kind, nouns, is_exact in _identifiers(shapes, item, own):
            other = called if called != member else None
            yield Source(value=member, kind=kind, nouns=nouns, is_exact=is_exact, name=other,
                         about=tuple(it for it in about if it != member), **facts)


def _is_scalar(shape):
    return shape["type"] in ("string", "integer", "long", "boolean")


def _items(shapes, described, noun):
    """The lists of an output that hold what the operation is named after: paths, and the items'
    shapes."""
    output = shapes[described["output"]["shape"]]
    lists = []
    for path, shape in _lists(shapes, output, "", 0):
        last = joined(words(_member(path)))
        lists.append((path, shape, last))
    keys = described.get("pagination", {}).get("result_key", [])
    keys = [keys] if isinstance(keys, str) else keys
    flat = [it for it in lists if "[]" not in it[0][:-2]]

    def is_named(found):
        path, shape, last = found
        return noun in (*bare(last, OF_ITEMS + OF_OTHERS), *bare(joined(words(shape)), OF_ITEMS + OF_OTHERS))

    chosen = [it for it in flat if is_named(it)][:1]
    if not chosen:
        # `MetricAlarms` and `CompositeAlarms` are both alarms.
        chosen = [it for it in flat if it[2].endswith(noun)][:2]
    if not chosen:
        # `Reservations[].Instances[]`: what is meant lies deeper.
        chosen = [it for it in lists if is_named(it)][:1]
    if not chosen and len(keys) == 1:
        chosen = [it for it in flat if it[0] == f"{keys[0]}[]"]
    if not chosen and len(flat) == 1:
        chosen = flat
    return [(path, shape) for path, shape, _ in chosen]


def _lists(shapes, structure, before, depth):
    for member, reference in structure.get("members", {}).items():
        shape = shapes[reference["shape"]]
        if shape["type"] == "list":
            item = shape["member"]["shape"]
            path = f"{before}{member}[]"
            if shapes[item]["type"] in ("structure", "string"):
                yield path, item
            if shapes[item]["type"] == "structure" and depth < 1:
                yield from _lists(shapes, shapes[item], f"{path}.", depth + 1)
        elif shape["type"] == "structure" and depth < 1:
            yield from _lists(shapes, shape, f"{before}{member}.", depth + 1)


def _member(path):
    """The member that a path of a list ends with."""
    return path.split(".")[-1].removesuffix("[]")


def _nouns(noun, path, shape):
    """What the items of a list may be called: by the operation, the member, the shape."""
    parts, _ = identifier(_member(path))
    found = dict.fromkeys([noun] if noun else [])
    found |= dict.fromkeys(bare(joined(parts)))
    found |= dict.fromkeys(bare(joined(words(shape))))
    found.pop("", None)
    found.pop("item", None)
    return tuple(found)


def _of_texts(path, own, facts):
    parts, kind = identifier(_member(path))
    noun = joined(parts)
    # `clusters: [string]` are names.
    if not kind:
        kind, noun = "name", own[0]
    if noun in own or not noun:
        yield Source(value="@", kind=kind, nouns=own, is_exact=noun == own[0], **facts)


def _identifiers(shapes, item, own):
    """The members that identify an item itself: their kinds, what they may be of, and whether that is
    the whole noun."""
    found = {}
    for member, reference in item.get("members", {}).items():
        if shapes[reference["shape"]]["type"] != "string":
            continue
        parts, kind = identifier(member)
        noun = joined(parts)
        if not kind:
            continue
        if noun in own:
            rank = 0
        elif not noun:
            rank = 1
        elif any(it.endswith(noun) for it in own):
            rank = 2
        else:
            continue
        if kind not in found or rank < found[kind][1]:
            found[kind] = (member, rank, noun)
    for kind, (member, rank, noun) in found.items():
        # The operation's noun comes first: it is what a list is of.
        nouns = own if not noun else tuple(dict.fromkeys([own[0], noun]))
        yield member, kind, nouns, rank < 2


def _called(shapes, item, own):
    """The path of what people call an item by."""
    names = {"".join(words(member)): member for member in item.get("members", {})}
    for wanted in (*(f"{noun}name" for noun in own), *CALLED):
        member = names.get(wanted)
        if member and shapes[item["members"][member]["shape"]]["type"] == "string":
            return member
    return _tag(shapes, item)


def _tag(shapes, item):
    for member, reference in item.get("members", {}).items():
        if "".join(words(member)) not in ("tags", "tagset", "taglist"):
            continue
        shape = shapes[reference["shape"]]
        if shape["type"] != "list":
            return f"{member}.Name" if shape["type"] == "map" else None
        pair = shapes[shape["member"]["shape"]].get("members", {})
        key = next((it for it in pair if it.lower() == "key"), None)
        value = next((it for it in pair if it.lower() == "value"), None)
        if key and value:
            return f"{member}[?{key}=='Name'].{value} | [0]"
    return None


def _about(shapes, item):
    names = {"".join(words(member)): member for member in item.get("members", {})}
    found = []
    for wanted in ABOUT:
        member = names.get(wanted)
        if not member:
            continue
        shape = shapes[item["members"][member]["shape"]]
        if shape["type"] == "string":
            found.append(member)
        elif shape["type"] == "structure" and wanted in ("status", "state"):
            inner = shape.get("members", {})
            found += [f"{member}.{it}" for it in ("Name", "Code", "State") if it in inner][:1]
    return found[:3]


def _search(shapes, optional, own):
    for member, shape in optional.items():
        if shapes[shape]["type"] != "string" or "enum" in shapes[shape]:
            continue
        parts = words(member)
        if parts[-1] in SEARCH and len(parts) > 1:
            noun = joined(part for part in parts[:-1] if part not in ("name", "identifier"))
            if not noun or noun in own:
                return member
    return None
