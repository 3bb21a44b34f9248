"""The REST door: routes and contract made from the views and the operations."""
