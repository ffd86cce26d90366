"""Settings: `base` is common, the others say only what differs. docs/operations.md lists them."""
