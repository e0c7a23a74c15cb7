"""What matters, the usual moves and the standings as JSON: numbers unrounded, words as printed."""

from __future__ import annotations

from openscorecard.findings import plain
from openscorecard.scorecard.matter import Matter, Standing, UsualMove


def matter_as_json(matter: Matter) -> dict[str, object]:
    return {
        "kind": matter.kind.value,
        "word": matter.word,
        "headline": matter.headline,
        "sentence": matter.sentence,
        "refs": list(matter.refs),
        "rule": matter.rule,
    }


def usual_move_as_json(move: UsualMove) -> dict[str, object]:
    return {"ref": move.ref, "way": move.way, "moved": move.moved, "sentence": move.sentence}


def standing_as_json(one: Standing) -> dict[str, object]:
    return {
        "against": one.against,
        "name": one.name,
        "ours": plain(one.ours),
        "theirs": plain(one.theirs),
        "printed": {"ours": one.ours_printed, "theirs": one.theirs_printed},
        "period": one.period,
        "numerator": plain(one.numerator),
        "denominator": plain(one.denominator),
        "limits_95": [one.low_95, one.high_95],
        "limits_998": [one.low_998, one.high_998],
        "place": one.place,
        "signal": one.signal.value,
        "sentence": one.sentence,
        "short": one.short,
    }
