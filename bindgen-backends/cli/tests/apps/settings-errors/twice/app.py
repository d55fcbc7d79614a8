import twice
