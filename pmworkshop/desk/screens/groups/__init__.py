"""Groups, and the rounds with roles that are held in them."""
