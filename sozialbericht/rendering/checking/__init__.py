"""What can be seen in notebooks and texts without running anything; called by :mod:`sozialbericht.checking.lint`."""
