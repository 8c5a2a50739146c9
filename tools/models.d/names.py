"""Names of members and operations as words: what an identifier is of, and of which kind."""

import re
from functools import cache

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")

# What a name ends with that holds an identifier, and the kind of that.
KINDS = {
    "id": "id",
    "ids": "id",
    "arn": "arn",
    "arns": "arn",
    "name": "name",
    "names": "name",
    "identifier": "identifier",
    "identifiers": "identifier",
    "url": "url",
    "urls": "url",
}

# `IdOrArn` and the like take either.
EITHER = re.compile(r"(id|arn|name)or(id|arn|name)s?$")

# The names of lists and of their items' shapes end so: `FunctionSummary` is of a function.
OF_ITEMS = ("summary", "detail", "info", "information", "item", "entry", "description", "metadata", "overview", "view")
# So does what a thing of its own is called by, a `VpcConfiguration`; as well as some items.
OF_OTHERS = ("configuration", "config", "list", "set", "result", "data", "record", "output", "properties", "type", "header")

# What stands between the resource that is listed and what it is listed by.
BETWEEN = {"for", "by", "in", "of", "with", "from", "to", "on", "associated", "using", "at", "via"}


@cache
def words(name):
    """`DBInstanceIDs` is `db`, `instance`, `ids`."""
    name = name.replace("IDs", "Ids").replace("ARNs", "Arns").replace("URLs", "Urls")
    return tuple(word.lower() for word in WORD.findall(name))


def singular(word):
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    # `Analysis` is one, and `RestApis` are several.
    if word.endswith(("apis", "uris")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > 2:
        return word[:-1]
    return word


def joined(parts):
    """Words as one, in the singular: names differ in where they have capitals."""
    parts = list(parts)
    if parts:
        parts[-1] = singular(parts[-1])
    return "".join(parts)


@cache
def identifier(name):
    """The words of what a member identifies, and the kind of its identifier; the kind is None for a
    name that doesn't end with one."""
    parts = words(name)
    if not parts:
        return (), None
    whole = "".join(parts)
    either = EITHER.search(whole)
    if either and "or" in parts:
        return parts[: parts.index("or") - 1], "identifier"
    kind = KINDS.get(parts[-1])
    return (parts[:-1], kind) if kind else (parts, None)


@cache
def operation(name):
    """The verb of an operation and the words of its resource; what it goes by and its version are left
    out."""
    parts = words(name)
    if parts[-2:] == ("v", "2"):
        parts = parts[:-2]
    verb, rest = parts[0], parts[1:]
    if verb == "batch" and rest:
        verb, rest = rest[0], rest[1:]
    for at, word in enumerate(rest):
        if at and word in BETWEEN:
            return verb, rest[:at]
    return verb, rest


def is_second(name):
    """Is it the second version of an operation, beside the first?"""
    return name.endswith("V2")


def bare(noun, endings=OF_ITEMS):
    """A noun, and the same without what the names of items end with."""
    found = [noun]
    while ending := next((it for it in endings if noun.endswith(it) and len(noun) > len(it) + 1), None):
        noun = singular(noun[: -len(ending)])
        found.append(noun)
    return found
