from threading import Thread


class Worker(Thread):
    """Never started, but it could be."""
