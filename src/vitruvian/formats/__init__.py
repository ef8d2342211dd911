"""Results as files, and the files of other systems as predictions; one file a format."""
