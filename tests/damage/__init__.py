"""Single numbers of the shipped data damaged as they are in offices: which are seen by the contract, which by hints."""
