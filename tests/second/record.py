"""The final record, and the digest of what members sign."""

from closing import Closing, Rights, records, standing
from crypto import digest
from seats import Seats

LOOKED_AT = 20
SILENT = {"receipt", "sign", "dissent", "final", "rectify", "slot", "shares", "share", "key"}


class Final:
    def __init__(self, history, commit, edit):
        self.commit, self.opened, self.h = commit, set(edit["opened"]), edit["h"]
        self.past = history.within(history.past([commit.id, *edit["tips"]]))
        self.counts = all(history.is_whole(id) for id in [commit.id, *edit["tips"]])
        if not self.counts:
            return
        self.seats = seats = Seats(self.past)
        closing = Closing(self.past, history)
        self.counts = seats.leads(commit) and bool(closing.records)
        if not self.counts:
            return
        self.voters, self.named = voters_of(seats, closing)
        self.counts = self.is_majority(self.signed())
        self.by_deputy = seats.member_of(commit) != seats.lead

    def is_majority(self, signed):
        """Of those who vote, and among them of those whom the founding names and who did not themselves withdraw."""
        signed = signed & self.voters
        return len(signed) * 2 > len(self.voters) and len(signed & self.named) * 2 > len(self.named)

    def signed(self):
        """Who has signed the record, by what it rests on."""
        plain = (commit for commit in self.past.sorted() if commit.sealed is None)
        signing = (c for c in plain if any(edit["k"] == "sign" and edit["h"] == self.h for edit in c.edits))
        return {self.seats.member_of(commit) for commit in signing}


def absent_of(rights, seats, closing):
    """Members who are not there: recorded so, and nothing of theirs is sealed or counted."""
    return {
        member
        for member in seats.members()
        if member in rights.absent and not standing(seats, member) and member not in closing.ballots
    }


def voters_of(seats, closing):
    """Who votes, and who is named, by what was settled when scoring was closed: nothing recorded afterwards makes a majority smaller."""
    rights = Rights(Seats(closing.common), closing.common)
    absent = absent_of(rights, seats, closing)
    voters = {name for name in closing.seated if (name, None) not in rights.recused and name not in absent}
    return voters, set(seats.roster) - rights.withdrawn


def choose(found):
    """Of records that do not know of each other the lead's, then the one with the lower id; None if there is none."""
    first = [a for a in found if not any(b is not a and b.commit.id in a.past for b in found)]
    return min(first, key=lambda final: (final.by_deputy, final.commit.id), default=None)


def final_of(history):
    """The first final record that holds, or None."""
    named = records(history, "final", LOOKED_AT, lambda edit: edit["revises"] is None)
    finals = [Final(history, commit, edit) for commit, edit in named]
    return choose([final for final in finals if final.counts])


def record_of(history, seats, sealed):
    """The ids of what members sign. `sealed`: the sealed commits that are part of it."""
    ids = []
    for commit in history.commits.values():
        if commit.sealed is not None:
            if commit.id in sealed:
                ids.append(commit.id)
        elif seats.member_of(commit) is not None and not all(edit["k"] in SILENT for edit in commit.edits):
            ids.append(commit.id)
    return ids


def digest_of(visit, ids):
    return digest(b"hecha-record-1\0", visit.encode(), *(f"\n{id}".encode() for id in sorted(ids))).hex()
