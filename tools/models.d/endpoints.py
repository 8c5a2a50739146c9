"""Endpoint rule sets. Most differ only in the first part of the host, so that becomes a parameter
of the rule set, `HostPrefix`, and what is then the same is stored once. What operations say of the
other parameters stands with them, so that rules and an input are all it takes."""

import re
from collections import Counter

from c2j import compact

PARAMETER = "HostPrefix"
_REFERENCE = "{" + PARAMETER + "}"
_HOST = re.compile(r"https://([a-z0-9.-]+?)(?:-fips)?\.\{")


def _strings(value, change):
    """The rule set with each of its strings changed, given with the member it stands in."""

    def walk(value, member):
        if isinstance(value, dict):
            return {key: walk(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, member) for inner in value]
        return change(value, member) if isinstance(value, str) else value

    return walk(value, None)


def host_prefix(rules):
    """What most of the rule set's hosts begin with; None where they begin with a variable."""
    seen = Counter()

    def note(text, _):
        found = _HOST.match(text)
        if found:
            seen[found[1]] += 1
        return text

    _strings(rules, note)
    return max(seen, key=lambda prefix: (seen[prefix], -len(prefix), prefix), default=None)


def contexts(document):
    """What operations say of parameters, by operation and parameter: `{"value": …}`, or the path in
    the input where the value stands. Of several, botocore's order: the operation's own value, a
    member of the input, a path."""
    found = {}
    for name, operation in document["operations"].items():
        sources = {
            parameter: described["path"]
            for parameter, described in operation.get("operationContextParams", {}).items()
        }
        members = {}
        if "input" in operation:
            members = document["shapes"][operation["input"]["shape"]].get("members", {})
        for member, reference in members.items():
            if "contextParam" in reference:
                sources[reference["contextParam"]["name"]] = member
        for parameter, described in operation.get("staticContextParams", {}).items():
            sources[parameter] = {"value": described["value"]}
        if sources:
            found[name] = sources
    return found


def shared(rules, prefix):
    """The rule set without its documentation, and with the prefix as a parameter. It stays a
    complete rule set: references in braces are part of their language."""
    parameters = {
        name: {key: value for key, value in described.items() if key != "documentation"}
        for name, described in rules["parameters"].items()
    }
    rules = {**rules, "parameters": parameters}
    if prefix is None:
        return rules
    start = re.compile(r"https://" + re.escape(prefix) + r"(?=(?:-fips)?\.)")

    def change(text, member):
        if member == "signingName" and text == prefix:
            return _REFERENCE
        return start.sub("https://" + _REFERENCE, text)

    rules = _strings(rules, change)
    rules["parameters"] |= {PARAMETER: {"required": True, "type": "string"}}
    return rules


def filled(rules, prefix):
    """The inverse of `shared`, but for documentation."""
    if prefix is None:
        return rules
    rules = _strings(rules, lambda text, _: text.replace(_REFERENCE, prefix))
    rules["parameters"] = {k: v for k, v in rules["parameters"].items() if k != PARAMETER}
    return rules


class Shared:
    """The distinct rule sets, numbered as they come."""

    def __init__(self):
        self.numbers = {}

    def add(self, rules, own_contexts):
        """Where a service's rules stand, for the index."""
        prefix = host_prefix(rules)
        rules = shared(rules, prefix)
        if own_contexts:
            rules["contexts"] = own_contexts
        document = compact(rules)
        number = self.numbers.setdefault(document, len(self.numbers))
        return {"rules": number} | ({"hostPrefix": prefix} if prefix else {})
