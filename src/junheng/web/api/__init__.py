"""The site for programs: tokens of organisations, /api/v1 with its OpenAPI document, and webhooks."""
