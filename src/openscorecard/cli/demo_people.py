"""The demonstration's people, entered into its application.

`python -m openscorecard.cli.demo_people FOLDER`: a process of its own, for Django is set up once in
a process, and the folder is moved afterwards.
"""

from __future__ import annotations

import sys
from pathlib import Path

from openscorecard.demo.content import MONTH
from openscorecard.demo.people import PASSWORD, PEOPLE, number_of
from openscorecard.demo.signatures import DRAFTS


def main(root: Path) -> None:
    from openscorecard.web import prepare

    prepare.set_up(root)
    prepare.migrate()
    from django.db import connections, transaction

    from openscorecard.web.accounts.models import Account
    from openscorecard.web.accounts.services import Person, make_account
    from openscorecard.web.commentary.drafts import Writing, new_page, save_draft
    from openscorecard.web.months import catalogue, comments

    with transaction.atomic():
        for number, one in enumerate(PEOPLE, start=1):
            person = Person(one.email, one.name, one.panel_member, one.analyst, one.administrator)
            account = make_account(None, person, one.titles)
            assert account.pk == number, "the comments name accounts by these numbers"
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
        for ref, text in DRAFTS.items():
            indicator = catalogue().get(ref)
            assert indicator is not None, ref
            writer = Account.objects.get(pk=number_of(indicator.reporter))
            writing = Writing(text, base=comments(MONTH).version(ref), page=new_page())
            save_draft(writer, MONTH, ref, writing)
    connections.close_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
