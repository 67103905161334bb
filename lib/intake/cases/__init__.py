"""Cases by the million: how each stands, the small tables summed from them, and the drop folder."""
