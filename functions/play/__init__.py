"""Events of members in campaigns."""
