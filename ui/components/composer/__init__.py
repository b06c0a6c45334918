"""The composer's steps, its phone and its findings."""
