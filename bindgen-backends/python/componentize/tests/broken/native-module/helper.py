def late():
    pass


from fast.inner import speed
