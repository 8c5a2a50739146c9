"""Checks what build.py made against the wheel: python3 check.py WHEEL FOLDER. Prints the sizes, or
what is wrong."""

import json
import re
import statistics
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

import c2j
import permission_check
import pick_check
from classes import classes
from endpoints import contexts, filled

# Bytes, as brotli makes them.
MODELS = 3_000_000
MEDIAN = 5_000
FILE = 40_000
DOCUMENTATION = 11_000_000
PICKS = 260_000
PICKS_OF_ONE = 12_000
PERMISSIONS = 340_000
PERMISSIONS_OF_ONE = 14_000


def main():
    wheel, folder = map(Path, sys.argv[1:])
    opened = c2j.Wheel(wheel)
    index = _read(folder / "index.json")
    listed = index["services"]
    wrong = []
    if index["botocore"] != opened.version:
        wrong.append(f"the index is of botocore {index['botocore']}")
    for name in opened.services.keys() ^ listed.keys():
        wrong.append(f"{name}: in the wheel or in the index, not in both")
    for name in ("LICENSE.txt", "NOTICE"):
        if not (folder / name).read_bytes():
            wrong.append(f"{name} is empty")
    with Pool(initializer=_open, initargs=(wheel, folder)) as pool:
        both = [(name, listed[name]) for name in opened.services if name in listed]
        for problems in pool.starmap(_service, both, chunksize=4):
            wrong += problems
    wrong += _sizes(folder, listed)
    for problem in wrong:
        print(f"formsmith: {problem}", file=sys.stderr)
    sys.exit(bool(wrong))


def _open(wheel, folder):
    global OPENED, FOLDER
    OPENED, FOLDER = c2j.Wheel(wheel), folder


def _read(path):
    return json.loads(path.read_bytes())


def _service(name, entry):
    """What is wrong with the files of a service."""
    whole, known = OPENED.model(name), classes(name)
    folder = FOLDER / "services" / name
    wrong = []

    def expect(holds, problem):
        if not holds:
            wrong.append(f"{name}: {problem}")

    found = Counter(operation for file in entry["operations"] for operation in file)
    once = {operation: 1 for operation in whole["operations"]}
    expect(found == once, "not every operation is listed exactly once")
    for operations, letters in zip(entry["operations"], entry["classes"], strict=True):
        own = "".join(known.get(operation, "w") for operation in operations)
        expect(letters == own, "its classes are not those of classes.txt")
    for number, operations in enumerate(entry["operations"]):
        model, text = _read(folder / f"{number}.json"), _read(folder / f"{number}.docs.json")
        expect(list(model["operations"]) == operations, f"{number}.json has other operations")
        missing = {
            reference
            for shape in model["shapes"].values()
            for reference in c2j.references(shape)
            if reference not in model["shapes"]
        }
        expect(not missing, f"{number}.json lacks the shapes {sorted(missing)}")
        try:
            same = c2j.part(whole, operations)
        except KeyError as unknown:
            expect(False, f"the wheel has no {unknown}")
            continue
        expect(not _documented(model), f"{number}.json has documentation")
        _restore(model, text)
        _drop_empty(same)
        expect(model == same, f"{number}.json and {number}.docs.json are not what the wheel has")

    def other(file):
        return _read(folder / f"{file}.json") if file in entry["others"] else {}

    expect(other("examples") == OPENED.other(name, "examples"), "examples.json is not what the wheel has")
    for problem in _waiters(whole, known, other("waiters"), OPENED.other(name, "waiters")):
        expect(False, f"waiters.json: {problem}")
    for operation, inverse in other("inverses").items():
        for part in (operation, inverse["operation"]):
            expect(part in whole["operations"], f"inverses.json names {part}, which is no operation")
    for problem in pick_check.wrong(name, whole, known, _read(folder / "picks.json"), others=FOLDER):
        expect(False, f"picks.json: {problem}")
    if "permissions" in entry["others"]:
        for problem in permission_check.wrong(whole, _read(folder / "permissions.json")):
            expect(False, f"permissions.json: {problem}")
    at = entry["endpoint"]
    rules = _read(FOLDER / "endpoints" / f"{at['rules']}.json")
    expect(rules.pop("contexts", {}) == contexts(whole), "operations say something else of parameters")
    rules = filled(rules, at.get("hostPrefix"))
    own = OPENED.data(name, "endpoint-rule-set-1")
    for parameter in own["parameters"].values():
        parameter.pop("documentation", None)
    expect(rules == own, "its endpoint rules are not those of the wheel")
    return wrong


