"""The ledger: which state of every note learners have, and since when.

Anki replaces a note's fields and tags only when the package's time of change is newer than its own, so a note bears the
time of the release at which what it *renders* to last changed. Unchanged notes keep their time, and with it whatever a
learner wrote on them; changed notes always arrive. A build only reads the ledger; a release makes the next one.
"""
