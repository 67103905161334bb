"""Questions and answers: one `.sql` file and one function per question.

SQL is plain text with bound parameters in a subset every engine reads; the functions give it
names and types. `release.py` decides which release answers, `lib.engine` how.
"""
