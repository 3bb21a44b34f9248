"""Archives: what is kept for the law before what is known of those not admitted is deleted."""
