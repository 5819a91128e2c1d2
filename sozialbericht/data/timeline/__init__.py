"""Values over time: which years there are, which of several versions of a value holds, which come as shares."""
