"""The installable app: the service worker, and what works without a network."""
