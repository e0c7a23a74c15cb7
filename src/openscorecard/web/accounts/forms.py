"""The forms about accounts: what they ask, and what they say where something is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from openscorecard.periods import Month, day_in_words
from openscorecard.web.accounts.models import Account
from openscorecard.web.accounts.services import GIVEN_ROLES, Person

Problems = list[tuple[str, str]]

_NO_ADDRESS = {
    "required": "Enter the e-mail address",
    "invalid": "Write the e-mail address as name@council.gov.uk",
}


def problems(form: forms.BaseForm) -> Problems:
    """What is wrong, for the summary at the top: the field's id and the sentence."""
    found = []
    for field, said in form.errors.items():
        found += [("" if field == "__all__" else field, str(one)) for one in said]
    return found


def wrong(form: forms.BaseForm, field: str) -> str:
    """What stands at the field itself."""
    return " ".join(str(one) for one in form.errors.get(field, []))


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages |= {
            "required": "Enter your e-mail address",
            "invalid": _NO_ADDRESS["invalid"],
        }
        self.fields["password"].error_messages["required"] = "Enter your password"


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, said in (
            ("oldpassword", "Enter your current password"),
            ("password1", "Enter a new password"),
            ("password2", "Enter the new password again"),
        ):
            self.fields[field].error_messages["required"] = said


class FirstPasswordForm(forms.Form):
    """A password of somebody who came by a link."""

    password1 = forms.CharField(
        strip=False, max_length=200, error_messages={"required": "Enter a password"}
    )
    password2 = forms.CharField(
        strip=False, max_length=200, error_messages={"required": "Enter the password again"}
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, again = said.get("password1"), said.get("password2")
        if first and again and first != again:
            self.add_error("password2", "The two passwords are not the same")
        return said


class PersonForm(forms.Form):
    """Somebody, her roles and her titles. What depends on other accounts `services` checks."""

    name = forms.CharField(max_length=100, error_messages={"required": "Enter the person's name"})
    email = forms.EmailField(max_length=254, error_messages=_NO_ADDRESS)
    panel_member = forms.BooleanField(required=False)
    analyst = forms.BooleanField(required=False)
    administrator = forms.BooleanField(required=False)
    closed = forms.BooleanField(required=False)
    titles = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, titles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["titles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(title, title) for title in titles]
        field.error_messages["invalid_choice"] = "Choose titles from the list"

    @property
    def person(self) -> Person:
        said = self.cleaned_data
        roles = {role: bool(said[role]) for role in GIVEN_ROLES}
        return Person(said["email"], said["name"], is_active=not said["closed"], **roles)


class DeadlineForm(forms.Form):
    """Two days, each as day, month and year."""

    def __init__(self, *args: Any, month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month = month
        for name in ("comments", "signatures"):
            for part in ("day", "month", "year"):
                self.fields[f"{name}_{part}"] = forms.CharField(required=False, max_length=4)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        comments = self._day(said, "comments", "comments are due")
        signatures = self._day(said, "signatures", "signatures are due")
        if comments and comments <= self.month.last_day:
            after = day_in_words(self.month.last_day)
            self.add_error("comments_day", f"The comments have to be due after {after}")
        elif comments and signatures and signatures < comments:
            self.add_error("signatures_day", "The signatures cannot be due before the comments")
        return said | {"comments_due": comments, "signatures_due": signatures}

    def _day(self, said: dict[str, Any], name: str, words: str) -> dt.date | None:
        parts = [str(said.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
        if not any(parts):
            self.add_error(f"{name}_day", f"Enter the day by which the {words}")
            return None
        try:
            day = dt.date(*(int(part) for part in parts))
        except ValueError:
            day = None
        if day is None or not 1950 <= day.year <= 2050:
            self.add_error(f"{name}_day", f"The day by which the {words} is no day of the calendar")
            return None
        return day
