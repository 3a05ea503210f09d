"""A person's rights over all rooms (UU 27/2022): what is kept of her, who looked, erasing it."""
