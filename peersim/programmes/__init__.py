"""Support programmes: one engine that offers, forms circles and holds sessions; presets are data."""
