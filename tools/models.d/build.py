"""Makes AWS's models of botocore's wheel: python3 build.py WHEEL FOLDER [IAM_ARCHIVE DEPENDENCIES].
docs/models.md describes what it writes. The archives are of iam-data; without them there are no
permissions."""

import json
import sys
from multiprocessing import Pool
from pathlib import Path

import c2j
import cut
from classes import classes
from endpoints import Shared, contexts
from inverses import inverses
from permissions import Archive, Needs
from picks import picks
from waiters import waiters

SIGV4 = ["aws.auth#sigv4"]
# What services say that have no list of authentication schemes.
SIGNATURES = {"v4": SIGV4, "s3": SIGV4, "s3v4": SIGV4, "bearer": ["smithy.api#httpBearerAuth"]}


def main():
    wheel, folder, *archives = map(Path, sys.argv[1:])
    folder.mkdir(parents=True)
    opened = c2j.Wheel(wheel)
    with Pool(initializer=_open, initargs=(wheel, folder, archives)) as pool:
        made = pool.map(_service, opened.services, chunksize=4)
    rules = Shared()
    services = {}
    for service, (entry, own_rules, own_contexts) in zip(opened.services, made, strict=True):
        services[service] = entry | {"endpoint": rules.add(own_rules, own_contexts)}
    (folder / "endpoints").mkdir()
    for document, number in rules.numbers.items():
        (folder / "endpoints" / f"{number}.json").write_bytes(document)
    partitions = json.loads(opened.read("botocore/data/partitions.json"))
    _write(folder / "partitions.json", partitions)
    for name in ("LICENSE.txt", "NOTICE"):
        (folder / name).write_bytes(opened.read(f"botocore-{opened.version}.dist-info/{name}"))
    if archives:
        license = Archive(archives[0]).license
        (folder / "LICENSE-iam-data.txt").write_bytes(license)
    _write(folder / "index.json", {"botocore": opened.version, "services": services})


def _open(wheel, folder, archives):
    global OPENED, FOLDER, NEEDS
    OPENED, FOLDER = c2j.Wheel(wheel), folder
    NEEDS = Needs(*archives) if archives else None


def _service(service):
    """Writes the files of a service; its entry in the index, its endpoint rules, and what its
    operations say of their parameters."""
    folder = FOLDER / "services" / service
    folder.mkdir(parents=True)
    document, letters = OPENED.model(service), classes(service)
    documentation = c2j.take_documentation(document)
    groups = cut.groups(document)
    for number, operations in enumerate(groups):
        model = c2j.part(document, operations)
        _write(folder / f"{number}.json", model)
        text = c2j.part_of_documentation(documentation, model)
        _write(folder / f"{number}.docs.json", text)
    others = []
    made = {
        "waiters": waiters(document, letters, OPENED.other(service, "waiters")),
        "examples": OPENED.other(service, "examples"),
        "inverses": inverses(document, letters),
        "permissions": NEEDS and NEEDS.of(service, document),
    }
    for name, found in made.items():
        if found:
            _write(folder / f"{name}.json", found)
            others.append(name)
    _write(folder / "picks.json", picks(service, document, letters, documentation))
    in_files = ["".join(letters.get(name, "w") for name in group) for group in groups]
    entry = _entry(document) | {"operations": groups, "classes": in_files, "others": others}
    return entry, OPENED.data(service, "endpoint-rule-set-1"), contexts(document)


def _entry(document):
    metadata, operations = document["metadata"], document["operations"]
    full_name = metadata["serviceFullName"]
    title = metadata.get("serviceAbbreviation", full_name)
    entry = {
        "title": title,
        "sdkId": metadata["serviceId"],
        "apiVersion": metadata["apiVersion"],
        "protocol": c2j.protocol(metadata),
        "endpointPrefix": metadata["endpointPrefix"],
        "signingName": metadata.get("signingName", metadata["endpointPrefix"]),
    }
    if full_name != title:
        entry["fullName"] = full_name
    signature = metadata["signatureVersion"]
    auth = metadata.get("auth") or SIGNATURES.get(signature, [signature])
    if auth != SIGV4:
        entry["auth"] = auth
    deprecated = [name for name, operation in operations.items() if operation.get("deprecated")]
    if deprecated:
        entry["deprecated"] = deprecated
    other = {name: it["auth"] for name, it in operations.items() if it.get("auth", auth) != auth}
    if other:
        entry["operationAuth"] = other
    return entry


def _write(path, value):
    path.write_bytes(c2j.compact(value))


if __name__ == "__main__":
    main()
