"""«Tin tức» at the desk: editors write, schedule, pin, take down; every version is kept."""
