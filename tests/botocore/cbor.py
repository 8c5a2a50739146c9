"""Answers in CBOR: a server may give lengths before or leave them open."""

import base64
import struct

from times import seconds


def encoded(shape, value, random, more=None):
    """The bytes of a structure; `more` are texts before its members."""
    out = bytearray()
    _Writer(random, out).structure(shape, value, more or {})
    return bytes(out)


class _Writer:
    def __init__(self, random, out):
        self.random, self.out = random, out

    def structure(self, shape, value, more):
        members = shape.members if shape else {}
        self._open(5, len(value) + len(more))
        for name, text in more.items():
            self._text(name)
            self._text(text)
        for name, inner in value.items():
            self._text(name)
            self._value(members.get(name), inner)
        self._close()

    def _head(self, major, size):
        for limit, code, form in ((24, None, None), (1 << 8, 24, ">B"), (1 << 16, 25, ">H"), (1 << 32, 26, ">I")):
            if size < limit:
                self.out.append(major << 5 | (size if code is None else code))
                if form:
                    self.out += struct.pack(form, size)
                return
        self.out.append(major << 5 | 27)
        self.out += struct.pack(">Q", size)

    def _open(self, major, size):
        self.opened = getattr(self, "opened", [])
        self.opened.append(self.random.random() < 0.5)
        if self.opened[-1]:
            self.out.append(major << 5 | 31)
        else:
            self._head(major, size)

    def _close(self):
        if self.opened.pop():
            self.out.append(0xFF)

    def _text(self, text):
        data = text.encode()
        self._head(3, len(data))
        self.out += data

    def _value(self, shape, value):
        kind = shape.type_name if shape else "string"
        if kind == "structure":
            return self.structure(shape, value, {})
        if kind == "list":
            self._open(4, len(value))
            for item in value:
                self._value(shape.member, item)
            return self._close()
        if kind == "map":
            self._open(5, len(value))
            for key, inner in value.items():
                self._text(key)
                self._value(shape.value, inner)
            return self._close()
        if kind == "blob":
            data = base64.b64decode(value)
            self._head(2, len(data))
            self.out += data
        elif kind == "boolean":
            self.out.append(0xF5 if value else 0xF4)
        elif kind == "timestamp":
            self.out.append(0xC1)
            self._number(seconds(value))
        elif kind in ("float", "double"):
            self._float(float(value.lower()) if isinstance(value, str) else float(value))
        elif kind in ("integer", "long", "short", "byte"):
            self._number(value)
        else:
            self._text(value)

    def _number(self, value):
        if isinstance(value, float):
            self._float(value)
        elif value < 0:
            self._head(1, -1 - value)
        else:
            self._head(0, value)

    def _float(self, value):
        try:
            short = struct.pack(">f", value)
        except OverflowError:
            short = None
        # The shortest that keeps the value, or the longest.
        if short and struct.unpack(">f", short)[0] == value and self.random.random() < 0.5:
            self.out += b"\xfa" + short
        else:
            self.out += b"\xfb" + struct.pack(">d", value)
