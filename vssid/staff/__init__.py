"""Officers, their roles and the offices they serve. Never citizens."""
