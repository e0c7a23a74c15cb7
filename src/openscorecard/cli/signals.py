"""`scorecard signals MONTH`: what is unusual, by which rule, as first published and as now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    console,
    count,
    format_option,
    print_csv,
    print_json,
    telling,
)
from openscorecard.cli.signal_records import COLUMNS, signal_line, signals_as_json, verdict_of
from openscorecard.periods import day_in_words

if TYPE_CHECKING:
    from rich.console import Console

    from openscorecard.periods import Month
    from openscorecard.scorecard.page import Row, Scorecard
    from openscorecard.scorecard.signals.settings import SignalSettings
    from openscorecard.scorecard.verdict import FirstPublished, Verdict


@click.command()
@click.argument("month")
@click.option("--ref", default="", help="One indicator only, in full: its months too.")
@click.option("--as-now-known", is_flag=True, help="Every figure as the newest load has it.")
@format_option
@click.pass_context
def signals(ctx: click.Context, month: str, ref: str, as_now_known: bool, form: str) -> None:
    """Say of every indicator whether its figure in MONTH (2021-06) is unusual.

    The verdict in words, the rule that fired and the months that it rests on; as it was first
    published, and as it stands now. docs/signals.md says how change is judged.
    """
    from openscorecard import run
    from openscorecard.catalogue.find import find_indicator
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    wanted = find_indicator(run.catalogue_of(workspace), ref).ref if ref else ""
    with telling("counting") as tell:
        page = run.build(at, workspace, as_now_known=as_now_known, tell=tell)
    rows = [row for row in page.rows if row.verdict is not None]
    if wanted:
        rows = [row for row in rows if row.indicator.ref == wanted]
    rows.sort(key=_order)
    if form == "json":
        print_json(signals_as_json(page, rows, whole=bool(wanted)))
    elif form == "csv":
        print_csv(COLUMNS, [signal_line(row) for row in rows])
    elif wanted:
        _print_one(page, rows[0])
    else:
        _print(page, rows)


_FIRST = ("concern", "improvement", "neutral", "none", "not-judged")


def _order(row: Row) -> tuple[int, int]:
    """Special causes first, then in the page's order."""
    return _FIRST.index(verdict_of(row).signal.value), row.indicator.order


def _print(page: Scorecard, rows: Sequence[Row]) -> None:
    from rich.text import Text

    out = console()
    out.print(Text.assemble((page.council, "bold"), f"  What is unusual in {page.month.long}"))
    special = [row for row in rows if verdict_of(row).signal.is_special]
    usual = [row for row in rows if verdict_of(row).signal.value == "none"]
    others = [row for row in rows if verdict_of(row).signal.value == "not-judged"]
    out.print()
    for row in special:
        _print_special(out, row)
    if not special:
        out.print("Nothing.\n")
    _print_list(out, f"Usual variation: {count(len(usual), 'indicator')}", usual)
    _print_list(out, f"Not judged: {count(len(others), 'indicator')}", others)
    if page.chance is not None:
        out.print(Text(page.chance.sentence))
    out.print(Text(_in_force(page.signal_settings)), style="dim")


def _print_special(out: Console, row: Row) -> None:
    """One special cause: the word, the figure, why; beneath it the months, the notes, and what was
    published first."""
    from rich.padding import Padding
    from rich.text import Text

    verdict = verdict_of(row)
    style = {"concern": "bold red", "improvement": "bold green"}.get(verdict.signal.value, "bold")
    name = f"  {row.indicator.ref}  {row.indicator.short_name}: {row.latest.printed}"
    out.print(Text.assemble((verdict.word, style), name))
    lines = [f"{_capital(verdict.reason)}. {_rests_on(verdict)}", *verdict.notes]
    lines += _first_line(verdict)
    for line in lines:
        out.print(Padding(Text(line), (0, 0, 0, 2)))
    _print_offer(out, verdict, 4)
    out.print()


def _print_offer(out: Console, verdict: Verdict, indent: int) -> None:
    """The lines that would date a new baseline, to be copied into the settings."""
    from rich.padding import Padding
    from rich.text import Text

    from openscorecard.workspace.settings import FILE

    if verdict.offer:
        out.print(Padding(Text(f"In {FILE}:\n{verdict.offer}"), (0, 0, 0, indent)))


