"""After the end: further final records, each of which replaces the one before."""

from closing import records
from history import Written, newest, supersedes, values, written
from votes import is_fitting, shown

LOOKED_AT = 20


class Bench:
    """Whose devices are heard after the end: those of the first final record, and those they name themselves."""

    def __init__(self, seats, history):
        self.seats, self.owner, self.leading = seats, dict(seats.owner), set(seats.leading)
        claims, named = {}, []
        for commit in history.sorted():
            for edit in commit.edits:
                if edit["k"] == "join" and "role" not in edit:
                    claims.setdefault(commit.feed, edit["name"])
                elif edit["k"] == "device" and commit.n <= seats.retired.get(commit.feed, commit.n):
                    named.append((commit.feed, edit["feed"]))

        def follows(by, feed):
            return by in self.owner and feed not in self.owner and claims.get(feed) == self.owner[by]

        while pair := next((pair for pair in named if follows(*pair)), None):
            by, feed = pair
            self.owner[feed] = self.owner[by]
            if by in self.leading:
                self.leading.add(feed)

    def member_of(self, commit):
        if commit.sealed is not None or commit.n > self.seats.retired.get(commit.feed, commit.n):
            return None
        return self.owner.get(commit.feed)

    def leads(self, commit):
        return self.member_of(commit) is not None and commit.feed in self.leading


class Revision:
    def __init__(self, history, first, last, commit, edit):
        self.commit, self.h = commit, edit["h"]
        ends = [commit.id, *edit["tips"]]
        past = history.past(ends)
        self.counts = all(history.is_whole(id) for id in ends) and last.commit.id in past
        if not self.counts:
            return
        self.past = history.within(past | set(last.past.commits))
        bench = Bench(first.seats, self.past)
        since = (commit for commit in self.past.sorted() if commit.id not in last.past)
        signing = (commit for commit in since if any(it["k"] == "sign" and it["h"] == self.h for it in commit.edits))
        self.counts = bench.leads(commit) and first.is_majority({bench.member_of(commit) for commit in signing})
        self.by_deputy = bench.member_of(commit) != first.seats.lead


def revisions_of(history, first, choose):
    """[(what is replaced, the revision)], in order."""
    found, last, taken = [], first, {first.h}
    while True:
        replaced = last.h
        named = records(history, "final", LOOKED_AT, lambda edit: edit["revises"] == replaced)
        next_ones = [Revision(history, first, last, commit, edit) for commit, edit in named if edit["h"] not in taken]
        chosen = choose([it for it in next_ones if it.counts])
        if chosen is None:
            return found
        found.append((last, chosen))
        last = chosen
        taken.add(last.h)


def revise(first, last, revision, rights, there, checklist, clear):
    """Puts the votes in the clear of a revision into `clear`; gives the ids that its record adds."""
    history = revision.past
    bench = Bench(first.seats, history)
    since = [commit for commit in history.sorted() if commit.id not in last.past and bench.member_of(commit)]
    objections = written(
        (commit for commit in since if bench.leads(commit)),
        lambda edit: (edit["c"], edit["v"] is not None) if edit["k"] == "objection" else None,
    )
    reopened = {
        clause
        for clause, entries in objections.items()
        if clause in checklist.clauses and any(entry.value for entry in newest(history, entries))
    }

    # The objections that nobody took back: what was said without knowing one of them is about something else.
    standing = {
        clause: [
            entry
            for entry in entries
            if entry.value and not any(not it.value and supersedes(history, it, entry) for it in entries)
        ]
        for clause, entries in objections.items()
    }

    def votes_on(member, clause):
        return member in there and not rights.is_recused(member, clause)

    def knows(commit, place, clause):
        said = Written(commit, place, None, None)
        return any(supersedes(history, said, entry) for entry in standing[clause])

    def is_part(commit, place, edit):
        kind, leads = edit["k"], bench.leads(commit)
        if kind == "objection":
            return leads and (edit["c"] is None or edit["c"] in reopened)
        if kind not in ("clear", "verdict") or edit.get("c") not in reopened:
            return False
        may = (kind == "clear" or leads) and votes_on(bench.member_of(commit), edit["c"])
        return may and knows(commit, place, edit["c"])

    added = {
        commit.id for commit in since if any(is_part(commit, place, edit) for place, edit in enumerate(commit.edits))
    }
    anew = {}
    for member in {bench.member_of(commit) for commit in since}:
        commits = [commit for commit in since if bench.member_of(commit) == member]
        for clause, entries in written(
            commits, lambda edit: (edit["c"], edit["v"]) if edit["k"] == "clear" else None
        ).items():
            if clause not in reopened or not votes_on(member, clause):
                continue
            entries = [entry for entry in entries if knows(entry.commit, entry.place, clause)]
            if not entries:
                continue
            votes, now = anew.setdefault(clause, {}), values(history, entries)
            if len(now) == 1 and now[0] is not None and is_fitting(now[0], checklist.clauses[clause]):
                votes[member] = shown(now[0])
    clear.update(anew)
    return added | {last.commit.id}
