"""The mappings that ship with the service."""
