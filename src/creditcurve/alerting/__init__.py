"""Alerts: observe what rules need, and deliver the messages that the store has made due."""
