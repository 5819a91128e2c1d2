"""Intake: an assigned delivery becomes values, is shown beside what the data have, and is taken in or not."""
