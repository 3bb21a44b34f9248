"""Who is driven, each in a process of its own with one worker."""
