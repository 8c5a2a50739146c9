"""Random inputs and answers that keep to a model, as JSON: blobs are base64, times seconds since
1970 or ISO 8601, and what is no number a text."""

import base64
import json
import math
from datetime import datetime, timedelta, timezone

from botocore.utils import is_json_value_header

import patterns

# How many levels of structures, lists and maps a value has.
LEVELS = 4
# A value with more parts than this gets no more optional ones.
PARTS = 3000
# What makes a text hard to write: other alphabets, what formats escape, space, controls.
LETTERS = [*"aZ09-_.~/%+=?#&<>\"'\\:;,*{}[]()!@$^| ", "é", "ß", "漢", "字", "😀", "\u2028"]
# XML has no others than the first two, and botocore writes a carriage return in such a way that
# the service reads a line feed.
CONTROLS = ["\t", "\n", "\r", "\x7f", "\x01", "\x1f"]
IN_HEADERS = [*"aZ09-_.~/%+=?#&<>\"'\\:;,*{}[]()!@$^| "]
BOUNDS = {"integer": 31, "long": 63, "short": 15, "byte": 7}
FLOATS = [0.0, 1.5, -0.25, 0.1, 1e-7, 123456.789, 1e16, -1e21, 65504.0, 16777216.0]


class Impossible(Exception):
    """No value keeps to the model."""


class Draw:
    """Values for one operation. `is_answer` draws what a service might say: there nothing is
    required, and only an element's text is no place for every character."""

    def __init__(self, random, is_answer=False, is_xml=False, overrides=None, left_out=()):
        self.random, self.is_answer, self.is_xml = random, is_answer, is_xml
        self.overrides, self.left_out = overrides or {}, left_out
        self.parts = 0
        # Optional members met on the first levels, and how many were drawn.
        self.met, self.drawn = 0, 0

    def of(self, shape):
        return self._structure(shape, 0) if shape else {}

    def _chance(self, probability):
        return self.random.random() < probability

    def _value(self, shape, level, place=""):
        self.parts += 1
        if getattr(shape, "is_document_type", False):
            return self._document(0)
        if is_json_value_header(shape):
            return json.dumps({"k": [1, "a", True, None], "n": 2} if self._chance(0.5) else [1, "b"])
        kind = shape.type_name
        if kind == "structure":
            return self._structure(shape, level)
        if kind == "list":
            return self._list(shape, level, place)
        if kind == "map":
            return self._map(shape, level, place)
        if kind in BOUNDS:
            return self._integer(shape)
        if kind in ("float", "double"):
            return self._float(shape, place)
        if kind == "boolean":
            return self._chance(0.5)
        if kind == "timestamp":
            return self._time(place)
        if kind == "blob":
            least, most = _bounds(shape, 0, 1 << 20)
            size = self.random.choice([least, least + 1, self.random.randint(least, least + 40)])
            data = self.random.randbytes(min(size, most))
            return base64.b64encode(data).decode()
        return self._text(shape, place)

    def _structure(self, shape, level):
        members = dict(shape.members)
        if getattr(shape, "is_tagged_union", False):
            names = self.random.sample(list(members), len(members))
            # Below, what ends the soonest.
            if level >= LEVELS - 1:
                names.sort(key=lambda name: _height(members[name]))
            for name in names:
                try:
                    return {name: self._value(members[name], level + 1)}
                except (Impossible, RecursionError):
                    continue
            raise Impossible(shape.name)
        value = {}
        for name, member in members.items():
            if name in self.left_out and level == 0:
                continue
            if name in self.overrides and level == 0:
                value[name] = self.overrides[name]
                continue
            is_needed = name in shape.required_members and not self.is_answer
            place = member.serialization.get("location", "")
            if member.serialization.get("hostLabel"):
                place = "host"
            if getattr(member, "is_event_stream", False) or shape.serialization.get("eventstream"):
                continue
            is_aggregate = member.type_name in ("structure", "list", "map")
            if not is_needed:
                if level >= LEVELS and is_aggregate or self.parts > PARTS:
                    continue
                self.met += 1
                if not self._chance(0.5 if level < 2 else 0.4):
                    continue
                self.drawn += 1
            elif level > 40:
                raise Impossible(name)
            try:
                value[name] = self._value(member, level + 1, place)
            except Impossible:
                if is_needed:
                    raise
        return value

    def _count(self, shape, level):
        least, most = _bounds(shape, 0, 1 << 20)
        if self.is_answer:
            least = 0
        if level > LEVELS or self.parts > PARTS:
            return least
        return min(most, max(least, self.random.choice([0, 1, 1, 2, 3])))

    def _list(self, shape, level, place):
        wanted = self._count(shape, level)
        items = []
        for _ in range(wanted * 4):
            if len(items) == wanted:
                break
            try:
                item = self._value(shape.member, level + 1, place)
            except Impossible:
                break
            # Whether items have to be unique, these models don't say; they are.
            if item not in items:
                items.append(item)
        if len(items) < _bounds(shape, 0, 0)[0] and not self.is_answer:
            items += [items[0]] * (_bounds(shape, 0, 0)[0] - len(items)) if items else []
            if not items:
                raise Impossible(shape.name)
        return items

    def _map(self, shape, level, place):
        wanted = self._count(shape, level)
        entries = {}
        for _ in range(wanted * 4):
            if len(entries) == wanted:
                break
            try:
                # A name in a header has letters and hyphens only.
                key = self._name() if place == "headers" else self._text(shape.key, place)
                if key or not place:
                    entries[key] = self._value(shape.value, level + 1, place)
            except Impossible:
                break
        if len(entries) < _bounds(shape, 0, 0)[0] and not self.is_answer:
            raise Impossible(shape.name)
        return entries

    def _name(self):
        return "".join(self.random.choices("abcxyz-", k=4)).strip("-") or "a"

    def _integer(self, shape):
        bits = BOUNDS[shape.type_name]
        least, most = _bounds(shape, -(1 << bits), (1 << bits) - 1)
        near = [least, most, self.random.randint(least, most), max(least, min(most, 1))]
        near.append(max(least, min(most, 0)))
        return self.random.choice(near)

    def _float(self, shape, place):
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if least is None and most is None:
            if not place and self._chance(0.05):
                return self.random.choice(["NaN", "Infinity", "-Infinity"])
            return self.random.choice([*FLOATS, 7, self.random.uniform(-1e6, 1e6)])
        least = -1e6 if least is None else float(least)
        most = max(least, 1e6) if most is None else float(most)
        return self.random.choice([least, most, (least + most) / 2])

    def _time(self, place):
        seconds = self.random.choice([0, 1, 1_500_000_000, self.random.randint(0, 4_102_444_799)])
        if place:
            return seconds
        time = datetime.fromtimestamp(seconds, timezone.utc)
        if self._chance(0.4):
            time += timedelta(microseconds=self.random.choice([1, 500_000, 123_456, 120_000]))
            return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return self.random.choice([seconds, time.strftime("%Y-%m-%dT%H:%M:%SZ")])

    def _document(self, level):
        choices = [True, 7, -1.5, "téxt", "", {"a": 1}, [], {}]
        if level < 2 and self._chance(0.6):
            names = self.random.sample(["one", "two", "thrée", "a.b"], 2)
            return {name: self._document(level + 1) for name in names}
        return self.random.choice(choices)

    def _text(self, shape, place):
        if enum := shape.metadata.get("enum"):
            fit = [value for value in enum if _fits(place)(value)]
            if fit:
                return self.random.choice(fit)
            raise Impossible(shape.name)
        least, most = _bounds(shape, 0, 1 << 20)
        if place in ("uri", "host"):
            least = max(least, 1)
        if place == "host":
            most = min(most, 63)
        pattern = shape.metadata.get("pattern")
        if pattern and not self.is_answer:
            text = patterns.matching(self.random, pattern, least, most, self._fit(place))
            if text is None:
                raise Impossible(f"{pattern} of {least} to {most}")
            return text
        size = self.random.choice([least, least + 1, self.random.randint(least, least + 12)])
        if most <= 256 and self._chance(0.1):
            size = most
        size = max(least, min(size, most))
        fits = self._fit(place)
        for _ in range(200):
            text = "".join(self.random.choices(self._letters(place), k=size))
            if fits(text):
                return text
        return "a" * size

    def _letters(self, place):
        if place == "host":
            return "abcxyz0189"
        if place in ("header", "headers"):
            return IN_HEADERS
        return LETTERS + (CONTROLS[:2] if self.is_xml else CONTROLS)

    def _fit(self, place):
        fits = _fits(place)
        if not self.is_xml:
            return fits
        return lambda text: fits(text) and not any(c < " " and c not in "\t\n" for c in text)


