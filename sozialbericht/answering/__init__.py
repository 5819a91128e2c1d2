"""The commands that say something of a report or its data: whether all is well, what differs, what is unusual."""
