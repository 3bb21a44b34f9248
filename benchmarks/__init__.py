"""How fast the service answers, side by side with the limit, the conventional stack and PostGraphile."""
