"""From tables to protected values: disclosure control and indicators."""
