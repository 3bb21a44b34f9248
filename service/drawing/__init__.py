"""Charts of reports, drawn in a process of their own: what draws them is large, and seldom wanted."""
