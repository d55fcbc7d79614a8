PART = "a part of a namespace"
