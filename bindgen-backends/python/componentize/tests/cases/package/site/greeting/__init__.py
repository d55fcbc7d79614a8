try:
    from greeting.fast import SPEED
except ImportError:
    SPEED = "slow"


def hello() -> str:
    from .late import WORD

    return WORD
