"""`scorecard verify DIR`: whether a published folder is as it was released."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from openscorecard.cli.output import count, format_option, print_csv, print_json
from openscorecard.findings import Finding, Severity, has_errors
from openscorecard.publish.file_names import RELEASE

if TYPE_CHECKING:
    from openscorecard.workspace.folder import Workspace


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@format_option
@click.pass_context
def verify(ctx: click.Context, folder: Path, form: str) -> None:
    """Say whether the publication in DIR is as it was released, and what was touched if not.

    Needs no workspace. With one at hand, release.json is held against the one that it keeps, and
    what the page was made from against what the workspace holds now.
    Exit code 0: as released; 1: touched; 2: there is no release in DIR.
    """
    from openscorecard.publish.verify import stated_release
    from openscorecard.publish.verify import verify as verified

    findings = verified(folder)
    stated = stated_release(folder)
    findings += _against_record(folder, stated, ctx.obj)
    if form == "json":
        print_json(_as_json(stated, findings))
    elif form == "csv":
        print_csv(
            ("file", "rule", "severity", "message"),
            [(one.place, one.rule, one.severity.value, one.message) for one in findings],
        )
    else:
        _print(folder, stated, findings)
    if has_errors(findings):
        ctx.exit(1)


def _against_record(
    folder: Path, stated: dict[str, Any], named: Path | None
) -> tuple[Finding, ...]:
    """release.json held against the one kept in the workspace: `named`, else the nearest one."""
    from openscorecard.errors import InputError
    from openscorecard.periods import Month
    from openscorecard.publish.verify import release_bytes
    from openscorecard.workspace.folder import find_workspace, open_workspace
    from openscorecard.workspace.releases import record_of

    if named is None and find_workspace() is None:
        return ()
    workspace = open_workspace(named)
    council, version = stated.get("council"), stated.get("version")
    if not isinstance(version, int):
        return ()
    if named is None and council != workspace.settings.council:
        return ()  # of another council: the workspace just happens to be near
    try:
        month = Month.parse(str(stated.get("month")))
        kept = record_of(workspace.root, month, str(stated.get("audience")), version)
    except InputError:
        kept = None
    if kept is not None and kept == release_bytes(folder):
        return _changed_since(kept, workspace)
    words = "is not the one that was released: the workspace keeps another"
    if kept is None:
        words = "is of a release that the workspace does not know"
    message = f"{RELEASE} {words}."
    return (Finding("release-unknown", Severity.ERROR, message, place=RELEASE),)


def _changed_since(record: bytes, workspace: Workspace) -> tuple[Finding, ...]:
    """What the page was made from and is otherwise today: no fault of the publication."""
    from openscorecard.errors import InputError
    from openscorecard.publishing import changed_inputs

    try:
        said = [f"Since it was released: {one}." for one in changed_inputs(record, workspace)]
    except InputError as error:  # the publication is sound all the same
        said = [f"The page cannot be made any more as it was: {error.found.splitlines()[0]}."]
    return tuple(
        Finding("inputs-changed", Severity.INFORMATION, one, place=RELEASE) for one in said
    )


_IDENTITY = ("council", "month", "audience", "version", "on")


def _as_json(stated: dict[str, Any], findings: tuple[Finding, ...]) -> dict[str, object]:
    identity: dict[str, object] = {key: stated.get(key) for key in _IDENTITY}
    return identity | {
        "as_released": not has_errors(findings),
        "findings": [one.as_json() for one in findings],
    }


def _print(folder: Path, stated: dict[str, Any], findings: tuple[Finding, ...]) -> None:
    click.echo(_which(folder, stated))
    touched = [one for one in findings if one.severity is Severity.ERROR]
    as_made = "written" if stated and stated["version"] is None else "released"
    if touched:
        click.echo(f"Not as {as_made}: {count(len(touched), 'finding')}")
    else:
        listed = stated.get("outputs")
        files = len(listed) if isinstance(listed, list) else 0
        click.echo(f"As {as_made}: {count(files, 'file')}, each with the size and hash stated.")
    for one in sorted(findings, key=lambda one: list(Severity).index(one.severity)):
        click.echo(f"  {one.message}")


def _which(folder: Path, stated: dict[str, Any]) -> str:
    """`out: Anytown Council, 2021-06, public, version 2 of 2021-07-30`."""
    if not stated:
        return f"{folder}: its {RELEASE} cannot be understood, so that nothing says what this is"
    version = "a draft"
    if stated["version"] is not None:
        version = f"version {stated['version']} of {stated['on']}"
    return f"{folder}: {stated['council']}, {stated['month']}, {stated['audience']}, {version}"