# Paths that `src/api/inverse.rs` reads.
PATH = re.compile(r"\[(input|output)(\.\w+)+\]|(input|output)(\.\w+)+(\[\]\.\w+)?")


def _waiters(whole, known, made, own):
    """What is wrong with a service's waiters, and after what they are offered."""
    bare = {name: {key: it for key, it in waiter.items() if key != "after"} for name, waiter in made.items()}
    for waiter in own.values():
        waiter.pop("description", None)
    if bare != own:
        yield "it is not what the wheel has"
    operations, shapes = whole["operations"], whole["shapes"]

    def members(operation, part):
        reference = operations[operation].get(part)
        return shapes[reference["shape"]]["members"] if reference else {}

    for name, waiter in made.items():
        asked = waiter["operation"]
        required = shapes[operations[asked]["input"]["shape"]].get("required", [])
        for change, made_of in waiter.get("after", {}).items():
            at = f"{name} after {change}"
            if known.get(asked) != "r" or known.get(change, "w") == "r":
                yield f"{at}: a change comes before, and what is asked only reads"
            narrow = made_of.get("narrow", {})
            if not set(required) <= set(made_of["input"]) or not made_of["input"]:
                yield f"{at}: the input of {asked} is not whole"
            if not {*made_of["input"], *narrow} <= set(members(asked, "input")):
                yield f"{at}: these are no members of {asked}"
            for path in (*made_of["input"].values(), *narrow.values()):
                if not PATH.fullmatch(path):
                    yield f"{at}: nothing reads the path {path}"
                    continue
                part, member = path.strip("[]").split(".")[:2]
                if member.removesuffix("[]") not in members(change, part):
                    yield f"{at}: nothing is at {path}"


def _documented(model):
    return any(
        "documentation" in place
        for path in c2j.DOCUMENTED
        for _, place in c2j.places(model, path)
    )


def _restore(model, text):
    """Puts documentation back where it was taken out."""
    if "documentation" in text:
        model["documentation"] = text["documentation"]
    for name, inner in text.items():
        if name == "documentation":
            continue
        if isinstance(model, list):
            for entry in model:
                if entry["shape"] == name:
                    _restore(entry, inner)
        elif name in model:
            _restore(model[name], inner)
        else:
            # Nothing that the wheel has looks like this.
            model[name] = inner


def _drop_empty(model):
    """Empty documentation is not kept."""
    for path in c2j.DOCUMENTED:
        for _, place in c2j.places(model, path):
            if place.get("documentation") == "":
                del place["documentation"]


def _sizes(folder, listed):
    """Prints what is fetched, and says what is too large. Without brotli nothing can be said."""
    if not (folder / "index.json.br").exists():
        print("formsmith: the models are not compressed, so their sizes were not checked")
        return []
    models, picks, permissions, documentation = {}, [], [], 0
    for name, entry in listed.items():
        stems = [folder / "services" / name / str(n) for n in range(len(entry["operations"]))]
        models[name] = [_sent(Path(f"{stem}.json")) for stem in stems]
        picks.append(_sent(folder / "services" / name / "picks.json"))
        if "permissions" in entry["others"]:
            permissions.append(_sent(folder / "services" / name / "permissions.json"))
        documentation += sum(_sent(Path(f"{stem}.docs.json")) for stem in stems)
    largest = max(max(sizes) for sizes in models.values())
    services = [sum(sizes) for sizes in models.values()]
    figures = [
        ("models", sum(services), MODELS),
        ("a service's model (median)", round(statistics.median(services)), MEDIAN),
        ("the largest file of a model", largest, FILE),
        ("documentation", documentation, DOCUMENTATION),
        ("picks", sum(picks), PICKS),
        ("the picks of a service (largest)", max(picks), PICKS_OF_ONE),
        ("permissions", sum(permissions), PERMISSIONS),
        ("those of a service (largest)", max(permissions, default=0), PERMISSIONS_OF_ONE),
    ]
    for what, size, most in figures:
        print(f"{what:34} {size:>10,}  limit {most:>10,}")
    print(f"{'index':34} {_sent(folder / 'index.json'):>10,}")
    return [f"{what}: {size - most:,} bytes too large" for what, size, most in figures if size > most]


def _sent(path):
    """The bytes that are sent of a file: small ones may not get smaller."""
    packed = path.with_name(path.name + ".br")
    return (packed if packed.exists() else path).stat().st_size


if __name__ == "__main__":
    main()
