"""The class of an operation, from what its sources say of it. Pure: the test of the committed file
judges by it, too."""

# From the mildest to the strictest. Several words make one class stricter than another only by this
# order.
CLASSES = ("read", "secret", "effect", "body", "write", "credentials", "destroys", "permissions")

# Ways of saying that an operation only reads; two different sources have to.
READS = {
    "iam": ("iam:Read", "iam:List"),
    "http": ("http:GET", "http:HEAD"),
    "list": ("list",),
    "trait": ("trait",),
    "pages": ("pages",),
}
# Any of these says that it doesn't.
WRITES = ("iam:Write", "iam:Tagging", "http:PUT", "http:PATCH", "http:DELETE", "token")

# How evidence stands in the file: each kind at most once, in this order.
KINDS = ("iam", "http", "list", "trait", "pages", "token", "name", "answer", "ruled")


def strictness(name):
    return CLASSES.index(name)


def sources_of_read(evidence):
    """The sources that say that the operation only reads."""
    return [source for source, words in READS.items() if any(word in evidence for word in words)]


def judged(evidence):
    """The class by the sources alone, without a ruling: the strictest that any of them asks for."""
    answers = [word for word in evidence if word.startswith("answer:")]
    asked = ["read"]
    if len(sources_of_read(evidence)) < 2 or any(word in evidence for word in WRITES):
        asked.append("write")
    elif answers:
        asked.append("secret")
    if "answer:credentials" in answers:
        asked.append("credentials")
    # A tag that was taken away is put back as it was.
    if "name" in evidence and "iam:Tagging" not in evidence:
        asked.append("destroys")
    if "iam:Permissions" in evidence:
        asked.append("permissions")
    return max(asked, key=strictness)


def classified(evidence, ruling=None):
    """The class: the ruling's where there is one."""
    return ruling or judged(evidence)
