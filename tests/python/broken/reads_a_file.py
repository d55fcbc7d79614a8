open("file")
