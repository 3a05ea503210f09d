"""Forms of this room: shape and labels; whether it is allowed is for the rules and the service."""
