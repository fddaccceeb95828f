"""Units of measure: durations, sizes, rates and outside text, read and printed exactly."""
