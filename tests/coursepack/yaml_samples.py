"""YAML as authors write it."""

from hypothesis import strategies as st

BANK = """\
# The bank of module 1.

draw: 7   # per attempt
attempts: {limit: 0, wait_minutes: 10}  # optional
questions:
  # ---- lesson 1 ----
  - key: a   # never again
    edition: 1
    text:
      id: 'Apa?'
      en: "What?"
    # a note on the options
    options:
      - right: {id: Kain, en: Cloth}
      - wrong: {id: Debu, en: Dust}
        feedback: {id: "x", en: "y"}

  # ---- lesson 2 ----
  - key: b
    text:
      id: >-
        Satu baris yang panjang sekali untuk dilipat menjadi
        dua baris atau lebih.
      en: |  # Markdown
        One

        - two

  # not only about c

  # right above c
  - key: c
    answer: 5
# the end
"""

# What somebody may type anywhere in a file.
PIECES = st.sampled_from(
    [
        *("\n", "  ", "- ", ": ", "{", "}", "[", "]", "&a ", "*a ", "!!x ", "<<: ", "? ", "| ", "> "),
        *("'", '"', "#", "%YAML 1.1\n", "---\n", "...\n", "\t", "\r", "\\x", "\\ud800", "\x85", "@"),
        *("null", "~", "-1", "1e9", "999999999999999", "0x1f", "true", "id", "en", "key", "right"),
        *("\u202e", "\ufeff", "\u2028", "\U0001f600", "]]>", "![](", "](../", "```\n", "## ", "|-|\n"),
    ]
)  # fmt: skip
