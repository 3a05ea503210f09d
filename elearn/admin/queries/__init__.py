"""Reading over several rooms, for administrators."""
