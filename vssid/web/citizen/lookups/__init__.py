"""«Tra cứu trực tuyến» (guides U02): the directories that are open to everybody."""
