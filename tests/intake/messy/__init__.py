"""Files as district clerks and departments really send them, one or more per known kind of mess."""
