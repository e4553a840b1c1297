"""Keys of ballots, given whole or in shares, and what they open."""

import shamir
import strict
from crypto import bytes_of, digest, text_of, xchacha_open
from edits import BALLOT, UNKNOWN, known


def commitment(key):
    return digest(b"hecha-ballot-key-1\0", key)


def keys_of(visit, history, shares_only):
    """{commitment: key} of every key that can be known. A key vouches for itself: it has its commitment or is none."""
    keys = {}
    for commit in history.sorted():
        for edit in commit.edits:
            if edit["k"] == "key" and not shares_only:
                key = bytes_of(edit["key"])
                keys[commitment(key)] = key
    for (h, need), given in shares_of(visit, history).items():
        if len(given) >= need:
            key = shamir.secret(dict(list(given.items())[:need]))
            if commitment(key) == bytes_of(h[0]):
                keys[commitment(key)] = key
    return keys


def shares_of(visit, history):
    """{((commitment, commit), need): {seat: share}} of the shares that are what was committed to."""
    found = {}
    for commit in history.sorted():
        for edit in commit.edits:
            if edit["k"] != "share" or edit["s"] is None or edit["of"] not in history:
                continue
            offer = history.commits[edit["of"]]
            of = next((e for e in offer.edits if e["k"] == "shares"), None)
            share = bytes_of(edit["s"])
            if of is None or edit["i"] > len(of["of"]):
                continue
            if digest(b"\0".join([b"hecha-share-1", visit.encode(), offer.feed.encode(), share])) == bytes_of(of["of"][edit["i"] - 1]["h"]):
                found.setdefault(((of["h"], edit["of"]), of["need"]), {})[edit["i"]] = share
    return found


def open_sealed(visit, history, keys):
    """Fills in the edits of every sealed commit that a known key opens; returns the ids of those that stay shut."""
    committed = {}
    for commit in history.commits.values():
        for edit in commit.edits:
            if edit["k"] == "blind":
                committed.setdefault(commit.feed, set()).add(bytes_of(edit["h"]))
    shut = set()
    for commit in history.commits.values():
        if commit.sealed is None:
            continue
        for h in committed.get(commit.feed, ()):
            edits = opened(visit, commit, keys[h], h) if h in keys else None
            if edits is not None:
                commit.edits = edits
                break
        else:
            shut.add(commit.id)
    return shut


def opened(visit, commit, key, h):
    associated = b"\0".join(
        [visit.encode(), commit.feed.encode(), str(commit.n).encode(), (commit.p or "").encode(), h]
    )
    # It names its key: no other one opens it.
    if commit.sealed[:32] != h:
        return None
    plain = xchacha_open(digest(b"hecha-sealed-edits-1\0", key), commit.sealed[32:], associated)
    if plain is None:
        return None
    try:
        edits = strict.read(plain)
    except strict.NotStrict:
        return None
    if not isinstance(edits, list):
        return None
    # Nobody rules or seals behind a seal: only what belongs to a ballot is taken.
    return [known(edit) if isinstance(edit, dict) and edit.get("k") in BALLOT else UNKNOWN for edit in edits]
