def twice(self, n: int:
    return 2 * n
