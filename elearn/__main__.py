"""The `elearn` command, also as `python -m elearn`."""

from elearn.cli import main

if __name__ == "__main__":
    main()
