import worlds
