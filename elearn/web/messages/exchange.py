"""Questions from other systems, and on the way to them."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "questions-none": _l("There is no question in this file."),
    "questions-too-many": _l(
        "The file has more than %(maximum)s questions; what stands behind them was not read."
    ),
    "questions-too-long": _l("The file has more than %(maximum)s characters of text. Split it."),
    "question-text-long": _l("One of its texts has more than %(maximum)s characters."),
    "kind-not-ours": _l("Questions of the kind “%(kind)s” do not exist here."),
    "answers-none": _l("No answer brings all the points."),
    "answers-many": _l("The question has more than %(maximum)s answers."),
    "numbers-several": _l(
        "More than one number brings all the points; leave one, with a tolerance."
    ),
    "number-wrong": _l("“%(text)s” is not a number."),
    "truth-word": _l("“%(text)s” is neither true nor false."),
    "gift-braces": _l("A curly bracket is missing: answers stand between { and }."),
    "gift-two-questions": _l("Two questions follow each other; put an empty line between them."),
    "gift-pair": _l("“%(text)s” has no arrow -> between its left and its right side."),
    "xml-broken": _l("This is not a whole XML file; it breaks off in line %(line)s."),
    "xml-dtd": _l("The file defines a document type or entities of its own, which is refused."),
    "xml-large": _l(
        "The file is too large or too deeply nested for a list of questions. Split it."
    ),
    "sheet-broken": _l("This workbook cannot be opened. Save it once more as XLSX or CSV."),
    "sheet-kind": _l("This is another kind of workbook, or it has a password. Save it as XLSX."),
    "sheet-large": _l("The workbook holds too much for a list. Split it, or leave out sheets."),
    "cell-needed": _l("Cell %(cell)s is empty; fill it in."),
    "cell-kind": _l("Cell %(cell)s: there is no kind “%(given)s”. The kinds are: %(known)s"),
    "cell-word": _l("Cell %(cell)s: “%(given)s” is not known here. Possible are: %(known)s"),
    "cell-points": _l("Cell %(cell)s: points are a whole number from 1 to 10."),
    "cell-number": _l("Cell %(cell)s: “%(given)s” is not a number."),
    "cell-pair": _l("Cell %(cell)s: write a pair as left -> right."),
    "cell-right": _l(
        "Cell %(cell)s: name the right options by their letters (%(known)s), "
        "or repeat the words of one option."
    ),
    "cell-right-empty": _l(
        "Cell %(cell)s must be empty: in this kind of question the options say what is right."
    ),
    "cell-feedback-alone": _l("Cell %(cell)s: there is no option %(letter)s for this feedback."),
    "feedback-open": _l("It needs a feedback before the course can be published."),
    "feedback-left": _l(
        "Feedback on one answer of several was left out; this kind has one for all."
    ),
    "part-points-left": _l("Answers that bring a part of the points are not right answers here."),
    "points-our-rule": _l(
        "The points are counted by our rule: each right one counts the same, "
        "each wrong one takes as much away."
    ),
    "places-our-rule": _l("Each item in its own place counts the same here."),
    "items-all-shown": _l(
        "Moodle shows %(count)s of these items at a time; here all of them are put in order."
    ),
    "points-rounded": _l("%(given)s points became %(points)s: points are whole, from 1 to 10."),
    "wildcard-left": _l("The answer “%(text)s” has a placeholder * and was left out."),
    "case-ignored": _l("Capital and small letters do not matter here."),
    "categories-left": _l("Categories were left out: %(count)s."),
    "files-left": _l("Files were left out: %(names)s"),
    "hints-left": _l("Hints for further tries were left out."),
    "tags-left": _l("Tags were left out."),
    "verdict-texts-left": _l("The texts for right, partly right and wrong answers were left out."),
    "units-left": _l("Further units were left out: %(units)s"),
    "lost-languages": _l("The texts in other languages stay behind: %(languages)s"),
    "lost-edition": _l("The edition stays behind: %(value)s"),
    "lost-pool": _l("That it belongs to the pool “%(value)s” stays behind."),
    "lost-lesson": _l("The link to the lesson stays behind: %(value)s"),
    "lost-points": _l("The points stay behind: %(value)s"),
    "lost-unit": _l("The unit stays behind: %(value)s"),
    "lost-emphasis": _l("Emphasis stays behind in: %(text)s"),
    "lost-kind": _l("It stays behind: the format has no questions of the kind “%(kind)s”."),
    "lost-arrow": _l("It stays behind: “%(text)s” has an arrow ->, which the format needs itself."),
    "lost-options": _l(
        "It stays behind: it has %(count)s options, the sheet room for %(maximum)s."
    ),
    "lost-semicolon": _l("It stays behind: an accepted answer has a semicolon."),
    "file-exists": _l("%(path)s exists already. Name a new file."),
}
