"""AWS's categories of services, by botocore's folders: categories.py FILE BOTOCORE_WHEEL IAM_ARCHIVE ACTIONS.

The archive knows services by the prefixes of IAM. What it has in no category, or what IAM does not
know, stands in none here either."""

import json
import sys
import tarfile
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parent.parent / "models.d"))
sys.dont_write_bytecode = True

import files
from c2j import Wheel

FOLDER = "package/data/categories/"


def prefixes(archive):
    """The key of each category, with the prefixes of its services."""
    with tarfile.open(archive) as content:
        members = [member for member in content.getmembers() if member.name.startswith(FOLDER)]
        found = [json.load(content.extractfile(member)) for member in members]
    return {category["key"]: set(category["services"]) for category in found}


def main(path, botocore, archive, actions):
    wheel, actions = Wheel(Path(botocore)), files.actions(Path(actions))
    categories = prefixes(archive)
    services = {}
    for service in wheel.services:
        metadata = wheel.extended(service, "service-2")["metadata"]
        prefix = metadata.get("signingName", metadata["endpointPrefix"])
        prefix = actions.get(service, [prefix])[0]
        for name, its in categories.items():
            if prefix in its:
                services.setdefault(name, []).append(service)
    lines = [f"{name}: {' '.join(sorted(services[name]))}\n" for name in sorted(services)]
    Path(path).write_text("".join(lines))
    count = len({service for its in services.values() for service in its})
    print(f"{count} of {len(wheel.services)} services are in {len(services)} categories")


if __name__ == "__main__":
    main(*sys.argv[1:])
