"""Everything that changes a petition: opening, moving, the files that come with it."""
