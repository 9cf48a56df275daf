"""Documents through time: what changed between two texts, who wrote which part, what was in force when; pure."""
