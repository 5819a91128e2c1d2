"""Deliveries of offices as test material: invented figures in the forms that real files have; see LIESMICH.md."""
