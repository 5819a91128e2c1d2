"""Proof: the check after setting. A finished PDF is read as it is printed: nothing runs off, overprints, is tiny."""
