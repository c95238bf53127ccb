"""Pure values, rules and formats shared by the laptop and the registry: no Qt, no database, no network, no clock."""
