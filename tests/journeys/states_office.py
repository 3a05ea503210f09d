"""The pages of the office in the states that people see: `states.PAGES` goes on here."""

from tests.journeys.state import State, nothing_typed

NODE = "/supervision/kabupaten-sukamaju"
LIBRARY = "perpustakaan-wonosari"

OFFICE = (
    State("supervisor's page", "/supervision/", "ratna"),
    State("supervisor's page with nobody stuck", "/supervision/", "joko"),
    State("where to begin", "/supervision/", "dewi"),
    State("all people of a district", f"{NODE}/people", "ratna"),
    State("people, nobody found", f"{NODE}/people?q=zzzz", "ratna"),
    State("one person for her supervisor", "/supervision/people/{siti}/", "ratna"),
    State("way in for a person", "/supervision/people/{siti}/way-in", "ratna"),
    State("invitations of a library", f"/supervision/{LIBRARY}/invitations", "ratna"),
    State("activities that wait", "/supervision/decisions/", "ratna"),
    State("one activity that waits", "/supervision/decisions/{activity}/", "ratna"),
    State("decided already", "/supervision/decisions/made", "ratna"),
    State("attendance list", "/supervision/decisions/attendance", "ratna"),
    State("activities, none", "/records/activities/", "dewi"),
    State("activities elsewhere", "/records/activities/", "siti"),
    State("activity, nothing typed", "/records/activities/new", "siti", nothing_typed),
    State("one activity", "/records/activities/{activity}/", "siti"),
    State("administration", "/admin/", "dewi"),
    State("library tree", "/admin/tree/", "dewi"),
    State("one place of the tree", f"/admin/tree/{LIBRARY}/", "dewi"),
    State("moving a place", f"/admin/tree/{LIBRARY}/move", "dewi"),
    State("closing a place", f"/admin/tree/{LIBRARY}/close", "dewi"),
    State("people", "/admin/people/?q=siti", "dewi"),
    State("one person", "/admin/people/{siti}/", "dewi"),
    State("new person, nothing typed", "/admin/people/add", "dewi", nothing_typed),
    State("a role for a person", "/admin/people/{siti}/roles/add", "dewi"),
    State("erasing a person", "/admin/people/{siti}/erase", "dewi"),
    State("lists of people", "/admin/lists/people", "dewi"),
    State("my data", "/my-data/", "siti"),
    State("who looked", "/my-data/looks", "siti"),
    State("erasing oneself", "/my-data/erase", "siti"),
)
