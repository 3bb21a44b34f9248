"""Elements of an individual track: what one talent does, agreed on by talent, manager and HR."""
