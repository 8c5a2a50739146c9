"""Texts that a pattern matches as a whole. They are made from the pattern's parse tree, and taken
only if Python's own matcher agrees."""

import re
import signal
import warnings
from re import _constants as op
from re import _parser

# A few characters of each property stand for all of it: a text needs no more.
PROPERTIES = {
    "L": "a-zA-Zäß", "LU": "A-Z", "LL": "a-z", "LT": "ǅ", "LM": "ʰ", "LO": "漢", "M": "\u0301",
    "N": "0-9", "ND": "0-9", "NL": "Ⅷ", "NO": "²", "Z": " ", "ZS": " ", "P": "!.,;:?_", "PD": r"\-",
    "PC": "_", "PO": "!.,", "PS": "(", "PE": ")", "S": "+$=", "SM": "+=", "SC": "$", "SK": "^",
    "SO": "©", "C": "\x00-\x1f\x7f", "CC": "\x00-\x1f\x7f", "ALPHA": "a-zA-Z", "DIGIT": "0-9", "XDIGIT": "0-9a-f",
    "ALNUM": "a-zA-Z0-9", "UPPER": "A-Z", "LOWER": "a-z", "PUNCT": "!-/:-@", "SPACE": " \t",
    "BLANK": " \t", "ASCII": "!-~", "PRINT": " -~", "GRAPH": "!-~", "CNTRL": "\x00-\x1f\x7f",
    "ISALPHABETIC": "a-zA-Z", "ISLATIN": "a-zA-Z", "LATIN": "a-zA-Z", "CF": "\u200d", "CS": "\ud800",
    "CN": "\ufdd0", "CO": "\ue000", "ZL": "\u2028", "ZP": "\u2029", "PI": "«", "PF": "»",
}  # fmt: skip
# Halves of pairs, which JavaScript's patterns have for what lies beyond 16 bits.
BEYOND = [
    (r"\\uD800\\uDC00-\\uDBFF\\uDFFF", r"\\U00010000-\\U0010FFFF"),
    (r"\\uD800-\\uDBFF\]\[\\uDC00-\\uDFFF", r"\\U00010000-\\U0010FFFF"),
    (r"\\uD83D\\uDE00-\\uD83D\\uDE4F", r"\\U0001F600-\\U0001F64F"),
]
# For patterns that look ahead.
WORDS = [
    "$", "true", "Aa1Aa1Aa1", "/Aa1Aa1Aa1/", "arn:aws:fsx:us-east-1:123456789012:file-system/fs-1",
]  # fmt: skip
TRIES = 120
compiled = {}


class TooLong(Exception):
    pass


def _alarm(*_):
    raise TooLong


