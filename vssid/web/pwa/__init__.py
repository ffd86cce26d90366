"""The installable app: manifest and service worker. Nothing lives here yet."""
