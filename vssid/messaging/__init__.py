"""The outbox: messages written with their cause, sent after commit."""
