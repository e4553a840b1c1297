"""The shapes of the edits that votes, seats, seals and the record rest on. A known kind that is not well-formed is an unknown one."""

import datetime
import re

from crypto import bytes_of
from text import is_clean_name, is_id_of_things, line_of, note_of

LIST, CLAUSES, THINGS, TIPS, BOXES = 200, 5000, 1000, 4000, 20
UNKNOWN = {"k": None}


class Malformed(Exception):
    pass


def need(condition):
    if not condition:
        raise Malformed


def number(value, least=0):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= least)
    return value


def boolean(value):
    need(isinstance(value, bool))
    return value


def data(length):
    def read(value):
        need(bytes_of(value, length) is not None)
        return value

    return read


digest_text, feed, key = data(32), data(9), data(32)


def name(value):
    need(is_clean_name(value))
    return value


def thing(value):
    need(is_id_of_things(value))
    return value


def one_line(value):
    text = line_of(value)
    need(text is not None)
    return text


def note(value):
    text = note_of(value)
    need(text is not None)
    return text


def several(inner, most=LIST):
    def read(value):
        need(isinstance(value, list) and len(value) <= most)
        return [inner(item) for item in value]

    return read


def mapping(key_of, value_of, most=LIST):
    def read(value):
        need(isinstance(value, dict) and len(value) <= most)
        return {key_of(key): value_of(inner) for key, inner in value.items()}

    return read


def nothing_or(inner):
    """What may be null. It may be left out as well, which is the same."""

    def read(value):
        return None if value is None else inner(value)

    read.may_lack = True
    return read


def one_of(*words):
    def read(value):
        need(value in words and isinstance(value, str))
        return value

    return read


def shape(**members):
    """An object with these members. One written as a pair (reader, default) may be absent."""

    def read(value):
        need(isinstance(value, dict))
        found = {}
        for member, reader in members.items():
            if isinstance(reader, tuple):
                reader, default = reader
                found[member] = reader(value[member]) if member in value else default
            else:
                need(member in value or getattr(reader, "may_lack", False))
                found[member] = reader(value.get(member))
        return found

    return read


expert = shape(field=one_line, title=one_line)


def decimal(value):
    """A decimal in text as a whole number of ten-thousandths."""
    from checklist import ten_thousandths

    found = ten_thousandths(value)
    need(found is not None)
    return found


def ratio(value):
    need(isinstance(value, list) and len(value) == 2)
    need(number(value[0]) <= number(value[1], 1))
    return value


FINDINGS = {
    "tick": boolean,
    "ratio": ratio,
    "number": decimal,
    "inventory": mapping(thing, one_of("ok", "faulty", "expired", "missing"), THINGS),
    "count": several(thing, THINGS),
    "na": lambda value: need(value is True) or True,
}


def finding(value):
    need(isinstance(value, dict))
    kinds = [kind for kind in FINDINGS if kind in value]
    need(len(kinds) == 1)
    return {kinds[0]: FINDINGS[kinds[0]](value[kinds[0]])}


def vote_value(value):
    need(isinstance(value, dict))
    kinds = [kind for kind in ("grade", "points", "absent") if kind in value]
    need(len(kinds) == 1)
    readers = {
        "grade": one_of("A", "B", "C", "D"),
        "points": decimal,
        "absent": one_of("not-seen", "not-applicable", "not-provided"),
    }
    return {kinds[0]: readers[kinds[0]](value[kinds[0]]), "why": note(value.get("why"))}


def vote(edit):
    """A vote, or the note beside it: two cells."""
    if "note" in edit:
        return {**shape(c=thing, note=note)(edit), "k": "note"}
    return shape(c=thing, v=nothing_or(vote_value))(edit)


def admit(edit):
    if edit.get("role") == "office":
        return shape(feed=feed, role=one_of("office"))(edit)
    if "role" in edit:
        return shape(name=name, role=one_of("deputy"))(edit)
    return shape(feed=feed, name=name, checked=(boolean, False), expert=nothing_or(expert))(edit)


def join(edit):
    if "role" in edit:
        return shape(role=one_of("office"), key=key)(edit)
    return shape(name=name, key=key, expert=nothing_or(expert))(edit)


def hours(value):
    read = decimal(value)
    need(0 < read <= 24 * 10000)
    return read


def day(value):
    """A day of the calendar, as 2026-11-21."""
    need(isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value))
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise Malformed from None
    return value


plan_member = shape(name=name, c=several(thing, CLAUSES))
documents = shape(on=nothing_or(day), hours=hours)
plan = shape(hours=hours, documents=nothing_or(documents), by=several(plan_member))


def verdict(edit):
    if "gate" in edit:
        return shape(gate=thing, v=nothing_or(shape(state=one_of("clear", "tripped"), why=note)))(edit)

    def value(inner):
        need(isinstance(inner, dict))
        kinds = [kind for kind in ("grade", "points", "na") if kind in inner]
        need(len(kinds) == 1)
        readers = {"grade": one_of("A", "B", "C", "D"), "points": decimal, "na": lambda v: need(v is True) or True}
        return {kinds[0]: readers[kinds[0]](inner[kinds[0]]), "why": note(inner.get("why"))}

    return shape(c=thing, v=nothing_or(value))(edit)


cause = one_of("evidence", "reading", "changed", "slip")
dissent = shape(cause=nothing_or(cause), text=note, minority=(boolean, False), on=nothing_or(day))


def box(value):
    sealed = bytes_of(value)
    need(sealed is not None and len(sealed) <= 1024)
    return value


boxes = shape(name=name, h=digest_text, box=mapping(feed, box, BOXES))

KINDS = {
    "found": lambda edit: edit,
    "join": join,
    "blind": shape(h=digest_text),
    "admit": admit,
    "device": shape(feed=feed),
    "retire": shape(feed=feed, n=number),
    "receipt": shape(heads=mapping(feed, number)),
    "declare": shape(text=note, recuse=(several(lambda v: v if v == "*" else thing(v), CLAUSES), [])),
    "recuse": shape(name=name, c=nothing_or(thing), reason=nothing_or(one_line)),
    "absent": shape(name=name, reason=nothing_or(one_line)),
    "plan": shape(v=nothing_or(plan)),
    "finding": shape(c=thing, p=thing, v=nothing_or(finding)),
    "vote": vote,
    "submit": shape(tips=several(digest_text, TIPS)),
    "unseal": shape(),
    "shares": shape(h=digest_text, need=lambda value: number(value, 1), of=several(boxes)),
    "share": shape(of=digest_text, i=lambda value: number(value, 1), s=nothing_or(data(32))),
    "key": shape(key=key),
    "close": shape(tips=several(digest_text, TIPS)),
    "clear": shape(c=thing, v=nothing_or(vote_value)),
    "verdict": verdict,
    "dissent": shape(c=thing, v=nothing_or(dissent)),
    "objection": shape(c=nothing_or(thing), v=nothing_or(lambda value: value)),
    "sign": shape(h=digest_text, on=nothing_or(day)),
    "final": shape(
        tips=several(digest_text, TIPS),
        opened=several(name),
        h=digest_text,
        revises=nothing_or(digest_text),
        on=nothing_or(day),
    ),
    "slot": lambda edit: edit,
    "rectify": lambda edit: edit,
}

BALLOT = ("finding", "vote", "evidence")


def known(edit):
    """The edit with its members read and cleaned, or an unknown one."""
    kind = edit.get("k")
    if not isinstance(kind, str) or kind not in KINDS:
        return UNKNOWN
    try:
        return {"k": kind, **KINDS[kind](edit)}
    except Malformed:
        return UNKNOWN
