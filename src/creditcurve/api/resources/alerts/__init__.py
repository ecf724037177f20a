"""Alerts: rules and their previews, channels, and episodes."""
