"""Which operation takes back what another does, from names and shapes.

An inverse is said only where its whole input can be made of the input and the answer of what it
takes back. Where it takes more than that, it could take back more than was done, so such members
are looked for as carefully as those that it needs."""

import re

from names import WORD, singular

# How the names of operations begin, and how those begin that take them back.
BOTH = (
    ("Activate", "Deactivate"),
    ("Add", "Remove"),
    ("Assign", "Unassign"),
    ("Associate", "Disassociate"),
    ("Attach", "Detach"),
    ("Authorize", "Revoke"),
    ("Connect", "Disconnect"),
    ("Enable", "Disable"),
    ("Grant", "Revoke"),
    ("Link", "Unlink"),
    ("Lock", "Unlock"),
    ("Register", "Deregister"),
    ("Share", "Unshare"),
    ("Start", "Stop"),
    ("Subscribe", "Unsubscribe"),
    ("Suspend", "Resume"),
)
ONE = (
    ("Allocate", "Release"),
    ("Create", "Delete"),
    ("Run", "Terminate"),
    ("Tag", "Untag"),
)
BEGINNINGS = {}
for one, other in (*BOTH, *ONE):
    BEGINNINGS.setdefault(one, []).append(other)
for one, other in BOTH:
    BEGINNINGS.setdefault(other, []).append(one)
# AddUserToGroup, RemoveUserFromGroup.
BETWEEN = {"To": "From", "From": "To", "With": "From", "In": "From"}

# What these take back comes back unchanged only if all that made it is known: an inverse may leave
# out nothing but this.
AGAIN = {other for _, other in BOTH}
LEFT_OUT = re.compile(r"(?i)(tags|tagspecifications|tagset|description|reason|force|comment|additionalinfo)")
# What makes a thing of its own, or starts one: the thing has more to it than what it is called.
MAKES = {"Allocate", "Create", "Register", "Run", "Start"}

# Members that say how to send, and not what about.
NOT_ABOUT = {"dryrun", "clienttoken", "clientrequesttoken", "idempotencytoken", "token"}


def inverses(document, classes):
    """For each operation that another takes back that one's name and input: JMESPath for each
    member, over `input` and `output` of what is taken back. `classes` are letters by operation."""
    operations = document["operations"]
    found = {}
    for name in operations:
        if classes.get(name, "w") == "r":
            continue
        for other in _named(name):
            if other not in operations or other == name or classes.get(other, "w") == "r":
                continue
            made = _input(document, name, other)
            if made:
                found[name] = {"operation": other, "input": made}
                break
    return found


def _named(name):
    """What operations could be called that take back what one of this name does."""
    words = WORD.findall(name)
    batch = words[:1] if words[0] == "Batch" else []
    words = words[len(batch) :]
    for beginning in BEGINNINGS.get(words[0], []):
        rest = words[1:]
        yield "".join([*batch, beginning, *rest])
        yield "".join([*batch, beginning, *rest]) + "s"
        for at, word in enumerate(rest):
            if word in BETWEEN:
                yield "".join([*batch, beginning, *rest[:at], BETWEEN[word], *rest[at + 1 :]])


class Shapes:
    def __init__(self, document, name):
        self.shapes = document["shapes"]
        operation = document["operations"][name]
        self.input = self.members(operation.get("input"))
        self.required = self._of(operation.get("input")).get("required", [])
        self.output = self.members(operation.get("output"))
        self.noun = re.sub(r"^(Batch)?[A-Z][a-z]+", "", name)

    def _of(self, reference):
        return self.shapes[reference["shape"]] if reference else {}

    def members(self, reference):
        shape = self._of(reference)
        return shape.get("members", {}) if shape.get("type") == "structure" else {}

    def kind(self, reference, depth=0):
        """What a value looks like, so that one can stand in the place of another."""
        shape = self._of(reference)
        kind = shape["type"]
        if depth > 3:
            return kind
        if kind == "list":
            return [self.kind(shape["member"], depth + 1)]
        if kind == "map":
            return {"map": self.kind(shape["value"], depth + 1)}
        if kind == "structure":
            return {name: self.kind(it, depth + 1) for name, it in shape["members"].items()}
        return kind

    def is_token(self, name, reference):
        return reference.get("idempotencyToken") or name.lower() in NOT_ABOUT

    def item(self, reference):
        shape = self._of(reference)
        return shape.get("member") if shape.get("type") == "list" else None


