"""Seals, closing records, and the ballots they bind."""

from history import newest, written
from seats import Seats

LOOKED_AT = 50


def records(history, kind, most, is_meant=lambda edit: True):
    """(commit, edit) of the records of a kind, the first so many of each chain: what stands beside a chain pushes nothing out.
    Of those that are not meant nothing is counted."""
    until = {}
    for commit in history.sorted():
        before = history.before(commit)
        n = until.get(before.id, 0) if before else 0
        for edit in commit.edits:
            if edit["k"] == kind and is_meant(edit):
                n += 1
                if n <= most:
                    yield commit, edit
        until[commit.id] = n


class Seal:
    def __init__(self, commit, tips):
        self.id, self.tips = commit.id, tips


def standing(seats, member):
    """The seals of a member that stand: the newest values of the cell that seals and `unseal`s are together."""
    entries = written(
        seats.commits_of(member),
        lambda edit: ("seal", edit["k"]) if edit["k"] in ("submit", "unseal") else None,
    )
    found = newest(seats.history, entries.get("seal", []))
    return [Seal(entry.commit, entry.edit["tips"]) for entry in found if entry.value == "submit"]


class Record:
    """A closing record, judged by its past and nothing else."""

    def __init__(self, history, commit, edit):
        self.commit = commit
        self.past = history.within(history.past([commit.id, *edit["tips"]]))
        self.counts = False
        if not all(history.is_whole(id) for id in [commit.id, *edit["tips"]]):
            # It counts when what is missing comes, and then says what it always said.
            return
        self.seats = Seats(self.past)
        if not self.seats.leads(commit):
            return
        author = self.seats.member_of(commit)
        self.by_lead = author == self.seats.lead
        self.seals = {name: seals for name in self.seats.members() if (seals := standing(self.seats, name))}
        if len(self.seats.roster) == 1:
            # Nothing is sealed in a visit of one person: the record is the seal as well.
            self.seals[author] = [Seal(commit, edit["tips"])]
        self.counts = author in self.seals or Rights(self.seats, self.past).is_recused(author, None)


class Rights:
    """Declarations and recusals of a set of commits, by the seats of it."""

    def __init__(self, seats, history):
        self.recused, self.withdrawn = set(), set()
        for member in seats.members():
            entries = written(
                (commit for commit in seats.commits_of(member) if commit.id in history),
                lambda edit: ("declare", tuple(edit["recuse"])) if edit["k"] == "declare" else None,
            )
            for entry in newest(history, entries.get("declare", [])):
                self.recused |= {(member, None if clause == "*" else clause) for clause in entry.value}
                self.withdrawn |= {member for clause in entry.value if clause == "*"}
        entries = written(
            (commit for commit in history.sorted() if seats.leads(commit)),
            lambda edit: ((edit["name"], edit["c"]), edit["reason"]) if edit["k"] == "recuse" else None,
        )
        for cell, found in entries.items():
            if any(entry.value is not None for entry in newest(history, found)):
                self.recused.add(cell)
        entries = written(
            (commit for commit in history.sorted() if seats.leads(commit)),
            lambda edit: (edit["name"], edit["reason"]) if edit["k"] == "absent" else None,
        )
        # Whoever says it is there.
        entries = {
            name: said
            for name, found in entries.items()
            if (said := [it for it in found if it.value is None or seats.member_of(it.commit) != name])
        }
        # What one recorded and another took back holds for neither.
        self.absent = {
            name
            for name, found in entries.items()
            if all(entry.value is not None for entry in newest(history, found))
        }

    def is_recused(self, member, clause):
        return (member, None) in self.recused or (member, clause) in self.recused


class Closing:
    """All records of a set of commits that count, and what they say together. What they and seals name is looked up in
    `everything`: it is bound by its ids, whether or not a final record's past reaches it."""

    def __init__(self, history, everything):
        named = (Record(everything, commit, edit) for commit, edit in records(history, "close", LOOKED_AT))
        self.records = [record for record in named if record.counts]
        self.first = [record for record in self.records if not self.earlier(record, self.records)]
        # Nobody else can say afterwards that less was settled than the lead's record says.
        settling = [record for record in self.first if record.by_lead] or self.first
        self.common = everything.within(set.intersection(*(set(r.past.commits) for r in settling))) if settling else None
        # Whoever was admitted beside the roster when the votes were open takes no part in them.
        self.seated = {name for record in self.first for name in record.seats.members()}
        for record in self.records:
            record.seals = {name: seals for name, seals in record.seals.items() if name in self.seated}
        self.ballots, self.late = {}, set()
        for member in sorted({name for record in self.records for name in record.seals}):
            self.bind(everything, member)
        # A device that was seated elsewhere afterwards: what is in time stays with whom it was counted for.
        self.owner = {}
        for member in sorted(self.ballots, key=lambda name: (name in self.late, name)):
            for id in self.ballots[member]:
                self.owner.setdefault(id, member)

    @staticmethod
    def earlier(record, records):
        return [other for other in records if other is not record and other.commit.id in record.past]

    def bind(self, history, member):
        naming = [record for record in self.records if member in record.seals]
        holding = [record for record in naming if not self.earlier(record, naming)]
        seals = {seal.id for record in holding for seal in record.seals[member]}

        def supersedes(seal):
            naming = [record for record in holding if seal in {it.id for it in record.seals[member]}]
            known = [record.past.known_by(record.past.commits[seal]) for record in naming]
            return any(is_known(history.commits[other]) for is_known in known for other in seals if other != seal)

        kept = {id for id in seals if not supersedes(id)}
        devices = set().union(*(record.seats.devices[member] for record in holding))
        # What a seal names and its record does not was not there when the votes were opened: its author could still choose.
        self.ballots[member] = set()
        for record in holding:
            ends = [id for seal in record.seals[member] if seal.id in kept for id in [seal.id, *seal.tips]]
            self.ballots[member] |= {id for id in record.past.past(ends) if history.commits[id].feed in devices}
        if not all(kept <= {seal.id for seal in record.seals.get(member, [])} for record in self.first):
            self.late.add(member)
