"""A laptop by hand: writes signed commits into a shared file, so that `.ci/second` can say what no program would say.

    python3 forge.py STATE FILE join NAME       joins; prints the 16 characters of the join code
    python3 forge.py STATE FILE outside NAME    joins under a name that is on no roster
    python3 forge.py STATE FILE say WHAT        see below
    python3 forge.py STATE FILE lead CODE       goes on as the lead's laptop, whose key the recovery code opens
    python3 forge.py STATE FILE duel OTHER      with another laptop of the same person: values that know each other in part
    python3 forge.py STATE FILE ahead OTHER     receives what another laptop will say, and plans
    python3 forge.py - FILE flip|forge|cut|windows WHERE [FEED|FEED]

STATE is a JSON file of this laptop: its device key, its ballot key, its last commit. If its name ends in a hyphen and a character,
the laptop's feed begins with this one, so that it stands before or behind others.
"""

import hashlib
import json
import os
import re
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import commit as reading
import file as shared_file
from crypto import bytes_of, digest, hchacha20, text_of, xchacha_open

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def spelled(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def crockford(data, length):
    number = int.from_bytes(data, "big")
    bits = len(data) * 8
    return "".join(CROCKFORD[number >> (bits - 5 * (i + 1)) & 31] for i in range(length))


def uncrockford(text):
    """The 16 bytes of a recovery code."""
    number = 0
    for sign in text.replace("-", "")[:26]:
        number = number << 5 | CROCKFORD.index(sign)
    return (number >> 2).to_bytes(16, "big")


def write(path, header, lines):
    """The canonical file of these lines: sorted by (feed, n, id), each once."""

    def place(line):
        body = json.loads(line.partition(b" ")[2])
        prefix = b"hecha-commit-1\0" + (b"" if reading.is_founding(body) else header["visit"].encode())
        return body["f"], body["n"], text_of(digest(prefix + line.partition(b" ")[2]))

    lines = sorted(set(lines), key=place)
    before = b"HECHA1 " + spelled(header) + b"\n" + b"".join(line + b"\n" for line in lines)
    path.write_bytes(before + f"END {len(lines)} {text_of(hashlib.sha256(before).digest())}\n".encode())


class Laptop:
    def __init__(self, state, path):
        self.state_path, self.path = state, path
        self.shared = shared_file.read(path.read_bytes())
        self.visit = self.shared.visit
        self.commits, _ = reading.read_all(self.visit, self.shared.lines)
        if state.exists():
            self.state = json.loads(state.read_text())
        else:
            self.state = {"device": None, "ballot": os.urandom(32).hex(), "n": 0, "p": None}
        wanted = state.stem[-1] if state.stem[-2:-1] == "-" else ""
        while True:
            secret = self.state["device"] or os.urandom(32).hex()
            self.device = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
            self.public = self.device.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            self.feed = text_of(digest(self.public)[:9])
            if self.feed.startswith(wanted):
                break
        self.state["device"] = secret
        self.ballot = bytes.fromhex(self.state["ballot"])
        self.promise = digest(b"hecha-ballot-key-1\0", self.ballot)
        self.lines = list(self.shared.lines)

    def commit(self, edits=None, sealed=None, **changed):
        n, p = self.state["n"] + 1, self.state["p"]
        body = {"v": 1, "f": self.feed, "n": n, "p": p, "l": 100000 + n, "t": 1796000000000, "seen": []}
        if sealed is not None:
            body["z"] = text_of(self.seal(spelled(sealed), n, p))
        else:
            body["e"] = edits
        body |= changed
        text = spelled(body)
        message = b"hecha-commit-1\0" + self.visit.encode() + text
        self.lines.append(text_of(self.device.sign(message)).encode() + b" " + text)
        id = text_of(digest(message))
        if "n" not in changed:
            self.state["n"], self.state["p"] = n, id
        return id

    def seal(self, plain, n, p):
        plain += b" " * (-len(plain) % 512)
        associated = b"\0".join([self.visit.encode(), self.feed.encode(), str(n).encode(), (p or "").encode(), self.promise])
        nonce = os.urandom(24)
        key = hchacha20(digest(b"hecha-sealed-edits-1\0", self.ballot), nonce[:16])
        return self.promise + nonce + ChaCha20Poly1305(key).encrypt(bytes(4) + nonce[16:], plain, associated)

    def join(self, name, expert=None):
        join = {"k": "join", "key": text_of(self.public), "name": name}
        if expert:
            join["expert"] = expert
        self.commit([join, {"k": "blind", "h": text_of(self.promise)}])
        lead = next(text_of_key for text_of_key in self.keys_of("found"))
        parts = [b"hecha-join-1", self.visit.encode(), lead.encode(), text_of(self.public).encode()]
        print(crockford(digest(b"\0".join(parts)), 16))

    def lead(self, code):
        """Becomes the lead's laptop: its key is in the founding commit, wrapped to the recovery code."""
        founding = next(body for body in self.bodies() if reading.is_founding(body))
        wrapped = next(bytes_of(edit["w"]) for edit in founding["e"] if edit["k"] == "blind")
        plain = xchacha_open(digest(b"hecha-recovery-key-1\0", uncrockford(code)), wrapped, b"hecha-recovery-1")
        last = max((it for it in self.commits.values() if it.feed == founding["f"]), key=lambda it: it.n)
        self.state |= {"device": plain[33:].hex(), "n": last.n, "p": last.id}

    def bodies(self):
        return (json.loads(line.partition(b" ")[2]) for line in self.shared.lines)

    def keys_of(self, kind):
        for body in self.bodies():
            for edit in body.get("e", []):
                if edit.get("k") == kind:
                    yield edit["key"]

    def done(self):
        self.state_path.write_text(json.dumps(self.state))
        header = {"enc": "none", "fmt": 1, "min": 1, "visit": self.visit}
        write(self.path, header, self.lines)


def tick(c, p, yes=True):
    return {"k": "finding", "c": c, "p": p, "v": {"tick": yes}}


def finding(c, p, **v):
    return {"k": "finding", "c": c, "p": p, "v": v}


def direct(c, **v):
    return {"k": "vote", "c": c, "v": {"why": "", **v}}


# What a ballot of ours says: every rule of findings and votes is broken once, beside a sound one.
BALLOT = [
    tick("SE-01", "C1"),
    finding("SE-01", "C2", na=True),  # a point that always applies
    tick("SE-01", "B1"),
    tick("SE-01", "A1"),
    finding("SE-02", "C1", ratio=[0, 0]),
    finding("SE-02", "C2", ratio=[1, 50]),
    finding("SE-02", "B1", ratio=[5, 3]),
    finding("SE-02", "A1", ratio=[1, 3]),
    finding("SE-03", "C1", tick=True),  # a finding of another kind
    finding("SE-03", "B1", number="1"),
    finding("SE-03", "A1", number="1"),
    finding("SE-04", "C1", inventory={"a": "ok", "b": "ok", "c": "ok", "d": "ok", "stranger": "ok"}),
    finding("SE-04", "B1", inventory={"a": "ok", "b": "ok", "c": "ok"}),
    finding("SE-04", "A1", inventory={"a": "broken"}),  # not well-formed
    finding("SE-05", "C1", count=["x1", "x1"]),
    finding("SE-05", "B1", count=["x1", "x2", "y1", "stranger"]),
    tick("SE-07", "C1"),
    direct("SE-06", grade="B"),  # a grade where points are asked
    direct("SE-07", points="5"),  # and the other way round
    direct("SE-08", grade="E"),
    tick("SE-99", "C1"),
    {"k": "verdict", "c": "SE-01", "v": {"grade": "D", "why": "behind a seal"}},
    {"k": "submit", "tips": []},
]
SECOND = [
    finding("SE-02", "C1", ratio=[9, 10]),
    finding("SE-02", "C1", ratio=[9, 10, 11]),
    direct("SE-06", points="10.5"),  # more than full marks
    direct("SE-08", grade="B", why="x" * 5000),
    finding("SE-03", "C1", number="2.0"),
    finding("SE-03", "B1", number="1e3"),
    finding("SE-05", "C1", tick=True),  # of another kind, over a sound one
    {"k": "vote", "c": "SE-01", "note": "备\u202e注"},
]
# Whoever it is of: all votes but one member's are taken away.
PLAN = {
    "k": "plan",
    "v": {"hours": "7", "documents": None, "by": [{"name": "马文博", "c": [f"SE-0{i}" for i in range(1, 9)]}]},
}
# What somebody says in the open who has no right to: none of it may change a vote.
LOUD = [
    {"k": "verdict", "c": "SE-01", "v": {"grade": "D", "why": "I say so"}},
    {"k": "recuse", "name": "林若安", "c": None, "reason": "I say so"},
    {"k": "retire", "feed": "AAAAAAAAAAAA", "n": 0},
    {"k": "admit", "name": "陈思齐", "role": "deputy"},
    {"k": "absent", "name": "赵一鸣", "reason": "I say so"},
    PLAN,
    {"k": "nonsense", "crit": False},
    {"k": "clear", "c": "SE-01", "v": {"grade": "D", "why": ""}},
    {"k": "clear", "c": "SE-06", "v": {"points": "11", "why": ""}},
    {"k": "clear", "c": "SE-02", "v": {"points": "1", "why": ""}},
]


def say(laptop, what):
    if what == "ballot":
        laptop.commit(sealed=BALLOT)
        laptop.commit(sealed=SECOND)
        # The seal names a commit too that is kept back, to be shown or not once the others' votes are read.
        kept = dict(laptop.state)
        held = laptop.commit(sealed=[direct("SE-08", grade="A")])
        laptop.state = kept | {"held": laptop.lines.pop().decode()}
        laptop.commit([{"k": "submit", "tips": [laptop.state["p"], held]}])
    elif what == "held":
        laptop.lines.append(laptop.state["held"].encode())
    elif what == "loud":
        laptop.commit(LOUD)
        laptop.commit([{"k": "close", "tips": [laptop.state["p"]]}])
        laptop.commit([{"k": "final", "tips": [laptop.state["p"]], "opened": [], "waivers": [], "h": "A" * 43}])
        # A commit that says nothing but what is silent, but badly: an unknown one, which is part of the record.
        laptop.commit([{"k": "receipt", "heads": 5}])
    elif what == "plan":
        laptop.commit([PLAN])
    elif what == "seal":
        laptop.commit([{"k": "submit", "tips": []}])
    elif what == "office":
        laptop.commit([{"k": "admit", "feed": "AAAAAAAAAAAA", "role": "office"}, {"k": "admit", "feed": "AAAAAAAAAAAA", "role": "clerk"}])
    elif what == "key":
        laptop.commit([{"k": "key", "key": text_of(laptop.ballot)}])
    elif what == "fork":
        # Two commits with the next number; both go on from the same one.
        kept = dict(laptop.state)
        laptop.commit([{"k": "clear", "c": "SE-03", "v": {"grade": "B", "why": "one"}}])
        laptop.state = kept
        laptop.commit([{"k": "clear", "c": "SE-03", "v": {"grade": "C", "why": "other"}}])
    elif what == "shares":
        # A share of everything that was shared out: garbage, of no seat, none.
        for id, commit in list(laptop.commits.items()):
            if any(edit["k"] == "shares" for edit in commit.edits):
                laptop.commit(
                    [{"k": "share", "of": id, "i": i, "s": text_of(os.urandom(32)) if i else None} for i in (1, 2, 3, 200)]
                )
                laptop.commit([{"k": "share", "of": id, "i": 1, "s": None}])
    elif what == "gap":
        # A commit that follows one nobody has: what it says anew settles nothing.
        laptop.commit([{"k": "clear", "c": "SE-04", "v": {"grade": "B", "why": ""}}])
        laptop.commit([{"k": "clear", "c": "SE-04", "v": {"grade": "A", "why": ""}}], n=laptop.state["n"] + 7, p="A" * 43)
    else:
        raise SystemExit(f"nothing is known as {what}")


def duel(laptop, other):
    """What one of two laptops says knowing of the other one only at first."""

    def clear(grade, why=""):
        return [{"k": "clear", "c": "SE-05", "v": {"grade": grade, "why": why}}]

    other.lines = laptop.lines
    theirs = other.commit(clear("A"))
    laptop.commit(clear("B"), seen=[theirs])
    laptop.commit(clear("C"))
    other.done()


def ahead(laptop, other):
    """A receipt of what another laptop has not said yet, and a plan after it."""
    laptop.commit([{"k": "receipt", "heads": {other.feed: 99}}])
    laptop.commit([PLAN])


def damage(path, how, where, feed=""):
    """One byte of a line, of its signature, or all that follows its begin: of the first line that holds the text WHERE
    (of this feed). Or all as an editor on Windows saves it."""
    data = path.read_bytes()
    lines = data.split(b"\n")
    of_feed = re.compile(b'"f":"(%s)"' % feed.encode() if feed else b"")
    place = next(i for i, line in enumerate(lines) if i and where.encode() in line and of_feed.search(line))
    if how == "windows":
        lines = [b"\xef\xbb\xbf" + lines[0] + b"\r", *(line + b"\r" for line in lines[1:-1]), b""]
    elif how == "cut":
        lines = [*lines[:place], lines[place][:100]]
    else:
        line = bytearray(lines[place])
        at = 20 if how == "forge" else line.index(where.encode()) + len(where) // 2
        line[at] = ord("B") if line[at] != ord("B") else ord("C")
        lines[place] = bytes(line)
    path.write_bytes(b"\n".join(lines))


def main():
    state, path, what, *rest = sys.argv[1:]
    path = Path(path)
    if state == "-":
        return damage(path, what, *rest)
    laptop = Laptop(Path(state), path)
    if what == "join":
        laptop.join(rest[0])
    elif what == "outside":
        laptop.join(rest[0], {"field": "医疗", "title": "主任医师"})
    elif what == "lead":
        laptop.lead(rest[0])
    elif what == "duel":
        duel(laptop, Laptop(Path(rest[0]), path))
    elif what == "ahead":
        ahead(laptop, Laptop(Path(rest[0]), path))
    else:
        say(laptop, rest[0])
    laptop.done()


if __name__ == "__main__":
    main()
