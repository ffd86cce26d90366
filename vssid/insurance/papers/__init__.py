"""Papers that a person takes from their record: the signed statement of contributions."""
