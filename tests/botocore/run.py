"""Compares formsmith-wire with botocore over random inputs and answers of all of AWS's operations;
README.md describes it."""

import argparse
import json
import multiprocessing
import os
import secrets
import signal
import sys
import time
from collections import Counter, defaultdict

# No setting of the person who runs this reaches a client.
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}

import botocore.session

from service import Service

# An operation is what the worst of its draws is.
ORDER = ["equal", "refused", "customised", "not drawn", "different"]
# Of one service so many operations are compared at a time: ec2 has 830.
PART = 150


def compare(task):
    """The results of some operations of a service: direction, operation, kind and why."""
    service, operations, options = task
    with Service(service, options) as it:
        return service, it.protocol, [line for name in operations for line in it.compare(name)]


def tasks(options):
    loader = botocore.session.Session().get_component("data_loader")
    for service in options.service or loader.list_available_services("service-2"):
        names = list(loader.load_service_model(service, "service-2")["operations"])
        names = [name for name in names if not options.operation or name in options.operation]
        for first in range(0, len(names), PART):
            yield service, names[first : first + PART], options


def main():
    options = arguments()
    print(f"seed {options.seed}, {options.count} draws of each operation", flush=True)
    results, protocols, began = {}, {}, time.monotonic()
    # The largest first, so that none is left for the end.
    parts = sorted(tasks(options), key=lambda task: -len(task[1]))
    left = len(parts)
    # Ctrl-C ends the comparing; what it came to until then is reported.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with multiprocessing.Pool(options.processes, leave_interrupts, maxtasksperchild=20) as pool:
        try:
            for service, protocol, lines in pool.imap_unordered(compare, parts):
                left -= 1
                for direction, operation, kind, why in lines:
                    protocols[service] = protocol
                    own = results.setdefault((direction, service, operation), ("equal", ""))
                    if ORDER.index(kind) > ORDER.index(own[0]):
                        results[direction, service, operation] = kind, why
        except KeyboardInterrupt:
            pass
    bad = report(results, protocols, options)
    print(f"{time.monotonic() - began:.0f} s")
    if left:
        print(f"not whole: {left} of {len(parts)} parts were not compared")
    sys.exit(bad > 0 or left > 0)


def leave_interrupts():
    """In the processes that compare: it is the first one that reports."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 32))
    parser.add_argument("--count", type=int, default=1, help="draws of each operation")
    parser.add_argument("--service", action="append", help="only this service; may be repeated")
    parser.add_argument("--operation", action="append", help="only this operation; likewise")
    parser.add_argument("--program", default="target/debug/formsmith-wire")
    parser.add_argument("--models", default="models")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--show", type=int, default=40, help="how many differences are shown")
    return parser.parse_args()


def report(results, protocols, options):
    """Prints everything; how many operations are different or could not be drawn."""
    bad = 0
    for direction in ("request", "answer", "error"):
        of_it = {key[1:]: found for key, found in results.items() if key[0] == direction}
        counts = defaultdict(Counter)
        for (service, _), (kind, _) in of_it.items():
            counts[protocols[service]][kind] += 1
            counts["all"][kind] += 1
        print(f"\n{direction + 's':24}" + "".join(f"{kind:>12}" for kind in ORDER))
        for protocol, own in sorted(counts.items(), key=lambda it: it[0] == "all"):
            print(f"{protocol:24}" + "".join(f"{own[kind]:12}" for kind in ORDER))
        for kind in ORDER[1:4]:
            causes = defaultdict(list)
            for (service, operation), (found, why) in sorted(of_it.items()):
                if found == kind:
                    causes[why].append(f"{service} {operation}")
            for why, names in sorted(causes.items(), key=lambda it: -len(it[1])):
                more = f" and {len(names) - 40} more" if len(names) > 40 else ""
                print(f"{kind}, {why}: {len(names)}: {', '.join(names[:40])}{more}")
        different = [(*key, why) for key, (kind, why) in sorted(of_it.items()) if kind == "different"]
        for service, operation, why in different[: options.show]:
            print(f"different: {service} {operation}: {why}")
        if len(different) > options.show:
            print(f"and {len(different) - options.show} more; --show N shows N")
        bad += counts["all"]["different"]
    return bad


if __name__ == "__main__":
    main()
