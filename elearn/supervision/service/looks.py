"""What the log calls it when somebody of the office looks at people."""

PERSON_LOOK = "supervision:person:look"  # subject: the person's code
LIST_DOWNLOAD = "supervision:list:download"  # subject: the node's code
