"""Everything of Pond that runs in the cloud; this folder is the Lambda artifact."""
