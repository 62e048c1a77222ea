"""What users of Dovetail test with: fake services, contract suites, fixtures."""
