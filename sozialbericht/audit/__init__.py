"""Audit: a finished publication attacked before it leaves the house – what is read, what follows, the verdict."""
