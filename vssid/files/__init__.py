"""Files encrypted at rest, and photos made safe before they are kept."""
