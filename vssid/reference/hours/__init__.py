"""When agencies are open: weekly hours and special days by date, their file, what counts now."""
