"""The one way in which the registry says no: a status, a stable code, an English sentence."""

from collections.abc import Mapping


class Refused(Exception):
    """An answer other than 200. Clients switch on `code`; `detail` is for whoever reads the log."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
