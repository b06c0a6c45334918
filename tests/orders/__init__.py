"""Orders: the hook, the queue, and what follows in campaigns."""
