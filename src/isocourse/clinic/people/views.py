"""The pages of the people: the first page, the team of a clinic, invitations, choosing a clinic."""

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from isocourse.clinic.access.acts import may
from isocourse.clinic.access.needing import needs
from isocourse.clinic.administration.changing import assign, note
from isocourse.clinic.administration.models import Kind
from isocourse.clinic.log import clock
from isocourse.clinic.people.invitations import NotOpen, Offer, accept, found, invite
from isocourse.clinic.people.models import Membership, Role, User
from isocourse.clinic.people.places import CHOSEN, Here
from isocourse.words import tokens

_PROFESSIONS = [(each, each.replace("_", " ")) for each in (*tokens.ROLES, "other")]
_FIRST = (("see_worklist", "worklist"), ("see_access_log", "openings"), ("manage_people", "team"))


@needs("own_account")
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """The page where a person's work begins."""
    page = next(name for act, name in _FIRST if may(here.role, act))
    return redirect("team" if here.role == Role.ADMINISTRATOR else page)


@needs("choose_clinic")
@require_POST
def choose(request: HttpRequest, here: Here) -> HttpResponse:
    """Work in another of one's clinics."""
    chosen = request.POST.get("clinic", "")
    held = here.user.memberships.filter(ended=None, clinic_id=chosen if chosen.isdigit() else 0)
    if not held.exists():
        raise Http404
    request.session[CHOSEN] = int(chosen)
    return redirect("home")


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession, as the record names it"),
        choices=_PROFESSIONS,
    )


@needs("manage_people")
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, here: Here) -> HttpResponse:
    """The people of this clinic; invite one."""
    form = InvitationForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        offer = Offer(here.clinic, said["role"], said["profession"], said["email"])
        secret = invite(offer, here.user)
        told = f"{said['role']}, {said['profession']}"
        note(here.clinic, here.user, Kind.INVITED, said["email"], after=told)
        link = request.build_absolute_uri(reverse("accept_invitation", args=[secret]))
        form = InvitationForm()
    held = Membership.objects.filter(clinic=here.clinic).select_related("user")
    words = {"form": form, "link": link, "members": _in_order(held), "roles": Role.choices}
    return render(request, "people/team.html", words | {"professions": _PROFESSIONS})


def _in_order(held: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those who are here by name, then those who were, the latest first."""
    return held.order_by(F("ended").desc(nulls_first=True), "user__name")


@needs("manage_people")
@require_POST
def change_role(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Somebody becomes something else in this clinic, from now on."""
    held = get_object_or_404(Membership, pk=pk, clinic=here.clinic, ended=None)
    role, profession = request.POST.get("role", ""), request.POST.get("profession", "")
    if held.user_id == here.user.pk:
        messages.error(request, _("You cannot change your own role; another administrator can."))
    elif role not in Role.values or profession not in dict(_PROFESSIONS):
        messages.error(request, _("Choose a role and a profession from the lists."))
    elif assign(here, held, role, profession):
        messages.success(request, _("Changed. It holds from the next page they open."))
    else:
        messages.info(request, _("Nothing differs from what stood."))
    return redirect("team")


@needs("manage_people")
@require_POST
def end(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Somebody leaves this clinic: from now on they see nothing of it."""
    held = get_object_or_404(Membership, pk=pk, clinic=here.clinic, ended=None)
    if held.user_id == here.user.pk:
        messages.error(request, _("You cannot end your own place; another administrator can."))
    else:
        with transaction.atomic():
            Membership.objects.filter(pk=held.pk).update(ended=clock.now())
            told = f"{held.role}, {held.profession}"
            note(here.clinic, here.user, Kind.ENDED, held.user.username, before=told)
        messages.success(request, _("Ended. They see nothing of this clinic any more."))
    return redirect("team")


class JoinForm(forms.Form):
    """Who comes in."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    username = forms.CharField(label=gettext_lazy("User name"), max_length=80)
    password = forms.CharField(
        label=gettext_lazy("Password, at least 12 characters"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """A name that nobody has."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This name is taken."))
        return username

    def clean(self) -> None:
        """A password that is hard to guess."""
        said = self.cleaned_data
        user = User(username=said.get("username", ""), name=said.get("name", ""))
        if said.get("password"):
            try:
                validate_password(said["password"], user)
            except ValidationError as error:
                self.add_error("password", error)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation is taken up: by a new person, or by one who is signed in."""
    try:
        held = found(secret)
        if isinstance(request.user, User):
            if request.method == "POST":
                accept(secret, request.user)
                return redirect("home")
            return render(request, "people/join.html", {"invitation": held, "form": None})
        form = JoinForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            user = User.objects.create_user(
                said["username"], said["password"], name=said["name"], email=held.email
            )
            accept(secret, user)
            messages.success(request, _("Welcome. Sign in, then set up a second factor."))
            return redirect("account_login")
    except NotOpen:
        return render(request, "people/join.html", {"invitation": None}, status=404)
    return render(request, "people/join.html", {"invitation": held, "form": form})


join.public = True  # type: ignore[attr-defined]
