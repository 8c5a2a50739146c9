"""Cutting a large service into files, so that one operation is ready without all the others."""

from c2j import compact, reached

# The most bytes of JSON in a file, unless one operation alone takes more. Brotli makes a tenth of
# it; a service of this size is read in a few dozen milliseconds.
LIMIT = 360_000


def groups(document, limit=LIMIT):
    """The names of a service's operations, in groups whose documents stay below the limit, with
    as few shapes as possible in more than one."""
    operations = document["operations"]
    weights = {name: len(compact(shape)) + len(name) for name, shape in document["shapes"].items()}
    own = {name: len(compact(operation)) + len(name) for name, operation in operations.items()}
    closures = {name: reached(document, name) for name in operations}
    all_shapes = set().union(*closures.values())
    total = sum(own.values()) + sum(weights[name] for name in all_shapes)
    if total <= limit:
        return [list(operations)]
    # All groups of about one size: the last is no remainder.
    limit = min(limit, round(total / -(-total // limit) * 1.15))

    users = {}
    for operation, shapes in closures.items():
        for shape in shapes:
            users.setdefault(shape, []).append(operation)
    left = dict.fromkeys(operations)
    found = []
    while left:
        # What each operation would add to the group.
        adds = {name: own[name] + sum(weights[s] for s in closures[name]) for name in left}
        whole = dict(adds)
        chosen, shapes, size = [], set(), 0
        # It begins with the largest, and grows by those of which the greatest share is there.
        following = max(left, key=adds.__getitem__)
        while following:
            chosen.append(following)
            size += adds[following]
            del left[following]
            for shape in closures[following].keys() - shapes:
                shapes.add(shape)
                for user in users[shape]:
                    if user in left:
                        adds[user] -= weights[shape]
            fitting = [name for name in left if size + adds[name] <= limit]
            following = min(fitting, key=lambda name: adds[name] / whole[name], default=None)
        found.append(chosen)
    order = {name: at for at, name in enumerate(operations)}
    found = [sorted(group, key=order.__getitem__) for group in found]
    return sorted(found, key=lambda group: order[group[0]])
