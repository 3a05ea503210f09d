"""Questions and pasted texts as others write them: Moodle, GIFT, spreadsheets, web pages. Pure."""
