"""What a consumer and a clerk see on a phone: pages that read, and forms that post to the API."""
