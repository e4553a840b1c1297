"""The cells of a ballot, and the votes they amount to."""

from checklist import Checklist
from history import values, written


def cell_of(edit):
    if edit["k"] == "vote":
        return (edit["c"], "vote"), edit["v"]
    if edit["k"] == "note":
        return (edit["c"], "note"), edit["note"]
    if edit["k"] == "finding":
        return (edit["c"], "finding", edit["p"]), edit["v"]
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
    id = clause["id"]
    # Also a note, and a finding of a point that the clause does not have: somebody has to look.
    if any(len(found) > 1 for cell, found in cells.items() if cell[0] == id):
        return {"conflict": True}
    [direct] = cells.get((id, "vote"), [None])
    if direct is not None and is_fitting(direct, clause):
        return shown(direct)
    if clause["scale"] is not None:
        return None
    findings = {point["id"]: cells.get((id, "finding", point["id"]), [None])[0] for point in clause["points"]}
    grade = checklist.grade(clause, findings)
    return None if grade is None else {"grade": grade}


def is_fitting(direct, clause):
    """Points are for clauses with a scale, grades for those without one; some clauses always apply. What does not fit says
    nothing."""
    if "grade" in direct:
        return clause["scale"] is None
    if "points" in direct:
        return clause["scale"] is not None and Checklist.admits(clause["scale"], direct["points"])
    return direct["absent"] != "not-applicable" or not clause["must_apply"]


def shown(value):
    """A vote without its reason; points as a number, which four places do not change."""
    kind = next(kind for kind in ("grade", "points", "absent") if kind in value)
    if kind == "points":
        points = value["points"]
        return {"points": points // 10000 if points % 10000 == 0 else points / 10000}
    return {kind: value[kind]}


def noted(vote):
    """What was said off the plan: a note, and no vote. A conflict stays one."""
    return vote if "conflict" in vote else {"aside": next(iter(vote.values()))}


def clear_votes(history, seats, rights, closing, checklist):
    """{clause: {member: vote}} of the votes in the clear, which count once a record does."""
    found = {}
    for member in seats.members():
        if member not in closing.seated:
            continue
        commits = [commit for commit in seats.commits_of(member) if commit.id not in closing.common]
        entries = written(commits, lambda edit: (edit["c"], edit["v"]) if edit["k"] == "clear" else None)
        for clause, cell in entries.items():
            if clause not in checklist.clauses or rights.is_recused(member, clause):
                continue
            now = values(history, cell)
            # Two laptops that say different things say nothing here.
            if len(now) == 1 and now[0] is not None and is_fitting(now[0], checklist.clauses[clause]):
                found.setdefault(clause, {})[member] = shown(now[0])
    return found
