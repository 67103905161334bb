"""Texts by themselves: a number, a period or a day, something personal; a column of them read once each."""
