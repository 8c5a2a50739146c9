"""What the operations of a service can do, as src/api/curated/classes has it."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "src/api/curated/classes/classes.txt"


@cache
def _all():
    services = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, word = line.split(" ")[:2]
            service, operation = name.split(":")
            services.setdefault(service, {})[operation] = word[0]
    return services


def classes(service):
    """The first letter of each operation's class, by the operation's name."""
    return _all().get(service, {})
