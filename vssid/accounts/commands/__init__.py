"""The only writers of accounts: codes, passwords, sessions, and the account itself."""
