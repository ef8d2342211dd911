"""From a name to a verified file, and from that file to a graph an engine runs."""
