"""The coffee machine: the connector that shows how connectors are written."""
