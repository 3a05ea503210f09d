"""Forms of this room: shape and labels; whether it is allowed is for the rules and the service."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.fields.core import Field
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import HiddenInput

from elearn.accounts import rules
from elearn.accounts.models import Employment, Person
from elearn.accounts.service.people import Details
from elearn.core.clock import DEFAULT_ZONE, ZONES
from elearn.core.errors import Problem
from elearn.core.i18n import LANGUAGES
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.text import tidy
from elearn.web.messages import sentence, sentence_for
from elearn.web.needed import at_most, needed

_PASSWORD_HINT = _l(
    "At least 10 characters. A short sentence that you remember easily is the safest."
)
_USERNAME_HINT = _l("Small letters, digits, dot or hyphen; for example siti.aminah")


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class Obeys:
    """A validator that asks a rule and shows its fault as a sentence."""

    def __init__(self, rule: Any) -> None:
        self.rule = rule

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if field.data and (fault := self.rule(field.data)):
            raise StopValidation(sentence(fault.code, fault.values))


def username_rule(typed: str) -> rules.Fault | None:
    return rules.fault_in_username(rules.login_key(typed))


def email_rule(typed: str) -> rules.Fault | None:
    return rules.fault_in_email(rules.login_key(typed)) if typed.strip() else None


def _nip_rule(typed: str) -> rules.Fault | None:
    return rules.fault_in_nip(typed) if typed.strip() else None


def _name_rule(typed: str) -> rules.Fault | None:
    return rules.fault_in_name(tidy(typed))


def show_fault(form: FlaskForm, problem: Problem) -> None:
    """Put what the service refused next to the field that it is about, else above the form."""
    name = str(problem.values.get("field", ""))
    if name in form:
        form[name].errors = [*form[name].errors, sentence_for(problem)]
    else:
        form.form_errors.append(sentence_for(problem))


class SignInForm(FlaskForm):
    login = StringField(_l("Username, NIP or e-mail"), validators=[needed(), at_most(254)])
    password = PasswordField(_l("Password"), validators=[needed()])
    remember = BooleanField(
        _l("Keep me signed in on this phone."),
        description=_l("Do not tick this on a shared computer."),
    )
    next = HiddenField()
    carried = HiddenField()  # a form whose session had ended: web/carried


def _new_password() -> PasswordField:
    return PasswordField(_l("New password"), validators=[needed()], description=_PASSWORD_HINT)


class NewPasswordForm(FlaskForm):
    """A new password, typed once: a typing error is mended by a code from the office.

    Each form names its field `new_password` in its own place: faults are listed in that order.
    """

    new_password: PasswordField

    def own_words(self) -> tuple[str, ...]:
        """What the password must not be: the person's own login and name."""
        return ()

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        fault = rules.fault_in_password(self.new_password.data or "", *self.own_words())
        if self.new_password.data and fault:
            self.new_password.errors = [
                *self.new_password.errors, sentence(fault.code, fault.values),
            ]  # fmt: skip
            return False
        return fine


class ChangePasswordForm(NewPasswordForm):
    password = PasswordField(_l("Current password"), validators=[needed()])
    new_password = _new_password()
    own: tuple[str, ...] = ()

    def own_words(self) -> tuple[str, ...]:
        return self.own


class ResetForm(NewPasswordForm):
    login = StringField(_l("Username, NIP or e-mail"), validators=[needed(), at_most(254)])
    code = StringField(
        _l("Code from your library office"),
        validators=[needed(), at_most(40)],
        description=_l("10 letters and digits, for example 7KQ4M-2XDRT. It works once."),
    )
    new_password = _new_password()

    def own_words(self) -> tuple[str, ...]:
        return (self.login.data or "",)


class ForgottenForm(FlaskForm):
    login = StringField(_l("Username, NIP or e-mail"), validators=[needed(), at_most(254)])


class NewPasswordByMailForm(NewPasswordForm):
    """By the link of a letter: who it is for is known."""

    new_password = _new_password()
    own: tuple[str, ...] = ()

    def own_words(self) -> tuple[str, ...]:
        return self.own


class NewPersonForm(NewPasswordForm):
    """Everything that a new account needs, and no more."""

    full_name = StringField(
        _l("Full name with titles"),
        validators=[needed(), Obeys(_name_rule)],
        description=_l("As in your diploma. A name of one word is fine."),
    )
    username = StringField(
        _l("Username"), validators=[needed(), Obeys(username_rule)], description=_USERNAME_HINT
    )
    new_password = _new_password()

    def own_words(self) -> tuple[str, ...]:
        return (self.username.data or "", self.full_name.data or "")


class SetupForm(NewPersonForm):
    code = StringField(
        _l("Setup code"),
        validators=[needed(), at_most(40)],
        description=_l("It was printed when the site was started for the first time."),
    )


class InvitationCodeForm(FlaskForm):
    code = StringField(
        _l("Invitation code"),
        validators=[needed(), at_most(40)],
        description=_l("10 letters and digits, for example 7KQ4M-2XDRT."),
    )


class JoinForm(FlaskForm):
    """Nothing but the button: join with the account that is signed in."""


class ProfileForm(FlaskForm):
    """What is known of a person; its words fit who writes of herself and who of somebody else."""

    full_name = StringField(
        _l("Full name with titles"),
        validators=[needed(), Obeys(_name_rule)],
        description=_l(
            "As in your diploma. Records that were issued before keep the name that they have."
        ),
    )
    post = StringField(_l("Post"), validators=[Optional(), at_most(120)])
    employment = RadioField(
        _l("Employment status"),
        choices=[
            SelectChoice(Employment.PNS, _l("PNS (permanent civil servant)")),
            SelectChoice(Employment.PPPK, _l("PPPK (civil servant on contract)")),
            SelectChoice(Employment.OTHER, _l("Other: village staff, volunteer, student …")),
        ],
        validators=[needed()],
        default=Employment.OTHER,
    )
    nip = StringField(
        _l("NIP"),
        validators=[Optional(), Obeys(_nip_rule)],
        description=_l("18 digits. Left empty for who is not a civil servant."),
    )
    show_nip = BooleanField(
        _l("Print the NIP on new completion records."),
        description=_l("The public page of a record never shows it."),
    )
    email = StringField(
        _l("E-mail"),
        validators=[Optional(), Obeys(email_rule)],
        description=_l("Good for signing in, too. It is not shown to other learners."),
    )
    phone = StringField(_l("Phone"), validators=[Optional(), at_most(40)])
    language = SelectField(_l("Language"), choices=_choices(LANGUAGES))
    time_zone = SelectField(_l("Time zone"), choices=_choices(ZONES))
    password = PasswordField(
        _l("Your password"),
        description=_l("Only needed when you change your NIP or e-mail: you sign in with them."),
    )

    def details(self) -> Details:
        return Details(
            full_name=self.full_name.data or "",
            post=self.post.data or "",
            nip=self.nip.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            employment=self.employment.data,
            language=self.language.data,
            time_zone=self.time_zone.data if self.time_zone else DEFAULT_ZONE,
            show_nip=self.show_nip.data,
        )

    def changes_logins_of(self, person: Person) -> bool:
        typed = (rules.login_key(self.nip.data or ""), rules.login_key(self.email.data or ""))
        return typed != (person.nip or "", person.email or "")


class ConsentForm(FlaskForm):
    """The one press; version: of the text that stood above the button."""

    version = DateField(widget=HiddenInput(), validators=[needed()])
    next = HiddenField()
