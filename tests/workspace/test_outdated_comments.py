"""Numbers in comments that were corrected since: what counts as quoted, worked by hand."""

import pytest

from openscorecard.workspace.outdated_comments import number_of, quoted_since

NOW = {"2021-05": "30%", "2021-06": "25% [r]", "counted_2021-06": "45", "change_month": "-17%"}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("23% were seen in time.", (("23%", "25%"),)),
        ("23 per cent were seen in time.", (("23%", "25%"),)),
        ("41 of 180 were seen.", (("41", "45"),)),
        ("It fell by 24%, to 23%.", (("23%", "25%"), ("-24%", "-17%"))),
        ("Up from 30% in May.", ()),  # May stands
        ("23 were seen in time.", ()),  # a number, not a percentage
        ("23.4% were seen in time.", ()),  # not as printed
        ("123% and 230% are other numbers.", ()),
        ("Twenty-three per cent were seen.", ()),  # in words
        ("Seen within 23 days.", ()),
    ],
)
def test_what_a_comment_quotes_of_what_was_corrected(text, quoted):
    before = {"2021-05": "30%", "2021-06": "23%", "counted_2021-06": "41", "change_month": "-24%"}
    assert quoted_since(text, [before | {"commentary": text}], NOW) == quoted


def test_a_comment_written_since_is_left_alone():
    before = {"2021-06": "23%", "commentary": "23% were seen in time."}
    assert quoted_since("We had printed 23%.", [before], NOW) == ()


def test_of_several_versions_each_that_it_stood_in_counts():
    text = "23%, and first 20%."
    versions = [
        {"2021-06": "20%", "commentary": text},
        {"2021-06": "23%", "commentary": text},
        {"2021-06": "25%", "commentary": text},
    ]
    assert quoted_since(text, versions, NOW) == (("20%", "25%"), ("23%", "25%"))


def test_a_move_is_quoted_without_its_way():
    before = {"move_month": "up 8 pts", "commentary": "8 points up."}
    assert quoted_since("8 points up.", [before], {"move_month": "up 6 pts"}) == (
        ("8 pts", "6 pts"),
    )


def test_a_cell_without_a_number_is_not_quoted():
    assert [number_of(one) for one in ("[x]", "n/a", "no change", "", "Local")] == [None] * 5
