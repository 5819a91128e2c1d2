"""Statistics: from counts to indicators, intervals, types, status, spatial patterns."""
