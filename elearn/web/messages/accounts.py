"""People and signing in."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "person-missing": _l("This person does not exist, or is not in your part of the library tree."),
    "sign-in-failed": _l("The name or the password is not right."),
    "sign-in-too-often": _l(
        "Too many attempts to sign in. Wait a few minutes, or ask for a new password."
    ),
    "invitation-expired": _l(
        "No invitation with this code is valid now. Compare it letter by letter, or ask your "
        "library office."
    ),
    "reset-expired": _l("This link is no longer valid. Ask for a new one."),
    "reset-wrong": _l(
        "This code is not right, or it has been used or has expired. Ask for a new one."
    ),
    "account-closed": _l("This account is closed. Open it again first."),
    "actor-not-allowed": _l("%(username)s may not do this."),
    "consent-changed": _l("The text has changed since. Please read it before you agree."),
    "login-unknown": _l("Nobody signs in as %(login)s."),
    "employment-to-come": _l(
        "A status cannot begin on a day that is still to come. Change it then."
    ),
    "login-taken": _l("This name is used by another account. Choose another."),
    "node-unknown": _l("No library or office has the code %(node)s."),
    "node-taken": _l("The code %(node)s belongs to another library or office."),
    "node-code-wrong": _l(
        "%(given)s cannot be a code: use small letters, digits, dots and hyphens."
    ),
    "node-code-taken": _l("%(value)s is the %(scheme)s code of another library or office."),
    "node-not-yours": _l("%(node)s is not in the part of the tree that you administer."),
    "placement-later": _l("A later move of %(node)s is planned already. Change that one first."),
    "placement-circle": _l("%(node)s cannot stand under %(parent)s, which stands under it."),
    "plan-missing": _l("Nothing is planned for that day, or the day has come."),
    "node-closed": _l("%(node)s is closed, or will be: nothing new begins there."),
    "node-stands-nowhere": _l("%(node)s stands nowhere in the tree on that day."),
    "node-has-members": _l(
        "%(count)s people belong to %(node)s on that day or later. Move them first."
    ),
    "node-has-children": _l(
        "%(count)s places stand under %(node)s on that day or later. Move them first."
    ),
    "node-has-grants": _l(
        "%(count)s roles hold for %(node)s on that day or later. End them first."
    ),
    "member-already": _l("This is the library where the membership is already: %(node)s."),
    "membership-missing": _l("This membership does not exist any more."),
    "membership-over": _l("This membership is over."),
    "leave-later": _l("The account closes at once, so the last day is today or earlier."),
    "leave-before": _l(
        "On %(day)s a membership or a role of this person began, after that day. Check the year, "
        "or end that one first."
    ),
    "account-open": _l("This account is open already."),
    "person-merged": _l("This entry was merged into another person. Undo that first."),
    "person-erased": _l("What was kept of this person is erased; there is nothing to change."),
    "person-yourself": _l("This is your own entry: another administrator has to do this."),
    "person-has-office": _l(
        "This person holds an office of their own. An administrator has to make the way in."
    ),
    "person-no-login": _l(
        "This person has nothing to sign in with yet. Enter a username, a NIP or an e-mail first."
    ),
    "nobody-expected": _l("Everybody here has signed in already, or holds a code that works."),
    "invitation-over": _l("This invitation is over already."),
    "organiser-not-today": _l("No organiser with this code issues records today."),
    "organiser-over": _l("%(organiser)s issues no records on that day anyway."),
    "policy-past": _l("A rule changes from today on or later, never for days that are over."),
    "policy-value-wrong": _l("%(value)s cannot be the value of this rule."),
    "merge-oneself": _l("Both are the same entry already."),
    "merge-administrator": _l(
        "An administrator's entry cannot be merged into one that is none. Choose the other way "
        "round, or end the role first."
    ),
    "merge-missing": _l("This merging was undone already."),
    "merge-too-late": _l("A merging can be undone for %(days)s days; this one is older."),
    "acting-needs-end": _l("An acting head needs a last day."),
    "acting-for-oneself": _l("Nobody acts for themselves."),
    "organiser-later": _l("A later change of %(organiser)s is entered already."),
    "registration-closed": _l(
        "New accounts are made by the library office only. Ask there for an invitation."
    ),
    "setup-done": _l("This site has an administrator already."),
    "setup-code-wrong": _l(
        "This setup code is not right, or it has been used or has expired. "
        "Run elearn people setup-code on the server for a new one."
    ),
    "administrator-last": _l(
        "From %(day)s on nobody would administer the site. Give that role to somebody else first, "
        "without a last day."
    ),
    "grant-missing": _l("This person does not have that role."),
    "grant-needs-node": _l("A supervisor needs an office: name the part of the tree."),
    "username-wrong": _l(
        "A username has 3 to 40 of the letters a to z, digits, dot, hyphen and underscore."
    ),
    "username-digits": _l("A username needs a letter, so that it is not taken for a NIP."),
    "email-wrong": _l("%(given)s is not an e-mail address."),
    "nip-mangled": _l(
        "A spreadsheet has changed this NIP to %(given)s. "
        "Format the column as text and type it again."
    ),
    "nip-not-digits": _l("A NIP has digits only; what was typed is %(given)s."),
    "nip-length": _l("A NIP has 18 digits; %(count)s were typed."),
    "nip-zeros": _l(
        "%(given)s ends in zeros, as when a spreadsheet has cut a NIP. Check the last digits."
    ),
    "name-empty": _l("Write the name as it is in the diploma. One word is a name, too."),
    "name-long": _l("The name has room for %(maximum)s characters on a record."),
    "password-short": _l("The password needs at least %(minimum)s characters."),
    "password-long": _l("The password can have at most %(maximum)s characters."),
    "password-common": _l("This password is one that is guessed first. Choose another."),
    "password-own": _l("The password must not be your name or what you sign in with."),
    "password-not-present": _l("This is not your current password."),
}
