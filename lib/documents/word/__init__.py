"""Word files part by part: elements, styles by GB/T 9704, content controls, tables, the package."""
