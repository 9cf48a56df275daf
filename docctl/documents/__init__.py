"""From a snapshot to validated documents: what there is, what it holds, what could not be read."""
