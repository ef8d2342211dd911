"""How many people in annotated images are found, how many could be, and why the others are not."""
