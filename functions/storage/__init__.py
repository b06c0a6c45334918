"""The only door to DynamoDB."""