def translated(pattern):
    """The pattern in Python's language; only what it matches matters, not all that it would."""
    for theirs, ours in BEYOND:
        pattern = re.sub(theirs, ours, pattern, flags=re.IGNORECASE)
    pattern = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: f"\\U{int(m[1], 16):08x}", pattern)
    pattern = re.sub(r"\\u\{([0-9A-Fa-f]+)\}", lambda m: f"\\U{int(m[1], 16):08x}", pattern)
    # A bare hyphen after a class stands for itself, and what repeats a place says nothing.
    pattern = re.sub(r"(\\[wdsWDS])-(?!\])", r"\1\\-", pattern)
    # Of two counts Java heeds the first.
    pattern = re.sub(r"(\{\d+\})\{\d+,\d*\}", r"\1", pattern)
    pattern = re.sub(r"\$\{\d+,\d*\}", "$", pattern).replace("(?i)", "")
    pattern = pattern.replace(r"\z", r"\Z").replace(r"\/", "/").replace(r"\h", r" \t")
    out, at, within = [], 0, False
    while at < len(pattern):
        named = re.match(r"\\([pP])(?:\{\^?(?:Is)?(?:script=|sc=|gc=)?(\w+)\}|(\w))", pattern[at:])
        if named:
            known = PROPERTIES.get((named[2] or named[3]).upper(), "a-z")
            if named[1] == "P":
                known = "a-zA-Z0-9"
            out.append(known if within else f"[{known}]")
            at += named.end()
            if within and pattern[at : at + 1] == "-":
                out.append(r"\-")
                at += 1
            continue
        char = pattern[at]
        if char == "\\":
            out.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[" and not within:
            within = True
        elif char == "]" and within:
            within = False
        out.append(char)
        at += 1
    return "".join(out)


def _compiled(pattern):
    if pattern not in compiled:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = translated(pattern)
            compiled[pattern] = re.compile(text), _parser.parse(text)
    return compiled[pattern]


def matching(random, pattern, least, most, fits=lambda text: True):
    """A text of so many characters that the pattern matches, or None if none was found."""
    try:
        matcher, tree = _compiled(pattern)
    except (re.error, OverflowError, ValueError):
        return _guessed(random, None, least, most, fits)
    signal.signal(signal.SIGALRM, _alarm)
    for attempt in range(TRIES):
        if attempt % 3 == 0:
            room = 0 if attempt == 0 else min(most - least, 40)
            wanted = least + random.randint(0, room)
        text = _Text(random, wanted, attempt % 3).of(tree)
        if text is None or not least <= len(text) <= most or not fits(text):
            continue
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        try:
            if matcher.fullmatch(text):
                return text
        except TooLong:
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return _guessed(random, matcher, least, most, fits)


def _guessed(random, matcher, least, most, fits):
    size = max(least, min(most, 8))
    for letter in ("a", "A", "1", "a1", "ab-", "x.y", "."):
        text = (letter * (size // len(letter) + 1))[:size]
        if matcher and matcher.fullmatch(text) and fits(text):
            return text
    for text in WORDS:
        if matcher and least <= len(text) <= most and matcher.fullmatch(text) and fits(text):
            return text
    return None


class _Text:
    """One walk through the tree, which aims at a length."""

    def __init__(self, random, wanted, mode):
        self.random, self.wanted, self.mode = random, wanted, mode
        self.groups, self.made = {}, 0

    def of(self, tree):
        parts = []
        for kind, argument in tree:
            part = self._node(kind, argument)
            if part is None:
                return None
            parts.append(part)
        return "".join(parts)

    def _node(self, kind, argument):
        if kind is op.LITERAL:
            return self._one(chr(argument))
        if kind is op.NOT_LITERAL:
            return self._one("b" if chr(argument) == "a" else "a")
        if kind is op.ANY:
            return self._one(self.random.choice("aZ5-_. é"))
        if kind is op.IN:
            return self._one(self._of_class(argument))
        if kind is op.BRANCH:
            return self.of(self.random.choice(argument[1]))
        if kind is op.SUBPATTERN:
            text = self.of(argument[3])
            self.groups[argument[0]] = text
            return text
        if kind is op.ATOMIC_GROUP:
            return self.of(argument)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self._repeat(*argument)
        if kind is op.GROUPREF:
            return self.groups.get(argument) or ""
        # Places and what is looked for ahead or behind: the match tells.
        return ""

    def _one(self, text):
        self.made += len(text)
        return text

    def _repeat(self, least, most, tree):
        room = max(self.wanted - self.made, 0)
        if self.mode == 0:
            count = least + (room if room > least else 0)
        elif self.mode == 1:
            count = least
        else:
            count = least + self.random.randint(0, max(1, min(room, 12)))
        count = min(count, most, 3000)
        parts = []
        for done in range(count):
            if done >= least and self.mode != 2 and self.made >= self.wanted:
                break
            part = self.of(tree)
            if part is None:
                return None
            parts.append(part)
        return "".join(parts)

    def _of_class(self, items):
        negated = items and items[0][0] is op.NEGATE
        if negated:
            for _ in range(50):
                char = chr(self.random.randint(33, 126))
                if not any(_in(char, item) for item in items[1:]):
                    return char
            return "é"
        kind, argument = self.random.choice(items)
        if kind is op.LITERAL:
            return chr(argument)
        if kind is op.RANGE:
            low, high = argument
            for _ in range(20):
                # Whatever the range, most of it is what people write.
                code = self.random.randint(low, high)
                if self.random.random() < 0.8 and low <= 126 and high >= 33:
                    code = self.random.randint(max(low, 33), min(high, 126))
                if not 0xD800 <= code <= 0xDFFF:
                    return chr(code)
            return chr(low)
        return {op.CATEGORY_DIGIT: "7", op.CATEGORY_WORD: "w", op.CATEGORY_SPACE: " "}.get(
            argument, self.random.choice("a-Z")
        )


def _in(char, item):
    kind, argument = item
    if kind is op.LITERAL:
        return ord(char) == argument
    if kind is op.RANGE:
        return argument[0] <= ord(char) <= argument[1]
    if kind is op.CATEGORY:
        shorthand = {
            op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_WORD: r"\w",
            op.CATEGORY_NOT_WORD: r"\W", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
        }  # fmt: skip
        return bool(re.match(shorthand[argument], char))
    return False
