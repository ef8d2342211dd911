"""A few functions in C, for what takes long in numpy; and the module that loads them."""
