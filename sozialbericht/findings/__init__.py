"""Findings: what is found in the protected data – values, types, the decision, status, patterns, strengths."""
