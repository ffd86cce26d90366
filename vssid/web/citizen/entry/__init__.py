"""The doors of an account: signing in, its second device, passwords, and the session's end."""
