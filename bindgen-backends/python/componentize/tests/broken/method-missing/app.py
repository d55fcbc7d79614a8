from wit_world import exports


class Numbers:
    pass
