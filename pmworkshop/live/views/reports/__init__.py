"""What a centre reads about a cohort as a whole."""
