"""What people take away: documents made from the same view objects as the pages."""
