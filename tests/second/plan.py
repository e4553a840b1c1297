"""Who votes on which clause, by the plan in force."""

from closing import standing
from history import supersedes, values, written


class Plan:
    """The plans of a set of commits, by the seats and rights of it. `absent`: members who are not there."""

    def __init__(self, seats, history, rights, absent):
        self.seats, self.history, self.rights, self.absent = seats, history, rights, absent
        leading = [commit for commit in history.sorted() if seats.leads(commit)]
        cells = written(leading, lambda edit: ("plan", read(edit["v"])) if edit["k"] == "plan" else None)
        entries = cells.get("plan", [])
        sealed = {id(entry): self.seals_known_to(entry) for entry in entries}
        before = [entry for entry in entries if not sealed[id(entry)]]
        after = [
            entry
            for entry in entries
            if sealed[id(entry)] and not any(supersedes(history, it, entry) for it in before)
        ]
        # In a conflict everybody votes on everything, and nobody hands anything on.
        self.by = only(values(history, before))
        self.handed = only(values(history, after)) or {}
        self.sealed = set().union(*(sealed[id(entry)] for entry in after))

    def seals_known_to(self, entry):
        """Members of whom the receipts before this plan, in its feed, reach a seal and nothing that takes it back; or it supersedes them."""
        reached = {}
        for commit in self.history.chain(entry.commit.id):
            for place, edit in enumerate(commit.edits):
                if edit["k"] == "receipt" and (commit is not entry.commit or place < entry.place):
                    for feed, n in edit["heads"].items():
                        reached[feed] = max(n, reached.get(feed, 0))

        def knew(it):
            return it.commit.n <= reached.get(it.commit.feed, 0) or supersedes(self.history, entry, it)

        def is_sealed(member):
            commits = self.seats.commits_of(member)
            cells = written(commits, lambda edit: (edit["k"], None) if edit["k"] in ("submit", "unseal") else None)
            seals, back = ([it for it in cells.get(kind, []) if knew(it)] for kind in ("submit", "unseal"))
            return any(not any(supersedes(self.history, it, seal) for it in back) for seal in seals)

        return {member for member in self.seats.members() if is_sealed(member)}

    def is_gone(self, member, clause):
        return (
            member not in self.seats.members() or member in self.absent or self.rights.is_recused(member, clause)
        )

    def members_of(self, clause):
        """Who votes on a clause by the plan; None if everybody does."""
        if self.by is None:
            return None
        planned = {name for name, clauses in self.by.items() if clause in clauses}
        places = sum(self.is_gone(name, clause) for name in planned)
        added = sorted(
            name
            for name, clauses in self.handed.items()
            if clause in clauses
            and name not in planned
            and name not in self.sealed
            and not self.is_gone(name, clause)
        )
        return planned | set(added[:places])

    def votes_on(self, member, clause):
        members = self.members_of(clause)
        return members is None or member in members


def read(plan):
    """A plan by what it says: hours, documents, {member: clauses}; None: everybody votes on everything."""
    if plan is None:
        return None
    by = {}
    for each in plan["by"]:
        by.setdefault(each["name"], set()).update(each["c"])
    return {**plan, "by": {name: clauses for name, clauses in by.items() if clauses}}


def only(found):
    """{member: clauses} of the one value of a cell, if it has one."""
    return found[0]["by"] if len(found) == 1 and found[0] is not None else None


def absent_then(seats, rights):
    """Members who were recorded as not there, and of whom no seal stands, by the same commits."""
    return {member for member in seats.members() if member in rights.absent and not standing(seats, member)}
