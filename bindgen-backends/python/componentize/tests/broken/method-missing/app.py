class WitWorld:
    def stop(self) -> None:
        pass


class Numbers:
    pass
