"""What could be shortened or given back, before and after, and which evidence would be at risk."""
