"""Strict JSON: one reading only, or none. Two programs that read a text apart would count different votes."""

import json

LIMIT = 2**53 - 1
LEVELS = 128


class NotStrict(ValueError):
    pass


def refuse(text):
    raise NotStrict(f"{text} is not a whole number")


def whole(text):
    if text == "-0":
        refuse(text)
    number = int(text)
    if abs(number) > LIMIT:
        refuse(text)
    return number


def unique(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrict("a key stands twice")
    return found


def check_text(text):
    # A lone half of a surrogate pair is no text: UTF-8 cannot hold it.
    text.encode("utf-8")


def check(value, levels):
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, (dict, list)):
        if levels == 0:
            raise NotStrict("too deep")
        if isinstance(value, dict):
            for key in value:
                check_text(key)
            value = value.values()
        for inner in value:
            check(inner, levels - 1)


def read(data):
    """The value that the bytes spell; NotStrict if there is none."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse, parse_int=whole)
        check(value, LEVELS)
    except (ValueError, RecursionError) as error:
        raise NotStrict(str(error)) from None
    return value
