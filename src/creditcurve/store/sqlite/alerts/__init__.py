"""The shelf of alerts, one module per table or step of judging."""
