"""What comes before what, and how the values of one cell read."""

import itertools


class History:
    """A set of commits {id: commit}. Everything is judged from such a set; a past is a smaller one."""

    def __init__(self, commits, founding=None):
        self.commits, self.forks = commits, None
        # What a visit was founded with is known to every past of it, gaps or not: the visit's name is its digest.
        self.founding = founding or next(
            commit for commit in commits.values() if any(edit["k"] == "found" for edit in commit.edits)
        )

    def __contains__(self, id):
        return id in self.commits

    def within(self, ids):
        return History({id: self.commits[id] for id in ids if id in self.commits}, self.founding)

    def sorted(self):
        """The canonical order, in which the lines of a file stand."""
        return sorted(self.commits.values(), key=lambda commit: (commit.feed, commit.n, commit.id))

    def before(self, commit):
        """The commit that this one follows: in its own feed, with the number before. Through a gap nothing is followed."""
        earlier = self.commits.get(commit.p)
        if earlier is not None and earlier.feed == commit.feed and earlier.n == commit.n - 1:
            return earlier
        return None

    def chain(self, id):
        """The commit with this id and all it follows, newest first."""
        commit = self.commits.get(id)
        while commit is not None:
            yield commit
            commit = self.before(commit)

    def past(self, ids):
        """The ids of the past of some commits."""
        past = set()
        for id in ids:
            for commit in self.chain(id):
                if commit.id in past:
                    break
                past.add(commit.id)
        return past

    def is_whole(self, id):
        """Whether nothing is missing of a commit and of what it follows, back to the first of its feed."""
        chain = list(self.chain(id))
        return bool(chain) and chain[-1].n == 1

    def forked(self):
        """The feeds in which two commits bear one number, or one follows another than the one before it that is here."""
        if self.forks is None:
            self.forks = set()
            for earlier, later in itertools.pairwise(self.sorted()):
                beside = later.n == earlier.n or (later.n == earlier.n + 1 and later.p != earlier.id)
                if later.feed == earlier.feed and beside:
                    self.forks.add(later.feed)
        return self.forks

    def known_by(self, commit):
        """Whether this commit's edits supersede those of another one, if they are of one author. Where a feed is not forked its
        numbers tell; in a forked one only what follows what."""
        earlier = self.before(commit)
        followed = self.past([*([earlier.id] if earlier else []), *commit.seen])
        reached = {commit.feed: commit.n - 1}
        for seen in (self.commits[id] for id in commit.seen if id in self.commits):
            reached[seen.feed] = max(seen.n, reached.get(seen.feed, 0))

        def is_known(other):
            if other.feed in self.forked():
                return other.id in followed
            return other.n <= reached.get(other.feed, 0)

        return is_known


class Written:
    """One edit where it stands: of two in one commit the later supersedes."""

    def __init__(self, commit, place, edit, value):
        self.commit = commit
        self.place = place
        self.edit = edit
        self.value = value


def written(commits, chosen):
    """Every edit of some commits for which `chosen(edit)` gives (cell, value), by cell."""
    cells = {}
    for commit in commits:
        for place, edit in enumerate(commit.edits):
            found = chosen(edit)
            if found is not None:
                cell, value = found
                cells.setdefault(cell, []).append(Written(commit, place, edit, value))
    return cells


def supersedes(history, later, earlier):
    """Whether one entry was made in knowledge of another one."""
    if later.commit.id != earlier.commit.id:
        return history.known_by(later.commit)(earlier.commit)
    return later.place > earlier.place


def newest(history, entries):
    """The entries of one cell that none other supersedes."""
    known = {entry.commit.id: history.known_by(entry.commit) for entry in entries}

    def superseded(entry):
        return any(
            known[other.commit.id](entry.commit)
            if entry.commit.id != other.commit.id
            else other.place > entry.place
            for other in entries
            if other is not entry
        )

    return [entry for entry in entries if not superseded(entry)]


def values(history, entries):
    """The different values of one cell: one, or a conflict."""
    found = []
    for entry in newest(history, entries):
        if entry.value not in found:
            found.append(entry.value)
    return found
