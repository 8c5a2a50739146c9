"""What is expected of an output."""

import re


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
    """What stands at a path such as `Reservations.0.Instances`; `{"at": …, "like": …}` is the part
    of a text that a pattern finds."""
    if isinstance(path, dict):
        return re.search(path["like"], at(value, path["at"]))[0]
    for name in path.split("."):
        value = value[int(name) if isinstance(value, list) else name]
    return value


def in_seconds(value):
    """Times without what is finer than seconds: moto takes some when it is asked."""
    if isinstance(value, dict):
        return {name: in_seconds(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_seconds(inner) for inner in value]
    if isinstance(value, str):
        return re.sub(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$", r"\1Z", value)
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
