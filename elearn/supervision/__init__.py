"""The supervisor's office: who is stuck, what the district asks, and its papers."""
