"""Menus: what a reader takes along from the web report: values, drawings, links, citations."""
