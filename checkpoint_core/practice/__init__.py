"""An invented population and its cards, the same for every program that names the same seed. Nobody in it exists."""

from checkpoint_core.practice.codes import Layout, boarding_pass, card_text, insurance_text, mrz, pc_covid_text
from checkpoint_core.practice.people import Person, people, person
from checkpoint_core.practice.script import CASES, Case, ScriptedTraveller, script
from checkpoint_core.practice.world import POPULATION, World, world

__all__ = [
    "CASES",
    "POPULATION",
    "Case",
    "Layout",
    "Person",
    "ScriptedTraveller",
    "World",
    "boarding_pass",
    "card_text",
    "insurance_text",
    "mrz",
    "pc_covid_text",
    "people",
    "person",
    "script",
    "world",
]
