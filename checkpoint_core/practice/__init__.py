"""An invented population and its cards, the same for every program that names the same seed. Nobody in it exists."""

from checkpoint_core.practice.people import Layout, Person, card_text, mrz, people, person

__all__ = ["Layout", "Person", "card_text", "mrz", "people", "person"]
