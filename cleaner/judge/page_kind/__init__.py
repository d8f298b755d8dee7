"""What a page is when it is not an article. Import the modules by name."""
