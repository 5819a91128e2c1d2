"""What a report says, to take along: tables, a workbook, areas with values, and the records that describe them."""
