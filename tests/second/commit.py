"""One signed commit, and all of a file: each is judged alone, then the key of its feed vouches for it."""

import strict
from crypto import bytes_of, digest, is_signed, text_of
from edits import known
from file import MAX_FOUNDING, MAX_LINE

FEED = 9
MAX_SEEN = 200


class Commit:
    """A commit whose signature holds."""

    def __init__(self, id, body):
        self.id = id
        self.feed = body["f"]
        self.n = body["n"]
        self.p = body["p"]
        self.seen = body["seen"]
        self.sealed = bytes_of(body["z"]) if "z" in body else None
        # Sealed edits are filled in by `opening.py`, once a key is known.
        self.edits = [known(edit) for edit in body["e"]] if "e" in body else []

    def __repr__(self):
        return f"{self.feed}:{self.n}:{self.id[:6]}"


def is_id(value):
    return bytes_of(value, 32) is not None


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_shaped(body):
    """Whether the JSON of a line is a commit at all."""
    return (
        isinstance(body, dict)
        and body.get("v") == 1
        and is_number(body["v"])
        and bytes_of(body.get("f"), FEED) is not None
        and is_number(body.get("n"))
        and body["n"] >= 1
        and "p" in body
        and (body["p"] is None if body["n"] == 1 else is_id(body["p"]))
        and is_number(body.get("l"))
        and is_number(body.get("t"))
        and isinstance(body.get("seen"), list)
        and len(body["seen"]) <= MAX_SEEN
        and all(is_id(id) for id in body["seen"])
        and ("e" in body) != ("z" in body)
        and ("e" not in body or isinstance(body["e"], list) and all(isinstance(edit, dict) for edit in body["e"]))
        and ("z" not in body or bytes_of(body["z"]) is not None)
    )


def key_of(body):
    """The public key that the first commit of a feed carries: it stands in its `found` or `join`, and hashes to the feed."""
    for edit in body.get("e", []):
        if edit.get("k") in ("found", "join"):
            key = bytes_of(edit.get("key"), 32)
            if key is not None and digest(key)[:FEED] == bytes_of(body["f"]):
                return key
    return None


def is_founding(body):
    return body["n"] == 1 and any(edit.get("k") == "found" for edit in body.get("e", []))


def read_all(visit, lines):
    """The commits {id: commit} of the lines that hold, and how many lines do not."""
    candidates, bad, keys = [], 0, {}
    for line in lines:
        signature, space, text = line.partition(b" ")
        signature = bytes_of(signature.decode("ascii", "replace"), 64)
        try:
            body = strict.read(text)
        except strict.NotStrict:
            body = None
        if signature is None or not is_shaped(body):
            bad += 1
            continue
        if len(line) > (MAX_FOUNDING if is_founding(body) else MAX_LINE):
            bad += 1
            continue
        prefix = b"hecha-commit-1\0" + (b"" if is_founding(body) else visit.encode())
        message = prefix + text
        candidates.append((body, signature, message))
        if body["n"] == 1 and body["f"] not in keys:
            # The feed is the digest of its key: what else is damaged in the first commit does not matter for the others.
            key = key_of(body)
            if key is not None:
                keys[body["f"]] = key
    commits = {}
    for body, signature, message in candidates:
        key = keys.get(body["f"])
        id = text_of(digest(message))
        if key is None or not is_signed(key, signature, message) or (is_founding(body) and id != visit):
            bad += 1
            continue
        commits[id] = Commit(id, body)
    return commits, bad
