"""How the app is used, told inside it: steps for each audience, and questions people ask.

Declarations only. Pages, the bar and the browser tests that take the screenshots read them.
"""
