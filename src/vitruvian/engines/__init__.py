"""The runtimes that compute the networks, behind one protocol."""
