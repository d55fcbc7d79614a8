import elsewhere
