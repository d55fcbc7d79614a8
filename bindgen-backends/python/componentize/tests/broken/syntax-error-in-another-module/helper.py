numbers = [1, 2
