"""Drawing: from protected values to pictures."""
