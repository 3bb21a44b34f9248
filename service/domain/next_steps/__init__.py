"""Next steps: what is done with and for a participant after the programme, whatever came of it."""
