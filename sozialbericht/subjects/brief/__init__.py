"""Brief: what the summary shows on its two pages, each finding with a picture of its own kind."""
