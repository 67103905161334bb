"""Drafts of other people's documents: read for proofreading, and handed back with what was found."""
