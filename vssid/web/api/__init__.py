"""The machine API at /api/v1/: hospitals check cards. OpenAPI describes it at openapi.json."""
