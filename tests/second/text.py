"""Text that people wrote: what is taken out of it, and how long it may be."""

import re

HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
LINE, NOTE = 400, 4000


def without_hidden(text, keep):
    return CONTROL.sub(lambda found: found[0] if found[0] in keep else "", HIDDEN.sub("", text))


def line_of(value):
    """One line, cleaned; None if it is no text or too long."""
    if not isinstance(value, str):
        return None
    text = without_hidden(re.sub("[\r\n\t]", " ", value), "").strip()
    return text if len(text) <= LINE else None


def note_of(value):
    """Text of several lines, cleaned."""
    if not isinstance(value, str):
        return None
    text = without_hidden(value, "\n\t")
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
