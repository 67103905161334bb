"""Every view of the bulletin: a selection becomes a chart, a table of the same figures and a sentence.

Pages, meeting slides and documents show the same views; `register.py` lists them.
"""
