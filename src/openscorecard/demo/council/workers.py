"""Teams and workers, by role and number, and who was with which child when.

A child's first worker is of an assessment team; after the assessment a long-term team takes over,
then one for looked-after children, then leaving care.
"""

from __future__ import annotations

from dataclasses import dataclass

LOADED_FROM = 736_000  # a day before everything: teams and workers were always there


@dataclass(frozen=True, slots=True)
class Team:
    id: str
    name: str
    title: str
    workers: int
    kind: str


def _teams() -> tuple[Team, ...]:
    found = [Team("T01", "Multi-agency front door", "Social worker", 10, "front door")]
    for number in range(1, 6):
        name = f"Assessment team {number}"
        found.append(Team(f"T{1 + number:02d}", name, "Social worker", 8, "assessment"))
    for number in range(1, 8):
        name = f"Safeguarding team {number}"
        found.append(Team(f"T{10 + number}", name, "Social worker", 9, "safeguarding"))
    found.append(Team("T20", "Children with disabilities", "Social worker", 9, "disability"))
    for number in range(1, 5):
        name = f"Looked-after children team {number}"
        found.append(Team(f"T{20 + number}", name, "Social worker", 8, "looked after"))
    for number in range(1, 3):
        name = f"Leaving care team {number}"
        found.append(Team(f"T{30 + number}", name, "Personal adviser", 5, "leaving care"))
    for number in range(1, 5):
        name = f"Early help hub {number}"
        found.append(Team(f"T{40 + number}", name, "Family support worker", 12, "early help"))
    return tuple(found)


TEAMS = _teams()


class Roster:
    """Gives out work in turn, so that caseloads stay even."""

    def __init__(self) -> None:
        self._workers: dict[str, list[tuple[str, str]]] = {}
        self._turn: dict[str, int] = {}
        self.rows: list[tuple[str, str, str]] = []  # worker, staff number, title
        number = 0
        for team in TEAMS:
            for _ in range(team.workers):
                number += 1
                worker = f"W{number:03d}"
                self._workers.setdefault(team.kind, []).append((worker, team.id))
                self.rows.append((worker, f"{20_000 + 7 * number}", team.title))

    def next(self, kind: str) -> tuple[str, str]:
        """The next worker of such a team, and the team."""
        workers = self._workers[kind]
        turn = self._turn.get(kind, 0)
        self._turn[kind] = turn + 1
        return workers[turn % len(workers)]
