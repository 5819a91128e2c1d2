"""Deliveries: tables as offices send them, from the file to the rows that the report reads."""