def _rests_on(verdict: Verdict) -> str:
    assert verdict.rule is not None
    rule = RULES[verdict.rule.value]
    return f"Rule: {rule}, {_span(verdict.months)}."


RULES = {
    "outside": "outside the limits",
    "trend": "a trend",
    "two-of-three": "two of three near a limit",
    "shift": "a run on one side",
}


def _span(months: Sequence[Month]) -> str:
    """`June 2021`, `December 2020 to June 2021`."""
    if len(months) == 1:
        return months[0].long
    return f"{months[0].long} to {months[-1].long}"


def _first_line(verdict: Verdict) -> list[str]:
    first = verdict.first_published
    if first is None:
        return []
    day = day_in_words(first.on)
    if (first.word, first.reason) == (verdict.word, verdict.reason):
        return [f"As first published on {day}."]
    return [f"First published on {day}: {first.word}, {first.reason}."]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _print_list(out: Console, title: str, rows: Sequence[Row]) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    out.print(Text(title, style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(width=max(len(row.indicator.ref) for row in rows))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        verdict = verdict_of(row)
        words = [verdict.reason, *_of_the_year(verdict)]
        words += _changed_since(verdict.first_published, verdict)
        table.add_row(row.indicator.ref, Text(row.latest.printed), Text("; ".join(words)))
    out.print(Padding(table, (0, 0, 0, 2)))
    out.print()


_MOSTLY = 8  # of twelve: what the notes of such a verdict speak of, in a word


def _of_the_year(verdict: Verdict) -> list[str]:
    if verdict.signal.value != "none" or verdict.flagged_12 < _MOSTLY:
        return []
    offer = " (--ref has the lines of a new baseline)" if verdict.offer else ""
    return [f"but {verdict.flagged_12} of the last 12 months were unusual{offer}"]


def _changed_since(first: FirstPublished | None, verdict: Verdict) -> list[str]:
    if first is None or first.word == verdict.word:
        return []
    return [f"first published as {first.word}, {first.reason}"]


def _in_force(settings: SignalSettings) -> str:
    screen = "unusual moving ranges left out" if settings.screen else "moving ranges not screened"
    return (
        f"In force: {settings.words}; limits from the first {settings.baseline_months} months on "
        f"record; {screen}; {count(len(settings.rebases), 'new baseline')} dated."
    )


def _print_one(page: Scorecard, row: Row) -> None:
    """One indicator in full: the verdict, how it was judged, and each month of the record."""
    from rich.text import Text

    out, verdict = console(), verdict_of(row)
    out.print(Text.assemble((row.indicator.ref, "bold"), f"  {row.indicator.name}"))
    out.print(Text(f"{page.month.long}: {row.latest.printed}\n"))
    out.print(Text.assemble((verdict.word, "bold"), f": {verdict.reason}."))
    if verdict.rule is not None:
        out.print(Text(_rests_on(verdict)))
    lines = [*verdict.notes, verdict.method_words, *_first_line(verdict)]
    if verdict.target:
        standing = verdict.assurance.value.replace("-", " ") if verdict.assurance else "not judged"
        met = verdict.target_met
        often = "" if met is None else f"; met in {met[0]} of the last {count(met[1], 'month')}"
        lines.append(f"Target {verdict.target}: {standing}{often}.")
    for line in filter(None, lines):
        out.print(Text(line))
    _print_offer(out, verdict, 0)
    _print_months(out, row)
    out.print(Text(_in_force(page.signal_settings)), style="dim")


def _print_months(out: Console, row: Row) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    for head in ("Month", "Figure", "From", "To", "Now", "First published"):
        table.add_column(head, justify="right" if head in ("Figure", "From", "To") else "left")
    for judged in reversed(verdict_of(row).chart):
        now = judged.signal.value if judged.rule is not None else ""
        if judged.rule is not None:
            season = ", seasonal" if judged.seasonal else ""
            now = f"{now} ({RULES[judged.rule.value]}{season})"
        figures = [_number(number) for number in (judged.value, judged.lower, judged.upper)]
        table.add_row(judged.month.short, *figures, now, judged.first)
    out.print()
    out.print(table)


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
