"""Where numbers, dates and heading numbers are found in text: the one package with patterns."""
