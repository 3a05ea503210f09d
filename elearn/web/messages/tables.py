"""Lists from a spreadsheet."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "table-not-text": _l("This is not a text file. In the spreadsheet, save as CSV UTF-8."),
    "table-empty": _l("The file has no header row."),
    "table-no-rows": _l("Below the names of the columns there is no row."),
    "table-quotes": _l("A quotation mark is opened and not closed, or stands inside a word."),
    "table-large": _l("The file has more than %(maximum)s MB. Split it."),
    "table-too-long": _l("The list has more than %(maximum)s rows. Split it."),
    "columns-many": _l("A row has %(count)s columns; a list has at most %(maximum)s."),
    "column-unknown": _l("There is no column %(column)s. The columns are: %(known)s"),
    "column-twice": _l("The column %(column)s is there twice."),
    "column-missing": _l("The column %(column)s is missing."),
    "row-long": _l("The row has %(count)s cells, the header %(columns)s. Is a mark missing?"),
    "row-no-login": _l("The row needs a username, a NIP or an e-mail address."),
    "row-two-people": _l("The logins of this row belong to two different people."),
    "row-other-username": _l("This person signs in as %(username)s already."),
    "row-repeated": _l("The same is in line %(line)s already."),
    "roles-refused": _l("The list has a column for roles. If you mean it, add --with-roles."),
    "cell-long": _l("A cell has more than %(maximum)s characters."),
    "cell-empty": _l("The cell in the column %(column)s is empty."),
    "word-unknown": _l(
        "“%(given)s” is not known in the column %(column)s. Possible are: %(known)s"
    ),
    "library-missing": _l("A new person needs the code of a library."),
}
