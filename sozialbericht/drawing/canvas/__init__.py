"""Canvas: brand, style, marks and axes that every figure is made of, and its SVG."""
