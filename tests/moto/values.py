"""Inputs and outputs as JSON, and what is expected of them."""

import base64
import re
from datetime import datetime, timezone


def from_json(value, shape):
    """An input as botocore wants it: JSON has blobs as base64."""
    return _walk(value, shape, lambda text: base64.b64decode(text), lambda time: time)


def to_json(value, shape):
    """botocore's output as JSON: blobs as base64, times as ISO 8601 in UTC with whole seconds."""

    def blob(it):
        data = it if isinstance(it, bytes) else it.read()
        return base64.b64encode(data).decode()

    return _walk(value, shape, blob, _time)


def with_times(value, shape):
    """JSON of somebody else's with times as `to_json` writes them, whether text or a number."""
    return _walk(value, shape, lambda text: text, _time)


def _time(value):
    if isinstance(value, str):
        value = datetime.fromisoformat(value.replace("Z", "+00:00"))
    elif isinstance(value, (int, float)):
        value = datetime.fromtimestamp(value, timezone.utc)
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _walk(value, shape, blob, time):
    if value is None or shape is None or getattr(shape, "is_document_type", False):
        return value
    match shape.type_name:
        case "structure":
            members = {**shape.members}
            return {k: _walk(v, members.get(k), blob, time) for k, v in value.items()}
        case "list":
            return [_walk(inner, shape.member, blob, time) for inner in value]
        case "map":
            return {k: _walk(v, shape.value, blob, time) for k, v in value.items()}
        case "blob":
            return blob(value)
        case "timestamp":
            return time(value)
    return value


def filled(value, saved):
    """A part of a case with `${name}` replaced by what was saved under that name."""
    if isinstance(value, dict):
        return {key: filled(inner, saved) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, saved) for inner in value]
    if not isinstance(value, str):
        return value
    # Alone it may be any value, within a text it is text.
    alone = re.fullmatch(r"\$\{(\w+)\}", value)
    if alone:
        return saved[alone[1]]
    return re.sub(r"\$\{(\w+)\}", lambda found: str(saved[found[1]]), value)


def at(value, path):
    """What stands at a path such as `Reservations.0.Instances`."""
    for name in path.split("."):
        value = value[int(name) if isinstance(value, list) else name]
    return value


def departure(expected, found, place=""):
    """Where what was found is not as expected, in words, or None. Members that are not expected
    may be there; lists are as long as expected. `{"$like": …}` is a pattern that a text has to
    match, `{"$has": […]}` what a list holds in any place, `{"$none": true}` what is not there."""
    here = place or "the output"
    if isinstance(expected, dict):
        if "$like" in expected:
            holds = isinstance(found, str) and re.search(expected["$like"], found)
            return None if holds else f"{here} is {found!r}, not like {expected['$like']!r}"
        if "$has" in expected:
            for one in expected["$has"]:
                if all(departure(one, other) for other in found or []):
                    return f"{here} has no {one!r}: {found!r}"
            return None
        if not isinstance(found, dict):
            return f"{here} is {found!r}, not an object"
        for name, inner in expected.items():
            inner_place = f"{place}.{name}".lstrip(".")
            if inner == {"$none": True}:
                if name in found:
                    return f"{inner_place} is there: {found[name]!r}"
                continue
            if name not in found:
                return f"{inner_place} is missing; there are {sorted(found)}"
            wrong = departure(inner, found[name], inner_place)
            if wrong:
                return wrong
        return None
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return f"{here} is {found!r}, not {len(expected)} elements"
        pairs = zip(expected, found)
        wrong = (departure(e, f, f"{place}.{n}") for n, (e, f) in enumerate(pairs))
        return next((it for it in wrong if it), None)
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return None if same else f"{here} is {found!r}, not {expected!r}"
