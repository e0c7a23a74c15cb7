"""Accounts, the titles that people hold, and the days by which a month's work is due."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account; one without a password signs in by the council's single sign-on alone."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in. Whether she is a reporter or an owner follows from the titles that
    she holds; the other three roles are given."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    panel_member = models.BooleanField(default=False)
    analyst = models.BooleanField(default=False)
    administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of the catalogue that she holds: `Service Manager, Assessment`."""
        return frozenset(self.holdings.values_list("title", flat=True))


class Holding(models.Model):
    """That somebody holds a title of the catalogue. Two may hold the same: a deputy."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="holdings")
    title = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "title"], name="one_holding_a_title"),
        )


class Deadline(models.Model):
    """By when the comments of a month are due, and the signatures."""

    month = models.CharField(max_length=7, unique=True)  # 2021-06
    comments_due = models.DateField()
    signatures_due = models.DateField()


class PasswordLink(models.Model):
    """An address at which somebody sets her password, good once and for three days. The address
    itself is not kept, only its digest; a newer one takes the place of the older."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="link")
    digest = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField()
