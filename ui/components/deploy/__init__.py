"""The page that deploys."""
