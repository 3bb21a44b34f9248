"""The GraphQL door: a schema made from the views and the operations, and documents compiled to readings."""
