"""Which list fills which member of a service's inputs: `picks.json`, as docs/models.md describes it."""

import re
from dataclasses import dataclass, field

import pick_rules as rules
from names import identifier, is_second, joined, operation, singular, words
from pick_lists import VERBS, Source, sources

# The kinds of identifiers that a member takes, the best first.
TAKES = {
    "id": ("id",),
    "arn": ("arn",),
    "name": ("name",),
    "url": ("url",),
    "identifier": ("identifier", "id", "arn"),
}
DEEPEST = 6
# The most lists for a member that takes any resource.
MOST = 8

TAG = re.compile(r"<[^>]*>")
OF_IT = re.compile(r"\b(?:names?|ARNs?|IDs?|identifiers?|Amazon Resource Names?)\b[^.]{0,60}?\b(?:of|for)\b", re.I)
SAID = {"name": "name", "id": "id", "identifier": "identifier", "arn": "arn", "resource name": "arn"}


@dataclass
class Place:
    """A value in an operation's input."""

    path: str
    member: str
    # The structures it stands in, the innermost first: their paths and shapes.
    around: tuple
    # Words of the members it stands in.
    outer: tuple
    is_required: bool
    # Any text, and not one of a few values, a number or a flag.
    is_text: bool


def picks(service, document, letters, documentation=None):
    """A service's lists, and what they fill."""
    finder = Finder(service, document, letters, documentation)
    lists, numbers, fills = [], {}, {}
    for name in document["operations"]:
        found = {}
        for place in places(document, name):
            chosen = []
            for described in finder.lists(name, place):
                key = repr(described)
                if key not in numbers:
                    numbers[key] = len(lists)
                    lists.append(described)
                chosen.append(numbers[key])
            if chosen:
                found[place.path] = chosen
        if found:
            fills[name] = found
    return {"lists": lists, "fills": fills}


def places(document, name, with_all=False):
    """All texts of an operation's input; or all values."""
    described, shapes = document["operations"][name], document["shapes"]
    if "input" in described:
        structure = described["input"]["shape"]
        found = _within(shapes, structure, "", (), (), True, (structure,))
        yield from (it for it in found if it.is_text or with_all)


def _within(shapes, structure, before, around, outer, is_required, seen):
    shape = shapes[structure]
    members = shape.get("members", {})
    around = ((before, structure, shape), *around)
    needed = shape.get("required", ())
    for member, reference in members.items():
        path = f"{before}.{member}" if before else member
        needs = is_required and member in needed
        yield from _at(shapes, reference["shape"], path, member, around, outer, needs, seen)


def _at(shapes, name, path, member, around, outer, is_required, seen):
    shape = shapes[name]
    match shape["type"]:
        case "string" | "integer" | "long" | "boolean":
            is_text = shape["type"] == "string" and "enum" not in shape
            yield Place(path, member, around, outer, is_required, is_text)
        case "structure":
            if name not in seen and len(seen) < DEEPEST:
                yield from _within(
                    shapes, name, path, around, (member, *outer), is_required, (*seen, name)
                )
        case "list" | "map":
            is_list = shape["type"] == "list"
            inner = shape["member" if is_list else "value"]["shape"]
            path += "[]" if is_list else "{}"
            yield from _at(shapes, inner, path, member, around, outer, is_required, seen)


@dataclass
class Found:
    """A list, and what of a form it is asked with."""

    source: Source
    needed: dict = field(default_factory=dict)
    narrow: dict = field(default_factory=dict)
    filters: dict = field(default_factory=dict)
    is_exact: bool = True


