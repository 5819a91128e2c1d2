"""Data: from files to checked tables – the data contract, its checks, the levels, what is decided."""
