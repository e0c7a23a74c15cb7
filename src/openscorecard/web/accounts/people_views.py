"""The administrator's pages: people, the titles they hold, the days by which work is due."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.access import Can, needs
from openscorecard.web.accounts import queries, services
from openscorecard.web.accounts.forms import DeadlineForm, PersonForm, problems, wrong
from openscorecard.web.accounts.models import Account

NEW_LINK = "new_link"  # where the session keeps a link until it was shown, once
SAID = {
    "entered": "Entered. Make a link below, so that a password can be set.",
    "changed": "Changed.",
    "stale": "Not saved: somebody changed this account while you had it open. "
    "It is shown as it stands now.",
    "unlocked": "Unlocked: signing in can be tried again at once.",
}
_HELP = {
    "problems": problems,
    "wrong": wrong,
    "day_in_words": day_in_words,
    "local": timezone.localtime,
}


@needs(Can.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    values = {"people": queries.people(), "nobody": queries.unanswered(), **_HELP}
    return render(request, "accounts/people.html", values)


@needs(Can.MANAGE_PEOPLE)
def person_new(request: HttpRequest) -> HttpResponse:
    choices = sorted(queries.titles_in_catalogue())
    form = PersonForm(request.POST or None, titles=choices)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_account(_me(request), form.person, form.cleaned_data["titles"])
        except InputError as error:
            _say(form, error)
        else:
            return redirect(f"{reverse('person', args=[made.pk])}?done=entered")
    return _person_page(request, form, choices, None)


@needs(Can.MANAGE_PEOPLE)
def person(request: HttpRequest, number: int) -> HttpResponse:
    found = _found(number)
    # A title that the catalogue names no more stays until somebody takes it away.
    choices = sorted({*queries.titles_in_catalogue(), *found.titles})
    account = found.account
    before = {role: getattr(account, role) for role in services.GIVEN_ROLES}
    before |= {"name": account.name, "email": account.email, "closed": not account.is_active}
    form = PersonForm(request.POST or None, titles=choices, initial=before | {
        "titles": list(found.titles)
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.change_as_seen(
                _me(request), account, form.person, form.cleaned_data["titles"],
                request.POST.get("seen", ""),
            )  # fmt: skip
        except services.StaleError:
            return redirect(f"{reverse('person', args=[number])}?done=stale")
        except InputError as error:
            _say(form, error)
        else:
            return redirect(f"{reverse('person', args=[number])}?done=changed")
    return _person_page(request, form, choices, found)


@require_POST
@needs(Can.MANAGE_PEOPLE)
def person_link(request: HttpRequest, number: int) -> HttpResponse:
    """Makes a link to set a password. The page that follows shows it, once."""
    secret = services.make_link(_me(request), _found(number).account)
    address = f"{reverse('account_password_link')}?key={secret}"
    request.session[NEW_LINK] = [number, request.build_absolute_uri(address)]
    return redirect(reverse("person", args=[number]))


@require_POST
@needs(Can.MANAGE_PEOPLE)
def person_unlock(request: HttpRequest, number: int) -> HttpResponse:
    services.unlock(_me(request), _found(number).account)
    return redirect(f"{reverse('person', args=[number])}?done=unlocked")


@needs(Can.MANAGE_PEOPLE)
def titles(request: HttpRequest) -> HttpResponse:
    values = {"titles": queries.titles(), "nobody": queries.unanswered()}
    return render(request, "accounts/titles.html", values)


@needs(Can.MANAGE_PEOPLE)
def deadlines(request: HttpRequest) -> HttpResponse:
    values = {
        "months": queries.months_with_deadlines(),
        "done": request.GET.get("done", ""),
        **_HELP,
    }
    return render(request, "accounts/deadlines.html", values)


@needs(Can.MANAGE_PEOPLE)
def deadline(request: HttpRequest, month: Month) -> HttpResponse:
    usual, now = queries.usual_deadlines(month), queries.deadlines_of(month)
    before = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in zip(("comments", "signatures"), now, strict=True)
        for part in ("day", "month", "year")
    }
    form = DeadlineForm(request.POST or None, month=month, initial=before)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        services.set_deadline(_me(request), month, said["comments_due"], said["signatures_due"])
        return redirect(f"{reverse('deadlines')}?done={month.iso}")
    values = {"form": form, "month": month, "usual": usual, **_HELP}
    return render(request, "accounts/deadline.html", values)


def _person_page(
    request: HttpRequest, form: PersonForm, choices: list[str], found: queries.Person | None
) -> HttpResponse:
    made = request.session.get(NEW_LINK)
    link = ""
    if found and made and made[0] == found.account.pk:
        link = made[1]
        del request.session[NEW_LINK]
    values = {
        "form": form, "choices": choices, "found": found, "link": link,
        "seen": services.version_of(found.account, found.titles) if found else "",
        "known_titles": queries.titles_in_catalogue(),
        "done": SAID.get(request.GET.get("done", ""), ""), **_HELP,
    }  # fmt: skip
    return render(request, "accounts/person.html", values)


def _found(number: int) -> queries.Person:
    found = queries.person(number)
    if found is None:
        raise Http404
    return found


def _me(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _say(form: PersonForm, error: InputError) -> None:
    """Puts what a service refused where it belongs."""
    field = "email" if "address" in error.where else "administrator"
    form.add_error(field, f"{error.found[0].upper()}{error.found[1:]}: {error.todo}")