class Finder:
    """Finds what fills a member."""

    def __init__(self, service, document, letters, documentation):
        self.service, self.document = service, document
        self.documentation = (documentation or {}).get("shapes", {})
        self.by_noun = {}
        # What there are lists of, usable or not.
        self.listed = {joined(operation(name)[1]) for name in document["operations"]
                       if operation(name)[0] in VERBS}
        self.resources = []
        for source in sources(service, document, letters):
            for noun in source.nouns:
                self.by_noun.setdefault((noun, source.kind), []).append(source)
            if source.kind == "arn" and source.is_exact:
                self.resources.append(source)
        # Half of them would be a list in which most are missing.
        whole = [it for it in self.resources if not it.required and not it.is_qualified]
        self.resources = whole if 2 * len(whole) > len(self.resources) else []
        self.prefixes = {"".join(words(it)) for it in rules.prefixes(service, document)}

    def lists(self, name, place):
        """The lists for a place, the best first."""
        if is_new(name, place):
            return []
        if is_of_any(name, place):
            return [_list(Found(source)) for source in self.resources[:MOST]]
        own = rules.own(self.service, place)
        if own:
            return own
        for noun, kinds in self._keys(name, place):
            usable = self._usable(name, place, noun, kinds)
            # A `SecretId` is an ARN or a name.
            usable = usable or self._usable(name, place, noun, self._documented(place))
            usable = rules.chosen(self.service, name, usable)
            if usable:
                return self._best(name, noun, usable)
        return rules.elsewhere(self.service, name, place)

    def _usable(self, name, place, noun, kinds):
        for kind in kinds:
            found = [self._found(name, it, place, noun) for it in self.by_noun.get((noun, kind), ())]
            usable = [it for it in found if it]
            if usable:
                return usable
        return []

    def _keys(self, name, place):
        """What a place may identify: nouns and the kinds it takes, the likeliest first."""
        parts, kind = identifier(place.member)
        if not kind:
            kinds = self._documented(place)
            if kinds:
                yield joined(parts), kinds
            return
        kinds = TAKES[kind]
        if parts:
            yield joined(parts), kinds
            while parts and (parts[0] in rules.QUALIFIERS or parts[0] in self.prefixes):
                parts = parts[1:]
                if parts:
                    yield joined(parts), kinds
            return
        if place.outer:
            yield joined(words(place.outer[0])), kinds
            return
        _, rest = operation(name)
        if rest:
            yield joined(rest), kinds
        # `GetConnectorStatus`: of the connector.
        if kind != "name":
            for end in range(len(rest) - 1, 0, -1):
                if joined(rest[: end + 1]) in self.listed or singular(rest[end - 1]) != rest[end - 1]:
                    return
                yield joined(rest[:end]), kinds

    def _documented(self, place):
        """What a member called by the resource alone takes, as its documentation says."""
        _, structure, shape = place.around[0]
        if place.member not in shape["members"]:
            return ()
        described = self.documentation.get(structure, {}).get("members", {}).get(place.member, {})
        text = TAG.sub("", described.get("documentation", ""))
        said = " ".join(OF_IT.findall(text[:400])).lower()
        kinds = [kind for word, kind in SAID.items() if word in said]
        if "name" in kinds and self.service in rules.ARN_FOR_NAME:
            kinds.append("arn")
        parts, kind = identifier(shape["members"][place.member]["shape"])
        if kind and joined(parts).endswith(joined(words(place.member))):
            kinds.append(kind)
        return tuple(dict.fromkeys(kinds))

    def _found(self, name, source, place, noun):
        """The list with its inputs taken from the form; None if one can't be."""
        needed = {}
        for member in source.required:
            at = self._member(member, place) if source.is_scalar(member) else None
            if at is None:
                return None
            needed[member] = at
        narrow = {}
        for member in source.optional:
            parts, kind = identifier(member)
            is_other = kind and parts and joined(parts) != noun and member != place.member
            if self._tells(name, member, place) and (is_other or member.lower() in rules.SCOPES):
                narrow[member] = member
        exact = source.nouns[0] == noun
        filters = rules.filters(self.service, source, place)
        return Found(source, needed, narrow, filters, exact)

    def _tells(self, name, member, place):
        """Is a member there that the list has, too, and that is about what is there already?"""
        if member == place.member:
            return False
        verb, _ = operation(name)
        is_safe = verb not in (rules.CHANGES | rules.MAKES | rules.ADDS | {"put"})
        for _, _, shape in place.around:
            reference = shape["members"].get(member)
            if reference and self._is_text(reference):
                return is_safe or member in shape.get("required", ()) or member.lower() in rules.SCOPES
        return False

    def _member(self, member, place):
        """The member of the form that has what a list needs as `member`."""
        wanted = noun, kind = _key(member)
        for before, _, shape in place.around:
            for is_same in (
                lambda other: other.lower() == member.lower(),
                lambda other: kind and noun and _key(other) == wanted,
            ):
                for other, reference in shape["members"].items():
                    if not is_same(other) or not self._is_text(reference):
                        continue
                    path = f"{before}.{other}" if before else other
                    # That which is looked for tells nothing.
                    return None if path == place.path else other
        return None

    def _best(self, name, noun, usable):
        verb, rest = operation(name)
        about = joined(rest)
        takes_others = verb in rules.ADDS
        if takes_others:
            # What is there already is not what is put there.
            usable = [it for it in usable if not (it.source.is_qualified and it.needed)]
        any_exact = any(it.is_exact for it in usable)
        if not any_exact:
            if takes_others:
                usable = [it for it in usable if it.source.nouns[0] != about]
            # `jobIdentifier`: of several kinds of jobs it is of that which the operation is about.
            all_of = {it.nouns[0] for (of, _), found in self.by_noun.items() if of == noun for it in found}
            all_of |= {it for it in self.listed if it.endswith(noun)}
            if len(all_of) > 1 or noun in rules.VAGUE:
                usable = [it for it in usable if about.startswith(it.source.nouns[0])]
        if not usable:
            return []

        def rank(found):
            source = found.source
            listed = source.nouns[0]
            # `GetGroupPolicy` takes one that `ListGroupPolicies` lists.
            is_its = 0 if listed == about else 1 if listed.endswith(about) else 2
            if any_exact and not found.needed or takes_others and found.needed:
                is_its = 2
            depends = len(found.needed) if takes_others else -len(found.needed)
            order = VERBS.index(operation(source.operation)[0])
            is_part = source.is_qualified and not found.needed
            is_other_version = is_second(source.operation) != is_second(name)
            return (is_its, not found.is_exact, is_part, is_other_version, depends, order,
                    len(source.operation), source.operation)

        usable.sort(key=rank)
        best = usable[0]
        # `MetricAlarms` and `CompositeAlarms` come of one list.
        chosen = [it for it in usable if it.source.operation == best.source.operation]
        if best.needed:
            # Where what it depends on may be left out.
            whole = [it for it in usable if not it.needed and it.is_exact and not it.source.is_qualified]
            chosen += whole[:1]
        return [_list(it) for it in chosen]

    def _is_text(self, reference):
        return self.document["shapes"][reference["shape"]]["type"] in ("string", "integer", "long")


