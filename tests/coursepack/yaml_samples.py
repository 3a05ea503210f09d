"""YAML as authors write it."""

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
