import misspelt
