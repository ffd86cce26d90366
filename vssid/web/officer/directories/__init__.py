"""«Danh bạ» at the desk: operators take the directories as CSV, and bring them."""
