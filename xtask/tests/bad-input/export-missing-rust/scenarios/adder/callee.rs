// The export is missing.
