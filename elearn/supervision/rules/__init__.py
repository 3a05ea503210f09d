"""What counts as stuck, what is said to whom, and which sums may be shown; pure."""
