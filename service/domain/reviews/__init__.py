"""Reviews: conversations and assessments about a person, and what each respondent answered."""
