"""Projects between modules: what is asked of the participants, and what each of them hands in."""
