"""A Prefect flow that does nothing, with a server of its own: the least that a flow costs."""

from prefect import flow


@flow
def nothing() -> None:
    """Does nothing."""


if __name__ == "__main__":
    nothing()
