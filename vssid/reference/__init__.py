"""Areas of both eras, agencies, health facilities, employers."""
