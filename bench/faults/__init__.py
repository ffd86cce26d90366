"""The story under fire: processes are killed at random while people register. Nothing is lost."""