def _key(member):
    parts, kind = identifier(member)
    return joined(parts), kind


def is_of_any(name, place):
    """Does a member take any of the service's resources, as those of tagging do?"""
    parts, kind = identifier(place.member)
    about = words(name)
    return kind == "arn" and parts == ("resource",) and ("tag" in about or "tags" in about)


def is_new(name, place):
    """Does a member say what a thing is called from now on?"""
    verb, rest = operation(name)
    parts, kind = identifier(place.member)
    if "new" in (*parts[:1], *parts[-1:]):
        return True
    noun, made = joined(parts), joined(rest)
    if place.outer:
        # An entry of those that are put.
        is_put = verb in rules.MAKES or verb in ("put", "add")
        return is_put and not noun and joined(words(place.outer[0])) == made
    if verb in rules.CHANGES and kind == "name":
        # What is changed is known by another member.
        _, _, shape = place.around[0]
        others = [_key(other) for other in shape.get("required", ()) if other != place.member]
        return any(made.endswith(of) and its not in (None, "name") for of, its in others)
    if verb == "add" and kind == "name" and not noun:
        return True
    if verb not in rules.MAKES or parts[:1] == ("source",):
        return False
    if verb == "start" and (not rest or rest[-1] not in rules.BEGUN):
        return False
    if parts[:1] in (("target",), ("destination",)):
        noun = joined(parts[1:])
    return not noun or made.endswith(noun) or (made, noun) in rules.MADE_AS


def _list(found):
    source = found.source
    described = {"operation": source.operation, "items": source.items, "value": source.value}
    optional = {
        "name": source.name,
        "about": list(source.about),
        "input": found.needed,
        "narrow": found.narrow,
        "filters": found.filters,
        "with": source.fixed,
        "search": source.search,
    }
    return described | {key: value for key, value in optional.items() if value}
