"""What is left to say where there are no page workers; whoever prints it need not load them."""


class WorkersLostError(Exception):
    """Worker processes do not start, or end while they have nothing to do."""
