"""Our statistics held to what other tools made of the same numbers."""

import pytest
import statistics_vectors as vectors

pytestmark = pytest.mark.skipif(not vectors.VECTORS.is_dir(), reason=vectors.REASON)


@pytest.mark.parametrize("name", sorted(vectors.CHARTS))
def test_a_chart_has_the_limits_and_labels_of_the_package(name):
    found = vectors.compare_chart(name)

    assert found.differing == []
    assert found.numbers > 0
    assert found.labels > 0


def test_the_rules_by_themselves_say_what_the_package_says():
    assert vectors.compare_pieces().differing == []


def test_the_limits_printed_in_the_package_are_ours():
    assert vectors.compare_limits().differing == []


def test_a_target_is_met_or_missed_as_the_package_says():
    assert vectors.compare_assurance().differing == []


@pytest.mark.parametrize("name", sorted(vectors.INTERVALS))
def test_an_interval_is_that_of_public_health_england(name):
    found = vectors.compare_intervals(name)

    assert found.differing == []
    assert found.numbers > 0


def test_nothing_of_the_vectors_is_left_out():
    used = {path.name for path in vectors.PHE.glob("*.csv")}

    assert used == vectors.INTERVALS
    total = vectors.compare_all()
    assert (total.numbers, total.labels) == (884, 966)
