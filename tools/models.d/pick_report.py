"""Prints how the required identifiers of all operations are picked: python3 pick_report.py WHEEL
[--sample SEED COUNT]. With a sample only so many of those that are picked, drawn by the seed."""

import random
import sys
from multiprocessing import Pool
from pathlib import Path

import c2j
from classes import classes
from names import identifier
from picks import is_new, picks, places

# What is called by these names is a person's, a host's or a value's, and no resource of a service.
OTHERS = {
    "first", "last", "full", "given", "family", "middle", "display", "friendly", "host", "file", "company",
    "contact", "field", "column", "header", "attribute", "class", "method", "property", "dimension", "metric",
}
# Identifiers that a request makes for itself.
OF_REQUESTS = {"request", "token", "idempotency", "caller", "creatorrequest", "clientrequest", "correlation"}


def main():
    wheel, *options = sys.argv[1:]
    opened = c2j.Wheel(Path(wheel))
    with Pool(initializer=_open, initargs=(wheel,)) as pool:
        rows = [row for found in pool.imap(_service, opened.services, chunksize=4) for row in found]
    shown = rows
    if options:
        _, seed, count = options
        shown = random.Random(seed).sample([row for row in rows if row[1]], int(count))
    for name, how in shown:
        print(f"{name}  {how or '-'}")
    picked = sum(bool(how) for _, how in rows)
    print(f"{len(rows):,} required identifiers, {picked:,} picked: {picked / len(rows):.1%}")


def _open(wheel):
    global OPENED
    OPENED = c2j.Wheel(Path(wheel))


def _service(service):
    document = OPENED.model(service)
    documentation = c2j.take_documentation(document)
    found = picks(service, document, classes(service), documentation)
    rows = []
    for name in document["operations"]:
        for place in places(document, name):
            if place.is_required and is_identifier(name, place):
                numbers = found["fills"].get(name, {}).get(place.path, ())
                how = " | ".join(_told(found["lists"][number]) for number in numbers)
                rows.append((f"{service}:{name} {place.path}", how))
    return rows


def is_identifier(name, place):
    """Is it by its name the identifier of something that exists?"""
    parts, kind = identifier(place.member)
    if not kind or is_new(name, place):
        return False
    return not (kind == "name" and parts[-1:] and parts[-1] in OTHERS) and "".join(parts) not in OF_REQUESTS


def _told(described):
    service = described.get("service")
    told = f"{service}:" * bool(service) + f"{described['operation']} {described['items']}.{described['value']}"
    asked = {**described.get("input", {}), **described.get("narrow", {})}
    return told + "".join(f" {member}={taken}" for member, taken in asked.items())


if __name__ == "__main__":
    main()
