"""The meeting: slides made of the same views as the pages, planned as a rehearsal, shown as a deck.

A deck is one HTML document that carries everything; once it is open it needs no server.
"""
