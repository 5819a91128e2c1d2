"""Order: what is asked for – the project on disk, the request, its tasks and profiles, what a run has made."""
