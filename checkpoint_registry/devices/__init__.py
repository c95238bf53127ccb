"""The laptops: enrolment, tokens, revocation."""
