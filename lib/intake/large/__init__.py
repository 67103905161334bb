"""Large regular text files, read in columns with the same answer as record by record."""
