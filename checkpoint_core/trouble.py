"""The world's errors: what went wrong outside our code, as a stable word with parameters that a screen puts into words."""

from checkpoint_core.screening.model import Params


class Trouble(Exception):
    """Recoverable, shown to the person: `code` such as 'disk-full', `params` for the sentence. Ours are other exceptions."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = params
