"""Full text: what is asked, does a text answer it, and which texts a document has; pure."""
