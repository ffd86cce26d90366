"""The paper forms: what stands on them and how they are set."""
