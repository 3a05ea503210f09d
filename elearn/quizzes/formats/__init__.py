"""What this room keeps as text in its rows."""
