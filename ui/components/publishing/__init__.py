"""From a draft to what is live: the check before, who agrees, what changed, pause and end, who did what."""
