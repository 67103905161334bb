"""Results become what to say: lights, rankings, reconciliation, sentences.

Compute first, word later: functions return data objects that pages and documents share.
"""