def _input(document, name, other):
    """The inverse's input, or None where a part of it can't be made."""
    done, undo = Shapes(document, name), Shapes(document, other)
    made = {}
    for member, reference in undo.input.items():
        if undo.is_token(member, reference):
            continue
        path = _path(done, undo, member, reference)
        if path:
            made[member] = path
        elif member in undo.required:
            return None
    left = [it for it in undo.input if it not in made and not undo.is_token(it, undo.input[it])]
    made = _once(undo, made)
    verb = next(word for word in WORD.findall(name) if word != "Batch")
    unused = [it for it in done.required if not _is_used(it, made)]
    if verb in AGAIN:
        is_about_tags = "Tag" in name
        if unused or is_about_tags or not all(map(LEFT_OUT.fullmatch, left)):
            return None
    elif not any("output." in path for path in made.values()):
        # What only the input tells has to be all that the input says which one is meant by.
        if any(verb not in MAKES or _is_identifier(it) for it in unused):
            return None
    # A list or structure that is left out would say which parts are meant.
    is_simple = all(isinstance(undo.kind(undo.input[it]), str) for it in left)
    if verb not in MAKES and not is_simple:
        return None
    identifies = [it for it in made if _is_identifier(it) or it in undo.required]
    return made if identifies else None


def _once(undo, made):
    """Where the answer names what was made, and the input does, too, services take one of both."""
    optional = {it: path for it, path in made.items() if it not in undo.required}
    has_one = any(path.startswith("output.") and "[]" not in path for path in optional.values())
    has_parts = any(
        path.startswith("input.") and not isinstance(undo.kind(undo.input[it]), str)
        for it, path in optional.items()
    )

    def is_kept(member, path):
        if member not in optional:
            return True
        if path.startswith("input."):
            return not (has_one and re.search(r"(?i)(ip|id|arn|name)$", member))
        return not (has_parts and "[]" in path)

    return {member: path for member, path in made.items() if is_kept(member, path)}


def _is_identifier(member):
    return bool(re.search(r"(?i)(id|ids|arn|arns|name|names|identifier)$", member))


def _is_used(member, made):
    return any(re.search(rf"\binput\.{member}\b", path) for path in made.values())


def _path(done, undo, member, reference):
    kind = undo.kind(reference)
    same = done.input.get(member)
    if same and not done.is_token(member, same) and done.kind(same) == kind:
        return f"input.{member}"
    if member in ("TagKeys", "tagKeys", "TagKeyList", "tagKeyList") and kind == ["string"]:
        return _keys(done)
    if not _is_identifier(member) and member not in undo.required:
        return None
    if kind == "string":
        return identifier_path(done, undo, member)
    if kind == ["string"]:
        return identifiers_path(done, undo, member)
    return None


def _keys(done):
    """The keys of the tags that were set."""
    for member, reference in done.input.items():
        if member.lower() not in ("tags", "taglist", "resourcetags"):
            continue
        kind = done.kind(reference)
        if isinstance(kind, dict) and "map" in kind:
            return f"keys(input.{member})"
        if isinstance(kind, list) and isinstance(kind[0], dict):
            key = next((key for key in kind[0] if key.lower() in ("key", "tagkey")), None)
            return f"input.{member}[].{key}" if key else None
    return None


def _names(noun, member):
    """What an identifier is called by its own resource: `VolumeId` is a volume's `VolumeId` or
    `Id`."""
    yield member
    if member.lower().startswith(noun.lower()) and len(member) > len(noun):
        rest = member[len(noun) :]
        rest = {"identifier": "Id"}.get(rest.lower(), rest)
        yield rest
        yield rest[0].lower() + rest[1:]
        if rest == "Id":
            yield "identifier"


def identifier_path(done, undo, member):
    noun = singular(undo.noun)
    for name in _names(noun, member):
        top = done.output.get(name)
        if top and done.kind(top) == "string":
            return f"output.{name}"
    for name in _names(noun, member):
        inner = []
        for outer, reference in done.output.items():
            found = done.members(reference).get(name)
            if found and done.kind(found) == "string":
                # Of several parts of an answer the one that is called as what was made.
                inner.append((outer.lower() != noun.lower(), outer))
        own = sorted(inner)
        if own and (len(own) == 1 or not own[0][0]):
            if name == member or not own[0][0]:
                return f"output.{own[0][1]}.{name}"
    for name in _names(noun, member):
        given = done.input.get(name)
        if given and done.kind(given) == "string" and not done.is_token(name, given):
            return f"input.{name}"
    return None


def identifiers_path(done, undo, member):
    """A list of identifiers, from a list in the answer, or of the one that there is."""
    one = singular(member)
    if one == member or not _is_identifier(member):
        return None
    for outer, reference in done.output.items():
        item = done.item(reference)
        found = item and done.members(item).get(one)
        if found and done.kind(found) == "string":
            return f"output.{outer}[].{one}"
    path = identifier_path(done, undo, one)
    return f"[{path}]" if path else None
