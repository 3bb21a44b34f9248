"""The conventional stack, as a good team would write it: FastAPI, SQLModel, Pydantic; Strawberry with dataloaders.

It has neither token nor tenancy, and answers no more than the benchmark compares: both are to its advantage.
"""
