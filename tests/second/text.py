"""Text that people wrote: what is taken out of it, and how long it may be."""

import re

# What terminals obey: control sequences, strings with their end in the same line, and the rest.
SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[\x20-\x3f]*[\x40-\x7e]?"
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\r\n\x07\x1b\x9c]*(?:\x07|\x9c|\x1b\\\\))?"
    "|\x1b[\x40-\x5f]"
    "|\x1b[\x20-\x2f]*[\x30-\x7e]?"
)
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
LINE, NOTE = 400, 4000


def without_hidden(text, keep):
    return CONTROL.sub(lambda found: found[0] if found[0] in keep else "", HIDDEN.sub("", text))


def line_of(value):
    """One line, cleaned; None if it is no text or too long."""
    if not isinstance(value, str):
        return None
    text = without_hidden(re.sub("[\r\n\t]", " ", SEQUENCE.sub("", value)), "").strip()
    return text if len(text) <= LINE else None


def note_of(value):
    """Text of several lines, cleaned."""
    if not isinstance(value, str):
        return None
    text = without_hidden(SEQUENCE.sub("", value), "\n\t")
    return text if len(text) <= NOTE else None


def is_clean_name(value):
    return isinstance(value, str) and value != "" and line_of(value) == value


def is_id_of_things(value):
    return (
        isinstance(value, str)
        and 1 <= len(value.encode("utf-8")) <= 64
        and not re.search(r"\s", value)
        and line_of(value) == value
    )
