"""What the content of a checklist asks: when a point is met, and which grade the points give."""

import re

DECIMAL = re.compile(r"(-?)(\d+)(?:\.(\d{1,4}))?\Z", re.ASCII)
MOST = 2**50
GOOD = {"present": {"ok", "faulty", "expired"}, "working": {"ok", "expired"}, "in-date": {"ok", "faulty"}}


def ten_thousandths(text):
    found = DECIMAL.match(text) if isinstance(text, str) else None
    if not found:
        return None
    number = int(found[2]) * 10000 + int((found[3] or "").ljust(4, "0"))
    return None if number > MOST else -number if found[1] else number


class Checklist:
    def __init__(self, content):
        self.lists = {each["id"]: each for each in content["lists"]}
        self.clauses = {clause["id"]: clause for area in content["areas"] for clause in area["clauses"]}

    def is_met(self, point, finding):
        """True, False, or None where that is open: nothing is recorded, or what another measure would take."""
        measure = point["measure"]
        kind, bounds = (measure, {}) if isinstance(measure, str) else next(iter(measure.items()))
        if finding is None or kind not in finding:
            return None
        return getattr(self, f"{kind}_is_met")(bounds, finding[kind])

    def tick_is_met(self, bounds, value):
        return value

    def ratio_is_met(self, bounds, value):
        part, whole = value
        is_asked = bounds["at_least"] is not None or bounds["at_most"] is not None
        if is_asked and whole < (bounds["min_sample"] or 0):
            return False
        return is_within(part * 10000, bounds["at_least"], bounds["at_most"], whole)

    def number_is_met(self, bounds, value):
        return is_within(value, bounds["min"], bounds["max"], 1)

    def inventory_is_met(self, bounds, value):
        items = [item["id"] for item in self.lists[bounds["list"]]["items"]]
        good = sum(value.get(item) in GOOD[bounds["aspect"]] for item in items)
        open_ones = sum(item not in value for item in items)
        least = ten_thousandths(bounds["at_least"]) * len(items)
        # What is not recorded yet may still turn out well.
        return True if good * 10000 >= least else None if (good + open_ones) * 10000 >= least else False

    def count_is_met(self, bounds, value):
        found = [item for item in self.lists[bounds["list"]]["items"] if item["id"] in value]
        categories = {item["category"] for item in found if item["category"] is not None}
        return len(found) >= bounds["items"] and len(categories) >= bounds["categories"]

    def grade(self, clause, findings):
        """The grade of {point: finding}, or None as long as an open point could still change it."""
        grade, any_applies = "D", False
        for level in "CBA":
            # Points that do not apply drop out, but not all of them.
            applying = [
                self.is_met(point, finding)
                for point in clause["points"]
                if point["level"] == level and "na" not in (finding := findings.get(point["id"]) or {})
            ]
            if False in applying:
                return grade
            if None in applying:
                return None
            any_applies |= bool(applying)
            grade = level
        return grade if any_applies else None

    @staticmethod
    def admits(scale, points):
        """Whether a scale has these points."""
        most, step = ten_thousandths(str(scale["points"])), ten_thousandths(str(scale["step"]))
        return 0 <= points <= most and step > 0 and points % step == 0


def is_within(value, least, most, by):
    least, most = (None if bound is None else ten_thousandths(bound) for bound in (least, most))
    return (least is None or value >= least * by) and (most is None or value <= most * by)
