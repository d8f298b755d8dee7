"""What a person or a program names, as a stream of inputs: files, folders, lists, JSON lines, web archives."""
