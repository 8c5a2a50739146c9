"""After which operations it makes sense to wait for what, and where the input of that is.

botocore's waiters say what is asked, how often and what the answers mean. They don't say after which
operation a person waits: that is inferred from names and shapes, and only where the operation and the
waiter are about the same resource and what identifies it stands in the input or the answer. A wrong
offer is worse than none."""

import re

from inverses import Shapes, identifier_path, identifiers_path
from names import KINDS, OF_ITEMS, bare, joined, operation, singular, words

# What a reading operation has beside the name of what it reads: `DescribeInstanceStatus`.
OF_READS = (*OF_ITEMS, "configuration", "health", "state", "status")

MAKES = {
    "allocate", "clone", "copy", "create", "import", "issue", "launch", "provision", "put", "register",
    "request", "reserve", "restore", "run", "start", "upload",
}  # fmt: skip
CHANGES = {
    "accept", "attach", "backtrack", "build", "complete", "continue", "decrease", "enable", "execute",
    "failover", "increase", "modify", "promote", "reboot", "reset", "resize", "restart", "resume",
    "rollback", "rotate", "switchover", "update",
}  # fmt: skip
REMOVES = {"delete", "deregister", "terminate"}
RESTS = {"cancel", "pause", "stop", "suspend"}

# The words of a waiter by which it waits for the end of a thing, or for its rest.
GONE = {"delete", "deleted", "deregistered", "inactive", "not", "terminated"}
RESTING = {"canceled", "cancelled", "offline", "paused", "stopped", "suspended"}
# What came to an end by itself, whatever end that was.
OVER = {"complete", "completed", "finished", "succeeded", "successful"}
# What is there as soon as it was made.
MADE = {"create", "created", "exists"}
# Words that fit one kind of change alone.
OF_VERBS = {
    "available": (MAKES | CHANGES | {"detach"}) - {"attach"},
    "blocked": set(),
    "detached": {"detach"},
    "execute": {"execute"},
    "import": {"import"},
    "imported": {"import"},
    "monitor": set(),
    "published": {"publish"},
    "restored": {"restore"},
    "rollback": {"rollback"},
    "unassigned": {"unassign"},
    "unrouted": set(),
    "update": {"modify", "update"},
    "updated": {"modify", "update"},
    "use": {"attach"},
}

# Optional members that say how to ask or on which condition, and not what about.
HOW = re.compile(
    r"(?i)(if[A-Z].*|.*token|marker|max.*|limit|page.*|partnumber|include.*|expand.*|filters?|range|versionlabel)"
)


def waiters(document, classes, found):
    """botocore's waiters by name, without what it tells people of them; each with `after`, where there
    is one: by operation the `input` to wait with then, and what may `narrow` it: JMESPath for each member
    over `input` and `output` of that operation. `classes` are letters by operation: what is asked again
    and again only reads."""
    made = {}
    for name, waiter in found.items():
        made[name] = {key: it for key, it in waiter.items() if key != "description"}
        asked = waiter["operation"]
        if classes.get(asked) != "r":
            continue
        changes = [it for it in document["operations"] if classes.get(it, "w") != "r" and _fits(name, it)]
        inputs = {change: _input(document, change, asked) for change in changes}
        after = {change: it for change, it in inputs.items() if it}
        if after:
            made[name]["after"] = after
    return made


def _fits(waiter, change):
    """Does a change lead to what is waited for, as far as names tell?"""
    verb, _ = operation(change)
    told = set(words(waiter))
    if any(word in told and verb not in verbs for word, verbs in OF_VERBS.items()):
        return False
    if told & GONE or verb in REMOVES:
        return bool(told & GONE) and verb in REMOVES
    if (told & RESTING and not told & OVER) or verb in RESTS:
        return bool(told & RESTING) and verb in RESTS
    if told & MADE:
        return verb in MAKES - {"start"}
    if verb == "detach":
        return bool(told & {"available", "detached"})
    return verb in MAKES | CHANGES


def _nouns(name):
    """What an operation is about, as one word in the singular, and the same without what reads add."""
    _, parts = operation(name)
    return bare(joined(parts), OF_READS) if parts else []


def _input(document, change, reading):
    """The input to ask with after a change; None where it can't be made."""
    done, asked = Shapes(document, change), Shapes(document, reading)
    nouns = _nouns(reading)
    verb, parts = operation(change)
    made = {}
    for member in asked.required:
        kind = asked.kind(asked.input[member])
        told = done.output.get(member)
        is_told = verb in MAKES and told and done.kind(told) == kind == "string"
        path = f"output.{member}" if is_told else _same(done, asked, member)
        path = path or _identifies(done, asked, nouns, member)
        if not path:
            return None
        made[member] = path
    if not any(_is_about(member, nouns) for member in made):
        others = [it for it in asked.input if it not in made and _is_about(it, nouns)]
        ways = [(it, _identifies(done, asked, nouns, it)) for it in others]
        # What is new has its identifier in the answer.
        ways = sorted((way for way in ways if way[1]), key=lambda way: "output." not in way[1])
        if ways:
            member, path = ways[0]
            made[member] = path
        elif not made or singular(reading) != reading:
            # It would wait for all that there are.
            return None
    # An operation that is called after something else tells of the resource under the resource's name.
    named = [re.match(r"\[?output\.(\w+)\.", path) for path in made.values()]
    is_named = any(it and joined(words(it[1])) in nouns for it in named)
    if joined(parts) not in nouns and not is_named:
        return None
    narrow = {}
    for member, reference in asked.input.items():
        is_how = asked.is_token(member, reference) or HOW.fullmatch(member)
        is_simple = asked.kind(reference) in ("string", "integer", "long")
        if member not in made and is_simple and not is_how and not _is_about(member, nouns):
            path = _same(done, asked, member)
            if path:
                narrow[member] = path
    return {"input": made} | ({"narrow": narrow} if narrow else {})


def _same(done, asked, member):
    same = done.input.get(member)
    is_same = same and not done.is_token(member, same) and done.kind(same) == asked.kind(asked.input[member])
    return f"input.{member}" if is_same else None


def _is_about(member, nouns):
    """Does it say which one is meant?"""
    parts = words(member)
    noun = joined(parts[:-1] if parts[-1] in KINDS else parts)
    return noun in nouns or not noun


def _identifies(done, asked, nouns, member):
    """Where a change says which one it is about: in its answer, or else in its input."""
    kind = asked.kind(asked.input[member])
    if kind == "string":
        return identifier_path(done, asked, member)
    if kind != ["string"]:
        return _same(done, asked, member)
    one = singular(member)
    told = done.output.get(one)
    if told and done.kind(told) == "string":
        return f"[output.{one}]"
    path = identifiers_path(done, asked, member) or _same(done, asked, member)
    if path or joined(words(member)) not in nouns:
        return path
    paths = (identifiers_path(done, asked, f"{one}{end}s") for end in ("Arn", "Id", "Name"))
    return next(filter(None, paths), None)
