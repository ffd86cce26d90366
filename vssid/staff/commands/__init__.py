"""The only writers of officers: at the door, their own keys, and what heads decide."""