def _fits(place):
    """What may stand there."""
    if place == "uri":
        # Route 53's IDs are what stands behind the last slash.
        return lambda text: _fits("")(text) and not text.endswith("/")
    if place == "host":
        return lambda text: all(c.isascii() and (c.isalnum() or c == "-") for c in text) and text
    if place in ("header", "headers"):
        return lambda text: text.isascii() and text.isprintable() and text == text.strip()
    return lambda text: not any("\ud800" <= c <= "\udfff" for c in text)


def _bounds(shape, least, most):
    own = shape.metadata
    low, high = own.get("min"), own.get("max")
    low = least if low is None else int(low)
    high = max(low, most) if high is None else int(high)
    return low, high


def _height(shape, above=()):
    """How many levels a value has at least; infinitely many where each holds another of its kind."""
    if shape.name in above:
        return math.inf
    above = (*above, shape.name)
    match shape.type_name:
        case "structure" if getattr(shape, "is_tagged_union", False):
            return 1 + min((_height(it, above) for it in shape.members.values()), default=0)
        case "structure":
            needed = (shape.members[name] for name in shape.required_members)
            return 1 + max((_height(it, above) for it in needed), default=0)
        case "list" if _bounds(shape, 0, 0)[0]:
            return 1 + _height(shape.member, above)
        case "map" if _bounds(shape, 0, 0)[0]:
            return 1 + _height(shape.value, above)
    return 0
