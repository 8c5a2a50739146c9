"""What in an answer looks like a secret, by the model alone. It makes an operation stricter, never
milder."""

import re

# How the name of a member that holds a secret ends, whether or not the model marks it as sensitive.
SECRETS = (
    "password passphrase passwd passcode secret secretkey secretaccesskey secretstring secretbinary "
    "secretvalue privatekey sessiontoken accesstoken refreshtoken idtoken authtoken apikey apikeys "
    "apitoken authorizationtoken authenticationtoken bearertoken securitytoken jointoken streamkey "
    "presignedurl signedurl signeds3url downloadurl downloadlink uploadurl embedurl keymaterial"
).split()

# How it ends where it does mark it. Much that is marked is only personal: names, addresses, texts.
# What only turns a page or names a key is neither.
MARKED = (
    "token credential credentials seed material mackey presharedkey plaintext authcode activationcode "
    "activationkey streamurl presignedlogurl"
).lower().split()

HARMLESS = ("nexttoken", "pagetoken", "paginationtoken", "continuationtoken", "publickeymaterial")


def _leaves(shapes, name, member="", marked=False, above=()):
    """The texts and blobs of a shape: the member that holds each, and whether it is marked."""
    if name in above:
        return
    shape, above = shapes[name], (*above, name)
    marked = marked or shape.get("sensitive", False)
    inner = [(member, shape[part]) for part in ("member", "value") if part in shape]
    inner += shape.get("members", {}).items()
    for of, reference in inner:
        sensitive = marked or reference.get("sensitive", False)
        yield from _leaves(shapes, reference["shape"], of, sensitive, above)
    if shape["type"] in ("string", "blob") and "enum" not in shape:
        yield member, marked


def _looks_secret(member, marked):
    plain = re.sub("[^a-z0-9]", "", member.lower())
    if plain.endswith(HARMLESS):
        return False
    return plain.endswith(tuple(SECRETS)) or marked and plain.endswith(tuple(MARKED))


def evidence(model, operation):
    """`answer:` and the first member of the output that looks like a secret, or `credentials` for
    those of AWS; None if there is neither."""
    output = model["operations"][operation].get("output")
    if not output:
        return None
    found = [
        member
        for member, marked in _leaves(model["shapes"], output["shape"])
        if _looks_secret(member, marked)
    ]
    plain = {member.lower() for member in found}
    if "sessiontoken" in plain and plain & {"secretaccesskey", "secretkey"}:
        return "answer:credentials"
    return f"answer:{found[0]}" if found else None
