"""What supervision gives to pages and files as plain values; pure."""
