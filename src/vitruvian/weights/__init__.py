"""The networks' weights: from a name to a verified file, and from that file to a readable graph."""
