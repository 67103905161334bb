"""通报校对: a draft is read for claims, and what does not agree is found: with itself, with a release."""
