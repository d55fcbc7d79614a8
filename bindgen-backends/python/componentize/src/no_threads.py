"""Takes threads away: the component does not import the built-ins that they need."""

import _thread


def start(*arguments, **options):
    raise RuntimeError("this component cannot start threads: it was made without the option `--threads`")


_thread.start_new_thread = _thread.start_new = _thread.start_joinable_thread = start
