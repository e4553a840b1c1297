"""The cells of a ballot, and the votes they amount to."""

from history import values, written


def cell_of(edit):
    if edit["k"] == "vote" and "v" in edit:
        return ("vote", edit["c"]), edit["v"]
    if edit["k"] == "finding":
        return ("finding", edit["c"], edit["p"]), edit["v"]
    return None


def cells_of(history, ids):
    """The cells of a ballot: {cell: its different values}. One value is what it says, several are a conflict."""
    entries = written([commit for commit in history.sorted() if commit.id in ids], cell_of)
    return {cell: values(history, found) for cell, found in entries.items()}


def ballot_votes(history, ids, checklist):
    """{clause: vote} of one ballot. A vote that was given directly goes before what the points say."""
    cells = cells_of(history, ids)
    return {
        clause["id"]: vote
        for clause in checklist.clauses.values()
        if (vote := vote_of(cells, clause, checklist)) is not None
    }


def vote_of(cells, clause, checklist):
    direct = cells.get(("vote", clause["id"]), [None])
    if len(direct) > 1:
        return {"conflict": True}
    if direct[0] is not None:
        return shown(direct[0])
    findings = {}
    for point in clause["points"]:
        found = cells.get(("finding", clause["id"], point["id"]), [None])
        if len(found) > 1:
            return {"conflict": True}
        findings[point["id"]] = found[0]
    if all(finding is None for finding in findings.values()):
        return None
    grade = checklist.grade(clause, findings)
    return None if grade is None else {"grade": grade}


def shown(value):
    """A vote without its reason; points as a number, which four places do not change."""
    kind = next(kind for kind in ("grade", "points", "absent") if kind in value)
    if kind == "points":
        points = value["points"]
        return {"points": points // 10000 if points % 10000 == 0 else points / 10000}
    return {kind: value[kind]}


def clear_votes(history, seats, rights, common, checklist):
    """{clause: {member: vote}} of the votes in the clear, which count once a record does."""
    found = {}
    for member in seats.members():
        commits = [commit for commit in seats.commits_of(member) if commit.id not in common]
        entries = written(commits, lambda edit: (edit["c"], edit["v"]) if edit["k"] == "clear" else None)
        for clause, cell in entries.items():
            if clause not in checklist.clauses or rights.is_recused(member, clause):
                continue
            now = values(history, cell)
            if len(now) > 1:
                found.setdefault(clause, {})[member] = {"conflict": True}
            elif now[0] is not None:
                found.setdefault(clause, {})[member] = shown(now[0])
    return found
