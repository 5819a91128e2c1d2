"""Execution: notebooks run by papermill, in kernels of their own."""
