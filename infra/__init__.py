"""Local cloud, packaging and deployment: everything around the functions, nothing inside them."""
