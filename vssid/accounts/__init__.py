"""Citizens' accounts: passwords, one-time codes, sessions."""
