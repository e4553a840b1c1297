"""The lines of one shared file: header, signed commits, END. Damage is told, and what is sound is still read."""

import hashlib

import strict
from crypto import text_of

MAGIC = b"HECHA1 "
MAX_FOUNDING = 8 << 20
MAX_LINE = 1 << 20
MAX_FILE = 256 << 20


class CannotRead(Exception):
    """Nothing of this file may be touched: no shared file, a newer one, an encrypted one."""


class SharedFile:
    def __init__(self, visit, lines, damage):
        self.visit = visit
        # The lines between header and END, as bytes.
        self.lines = lines
        # What is wrong with the frame, in words; lines are judged by `commit.py`.
        self.damage = damage


def header_of(line):
    if not line.startswith(MAGIC):
        raise CannotRead("no shared file")
    try:
        header = strict.read(line[len(MAGIC) :])
    except strict.NotStrict as error:
        raise CannotRead(f"the first line does not read: {error}") from None
    if not isinstance(header, dict) or not isinstance(header.get("visit"), str):
        raise CannotRead("the first line names no visit")
    if not isinstance(header.get("min"), int) or header["min"] > 1:
        raise CannotRead("made for a newer program")
    if header.get("enc") != "none":
        raise CannotRead("encrypted")
    return header


def read(data):
    if len(data) > MAX_FILE:
        raise CannotRead("more than 256 MiB")
    damage = []
    forgiven = data.removeprefix(b"\xef\xbb\xbf")
    lines = forgiven.split(b"\n")
    if lines[-1] != b"":
        damage.append("the last line has no end")
    else:
        lines.pop()
    lines = [line.removesuffix(b"\r") for line in lines]
    header = header_of(lines[0])
    body = lines[1:]
    if body and body[-1].startswith(b"END "):
        end = body.pop().split(b" ")
        # CR and the byte order mark are forgiven, so that the digest is that of the text without them.
        before = b"".join(line + b"\n" for line in [lines[0], *body])
        right = [b"END", str(len(body)).encode(), text_of(hashlib.sha256(before).digest()).encode()]
        if end != right:
            damage.append("END says something else")
    else:
        damage.append("no END")
    return SharedFile(header["visit"], body, damage)
