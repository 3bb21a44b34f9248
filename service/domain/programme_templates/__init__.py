"""Programme templates: described, startable shapes of programmes, those that ship and an organisation's own."""
