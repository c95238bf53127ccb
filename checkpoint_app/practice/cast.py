"""Who is on duty in practice mode, and how the person who started it is told what happens."""

SEED = 2021
PIN = "258036"
OFFICER, COLLEAGUE = "Trần Thị Thực Hành", "Lê Văn Kíp Trưởng"


def tell(line: str) -> None:
    """A line for the person who started practice mode."""
    print(line, flush=True)
