import outside
