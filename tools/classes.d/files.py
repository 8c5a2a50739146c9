"""The files of the data: reading and writing them, and what has to be true of each alone."""

import re

from rules import CLASSES, KINDS

OPERATION = r"[a-z0-9][a-z0-9-]*:[A-Za-z0-9]+"


class Mistake(Exception):
    """What is wrong in a file, with its line."""


def _lines(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            yield f"{path.name}:{number}", line


def _sorted(path, names):
    for before, after in zip(names, names[1:]):
        if key(before) >= key(after):
            raise Mistake(f"{path.name}: {after} stands after {before}; lines are sorted, each once")


def key(operation):
    """Services in their order, and their operations in theirs."""
    return operation.split(":")


def rulings(path):
    """Our own list: the class of an operation, and why."""
    found = {}
    for place, line in _lines(path):
        match = re.fullmatch(rf"({OPERATION}) ([a-z]+) (\S.*\S)", line)
        if not match or match[2] not in CLASSES:
            raise Mistake(f"{place}: this is not `service:Operation class Why.`: {line}")
        if not match[3].endswith(".") or len(match[3]) < 12:
            raise Mistake(f"{place}: the reason is no sentence: {line}")
        if match[1] in found:
            raise Mistake(f"{place}: {match[1]} has two rulings")
        found[match[1]] = (match[2], match[3])
    _sorted(path, list(found))
    return found


def actions(path):
    """Which of IAM's actions services and operations need where their names don't tell."""
    found = {}
    for place, line in _lines(path):
        match = re.fullmatch(rf"([a-z0-9-]+|{OPERATION}) = (\S+(?: \S+)*)", line)
        if not match:
            raise Mistake(f"{place}: this is not `service = prefix` nor `service:Operation = actions`")
        if match[1] in found:
            raise Mistake(f"{place}: {match[1]} stands there twice")
        found[match[1]] = match[2].split(" ")
    _sorted(path, list(found))
    return found


def classes(path):
    """The classes: of each operation the class and the evidence."""
    found = {}
    for place, line in _lines(path):
        operation, name, *evidence = line.split(" ")
        if not re.fullmatch(OPERATION, operation) or name not in CLASSES:
            raise Mistake(f"{place}: this is not `service:Operation class evidence`: {line}")
        kinds = [word.partition(":")[0] for word in evidence]
        if not set(kinds) <= set(KINDS) or kinds != sorted(set(kinds), key=KINDS.index):
            raise Mistake(f"{place}: unknown evidence, or in another order: {line}")
        if operation in found:
            raise Mistake(f"{place}: {operation} has two classes")
        found[operation] = (name, evidence)
    _sorted(path, list(found))
    return found


def write_classes(path, botocore, found):
    """Writes the classes; `found` is as `classes` reads it."""
    head = f"# Made by `make classes`, of botocore {botocore}; README.md says how to read it.\n"
    lines = [
        " ".join((operation, name, *evidence)) + "\n"
        for operation, (name, evidence) in sorted(found.items(), key=lambda item: key(item[0]))
    ]
    path.write_text(head + "".join(lines))
