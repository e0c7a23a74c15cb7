"""Nothing is said that a figure does not carry: every number in a sentence stands on its rows."""

import random
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from matters_pages import DOWN, UP, beside, counts, outside, page, run_of, shares, stated, usual

from openscorecard.catalogue.indicator import Direction, Kind
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.matters import with_matters
from openscorecard.scorecard.page import FigureStatus
from openscorecard.scorecard.verdict import Side, Signal
from openscorecard.statistics.ranges import printed
from openscorecard.units import Unit

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
LETTERS = "ABCDEFGHIJ"
SEEDS = st.integers(0, 2**32)
# The words that are the same on every page: "12 months to June 2021", "30 June 2021", per 10,000,
# "year ended March 2020".
FIXED = {"12", "2021", "30", "10,000", "2020"}


def numbers(text):
    return set(NUMBER.findall(text))


def carried(row):
    """Every number that the row prints, and what its standings and verdict are made of."""
    texts = [figure.printed for figure in row.history]
    texts += [row.change_month.moved, row.average_12m.printed]
    texts += [one.printed for one in row.comparators]
    if row.verdict is not None:
        texts += [row.verdict.reason, str(len(row.verdict.months)), *(row.verdict.usual or ())]
        texts.append(str(row.verdict.flagged_12))
    found = set().union(*(numbers(text) for text in texts))
    for one in row.standings:
        found |= numbers(one.ours_printed) | numbers(one.theirs_printed) | numbers(one.period)
        found |= {printed(one.numerator), printed(one.denominator)}
    return found


def made(seed, *, hidden=False):
    rng = random.Random(seed)
    rows = [_row(rng, LETTERS[n], n, hidden) for n in range(rng.randint(1, 9))]
    return page(*rows, audience="public" if hidden else "internal")


def _row(rng, ref, order, hidden):
    more = {
        "order": rng.randint(0, 3),
        "preferred_direction": rng.choice([UP, DOWN, Direction.NONE]),
        "denominator": rng.choice([None, *LETTERS[:order]]),
    }
    sort = rng.choice(["count", "share", "share", "rate"])
    whole = rng.choice([8, 60, 700])
    parts = [(rng.randint(0, whole), whole) for _ in range(14)]
    gaps = ["c", None] if hidden else [None]
    for at in range(14):
        if rng.random() < 0.06:
            parts[at] = rng.choice(gaps)
    if sort == "count":
        values = [part if part in ("c", None) else part[0] for part in parts]
        row = counts(ref, values, **(more | {"denominator": None}))
    elif sort == "share":
        row = shares(ref, parts, kind=rng.choice([Kind.RATIO, Kind.AS_OF]), **more)
    else:
        parts = [part if part in ("c", None) else (part[0], 50_860) for part in parts]
        numerator = rng.choice([None, *LETTERS[:order]])
        more |= {"denominator": None, "numerator": numerator}
        row = shares(ref, parts, Unit.PER_10000, kind=Kind.RATE, **more)
    return _beside(rng, _judged(rng, row), sort)


def _judged(rng, row):
    if row.latest.value is None:
        return row
    value = float(row.latest.value)
    signal = rng.choice([Signal.CONCERN, Signal.IMPROVEMENT, Signal.NEUTRAL])
    choice = rng.randint(0, 3)
    if choice == 0:
        row = usual(row, 0, 2 * value + 1)
        return replace(row, verdict=replace(row.verdict, flagged_12=rng.randint(0, 12)))
    if choice == 1:
        return outside(row, value + 1, value + 9, signal)
    if choice == 2:
        return run_of(row, rng.randint(7, 14), value - 1, value + 8, signal, rng.choice([*Side]))
    return row


def _beside(rng, row, sort):
    how = {"count": "count", "share": "percentage"}.get(sort) or rng.choice(["rate", "stock-rate"])
    value = rng.randint(1, 99)
    return rng.choice([
        row,
        stated(row, "eng", value, formula=rng.choice(["", "rate / 12"])),
        beside(row, how, eng=value),
        beside(row, how, sn=value, region=value),
    ])  # fmt: skip


@settings(deadline=None)
@given(SEEDS)
def test_every_number_in_every_sentence_stands_on_the_rows_it_speaks_of(seed):
    card = with_matters(made(seed))
    for matter in card.matters:
        allowed = FIXED.union(*(carried(card.row(ref)) for ref in matter.refs))
        assert numbers(matter.headline + " " + matter.sentence) <= allowed, matter
    for move in card.usual_moves:
        assert numbers(f"{move.moved} {move.sentence}") <= carried(card.row(move.ref)), move
    for row in card.rows:
        for one in row.standings:
            assert numbers(one.sentence) <= carried(row) | FIXED, one


@settings(deadline=None)
@given(SEEDS, st.randoms())
def test_five_at_most_each_row_told_once_and_in_any_order_of_rows_the_same(seed, rng):
    card = with_matters(made(seed))
    assert len(card.matters) <= 5
    assert len(card.usual_moves) <= 4
    # What a data note says of a figure is another thing than what the figure says.
    firsts = [one.refs[0] for one in card.matters if one.kind is not MatterKind.DATA]
    assert len(firsts) == len(set(firsts))
    rows = list(card.rows)
    rng.shuffle(rows)
    again = with_matters(replace(card, rows=tuple(rows), matters=(), usual_moves=()))
    assert (again.matters, again.usual_moves) == (card.matters, card.usual_moves)


@settings(deadline=None)
@given(SEEDS)
def test_of_a_row_that_is_hidden_nothing_is_said(seed):
    card = with_matters(made(seed, hidden=True))
    told = {ref for matter in card.matters for ref in matter.refs}
    told |= {move.ref for move in card.usual_moves}
    for row in card.rows:
        if row.latest.status is FigureStatus.HIDDEN:
            assert row.indicator.ref not in told
        if any(figure.status is FigureStatus.HIDDEN for figure in row.history[-12:]):
            assert row.standings == ()
