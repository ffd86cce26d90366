"""What the commands of one machine stand on: its database, its processes, its secrets."""
