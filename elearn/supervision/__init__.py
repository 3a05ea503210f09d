"""Who in one's part of the library tree is moving, who is stuck and why, and what to do."""
