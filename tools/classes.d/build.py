"""Makes the file of classes: build.py FOLDER BOTOCORE_WHEEL IAM_ARCHIVE MCP_WHEEL.

An operation that would come into a milder class than the file has now is refused, unless our own
list rules so: what a new version of a source says weakens nothing by itself."""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parent.parent / "models.d"))
sys.dont_write_bytecode = True

import files
from rules import CLASSES, classified, judged, sources_of_read, strictness
from sources import Sources


def weakened(before, after, rulings):
    """Those that have a milder class than before, without a ruling: what is wrong with each."""
    for operation, (name, _) in after.items():
        old = before.get(operation, (name, ()))[0]
        if strictness(name) < strictness(old) and operation not in rulings:
            yield f"{operation} was {old} and would be {name}: if that is right, rule so, and why"


def judge_all(operations, rulings):
    """The classes of all operations, of pairs of operation and evidence."""
    found = {}
    for operation, evidence in operations:
        ruling = rulings.get(operation)
        if ruling:
            evidence = [*evidence, "ruled"]
        found[operation] = (classified(evidence, ruling and ruling[0]), evidence)
    return found


def report(found, rulings):
    """Figures by class and by how many sources agree."""
    ruled = Counter(found[operation][0] for operation in rulings)
    counts = Counter(name for name, _ in found.values())
    print(f"{'class':12} {'operations':>10} {'of them ruled':>14}")
    for name in CLASSES:
        print(f"{name:12} {counts[name]:10,} {ruled[name]:14,}")
    print(f"{'all':12} {len(found):10,} {len(rulings):14,}")
    agreeing = Counter(
        (len(sources_of_read(evidence)), name == "read") for name, evidence in found.values()
    )
    print("\nsources that say read, operations, of them in the class read")
    for count in range(6):
        read, others = agreeing[count, True], agreeing[count, False]
        print(f"{count:12} {read + others:10,} {read:14,}")
    milder = sum(strictness(name) < strictness(judged(found[operation][1]))
                 for operation, (name, _) in rulings.items())
    print(f"\n{milder:,} rulings are milder than the sources, {len(rulings) - milder:,} are not")


def main(folder, botocore, levels, listed):
    folder, path = Path(folder), Path(folder) / "classes.txt"
    rulings = files.rulings(folder / "rulings.txt")
    actions = files.actions(folder / "actions.txt")
    sources = Sources(Path(botocore), levels, listed, actions)
    found = judge_all(sources.operations(), rulings)
    mistakes = [f"{name}: botocore has no such operation" for name in rulings if name not in found]
    services = {operation.partition(":")[0] for operation in found}
    mistakes += [f"actions.txt: botocore has no {name}" for name in actions
                 if name not in (found if ":" in name else services)]
    before = files.classes(path) if path.exists() else {}
    mistakes += weakened(before, found, rulings)
    if mistakes:
        raise SystemExit("\n".join(mistakes))
    files.write_classes(path, sources.botocore.version, found)
    report(found, rulings)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except files.Mistake as mistake:
        raise SystemExit(str(mistake)) from None
